import { accessRules, elsewhere, trustees } from './access.js';
import { activeCalls } from './activeCalls.js';
import { theExternalContacts } from './contacts.js';
import { dataActions } from './dataActions.js';
import { faultList } from './faults.js';
import { aGroup } from './groups.js';
import { notifications } from './notifications.js';
import { clientDetails, grantType, VALIDITY } from './oauthClients.js';
import { outcomes } from './outcomes.js';
import {
  aBoolean,
  aGuid,
  aList,
  anInteger,
  anObject,
  aPattern,
  aRedirectUri,
  aSet,
  aString,
  checked,
  described,
  oneOf,
  type Reader,
  type Schema,
  type ShapeProblem,
} from './shape.js';
import { aSpecification } from './specification.js';
import { aTelephony } from './telephony.js';

/**
 * An org as its file says it. Things name each other by id or by name: `"division": "Sales"`. Only ids are GUIDs; a person who
 * writes such a file should not have to look them up.
 */
export type OrgFile = NonNullable<ReturnType<typeof readOrg>>;
export type OrgFileUser = OrgFile['users'][number];
export type OrgFileClient = OrgFile['clients'][number];

const PRESENCES = ['Available', 'Away', 'Break', 'Busy', 'Idle', 'Meal', 'Meeting', 'Offline', 'On Queue', 'Training'] as const;
export const ROUTING_STATUSES = ['OFF_QUEUE', 'IDLE', 'INTERACTING', 'NOT_RESPONDING', 'COMMUNICATING'] as const;
export type RoutingStatusName = (typeof ROUTING_STATUSES)[number];
export const isRoutingStatus = (value: unknown): value is RoutingStatusName => (ROUTING_STATUSES as readonly unknown[]).includes(value);

/** The most people that an org can be told to have made up. */
export const MOST_GENERATED = 1_000_000;
export const MOST_SEED = 4_294_967_295;

const id = described('A GUID that nothing else in this file has.', aGuid);
const reference = (kind: string): Reader<string> => described(`The name or the id of a ${kind} of this file.`, aString);
const references = (kind: string): Reader<readonly string[]> => described(`Names or ids of ${kind}s of this file.`, aSet(aString));
const named = (kind: string): Reader<{ readonly id: string; readonly name: string }> =>
  anObject({ id, name: described(`No other ${kind} has it.`, aString) }, {});

const grant = described(
  'A role in a division.',
  anObject(
    { role: reference('role'), division: described('The name or the id of a division of this file; `*` is every division.', aString) },
    { madeSecondsAgo: described('How old it is; older than any delay where it is absent.', anInteger(0, 31_536_000)) },
  ),
);

const permissionPattern = aPattern('^[^:\\s]+:[^:\\s]+:[^:\\s]+$', 'a permission such as routing:queue:view, with * for any part');
/** FACTS §4.3: a scope is `x` or `x:readonly`. */
const scope = aPattern('^[a-z]+(?:-[a-z]+)*(?::readonly)?$', 'a scope such as conversations or users:readonly');
const email = checked({ type: 'string', format: 'email' }, 'an e-mail address', (v): v is string => typeof v === 'string' && /^[^\s@]+@[^\s@]+$/.test(v));

