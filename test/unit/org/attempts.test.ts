import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Attempts } from '../../../src/org/attempts.js';
import type { Attempt } from '../../../src/org/calls/attempt.js';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'call-doctor-attempts-'));
after(() => fs.rmSync(folder, { recursive: true, force: true }));
let files = 0;
const newFile = (): string => path.join(folder, `${++files}`, 'attempts.jsonl');
const onDisk = (file: string): Record<string, unknown>[] =>
  fs
    .readFileSync(file, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Record<string, unknown>);
const write = (file: string, text: string): void => {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, text);
};

const attempt = (id: string, more: Partial<Attempt> = {}): Attempt => ({
  id,
  at: '2026-11-22T12:00:00.000Z',
  agent: 'Sales Agent 7',
  to: '+1 317 555 0142',
  org: 'Sandbox org',
  region: 'sandbox',
  state: 'sending',
  exchange: { request: { method: 'POST', url: 'http://127.0.0.1/api/v2/conversations/calls', headers: [['Authorization', 'Bearer …']], body: '{}' } },
  ...more,
});
const ids = (list: readonly Attempt[]): string[] => list.map((a) => a.id);
const linesOf = (count: number): string => Array.from({ length: count }, (_, i) => `${JSON.stringify(attempt(`a${i}`, { state: 'placed' }))}\n`).join('');

