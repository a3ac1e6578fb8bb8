import { activeCallsOf } from './calls/calls.js';
import type { Client, Division, Person, Policy, Queue, Role, Station, World } from './org/world.js';

// The platform's entities as JSON. Names of fields: types of purecloud-platform-client-v2 262.0.0.

const divisionRef = (d: Division): object => ({ id: d.id, name: d.name, selfUri: `/api/v2/authorization/divisions/${d.id}` });

export const divisionDocument = (d: Division): object => ({
  id: d.id,
  name: d.name,
  description: d.description,
  homeDivision: d.home,
  selfUri: `/api/v2/authorization/divisions/${d.id}`,
});

/** What a grant in every division shows as its division: the star that grants of clients are given with (FACTS §4.3). */
const EVERY_DIVISION = { id: '*', name: '*', homeDivision: false };

/** The policies of a role that this org can grant: a permission outside the catalogue is not among them. */
function grantable(world: World, role: Role): readonly Policy[] {
  return role.policies.flatMap((p) => {
    const actions = p.actions.filter((a) => [p.domain, p.entityName, a].includes('*') || world.catalogue.knows(`${p.domain}:${p.entityName}:${a}`));
    return actions.length === 0 ? [] : [{ ...p, actions }];
  });
}

const permissionsOf = (policies: readonly Policy[]): string[] => policies.flatMap((p) => p.actions.map((a) => `${p.domain}:${p.entityName}:${a}`));

const roleRef = (r: Role): object => ({ id: r.id, name: r.name, selfUri: `/api/v2/authorization/roles/${r.id}` });

export function roleDocument(world: World, role: Role): object {
  const policies = grantable(world, role);
  return {
    id: role.id,
    name: role.name,
    description: role.description,
    permissions: permissionsOf(policies),
    permissionPolicies: policies.map((p) => ({ domain: p.domain, entityName: p.entityName, policyName: '', actionSet: p.actions, allowConditions: false })),
    userCount: [...world.people.keys()].filter((id) => world.grantsOf(id).some((g) => g.role === role)).length,
    default: false,
    base: false,
    selfUri: `/api/v2/authorization/roles/${role.id}`,
  };
}

/** AuthzSubject: who holds which role where. */
export function subjectDocument(world: World, subject: { readonly id: string; readonly name: string }): object {
  return {
    id: subject.id,
    name: subject.name,
    grants: world.grantsOf(subject.id).map((g) => ({
      subjectId: subject.id,
      division: g.division === '*' ? EVERY_DIVISION : divisionDocument(g.division),
      role: {
        ...roleRef(g.role),
        description: g.role.description,
        policies: grantable(world, g.role).map((p) => ({ domain: p.domain, entityName: p.entityName, actions: p.actions })),
        default: false,
      },
      grantMadeAt: g.madeAt.toISOString(),
    })),
    version: 1,
    selfUri: `/api/v2/authorization/subjects/${subject.id}`,
  };
}

/** UserAuthorization: the union over all divisions. Wildcards stay wildcards (assumed). */
export function authorizationDocument(world: World, subjectId: string): object {
  const roles = [...new Set(world.grantsOf(subjectId).map((g) => g.role))];
  const policies = roles.flatMap((r) => grantable(world, r));
  return {
    roles: roles.map(({ id, name }) => ({ id, name })),
    unusedRoles: [],
    permissions: [...new Set(permissionsOf(policies))],
    permissionPolicies: policies.map((p) => ({ domain: p.domain, entityName: p.entityName, actionSet: p.actions, allowConditions: false })),
  };
}

const userRef = (p: Person): object => ({ id: p.id, name: p.name, selfUri: `/api/v2/users/${p.id}` });

export const presenceDocument = (p: Person): object => ({
  id: p.id,
  source: 'PURECLOUD',
  primary: true,
  presenceDefinition: { ...p.presence.definition, selfUri: `/api/v2/presencedefinitions/${p.presence.definition.id}` },
  message: p.presence.message,
  modifiedDate: p.presence.since.toISOString(),
  selfUri: `/api/v2/users/${p.id}/presences/PURECLOUD`,
});

export const routingStatusDocument = (p: Person): object => ({ userId: p.id, status: p.routing.status, startTime: p.routing.since.toISOString() });

/** UserStations. Fields without a station are absent. */
export function userStationsDocument(p: Person): object {
  const show = (s: Station): object => ({
    id: s.id,
    name: s.name,
    type: s.type,
    ...(s === p.station ? { associatedUser: userRef(p), associatedDate: p.stationSince.toISOString() } : {}),
  });
  return {
    ...(p.station ? { associatedStation: show(p.station), effectiveStation: show(p.station) } : {}),
    ...(p.lastStation ? { lastAssociatedStation: show(p.lastStation) } : {}),
  };
}

