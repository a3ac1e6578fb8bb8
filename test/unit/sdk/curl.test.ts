import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { type Json, type Running, start, text } from '../sandbox/harness.js';

const run = promisify(execFile);

/** Runs the real curl. `-q`: without the settings of whoever runs the tests. */
async function curl(...args: string[]): Promise<{ readonly status: number; readonly json: Json }> {
  const { stdout } = await run('curl', ['-q', '--silent', '--show-error', '--noproxy', '*', '--max-time', '10', '--write-out', '\n%{http_code}', ...args]);
  const end = stdout.lastIndexOf('\n');
  return { status: Number(stdout.slice(end)), json: JSON.parse(stdout.slice(0, end)) as Json };
}

const CALL = ['--header', 'Content-Type: application/json', '--data', '{"phoneNumber": "+13175550142"}'];

describe('the sandbox from curl', () => {
  let running: Running;

  before(async function () {
    await run('curl', ['--version']).catch(() => this.skip());
    running = await start();
  });

  it('gives a client its token, shows it who it is not, and refuses its call', async () => {
    const { sandbox, idOf } = running;
    const client = sandbox.clients.find((c) => c.name === 'reporting-tool');
    assert.ok(client);
    const token = await curl('--user', `${client.id}:${client.secret}`, '--data', 'grant_type=client_credentials', `${sandbox.origin}/oauth/token`);
    assert.deepEqual([token.status, text(token.json['token_type']).toLowerCase()], [200, 'bearer']);
    const bearer = ['--header', `Authorization: Bearer ${token.json['access_token']}`];

    const me = await curl(...bearer, `${sandbox.origin}/api/v2/users/me`);
    assert.deepEqual([me.status, me.json['code']], [400, 'not.a.user']);

    const denied = await curl(...bearer, ...CALL, `${sandbox.origin}/api/v2/conversations/calls/user/${idOf('Sales Agent 7')}`);
    assert.deepEqual([denied.status, denied.json['code']], [403, 'missing.any.permissions']);
    assert.match(text(denied.json['message']), /\[conversation:agentlessCall:add, conversation:call:add\]$/);
  });

  it('shows a user who they are, and places their call', async () => {
    const { sandbox, token } = running;
    const bearer = ['--header', `Authorization: Bearer ${await token('Sales Agent 7')}`];
    const me = await curl(...bearer, `${sandbox.origin}/api/v2/users/me?expand=station`);
    assert.deepEqual([me.status, me.json['name']], [200, 'Sales Agent 7']);
    const placed = await curl(...bearer, ...CALL, `${sandbox.origin}/api/v2/conversations/calls`);
    assert.equal(placed.status, 200);
    assert.match(text(placed.json['id']), /^[0-9a-f-]{36}$/);
  });
});
