import { aBoolean, aGuid, aList, anInteger, anObject, aString, oneOf, type Reader, type ShapeProblem } from './shape.js';

/**
 * An org as its file says it. Things name each other by id or by name: `"division": "Sales"`. Only ids are GUIDs; a person who
 * writes such a file should not have to look them up.
 */
export type OrgFile = NonNullable<ReturnType<typeof readOrg>>;
export type OrgFileUser = OrgFile['users'][number];
export type OrgFileClient = OrgFile['clients'][number];
export type OrgFault = NonNullable<OrgFile['faults']>[number];

/** A role in a division; `*` is every division. */
const grant = anObject({ role: aString, division: aString }, {});

const PRESENCES = ['Available', 'Away', 'Break', 'Busy', 'Idle', 'Meal', 'Meeting', 'Offline', 'On Queue', 'Training'] as const;
const ROUTING_STATUSES = ['OFF_QUEUE', 'IDLE', 'INTERACTING', 'NOT_RESPONDING', 'COMMUNICATING'] as const;
export type RoutingStatusName = (typeof ROUTING_STATUSES)[number];
export const isRoutingStatus = (value: unknown): value is RoutingStatusName => (ROUTING_STATUSES as readonly unknown[]).includes(value);

const named = anObject({ id: aGuid, name: aString }, {});

const readOrg = anObject(
  {
    organization: anObject({ id: aGuid, name: aString }, { defaultLanguage: aString, defaultCountryCode: aString, domain: aString }),
    divisions: aList(anObject({ id: aGuid, name: aString }, { home: aBoolean, description: aString })),
    roles: aList(
      anObject(
        { id: aGuid, name: aString, policies: aList(anObject({ domain: aString, entityName: aString, actions: aList(aString) }, {})) },
        { description: aString },
      ),
    ),
    clients: aList(
      anObject(
        { id: aGuid, name: aString, secret: aString, grant: oneOf('CLIENT-CREDENTIALS', 'CODE') },
        {
          state: oneOf('active', 'disabled'),
          /** Only for clients whose tokens have no user (FACTS §4.3). */
          roleDivisions: aList(grant),
          /** Only for clients whose tokens have a user (FACTS §4.3). */
          scopes: aList(aString),
          redirectUris: aList(aString),
          accessTokenValiditySeconds: anInteger(300, 172_800),
        },
      ),
    ),
    edges: aList(anObject({ id: aGuid, name: aString }, { online: aBoolean })),
    stations: aList(
      anObject({ id: aGuid, name: aString, type: oneOf('inin_webrtc_softphone', 'inin_remote', 'inin_standalone') }, { edge: aString, owner: aString }),
    ),
    presences: aList(anObject({ id: aGuid, systemPresence: oneOf(...PRESENCES) }, {})),
    skills: aList(named),
    languages: aList(named),
    users: aList(
      anObject(
        { id: aGuid, name: aString, email: aString, division: aString, presence: oneOf(...PRESENCES), routingStatus: oneOf(...ROUTING_STATUSES) },
        {
          title: aString,
          department: aString,
          phone: aString,
          grants: aList(grant),
          /** The station that the user is associated with. */
          station: aString,
          skills: aList(aString),
          languages: aList(aString),
        },
      ),
    ),
    queues: aList(
      anObject(
        { id: aGuid, name: aString, division: aString },
        {
          description: aString,
          callingPartyName: aString,
          callingPartyNumber: aString,
          members: aList(aString),
          /** Members who have not activated the queue. */
          notJoined: aList(aString),
        },
      ),
    ),
  },
  {
    $schema: aString,
    /** Organization Settings → Enforce Scopes; off by default (FACTS §4.3). */
    enforceScopes: aBoolean,
    /** Requests per minute and token; 300 by default (FACTS §8). */
    rateLimitPerMinute: anInteger(1, 1_000_000),
    /** How long a called party rings before it answers. */
    ringMilliseconds: anInteger(0, 600_000),
    permissions: anObject(
      {},
      {
        /** Permissions that this org's catalogue does not have, `*` for any part: product, licence or beta (FACTS §3.4). */
        lacks: aList(aString),
        /** Permissions that hold per division, `*` for any part. The others hold everywhere once granted anywhere. */
        divisionAware: aList(aString),
      },
    ),
    /** Users and clients, by id or name, whose tokens are handed out already expired. */
    expired: aList(aString),
    /** What goes wrong on the way, for operations given as `METHOD /template`. */
    faults: aList(
      anObject(
        { operations: aList(aString), kind: oneOf('html', 'huge', 'cut', 'lost', 'unavailable', 'slow') },
        { bytes: anInteger(1, 200_000_000), milliseconds: anInteger(1, 600_000) },
      ),
    ),
  },
) satisfies Reader<unknown>;

type OrgFileResult = { readonly ok: true; readonly org: OrgFile } | { readonly ok: false; readonly problems: readonly ShapeProblem[] };

/** Reads an org file's JSON. Names that lead nowhere are not seen here but when the org is built (world.ts). */
export function readOrgFile(json: unknown): OrgFileResult {
  const problems: ShapeProblem[] = [];
  const org = readOrg(json, '', problems);
  return org && problems.length === 0 ? { ok: true, org } : { ok: false, problems };
}