export function stationDocument(world: World, s: Station): object {
  const user = world.userOf(s);
  return {
    id: s.id,
    name: s.name,
    status: user ? 'ASSOCIATED' : 'AVAILABLE',
    ...(user ? { userId: user.id } : {}),
    ...(s.owner ? { webRtcUserId: s.owner.id } : {}),
    ...(s.edge ? { primaryEdge: { id: s.edge.id, name: s.edge.name, selfUri: `/api/v2/telephony/providers/edges/${s.edge.id}` } } : {}),
    type: s.type,
    webRtcPersistentEnabled: s.type === 'inin_webrtc_softphone',
    webRtcRequireMediaHelper: false,
    selfUri: `/api/v2/stations/${s.id}`,
  };
}

/** What `GET /users…?expand=` can add to a user. */
const USER_EXPANDS: Readonly<Record<string, (world: World, p: Person) => Record<string, unknown>>> = {
  authorization: (world, p) => ({ authorization: authorizationDocument(world, p.id) }),
  conversationSummary: (world, p) => {
    const active = activeCallsOf(world, p);
    const forQueue = active.filter((c) => c.fromQueue !== undefined).length;
    return {
      conversationSummary: { userId: p.id, call: { contactCenter: { active: forQueue, acw: 0 }, enterprise: { active: active.length - forQueue, acw: 0 } } },
    };
  },
  languages: (_, p) => ({ languages: p.languages.map((l) => ({ ...l, proficiency: 5, state: 'active' })) }),
  presence: (_, p) => ({ presence: presenceDocument(p) }),
  routingStatus: (_, p) => ({ routingStatus: routingStatusDocument(p) }),
  skills: (_, p) => ({ skills: p.skills.map((s) => ({ ...s, proficiency: 5, state: 'active' })) }),
  station: (_, p) => ({ station: userStationsDocument(p) }),
};

/** A user with what `expand` names of USER_EXPANDS. Other expands are left out: expanding is best effort (FACTS §6). */
export function userDocument(world: World, p: Person, expand: readonly string[]): Record<string, unknown> {
  return {
    id: p.id,
    name: p.name,
    division: divisionRef(p.division),
    ...(p.department === undefined ? {} : { department: p.department }),
    email: p.email,
    primaryContactInfo: [
      { address: p.email, mediaType: 'EMAIL', type: 'PRIMARY' },
      ...(p.phone === undefined ? [] : [{ address: p.phone, mediaType: 'PHONE', type: 'PRIMARY' }]),
    ],
    addresses: [],
    state: 'active',
    ...(p.title === undefined ? {} : { title: p.title }),
    username: p.email,
    version: 1,
    acdAutoAnswer: false,
    ...Object.assign({}, ...expand.map((e) => (Object.hasOwn(USER_EXPANDS, e) ? USER_EXPANDS[e]?.(world, p) : {}))),
    selfUri: `/api/v2/users/${p.id}`,
  };
}

export function queueDocument(q: Queue): Record<string, unknown> {
  return {
    id: q.id,
    name: q.name,
    division: divisionRef(q.division),
    ...(q.description === undefined ? {} : { description: q.description }),
    memberCount: q.members.size,
    userMemberCount: q.members.size,
    joinedMemberCount: [...q.members.values()].filter(Boolean).length,
    ...(q.callingPartyName === undefined ? {} : { callingPartyName: q.callingPartyName }),
    ...(q.callingPartyNumber === undefined ? {} : { callingPartyNumber: q.callingPartyNumber }),
    selfUri: `/api/v2/routing/queues/${q.id}`,
  };
}

export const queueMemberDocument = (q: Queue, p: Person): object => ({
  id: p.id,
  name: p.name,
  user: userRef(p),
  ringNumber: 1,
  joined: q.members.get(p) ?? false,
  memberBy: 'user',
  routingStatus: routingStatusDocument(p),
  selfUri: `/api/v2/routing/queues/${q.id}/members/${p.id}`,
});

/** An OAuth client without its secret. */
export function clientDocument(world: World, c: Client): Record<string, unknown> {
  const roleDivisions = world.grantsOf(c.id).map((g) => ({ roleId: g.role.id, divisionId: g.division === '*' ? '*' : g.division.id }));
  return {
    id: c.id,
    name: c.name,
    authorizedGrantType: c.grant,
    scope: c.scopes,
    roleDivisions,
    state: c.active ? 'active' : 'disabled',
  };
}
