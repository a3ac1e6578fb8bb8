import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import org from '../../src/sandbox/org/org.json';

export const AGENT = org.users.find((u) => u.name === 'Sales Agent 7')?.id ?? '';
export const QUEUE = org.queues.find((q) => q.name === 'Sales EMEA')?.id ?? '';

/** Where VS Code keeps the user's data in this host (test/host/server.mjs): beside the temporary folder that it gives to its children. */
const USER_DATA = path.join(os.tmpdir(), '..', 'data', 'User');
export const ATTEMPTS = path.join(USER_DATA, 'globalStorage', 'call-doctor.genesys-call-doctor', 'attempts.jsonl');

/** Whether this host keeps it there: a desktop does not. */
export const hasHistory = (): boolean => fs.existsSync(USER_DATA);

/** A line of the history: a call that was refused for want of a permission. */
export const entry = (more: object = {}): object => ({
  id: 'refused',
  at: new Date(Date.now() - 3_600_000).toISOString(),
  agent: 'Sales Agent 7',
  to: '+1 317 555 0142',
  org: 'Sandbox org',
  region: 'sandbox',
  state: 'refused',
  status: 403,
  exchange: {
    request: {
      method: 'POST',
      url: `http://127.0.0.1:1/api/v2/conversations/calls/user/${AGENT}`,
      headers: [['Authorization', 'Bearer …']],
      body: JSON.stringify({ phoneNumber: '+13175550142', attributes: { ticket: 'canary-4711' } }),
    },
    response: {
      status: 403,
      headers: [['ININ-Correlation-Id', 'c-4711']],
      // FACTS §3.2
      body: JSON.stringify({
        message: 'Unable to perform the requested action. You are missing the following permission(s): [conversation:call:add]',
        code: 'missing.permissions',
        status: 403,
        contextId: 'c-4711',
        details: [],
        errors: [],
      }),
    },
  },
  ...more,
});

export const append = (...entries: readonly object[]): void => {
  fs.mkdirSync(path.dirname(ATTEMPTS), { recursive: true });
  fs.appendFileSync(ATTEMPTS, entries.map((e) => `\n${JSON.stringify(e)}\n`).join(''));
};

/** The ids and last states of the file. */
export function states(): ReadonlyMap<string, string> {
  const lines = fs.existsSync(ATTEMPTS) ? fs.readFileSync(ATTEMPTS, 'utf8').split('\n').filter(Boolean) : [];
  return new Map(lines.map((line) => JSON.parse(line) as { id: string; state: string }).map(({ id, state }) => [id, state]));
}
