import assert from 'node:assert/strict';
import net from 'node:net';
import { orgCopy } from '../sandbox/harness.js';
import { ended, file, launch, run, sandbox } from './run.js';

describe('call-doctor sandbox', () => {
  it('prints one line with the contract’s keys when it is ready, and works', async () => {
    const { child, ready } = await sandbox();
    assert.deepEqual(Object.keys(ready).sort(), ['clients', 'origin', 'queues', 'users']);
    assert.match(ready.origin, /^http:\/\/127\.0\.0\.1:\d+$/);
    for (const c of ready.clients) assert.deepEqual(Object.keys(c).sort(), ['grant', 'id', 'name', 'secret']);
    for (const u of ready.users) assert.deepEqual(Object.keys(u).sort(), ['id', 'name', 'token']);
    for (const q of ready.queues) assert.deepEqual(Object.keys(q).sort(), ['division', 'id', 'name']);
    assert.ok(ready.clients.length >= 3 && ready.users.length >= 3);
    const me = await fetch(`${ready.origin}/api/v2/users/me`, { headers: { Authorization: `Bearer ${ready.users[0]?.token}` } });
    assert.equal(((await me.json()) as { name: string }).name, ready.users[0]?.name);
    const rest = ended(child);
    child.kill('SIGTERM');
    assert.deepEqual(await rest, { code: 0, out: '', err: '' });
  });

  it('ends on SIGINT', async () => {
    const { child } = await sandbox();
    const rest = ended(child);
    child.kill('SIGINT');
    assert.equal((await rest).code, 0);
  });

  it('ends when standard input closes, even with a connection open', async () => {
    const { child, ready } = await sandbox();
    const socket = net.connect(Number(new URL(ready.origin).port), '127.0.0.1');
    socket.on('error', () => {});
    await new Promise((resolve) => void socket.once('connect', resolve));
    const rest = ended(child);
    child.stdin.end();
    assert.equal((await rest).code, 0);
    await assert.rejects(fetch(ready.origin));
  });

  it('says in text where it listens, who can sign in, and how it ends', async () => {
    const child = launch(['sandbox', '--port', '0']);
    const rest = ended(child);
    await new Promise((resolve) => void child.stdout.once('data', resolve));
    child.stdin.end();
    const { code, out } = await rest;
    assert.equal(code, 0);
    for (const words of ['http://127.0.0.1:', 'dialer-service', 'Sales Agent 7', 'SIGTERM']) assert.ok(out.includes(words), words);
  });

  it('says what to do where the port is taken', async () => {
    const other = net.createServer();
    await new Promise<void>((resolve) => void other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as net.AddressInfo;
    const ran = await run(['sandbox', '--port', String(port)]);
    other.close();
    assert.deepEqual([ran.code, ran.out], [2, '']);
    assert.match(ran.err, new RegExp(`^call-doctor: Port ${port} of 127\\.0\\.0\\.1 is taken .*Choose another one, or 0`));
  });

  it('takes a scenario, and an org of one’s own', async () => {
    const org = orgCopy();
    for (const user of org.users) if (user.name === 'Sales Agent 7') user.title = 'Tester';
    const { child, ready } = await sandbox('--scenario', 'no-station', '--org', file(JSON.stringify(org)));
    const user = ready.users.find((u) => u.name === 'Sales Agent 7');
    const answer = await fetch(`${ready.origin}/api/v2/conversations/calls`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${user?.token}`, 'Content-Type': 'application/json' },
      body: '{"phoneNumber":"+13175550142"}',
    });
    assert.equal(((await answer.json()) as { code: string }).code, 'conversation.error.no.user.station');
    const rest = ended(child);
    child.stdin.end();
    await rest;
  });

  it('lists its scenarios, one a line', async () => {
    const text = await run(['sandbox', '--list-scenarios']);
    assert.ok(text.code === 0 && text.out.split('\n').some((l) => /^missing-division\s+\S/.test(l)));
    const json = await run(['sandbox', '--list-scenarios', '--format', 'json']);
    assert.ok((JSON.parse(json.out) as { name: string }[]).some((s) => s.name === 'no-station'));
  });

  const wrong: readonly [what: string, args: () => string[], says: RegExp][] = [
    ['a scenario that does not exist', () => ['--scenario', 'tuesday'], /There is no scenario "tuesday"\. Known: default, /],
    ['a port that is none', () => ['--port', 'http'], /--port takes a number from 0 to 65535, not “http”\./],
    ['a port out of range', () => ['--port', '70000'], /--port takes a number/],
    ['a format of another command', () => ['--format', 'sarif'], /--format takes text, json/],
    ['an org file that is not there', () => ['--org', 'nowhere.json'], /there is no file nowhere\.json/],
    ['an org file that is no JSON', () => ['--org', file('{\n "name": x', 'org.json')], /org\.json:2:10: ./],
    [
      'an org file that is wrong',
      () => ['--org', file(JSON.stringify({ ...orgCopy(), rateLimitPerMinute: 'fast' }))],
      /at \/rateLimitPerMinute: expected a whole number/,
    ],
    ['an org on standard input', () => ['--org', '-'], /--org takes a file here/],
  ];
  for (const [what, args, says] of wrong)
    it(`does not start with ${what}, and says why`, async () => {
      const ran = await run(['sandbox', ...args()]);
      assert.deepEqual([ran.code, ran.out], [2, '']);
      assert.match(ran.err, says);
    });
});
