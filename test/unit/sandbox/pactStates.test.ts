import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import type { VerifierOptions } from '@pact-foundation/pact-core';
import { start } from './harness.js';

const NUMBER = { phoneNumber: '+13175550142' };
const UNABLE = 'Unable to perform the requested action.';
const header = { type: 'ProviderState', expression: 'Bearer ${token}' };
const request = (pathOf: string) => ({
  method: 'POST',
  path: pathOf.replace('${userId}', '0b0b0b0b-0b0b-4b0b-8b0b-0b0b0b0b0b0b'),
  headers: { Authorization: 'Bearer token', 'Content-Type': 'application/json' },
  body: NUMBER,
  generators: { header: { Authorization: header }, path: { type: 'ProviderState', expression: pathOf } },
});
const asType = { combine: 'AND', matchers: [{ match: 'type' }] };
const error = (status: number, code: string, message: string) => ({
  status,
  headers: { 'Content-Type': 'application/json' },
  body: { status, code, message, contextId: 'any', details: [], errors: [] },
  matchingRules: { body: { '$.contextId': asType } },
});

/** A Pact of a consumer that dials: a call, and two refusals. Statuses, codes and messages: FACTS §1.4, §3.2. */
const pact = (deniedCode = 'missing.any.permissions') => ({
  consumer: { name: 'dialer' },
  provider: { name: 'genesys-cloud' },
  interactions: [
    {
      description: 'a call on behalf of an agent',
      providerStates: [{ name: 'default', params: { as: 'dialer-service' } }],
      request: request('/api/v2/conversations/calls/user/${userId}'),
      response: {
        status: 200,
        body: { id: '0b0b0b0b-0b0b-4b0b-8b0b-0b0b0b0b0b0b' },
        matchingRules: { body: { '$.id': { combine: 'AND', matchers: [{ match: 'regex', regex: '^[0-9a-f-]{36}$' }] } } },
      },
    },
    {
      description: 'a call on behalf without permission',
      providerStates: [{ name: 'The client may not place calls' }],
      request: request('/api/v2/conversations/calls/user/${userId}'),
      response: error(
        403,
        deniedCode,
        `${UNABLE} You must have at least one of the following permissions assigned: [conversation:agentlessCall:add, conversation:call:add]`,
      ),
    },
    {
      description: 'a call without a station',
      providerStates: [{ name: 'no-station as Sales Agent 7' }],
      request: request('/api/v2/conversations/calls'),
      response: error(400, 'conversation.error.no.user.station', 'A station is required to place a call.'),
    },
  ],
  metadata: { pactSpecification: { version: '3.0.0' } },
});

/** Runs the verifier in a process of its own: its native part writes to standard output, and would tell its makers that it was used. */
function run(options: VerifierOptions): Promise<{ readonly verified: boolean; readonly output: string }> {
  const script = `new (require('@pact-foundation/pact-core').Verifier)(${JSON.stringify(options)}).verify().then(() => process.exit(0), () => process.exit(1))`;
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['-e', script], { env: { ...process.env, PACT_DO_NOT_TRACK: 'true' }, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString('utf8')));
    child.on('error', reject);
    child.on('close', (code) => resolve({ verified: code === 0, output: stripVTControlCharacters(output) }));
  });
}

describe('sandbox, as the provider of a Pact', function () {
  this.timeout(60_000);
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'call-doctor-pact-'));
  after(() => fs.rmSync(folder, { recursive: true, force: true }));

  async function verify(contract: object, control = true): ReturnType<typeof run> {
    const { sandbox } = await start({ control });
    const file = path.join(folder, 'dialer.json');
    fs.writeFileSync(file, JSON.stringify(contract));
    return run({
      provider: 'genesys-cloud',
      providerBaseUrl: sandbox.origin,
      pactUrls: [file],
      providerStatesSetupUrl: `${sandbox.origin}/sandbox/provider-states`,
      providerStatesSetupTeardown: true,
      providerStatesSetupBody: true,
      logLevel: 'error',
    });
  }

  it('is verified by the Pact verifier, which sets its states', async () => {
    const { verified, output } = await verify(pact());
    assert.ok(verified, output);
    assert.equal(output.match(/returns a response which/g)?.length, 3, output);
  });

  it('is not what another Pact says', async () => {
    const { verified, output } = await verify(pact('forbidden'));
    assert.ok(!verified);
    assert.match(output, /Expected 'missing\.any\.permissions' \(String\) to be equal to 'forbidden'/);
    assert.match(output, /There were 1 pact failures/);
  });

  it('cannot be verified where its states cannot be set', async () => {
    const { verified, output } = await verify(pact(), false);
    assert.ok(!verified);
    assert.match(output, /setup state change handlers has failed/);
  });
});
