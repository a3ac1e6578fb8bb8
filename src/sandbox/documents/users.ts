import { isLive } from '../calls/conversation.js';
import type { Group } from '../org/groups.js';
import type { Person, PresenceDefinition, Rated, Station } from '../org/types.js';
import type { World } from '../org/world.js';
import { authorizationDocument } from './authorization.js';
import { divisionReference, userReference } from './references.js';

export const presenceReference = (d: PresenceDefinition): object => ({ ...d, selfUri: `/api/v2/presence/definitions/${d.id}` });

export const presenceDocument = (p: Person): object => ({
  id: p.id,
  source: 'PURECLOUD',
  primary: true,
  presenceDefinition: presenceReference(p.presence.definition),
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
    ...(s === p.station ? { associatedUser: userReference(p), associatedDate: p.stationSince.toISOString() } : {}),
    ...(s === p.defaultStation ? { defaultUser: userReference(p) } : {}),
  });
  return {
    ...(p.station ? { associatedStation: show(p.station) } : {}),
    ...(p.station ? { effectiveStation: show(p.station) } : p.defaultStation ? { effectiveStation: show(p.defaultStation) } : {}),
    ...(p.defaultStation ? { defaultStation: show(p.defaultStation) } : {}),
    ...(p.lastStation ? { lastAssociatedStation: show(p.lastStation) } : {}),
  };
}

/** UserRoutingSkill, UserRoutingLanguage. */
export const ratedDocument = (p: Person, kind: 'skill' | 'language', r: Rated): object => ({
  id: r.id,
  name: r.name,
  proficiency: r.proficiency ?? 5,
  state: 'active',
  [`${kind}Uri`]: `/api/v2/routing/${kind}s/${r.id}`,
  selfUri: `/api/v2/users/${p.id}/routing${kind}s/${r.id}`,
});

/** Those that the org still has. */
export const skillsOf = (world: World, p: Person): readonly Rated[] => p.skills.filter((s) => world.skills.has(s.id));
export const languagesOf = (world: World, p: Person): readonly Rated[] => p.languages.filter((l) => world.languages.has(l.id));

export const groupDocument = (g: Group): object => ({
  id: g.id,
  name: g.name,
  ...(g.description === undefined ? {} : { description: g.description }),
  memberCount: g.members.size,
  state: 'active',
  version: 1,
  type: 'official',
  rulesVisible: true,
  visibility: 'public',
  rolesEnabled: true,
  selfUri: `/api/v2/groups/${g.id}`,
});

/** UserConversationSummary: how many calls and callbacks somebody has, for a queue or otherwise. */
export function conversationSummaryDocument(world: World, p: Person): object {
  const legs = world.calls
    .activeOf(p)
    .flatMap((c) => c.participants.filter((x) => x.user?.id === p.id).map((x) => ({ ...x, forQueue: (x.queue ?? c.fromQueue) !== undefined })));
  const summary = (media: 'call' | 'callback'): object => {
    const alive = legs.filter((l) => isLive(l[media]));
    const forQueue = alive.filter((l) => l.forQueue).length;
    return { contactCenter: { active: forQueue, acw: 0 }, enterprise: { active: alive.length - forQueue, acw: 0 } };
  };
  return { userId: p.id, call: summary('call'), callback: summary('callback') };
}

/** What `GET /users…?expand=` can add to a user. */
const EXPANDS: Readonly<Record<string, (world: World, p: Person) => Record<string, unknown>>> = {
  authorization: (world, p) => ({ authorization: authorizationDocument(world, p.id) }),
  conversationSummary: (world, p) => ({ conversationSummary: conversationSummaryDocument(world, p) }),
  groups: (world, p) => ({ groups: world.groupsOf(p).map(groupDocument) }),
  languages: (world, p) => ({ languages: languagesOf(world, p).map((l) => ratedDocument(p, 'language', l)) }),
  locations: () => ({ locations: [] }),
  presence: (_, p) => ({ presence: presenceDocument(p) }),
  routingStatus: (_, p) => ({ routingStatus: routingStatusDocument(p) }),
  skills: (world, p) => ({ skills: skillsOf(world, p).map((s) => ratedDocument(p, 'skill', s)) }),
  station: (_, p) => ({ station: userStationsDocument(p) }),
};

/** A user with what `expand` names of EXPANDS. Other expands are left out: expanding is best effort (FACTS §6). */
export function userDocument(world: World, p: Person, expand: readonly string[]): Record<string, unknown> {
  return {
    id: p.id,
    name: p.name,
    division: divisionReference(p.division),
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
    version: p.version ?? 1,
    acdAutoAnswer: p.acdAutoAnswer ?? false,
    ...Object.assign({}, ...expand.map((e) => (Object.hasOwn(EXPANDS, e) ? EXPANDS[e]?.(world, p) : {}))),
    selfUri: `/api/v2/users/${p.id}`,
  };
}
