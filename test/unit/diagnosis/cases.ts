import assert from 'node:assert/strict';
import type { CaseInput } from '../../../src/diagnosis/case.js';
import { type Diagnosis, diagnose } from '../../../src/diagnosis/diagnose.js';
import type { Cause, Finding, Verdict } from '../../../src/diagnosis/model.js';
import type { Caller, CataloguePermission, Grant, Known, OrgFacts, Person } from '../../../src/diagnosis/orgFacts.js';
import type { Exchange, Headers } from '../../../src/exchange/exchange.js';
import { GUID, operations } from '../platform/facts.js';

export const API = 'https://api.mypurecloud.com';
export const PLAIN = '/api/v2/conversations/calls';
export const ON_BEHALF = `/api/v2/conversations/calls/user/${GUID}`;
export const TOKEN: Headers = [['Authorization', 'Bearer Zm9vYmFyYmF6cXV4']];
export const CALL = '{"phoneNumber":"+13175550142"}';

/** The wordings of FACTS §3.2. */
export const ANY = (list: string): string =>
  `Unable to perform the requested action. You must have at least one of the following permissions assigned: [${list}]`;
export const ALL = (list: string): string => `Unable to perform the requested action. You are missing the following permission(s): [${list}]`;
export const BOTH_CALLS = 'conversation:agentlessCall:add, conversation:call:add';

/** A request; a POST of a call where nothing else is said. */
export const sent = (path: string, method = 'POST', body: string | undefined = method === 'GET' ? undefined : CALL, headers = TOKEN): Exchange => ({
  request: { method, url: API + path, headers, ...(body === undefined ? {} : { body }) },
});

/** An answer as the platform writes it (FACTS §3.1). */
export const answer = (status: number, code: string, message = '', more: object = {}): Exchange => ({
  response: {
    status,
    headers: [['ININ-Correlation-Id', '8d839ca0-0000-4000-8000-000000000000']],
    body: JSON.stringify({ message, code, status, contextId: '8d839ca0-0000-4000-8000-000000000000', details: [], errors: [], ...more }),
  },
});
/** An answer of anybody. */
export const other = (status: number | undefined, body?: string): Exchange => ({
  response: { ...(status === undefined ? {} : { status }), headers: [], ...(body === undefined ? {} : { body }) },
});

export const explain = (exchange: Exchange, more: Omit<CaseInput, 'exchange' | 'operations'> = {}): Diagnosis => diagnose({ exchange, operations, ...more });

export const all = (d: Diagnosis, cause: Cause): readonly Finding[] => d.findings.filter((f) => f.cause === cause);
/** The only finding of a cause. */
export function one(d: Diagnosis, cause: Cause): Finding {
  const found = all(d, cause);
  assert.equal(found.length, 1, `${found.length} findings of ${cause}\n${table(d)}`);
  return found[0] as Finding;
}
export const verdicts = (d: Diagnosis): Partial<Record<Cause, Verdict>> => Object.fromEntries([...d.findings].reverse().map((f) => [f.cause, f.verdict]));
/** Causes that are confirmed or likely. */
export const against = (d: Diagnosis): string[] =>
  d.findings.filter((f) => f.verdict === 'confirmed' || f.verdict === 'likely').map((f) => `${f.verdict} ${f.cause}`);
export const table = (d: Diagnosis): string => [d.summary, ...d.findings.map((f) => `  ${f.verdict} ${f.cause}: ${f.title}`)].join('\n');
export const words = (f: Finding): string => [f.title, ...f.because.map((e) => e.fact), ...f.fix].join('\n');

export const HOME = '11111111-1111-4111-8111-111111111111';
export const SALES = '22222222-2222-4222-8222-222222222222';

/** A role with permissions (`a:b:c`, wildcards allowed) in a division. */
export const grant = (permissions: readonly string[], divisionId = HOME, role = 'Dialer', conditional = false): Grant => ({
  role,
  roleId: `role-${role}`,
  divisionId,
  divisionName: divisionId === '*' ? 'all divisions' : divisionId === HOME ? 'Home' : 'Sales',
  policies: permissions.map((p) => {
    const [domain = '', entity = '', ...actions] = p.split(':');
    return { domain, entity, actions, conditional };
  }),
});

const known = <T>(value: T, from: string): Known<T> => ({ kind: 'known', value, from });
export const unchecked = (from: string, why: string): { kind: 'unchecked'; from: string; why: string } => ({ kind: 'unchecked', from, why });
export const person = (name: string, divisionId: string): Known<Person> =>
  known({ id: GUID, name, divisionId, divisionName: divisionId === HOME ? 'Home' : 'Sales' }, `GET /api/v2/users/${GUID}`);

export interface World {
  readonly caller?: OrgFacts['caller'] | Caller['kind'];
  readonly grants?: OrgFacts['grants'] | readonly Grant[];
  readonly catalogue?: readonly (string | CataloguePermission)[];
  readonly agent?: OrgFacts['agent'];
  readonly queue?: OrgFacts['queue'];
  readonly station?: OrgFacts['station'];
}

/** What an org said. The catalogue has the call permissions where nothing else is said. */
export function facts(w: World): OrgFacts {
  const kind = typeof w.caller === 'string' ? w.caller : 'client';
  const caller: Caller = {
    kind,
    id: GUID,
    name: kind === 'client' ? 'wfm-tool' : 'Ada Agent',
    org: 'Org',
    client: { id: GUID, name: 'wfm-tool' },
    grant: kind === 'client' ? 'CLIENT-CREDENTIALS' : 'CODE',
    scopes: [],
  };
  const catalogue = w.catalogue ?? ['conversation:call:add', 'conversation:agentlessCall:add', 'conversation:conference:add', 'routing:queue:view'];
  return {
    at: '2026-11-22T12:00:00Z',
    caller: typeof w.caller === 'object' ? w.caller : known(caller, 'GET /api/v2/tokens/me'),
    grants: w.grants === undefined || 'length' in w.grants ? known(w.grants ?? [], 'GET /api/v2/authorization/subjects/me') : w.grants,
    catalogue: known(
      catalogue.map((p) => (typeof p === 'string' ? { permission: p, divisionAware: true } : p)),
      'GET /api/v2/authorization/permissions',
    ),
    ...(w.agent ? { agent: w.agent } : {}),
    ...(w.queue ? { queue: w.queue } : {}),
    ...(w.station ? { station: w.station } : {}),
  };
}