describe('org/attempts', () => {
  it('has nothing to list where there is no file yet, and makes none', async () => {
    const file = newFile();
    assert.deepEqual(await new Attempts(file).list(), []);
    assert.equal(fs.existsSync(path.dirname(file)), false);
  });

  it('reads an empty file as no attempts', async () => {
    const file = newFile();
    write(file, '');
    assert.deepEqual(await new Attempts(file, assert.fail).list(), []);
  });

  it('has an attempt on disk when it has begun, readable by its owner alone', async () => {
    const file = newFile();
    await new Attempts(file).begin(attempt('a'));
    assert.deepEqual(onDisk(file), [JSON.parse(JSON.stringify(attempt('a')))]);
    if (process.platform !== 'win32') assert.equal(fs.statSync(file).mode & 0o777, 0o600);
  });

  it('gives back what was settled, after a restart too', async () => {
    const file = newFile();
    const attempts = new Attempts(file);
    const settled = attempt('a', {
      state: 'refused',
      status: 403,
      note: 'n',
      exchange: { ...attempt('a').exchange, response: { status: 403, headers: [['X', 'y']], body: '{"code":"x"}', cut: true } },
    });
    await attempts.begin(attempt('a'));
    await attempts.settle(settled);
    assert.deepEqual(await attempts.list(), [settled]);
    assert.deepEqual(await new Attempts(file).list(), [settled]);
  });

  it('shows an attempt as being sent only while this process sends it', async () => {
    const file = newFile();
    const attempts = new Attempts(file);
    await attempts.begin(attempt('a'));
    assert.equal((await attempts.list())[0]?.state, 'sending');
    const [after] = await new Attempts(file).list();
    assert.equal(after?.state, 'unknown');
    assert.match(after?.note ?? '', /may have rung/);
  });

  it('lists the newest first, in the order of the beginnings', async () => {
    const file = newFile();
    const attempts = new Attempts(file);
    for (const id of ['a', 'b', 'c']) await attempts.begin(attempt(id));
    await attempts.settle(attempt('a', { state: 'placed' }));
    assert.deepEqual(ids(await attempts.list()), ['c', 'b', 'a']);
    assert.deepEqual(ids(await new Attempts(file).list()), ['c', 'b', 'a']);
  });

  it('keeps the newest two hundred', async () => {
    const file = newFile();
    write(file, linesOf(450));
    const attempts = new Attempts(file, assert.fail);
    const list = await attempts.list();
    assert.deepEqual([list.length, list[0]?.id, list.at(-1)?.id], [200, 'a449', 'a250']);
    assert.equal(onDisk(file).length, 200);
    await attempts.begin(attempt('new'));
    assert.deepEqual([(await attempts.list()).length, (await attempts.list())[0]?.id], [200, 'new']);
  });

  it('stays small when the answers are large', async () => {
    const file = newFile();
    const attempts = new Attempts(file);
    const body = 'x'.repeat(2_000_000);
    for (const id of ['a', 'b', 'c'])
      await attempts.settle(attempt(id, { state: 'unknown', exchange: { ...attempt(id).exchange, response: { status: 200, headers: [], body } } }));
    assert.ok(fs.statSync(file).size < 500_000, String(fs.statSync(file).size));
    const response = (await new Attempts(file).list())[0]?.exchange.response;
    assert.ok(response?.cut === true && body.startsWith(response.body ?? '?'));
  });

  const damages: readonly [what: string, damage: string][] = [
    ['half a line at the end', '{"id":"x","state":"sen'],
    ['no JSON', 'hello\n'],
    ['JSON of another shape', '[1,2]\n{"id":"x"}\n{"id":"x","state":"flying","exchange":{}}\n'],
    ['bytes that are no text', '\0\0\0\0\n'],
  ];
  for (const [what, damage] of damages)
    it(`sets a file with ${what} aside, tells so, and loses nothing else`, async () => {
      const file = newFile();
      write(file, linesOf(2) + damage);
      const told: string[] = [];
      const attempts = new Attempts(file, (problem) => told.push(problem));
      assert.deepEqual(ids(await attempts.list()), ['a1', 'a0']);
      assert.match(told[0] ?? '', /could not be read and w(?:as|ere) set aside in /);
      const aside = fs.readdirSync(path.dirname(file)).filter((f) => f.includes('.damaged-'));
      assert.equal(aside.length, 1);
      assert.equal(fs.readFileSync(path.join(path.dirname(file), aside[0] ?? ''), 'utf8'), linesOf(2) + damage);
      assert.deepEqual(ids(await new Attempts(file, assert.fail).list()), ['a1', 'a0']);
    });

  it('does not lose the next attempt to half a line that another window left behind', async () => {
    const file = newFile();
    const attempts = new Attempts(file);
    await attempts.begin(attempt('a'));
    fs.appendFileSync(file, '{"id":"x","state":"sen');
    await attempts.begin(attempt('b'));
    assert.deepEqual(ids(await new Attempts(file).list()), ['b', 'a']);
  });

  it('writes many at once, each a line of its own', async () => {
    const file = newFile();
    const attempts = new Attempts(file);
    await Promise.all(Array.from({ length: 100 }, (_, i) => attempts.begin(attempt(`a${i}`))));
    assert.deepEqual(onDisk(file).length, 100);
    assert.equal((await new Attempts(file, assert.fail).list()).length, 100);
  });

  it('loses no line of two windows that write at the same time', async () => {
    const file = newFile();
    const windows = [new Attempts(file), new Attempts(file)];
    const large = { ...attempt('x').exchange, response: { status: 200, headers: [], body: 'y'.repeat(30_000) } };
    await Promise.all(
      windows.flatMap((w, n) =>
        Array.from({ length: 50 }, async (_, i) => {
          await w.begin(attempt(`${n}-${i}`));
          await w.settle(attempt(`${n}-${i}`, { state: 'placed', exchange: large }));
        }),
      ),
    );
    const list = await new Attempts(file, assert.fail).list();
    assert.equal(list.length, 100);
    assert.ok(list.every((a) => a.state === 'placed'));
  });

  it('loses no line that one window writes while another one tidies up', async () => {
    for (let round = 0; round < 15; round++) {
      const file = newFile();
      write(file, linesOf(300));
      const writer = new Attempts(file);
      await writer.list();
      write(file, `damage\n${linesOf(300)}`);
      const tidier = new Attempts(file);
      const tidied = tidier.list();
      for (let i = 0; i < 10; i++) await writer.begin(attempt(`w${i}`));
      await tidied;
      const found = new Set(onDisk(file).map((l) => l['id']));
      for (let i = 0; i < 10; i++) assert.ok(found.has(`w${i}`), `round ${round} lost w${i}`);
    }
  });

  it('loses no line whose file is replaced while it is written', async () => {
    for (let round = 0; round < 40; round++) {
      const file = newFile();
      write(file, linesOf(1));
      const writer = new Attempts(file);
      await writer.list();
      const begun = writer.begin(attempt('w'));
      for (let i = 0; i < round % 20; i++) await new Promise((resolve) => void setImmediate(resolve));
      const old = fs.openSync(file, 'r');
      fs.writeFileSync(`${file}.new`, linesOf(1));
      fs.renameSync(`${file}.new`, file);
      const takenOver = fs.readFileSync(old, 'utf8');
      fs.closeSync(old);
      await begun;
      assert.ok(
        [takenOver, fs.readFileSync(file, 'utf8')].some((text) => text.includes('"id":"w"')),
        `round ${round}`,
      );
    }
  });

  it('keeps what was settled where the line of its beginning comes late', async () => {
    const file = newFile();
    write(file, [attempt('a', { state: 'placed' }), attempt('a')].map((a) => `${JSON.stringify(a)}\n`).join(''));
    assert.equal((await new Attempts(file).list())[0]?.state, 'placed');
  });

  it('forgets all but what is being sent when it is cleared, and goes on', async () => {
    const file = newFile();
    const attempts = new Attempts(file);
    await attempts.settle(attempt('a', { state: 'placed' }));
    await attempts.begin(attempt('b'));
    await attempts.clear();
    await attempts.begin(attempt('c'));
    assert.deepEqual(ids(await attempts.list()), ['c', 'b']);
    assert.deepEqual(ids(await new Attempts(file).list()), ['c', 'b']);
  });

  it('can be cleared before anything was written, into a file of its owner alone', async () => {
    const file = newFile();
    await new Attempts(file).clear();
    assert.equal(fs.readFileSync(file, 'utf8'), '');
    if (process.platform !== 'win32') assert.equal(fs.statSync(file).mode & 0o777, 0o600);
  });

  it('fails a beginning that cannot be written, and does not list it', async () => {
    const file = newFile();
    fs.mkdirSync(file, { recursive: true });
    const told: string[] = [];
    const attempts = new Attempts(file, (problem) => told.push(problem));
    await assert.rejects(attempts.begin(attempt('a')));
    assert.deepEqual(await attempts.list(), []);
    assert.equal(told.length, 1);
  });

  it('reports an outcome that cannot be written rather than hide it', async () => {
    const file = newFile();
    const told: string[] = [];
    const attempts = new Attempts(file, (problem) => told.push(problem));
    await attempts.begin(attempt('a'));
    fs.rmSync(file);
    fs.mkdirSync(file);
    await attempts.settle(attempt('a', { state: 'placed' }));
    assert.match(told[0] ?? '', /could not be written/);
    assert.equal((await attempts.list())[0]?.state, 'placed');
  });

  it('sees what other windows begin and settle', async () => {
    const file = newFile();
    const [one, other] = [new Attempts(file), new Attempts(file)];
    await one.list();
    await other.begin(attempt('a'));
    assert.deepEqual(
      (await one.list()).map((a) => [a.id, a.state]),
      [['a', 'unknown']],
    );
    await other.settle(attempt('a', { state: 'placed', conversationId: 'c' }));
    assert.deepEqual([(await one.list())[0]?.state, (await one.list())[0]?.conversationId], ['placed', 'c']);
    await other.clear();
    assert.deepEqual(await one.list(), []);
    await other.begin(attempt('b'));
    assert.deepEqual(ids(await one.list()), ['b']);
  });

  it('sees nothing of a line until all of it is there', async () => {
    const file = newFile();
    const attempts = new Attempts(file, assert.fail);
    await attempts.begin(attempt('a'));
    const line = JSON.stringify(attempt('b', { state: 'placed' }));
    fs.appendFileSync(file, line.slice(0, 40));
    assert.deepEqual(ids(await attempts.list()), ['a']);
    fs.appendFileSync(file, `${line.slice(40)}\n`);
    assert.deepEqual(ids(await attempts.list()), ['b', 'a']);
  });

  it('lists what windows begin at the same time in the same order, whichever of them is asked', async () => {
    const file = newFile();
    const windows = [new Attempts(file), new Attempts(file), new Attempts(file)];
    await Promise.all(windows.flatMap((w, n) => Array.from({ length: 15 }, (_, i) => w.begin(attempt(`${n}-${i}`)))));
    const orders = await Promise.all(windows.map(async (w) => ids(await w.list())));
    assert.deepEqual(orders[1], orders[0]);
    assert.deepEqual(orders[2], orders[0]);
    assert.deepEqual(ids(await new Attempts(file).list()), orders[0]);
  });

  it('recalls which attempts may have rung for an agent a short while ago, of any window', async () => {
    const file = newFile();
    const [one, other] = [new Attempts(file), new Attempts(file)];
    const now = new Date().toISOString();
    await other.settle(attempt('unknown', { at: now, state: 'unknown' }));
    await other.settle(attempt('placed', { at: now, state: 'placed' }));
    await other.settle(attempt('old', { at: new Date(Date.now() - 3_600_000).toISOString(), state: 'unknown' }));
    await other.settle(attempt('from the future', { at: new Date(Date.now() + 3_600_000).toISOString(), state: 'unknown' }));
    await other.settle(attempt('another agent', { at: now, state: 'unknown', agent: 'Care Agent 2' }));
    await other.settle(attempt('another org', { at: now, state: 'unknown', org: 'Another' }));
    await other.begin(attempt('under way', { at: now }));
    const whom = { agent: 'Sales Agent 7', org: 'Sandbox org', region: 'sandbox' };
    assert.deepEqual(ids(await one.mayHaveRung(whom)), ['under way', 'from the future', 'unknown']);
    assert.deepEqual(ids(await other.mayHaveRung(whom, 'under way')), ['from the future', 'unknown']);
  });

  it('does not let a window that gave up waiting undo what another found out', async () => {
    const file = newFile();
    const [one, other] = [new Attempts(file), new Attempts(file)];
    await one.begin(attempt('a'));
    await other.list();
    await other.settle(attempt('a', { state: 'placed', conversationId: 'c' }));
    await one.settle(attempt('a', { state: 'unknown', note: 'no answer within 30 seconds' }));
    assert.equal((await new Attempts(file).list())[0]?.state, 'placed');
  });

  it('keeps who sent it, and nothing that signs in', async () => {
    const file = newFile();
    const sender = { account: 'client-credentials/us-east-1/x', kind: 'client' as const, principal: 'p', orgId: 'o' };
    await new Attempts(file).begin(attempt('a', { sender, uptime: 12.5 }));
    const [kept] = await new Attempts(file).list();
    assert.deepEqual([kept?.sender, kept?.uptime], [sender, 12.5]);
  });

  it('writes an outcome with the next attempt, where the disk was full', async function () {
    if (!fs.existsSync('/dev/full')) this.skip();
    const file = newFile();
    const told: string[] = [];
    const attempts = new Attempts(file, (problem) => told.push(problem));
    await attempts.begin(attempt('a'));
    fs.renameSync(file, `${file}.kept`);
    fs.symlinkSync('/dev/full', file);
    await attempts.settle(attempt('a', { state: 'placed' }));
    assert.match(told[0] ?? '', /could not be written into the history: .*ENOSPC/);
    await assert.rejects(attempts.begin(attempt('b')), /ENOSPC/);
    fs.rmSync(file);
    fs.renameSync(`${file}.kept`, file);
    await attempts.begin(attempt('c'));
    assert.deepEqual(
      (await new Attempts(file).list()).map((a) => [a.id, a.state]),
      [
        ['c', 'unknown'],
        ['a', 'placed'],
      ],
    );
  });

  it('does not say that an attempt is on disk where its file is replaced again and again', async () => {
    const file = newFile();
    write(file, '');
    const attempts = new Attempts(file);
    await attempts.list();
    const original = fs.statSync;
    try {
      // Whoever looks finds another file there.
      Object.assign(fs, { statSync: () => ({ ino: 1, dev: 1 }) });
      await assert.rejects(attempts.begin(attempt('a')), /being replaced/);
    } finally {
      Object.assign(fs, { statSync: original });
    }
  });

  it('tells when another window writes', async () => {
    const file = newFile();
    let changes = 0;
    // The first call of this machine: the folder is not there yet.
    const stop = new Attempts(file, undefined, () => {
      changes += 1;
    }).watch();
    await new Attempts(file).begin(attempt('a'));
    for (let tries = 0; changes === 0 && tries < 200; tries++) await new Promise((resolve) => void setTimeout(resolve, 10));
    stop();
    assert.ok(changes > 0);
  });
});
