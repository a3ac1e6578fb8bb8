import assert from 'node:assert/strict';
import fs from 'node:fs';
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
    const child = launch(['sandbox', '--port', '0', '--control']);
    const rest = ended(child);
    await Promise.race([rest, new Promise((resolve) => void child.stdout.once('data', resolve))]);
    child.stdin.end();
    const { code, out } = await rest;
    assert.equal(code, 0);
    for (const words of ['http://127.0.0.1:', 'Sales Agent 7', 'SIGTERM', '/sandbox.']) assert.ok(out.includes(words), words);
    assert.match(out, /^ {2}dialer-service +client-credentials +[0-9a-f-]{36} {2}\S+$/m);
    assert.match(out, /^ {2}call-desk +code +[0-9a-f-]{36} {2}\S+$/m);
  });

  it('says what to do where the port is taken', async () => {
    const other = net.createServer((socket) => socket.resume());
    await new Promise<void>((resolve) => void other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as net.AddressInfo;
    const org = file(JSON.stringify(orgCopy()), "sales' org.json");
    const ran = await run(['sandbox', `--port=${port}`, '--org', org]).finally(() => other.close());
    assert.deepEqual([ran.code, ran.out], [2, '']);
    const said = /^call-doctor: Port (\d+) of 127\.0\.0\.1 is taken by another program\. The next free one is (\d+)\. Try: call-doctor (.*)\n$/.exec(ran.err);
    assert.ok(said, ran.err);
    assert.equal(said[1], String(port));
    assert.equal(said[3], `sandbox --port=${said[2]} --org '${org.replace("'", "'\\''")}'`);
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

  it('makes up people beside those of the org, the same for the same seed', async () => {
    const people = async (...args: string[]): Promise<unknown> => {
      const { child, ready } = await sandbox('--users', '1000', ...args);
      const rest = ended(child);
      child.stdin.end();
      await rest;
      assert.equal(ready.users.length, 100);
      assert.equal(ready.users[0]?.name, 'Sales Agent 7');
      return ready.users.map((u) => [u.id, u.name]);
    };
    const [first, again, other] = [await people('--seed', '7'), await people('--seed', '7'), await people('--seed', '8')];
    assert.deepEqual(again, first);
    assert.notDeepEqual(other, first);
  });

  it('has a control endpoint where it is asked for, and nowhere else', async () => {
    const statusWith = async (...args: string[]): Promise<number> => {
      const { child, ready } = await sandbox(...args);
      const { status } = await fetch(`${ready.origin}/sandbox`);
      const rest = ended(child);
      child.stdin.end();
      assert.equal((await rest).code, 0);
      return status;
    };
    assert.deepEqual([await statusWith('--control'), await statusWith()], [200, 404]);
  });

  it('offers a port that works where one is taken by another sandbox', async () => {
    const first = await sandbox();
    const taken = new URL(first.ready.origin).port;
    const ran = await run(['sandbox', '--port', taken]);
    assert.deepEqual([ran.code, ran.out], [2, '']);
    const offered = /taken by another Call Doctor sandbox\. The next free one is (\d+)\./.exec(ran.err)?.[1];
    assert.ok(offered, ran.err);
    const second = launch(['sandbox', '--port', offered]);
    const line = await new Promise<string>(
      (resolve) => void second.stdout.once('data', (text: Buffer) => resolve(String(text))).once('end', () => resolve('')),
    );
    assert.ok(line.includes(`http://127.0.0.1:${offered} `), line);
    for (const child of [first.child, second]) {
      const rest = ended(child);
      child.stdin.end();
      assert.equal((await rest).code, 0);
    }
  });

  it('keeps what was changed in a file, until the end by SIGTERM too', async () => {
    const state = `${file('', 'folder')}-state.json`;
    const set = async (status: string | undefined): Promise<string> => {
      const { child, ready } = await sandbox('--state', state);
      const user = ready.users.find((u) => u.name === 'Sales Agent 7');
      const headers = { Authorization: `Bearer ${user?.token}`, 'Content-Type': 'application/json' };
      const url = `${ready.origin}/api/v2/users/${user?.id}/routingstatus`;
      const answer = await fetch(url, status === undefined ? { headers } : { method: 'PUT', headers, body: JSON.stringify({ status }) });
      const rest = ended(child);
      child.kill('SIGTERM');
      assert.equal((await rest).code, 0);
      assert.ok(user && !fs.readFileSync(state, 'utf8').includes(user.token), 'a token is in the file');
      return ((await answer.json()) as { status: string }).status;
    };
    assert.equal(await set('IDLE'), 'IDLE');
    assert.equal(await set(undefined), 'IDLE');
    assert.equal(await set('OFF_QUEUE'), 'OFF_QUEUE');
    assert.equal(await set(undefined), 'OFF_QUEUE');
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
    ['people that are no number', () => ['--users', 'many'], /--users takes a number from 0 to 1000000, not “many”\./],
    ['more people than it makes up', () => ['--users', '1000001'], /--users takes a number from 0 to 1000000/],
    ['a seed that is none', () => ['--users', '5', '--seed', '-1'], /--seed/],
    ['a seed without people', () => ['--seed', '5'], /A seed is for made-up people: say how many\./],
    ['a state file that is a folder', () => ['--state', '.'], /The state cannot be kept in \.: it is a folder, not a file\./],
    ['a state file in a folder that is not there', () => ['--state', 'no/state.json'], /The state cannot be kept in no\/state\.json: there is no folder no\./],
    [
      'a state file that is no JSON',
      () => ['--state', file('{\n "schema": 1,\n', 'state.json')],
      /state\.json cannot be used: at line 3, column 1: The JSON ends too early/,
    ],
    [
      'the state of another org',
      () => [
        '--state',
        file('{\n "schema": 1,\n "organization": {"id": "00000000-0000-4000-8000-000000000000", "name": "Other"},\n "changes": {}\n}', 'state.json'),
      ],
      /cannot be used: at line 3, column 19: it is the state of another org, Other, and not of Sandbox org \(\/organization\/id\)\. It was left as it is\./,
    ],
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