const readOrg = anObject(
  {
    organization: described(
      'The org itself: what `GET /api/v2/organizations/me` shows.',
      anObject({ id, name: aString }, { defaultLanguage: aString, defaultCountryCode: aString, domain: aString }),
    ),
    divisions: described(
      'Where people and queues are. Exactly one is home.',
      aList(anObject({ id, name: aString }, { home: described('Where everything is that was put nowhere else.', aBoolean), description: aString })),
    ),
    roles: described(
      'What can be granted.',
      aList(
        anObject(
          {
            id,
            name: aString,
            policies: described(
              'Permissions, in three parts; `*` is every one.',
              aList(anObject({ domain: aString, entityName: aString, actions: aSet(aString) }, {})),
            ),
          },
          { description: aString },
        ),
      ),
    ),
    clients: described(
      'OAuth clients.',
      aList(
        anObject(
          {
            id,
            name: aString,
            secret: described('Plainly fake: this file is no place for a real one.', aString),
            grant: grantType,
          },
          {
            ...clientDetails,
            roleDivisions: described('What the client may do. Only for clients whose tokens have no user.', aList(grant)),
            scopes: described('Only for clients whose tokens have a user.', aSet(scope)),
            redirectUris: described('Where a user comes back to after the login page. The match is exact.', aSet(aRedirectUri)),
            accessTokenValiditySeconds: described('86,400 where it is absent.', anInteger(VALIDITY.least, VALIDITY.most)),
          },
        ),
      ),
    ),
    edges: described('What connects stations to the telephone network.', aList(anObject({ id, name: aString }, { online: aBoolean }))),
    stations: described(
      'Phones.',
      aList(
        anObject(
          { id, name: aString, type: oneOf('inin_webrtc_softphone', 'inin_remote', 'inin_standalone') },
          {
            edge: reference('edge'),
            owner: described('The name or the id of the user whose WebRTC phone it is.', aString),
            webRtcPersistentEnabled: aBoolean,
            webRtcRequireMediaHelper: aBoolean,
          },
        ),
      ),
    ),
    presences: described('The presences that users can have.', aList(anObject({ id, systemPresence: oneOf(...PRESENCES) }, {}))),
    skills: aList(named('skill')),
    languages: aList(named('language')),
    users: described(
      'People.',
      aList(
        anObject(
          {
            id,
            name: described('No other user of this file has it.', aString),
            email,
            division: reference('division'),
            presence: described('One of /presences.', oneOf(...PRESENCES)),
            routingStatus: oneOf(...ROUTING_STATUSES),
          },
          {
            title: aString,
            department: aString,
            phone: described('A number that is nobody’s: +1 …-555-01xx or +44 20 7946 0xxx.', aString),
            grants: described('What the user may do.', aList(grant)),
            station: described('The name or the id of the station that the user is associated with.', aString),
            skills: references('skill'),
            languages: references('language'),
          },
        ),
      ),
    ),
    queues: aList(
      anObject(
        { id, name: aString, division: reference('division') },
        {
          description: aString,
          callingPartyName: described('Shown to those who are called from this queue.', aString),
          callingPartyNumber: described('Shown to those who are called from this queue.', aString),
          members: references('user'),
          notJoined: described('Members who have not activated the queue.', aSet(aString)),
          wrapUpCodes: references('wrap-up code'),
        },
      ),
    ),
  },
  {
    $schema: described('Where the schema of this file is; only editors read it.', aString),
    enforceScopes: described('Organization Settings → Enforce Scopes; off by default.', aBoolean),
    rateLimitPerMinute: described('Requests per minute and token; 300 by default.', anInteger(1, 1_000_000)),
    idleTokenTimeoutSeconds: described('A token that is not used for so long is not good any more; for ever where this is absent.', anInteger(1, 86_400)),
    ringMilliseconds: described('How long a called party rings before it answers; 1,500 by default.', anInteger(0, 600_000)),
    permissions: anObject(
      {},
      {
        lacks: described('Permissions that this org’s catalogue does not have, `*` for any part: product, licence or beta.', aSet(permissionPattern)),
        divisionAware: described(
          'Permissions that hold per division, `*` for any part. The others hold everywhere once granted anywhere.',
          aSet(permissionPattern),
        ),
      },
    ),
    generated: described(
      'Made-up people beside those of this file, with divisions, queues and stations in proportion. The same seed makes the same people.',
      anObject({ users: described('How many.', anInteger(0, MOST_GENERATED)) }, { seed: described('1 where it is absent.', anInteger(0, MOST_SEED)) }),
    ),
    expired: described('Users and clients, by id or name, whose tokens are handed out already expired.', aSet(aString)),
    faults: described('What goes wrong on the way.', faultList),
    accessRules,
    trustees,
    elsewhere,
    dataActions,
    outcomes,
    calls: activeCalls,
    notifications,
    grantDelaySeconds: described('How long it takes until a changed grant counts; it shows at once. 0 where it is absent.', anInteger(0, 86_400)),
    products: described('What the org has bought: what `GET /api/v2/authorization/products` shows.', aSet(aString)),
    groups: described(
      'People together. Its members hold what a group is granted.',
      aList(anObject(aGroup.required, { ...aGroup.optional, grants: described('What its members may do.', aList(grant)) })),
    ),
    wrapUpCodes: aList(anObject({ id, name: aString }, { division: reference('division'), description: aString })),
    telephony: aTelephony,
    externalContacts: theExternalContacts,
    specification: described('How the document of `GET /api/v2/docs/swagger` differs from what this org checks.', aSpecification),
  },
) satisfies Reader<unknown>;

/** What this file says of itself, for an editor. */
export const orgFileSchema: Schema = readOrg.schema;

type OrgFileResult = { readonly ok: true; readonly org: OrgFile } | { readonly ok: false; readonly problems: readonly ShapeProblem[] };

/** Reads an org file's JSON. Names that lead nowhere are not seen here but when the org is built (world.ts). */
export function readOrgFile(json: unknown): OrgFileResult {
  const problems: ShapeProblem[] = [];
  const org = readOrg(json, '', problems);
  return org && problems.length === 0 ? { ok: true, org } : { ok: false, problems };
}
