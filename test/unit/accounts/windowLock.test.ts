import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { aloneAmongWindows } from '../../../src/accounts/windowLock.js';

describe('accounts/windowLock', () => {
  let folder: string;
  beforeEach(() => {
    folder = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'call-doctor-lock-')), 'made when needed');
  });
  afterEach(() => fs.rmSync(path.dirname(folder), { recursive: true, force: true }));

  it('lets one after another work under one name, and leaves nothing behind', async () => {
    const seen: string[] = [];
    const work = (name: string) => async (): Promise<string> => {
      seen.push(`${name} in`);
      await new Promise((resolve) => setTimeout(resolve, 20));
      seen.push(`${name} out`);
      return name;
    };
    const done = await Promise.all(['a', 'b', 'c'].map((n) => aloneAmongWindows(folder, 'us-east-1/o/c/u', work(n))));
    assert.deepEqual(done, ['a', 'b', 'c']);
    for (let i = 0; i < seen.length; i += 2) assert.equal(seen[i + 1], seen[i]?.replace('in', 'out'));
    assert.deepEqual(fs.readdirSync(folder), []);
  });

  it('does not have different names wait for each other', async () => {
    let release: () => void = () => {};
    const held = aloneAmongWindows(folder, 'a', () => new Promise<void>((resolve) => (release = resolve)));
    assert.equal(await aloneAmongWindows(folder, 'b', async () => 'done'), 'done');
    release();
    await held;
  });

  it('lets go after a failure', async () => {
    await assert.rejects(
      aloneAmongWindows(folder, 'a', () => Promise.reject(new Error('x'))),
      /^Error: x$/,
    );
    assert.deepEqual(fs.readdirSync(folder), []);
  });

  it('takes over what a window that is gone has left', async () => {
    let file = '';
    await aloneAmongWindows(folder, 'a', async () => {
      file = path.join(folder, fs.readdirSync(folder)[0] ?? '');
    });
    fs.writeFileSync(file, '');
    const longAgo = new Date(Date.now() - 3_600_000);
    fs.utimesSync(file, longAgo, longAgo);
    assert.equal(await aloneAmongWindows(folder, 'a', async () => 'done'), 'done');
  });

  it('has nothing of the account in the name of a file', async () => {
    await aloneAmongWindows(folder, 'us-east-1/canary', async () => assert.doesNotMatch(fs.readdirSync(folder).join(), /canary|us-east/));
  });

  it('works without waiting where no file can be made', async () => {
    const file = path.join(path.dirname(folder), 'a file');
    fs.writeFileSync(file, '');
    assert.equal(await aloneAmongWindows(path.join(file, 'below'), 'a', async () => 'done'), 'done');
  });
});
