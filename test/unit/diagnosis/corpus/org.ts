import type { CataloguePermission, Grant, Known, OrgFacts, Person, RoleFact, StationFact } from '../../../../src/diagnosis/orgFacts.js';
import { QUEUE, USER } from './text.js';

export const HOME = '11111111-1111-4111-8111-111111111111';
export const SALES = '22222222-2222-4222-8222-222222222222';
export const CARE = '33333333-3333-4333-8333-333333333333';
const NAMES: Readonly<Record<string, string>> = { [HOME]: 'Home', [SALES]: 'Sales', [CARE]: 'Care', '*': 'all divisions' };

/** When the orgs of these cases were asked. */
const ASKED_AT = '2026-11-22T12:00:00Z';

/** A read that was refused or broke. */
interface Unread {
  readonly unread: string;
}
export const unread = (why: string): Unread => ({ unread: why });
const isUnread = (value: unknown): value is Unread => typeof value === 'object' && value !== null && 'unread' in value;

const fact = <T>(value: T | Unread, from: string): Known<T> =>
  isUnread(value) ? { kind: 'unchecked', from, why: value.unread } : { kind: 'known', value, from };

/** A role with permissions (`d:e:a`, wildcards allowed) in a division. */
export const role = (name: string, divisionId: string, permissions: readonly string[], conditional = false): Grant => ({
  role: name,
  roleId: `role-${name}`,
  divisionId,
  divisionName: NAMES[divisionId] ?? divisionId,
  policies: permissions.map((p) => {
    const [domain = '', entity = '', action = ''] = p.split(':');
    return { domain, entity, actions: [action], conditional };
  }),
});

/** What the org of these cases knows of, where a case says nothing else. */
const CATALOGUE = [
  'conversation:call:add',
  'conversation:agentlessCall:add',
  'conversation:conference:add',
  'conversation:communication:view',
  'conversation:callback:create',
  'routing:queue:view',
  'routing:queue:add',
  'routing:queue:edit',
  'routing:queueMember:manage',
  'authorization:grant:add',
  'authorization:grant:delete',
  'authorization:role:view',
  'directory:user:view',
  'directory:user:add',
  'outbound:campaign:add',
  'outbound:campaign:view',
  'outbound:campaign:edit',
  'outbound:contact:add',
  'outbound:contact:view',
  'analytics:conversationDetail:view',
  'analytics:agentConversationDetail:view',
  'telephony:plugin:all',
  'integrations:action:execute',
  'externalContacts:contact:add',
  'oauth:client:view',
];

interface Says {
  /** Who holds the token; `client` where nothing is said. */
  readonly caller?: 'client' | 'user' | Unread;
  readonly scopes?: readonly string[];
  readonly grants?: readonly Grant[] | Unread;
  readonly catalogue?: readonly (string | CataloguePermission)[] | Unread;
  /** The division of the agent, `absent` for no such user. */
  readonly agent?: string | Unread;
  readonly queue?: string | Unread;
  readonly station?: StationFact | 'none' | Unread;
  /** The domain of the region that was asked. */
  readonly domain?: string;
  readonly permitted?: OrgFacts['permitted'];
  readonly roles?: readonly RoleFact[] | Unread;
}

/** What an org says about a case. */
export function org({ caller = 'client', scopes = [], grants = [], catalogue = CATALOGUE, agent, queue, station, domain, permitted, roles }: Says): OrgFacts {
  const person = (division: string | Unread, id: string, name: string, from: string): Known<Person | undefined> =>
    fact<Person | undefined>(
      isUnread(division) ? division : division === 'absent' ? undefined : { id, name, divisionId: division, divisionName: NAMES[division] ?? division },
      from,
    );
  const who = {
    kind: caller === 'user' ? ('user' as const) : ('client' as const),
    id: USER,
    name: caller === 'user' ? 'Ada Agent' : 'wfm-tool',
    org: 'Acme',
    client: { id: QUEUE, name: caller === 'user' ? 'Desktop' : 'wfm-tool' },
    grant: caller === 'user' ? 'CODE' : 'CLIENT-CREDENTIALS',
    scopes,
  };
  return {
    at: ASKED_AT,
    ...(domain === undefined ? {} : { domain }),
    caller: fact(isUnread(caller) ? caller : who, 'GET /api/v2/tokens/me'),
    grants: fact(grants, 'GET /api/v2/authorization/subjects/me'),
    catalogue: fact(
      isUnread(catalogue) ? catalogue : catalogue.map((p) => (typeof p === 'string' ? { permission: p, divisionAware: true } : p)),
      'GET /api/v2/authorization/permissions',
    ),
    ...(permitted === undefined ? {} : { permitted }),
    ...(roles === undefined ? {} : { roles: fact(roles, 'GET /api/v2/authorization/roles') }),
    ...(agent === undefined ? {} : { agent: person(agent, USER, 'Sales Agent 7', `GET /api/v2/users/${USER}?expand=station`) }),
    ...(queue === undefined ? {} : { queue: person(queue, QUEUE, 'Sales EMEA', `GET /api/v2/routing/queues/${QUEUE}`) }),
    ...(station === undefined ? {} : { station: fact<StationFact>(station === 'none' ? undefined : station, `GET /api/v2/users/${USER}?expand=station`) }),
  };
}
