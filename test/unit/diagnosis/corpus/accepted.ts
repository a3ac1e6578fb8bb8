import { type CorpusCase, STRONG } from './case.js';
import { org, role, SALES } from './org.js';
import { accepted, CALLS, CONVERSATION, call, curl, html, NUMBER, ON_BEHALF_OPERATION, onBehalf, USER, wire } from './text.js';

const placed = { id: CONVERSATION, selfUri: `/api/v2/conversations/calls/${CONVERSATION}` };

export const ACCEPTED: readonly CorpusCase[] = [
  {
    name: 'a call was placed',
    source: 'FACTS §1.2, §9: 200 + id',
    request: call(),
    response: accepted(200, placed),
    expect: { top: 'nothing', operation: CALLS },
  },
  {
    name: 'a call was accepted',
    source: 'DESIGN §7: 200 and 202 both mean accepted',
    request: onBehalf(),
    response: accepted(202, placed),
    grant: 'client-credentials',
    expect: { top: 'nothing', operation: ON_BEHALF_OPERATION },
  },
  {
    name: 'accepted though the list of grants lacks the permission: the platform knows better',
    source: 'DESIGN §1: a request succeeds when every requirement holds; it succeeded',
    request: onBehalf(),
    response: accepted(200, placed),
    org: org({ grants: [], agent: SALES, station: 'none' }),
    expect: { top: 'nothing', operation: ON_BEHALF_OPERATION },
  },
  {
    name: 'accepted with a field that is not in the model',
    source: 'FACTS §1.1: reaction to unknown keys not verified; it was accepted',
    request: call({ ...NUMBER, record: true, ownerId: USER }),
    response: accepted(200, placed),
    expect: { top: 'nothing', operation: CALLS },
  },
  {
    name: '200 and no id: nothing proves that a call was placed',
    source: 'FACTS §9: positive proof is 200 + id',
    request: call(),
    response: wire(200, '{"status":"ok"}'),
    expect: { confirmed: [], never: ['missing-permission', 'no-user-context', 'missing-scope'], says: ['id'], operation: CALLS },
  },
  {
    name: '200 and a page',
    source: 'issue 4: 200 HTML sign-in page',
    request: call(),
    response: html(200, 'Guest Wi-Fi', 'Please accept the terms of use'),
    expect: { top: ['not-genesys', STRONG], operation: CALLS },
  },
  {
    name: '200 for a reading',
    source: 'FACTS §8 paging',
    request: curl('GET /api/v2/routing/queues?pageSize=25'),
    response: accepted(200, { entities: [], pageSize: 25, pageNumber: 1, total: 0, pageCount: 0 }),
    expect: { top: 'nothing', operation: 'GET /api/v2/routing/queues' },
  },
  {
    name: '204 and no body',
    source: 'FACTS §4.4: DELETE revokes; RFC 9110 §15.3.5',
    request: curl('DELETE /api/v2/tokens/me'),
    response: wire(204, '', []),
    expect: { top: 'nothing', operation: 'DELETE /api/v2/tokens/me' },
  },
  {
    name: 'a search whose answer speaks of permissions is no refusal',
    source: 'DESIGN §1: status first (FACTS §3.1 parse order)',
    request: curl('GET /api/v2/audits/query/servicemapping'),
    response: accepted(200, { services: [{ name: 'Authorization', message: 'missing.permissions' }], code: 'missing.any.permissions' }),
    expect: { top: 'nothing', operation: 'GET /api/v2/audits/query/servicemapping' },
  },
  {
    name: 'reading users/me, as a user',
    source: 'FACTS §6',
    request: curl('GET /api/v2/users/me?expand=authorization'),
    response: accepted(200, { id: USER, name: 'Ada Agent', division: { id: SALES }, authorization: { permissions: ['conversation:call:add'] } }),
    grant: 'client-credentials',
    expect: { top: 'nothing', operation: 'GET /api/v2/users/me' },
  },
  {
    name: 'a client with everything, everything well',
    source: 'DESIGN §1: proved holding',
    request: onBehalf(),
    response: accepted(200, placed),
    org: org({ grants: [role('Master Admin', '*', ['*:*:*'])], agent: SALES, station: { name: 'a', status: 'ASSOCIATED' } }),
    expect: { top: 'nothing', operation: ON_BEHALF_OPERATION },
  },
];
