import { abilityDocument } from '../documents/routing.js';
import { byName, nameFilter } from '../http/filters.js';
import { NOT_FOUND } from '../http/refusals.js';
import { type Answer, listing, ok, type Route, type Visit, withNamed } from '../http/route.js';
import { MOST_CONTACTS } from '../org/contacts.js';
import type { World } from '../org/world.js';

const NAMESPACES = '/api/v2/organizations/limits/namespaces';

export const ORGANIZATION: readonly Route[] = [
  { operation: 'GET /api/v2/organizations/me', answer: (v) => ok(organizationDocument(v.world)) },
  { operation: `GET ${NAMESPACES}`, answer: (v) => listing(v, [...limitsOf(v.world).keys()], (name) => name) },
  { operation: `GET ${NAMESPACES}/{namespaceName}`, answer: (v) => limits(v, limitsOf(v.world)) },
  { operation: `GET ${NAMESPACES}/{namespaceName}/defaults`, answer: (v) => limits(v, LIMITS) },
  { operation: 'GET /api/v2/organizations/limits/docs', answer: (v) => ok(limitDocumentation(v.host)) },
  { operation: 'GET /api/v2/date', answer: () => ok({ currentDate: new Date().toISOString() }) },
  { operation: 'GET /api/v2/timezones', answer: (v) => listing(v, Intl.supportedValuesOf('timeZone'), timeZoneDocument) },
  {
    operation: 'GET /api/v2/languages',
    answer: (v) =>
      listing(
        v,
        byName(
          v.query,
          [...v.world.languages.values()].filter((l) => nameFilter(v.query)(l.name)),
        ),
        (l) => abilityDocument('languages', l),
      ),
  },
  {
    operation: 'GET /api/v2/languages/{languageId}',
    answer: (v) => withNamed(v, 'languageId', v.world.languages, (l) => ok(abilityDocument('languages', l))),
  },
];

/** Organization. */
export const organizationDocument = (world: World): object => ({
  defaultLanguage: 'en-us',
  defaultCountryCode: 'US',
  ...world.organization,
  defaultSiteId: world.sites.keys().next().value,
  version: 1,
  state: 'active',
  features: { contactCenter: true, directory: true, purecloud: true, purecloudVoice: true, unifiedCommunications: true, hipaa: false, pci: false },
  voicemailEnabled: true,
  productPlatform: 'PureCloud',
  selfUri: '/api/v2/organizations/me',
});

type Limits = ReadonlyMap<string, Readonly<Record<string, number>>>;

/** FACTS §8; what is not there is a guess. */
const LIMITS: Limits = new Map([
  ['authorization', { 'division.max': 1000 }],
  ['external.contacts', { 'contact.max': MOST_CONTACTS }],
  ['notifications', { 'channel.max': 20 }],
  ['oauth', { 'client.max': 50 }],
  [
    'platform.api',
    {
      'client.credentials.token.rate.per.minute': 300,
      'org.app.user.rate.per.minute': 300,
      'org.user.rate.per.minute': 3000,
      'token.rate.per.minute': 300,
    },
  ],
]);

/** What an org has: the same, with its own rate for what a request of the sandbox counts against. */
function limitsOf({ rateLimit }: World): Limits {
  const own = { 'client.credentials.token.rate.per.minute': rateLimit, 'org.app.user.rate.per.minute': rateLimit, 'token.rate.per.minute': rateLimit };
  return new Map([...LIMITS, ['platform.api', { ...LIMITS.get('platform.api'), ...own }]]);
}

function limits(v: Visit, all: Limits): Answer {
  const namespace = v.params['namespaceName'] ?? '';
  const found = all.get(namespace);
  if (!found) return NOT_FOUND;
  return ok(
    { entities: Object.entries(found).map(([key, value]) => ({ key, namespace, value })) },
    namespace === 'platform.api' ? 'how the limits of a namespace are listed' : 'which limits there are outside of platform.api',
  );
}

const limitDocumentation = (host: string): object => ({
  url: `http://${host}/api/v2/organizations/limits/docs`,
  namespaces: [...LIMITS].map(([name, keys]) => ({
    name,
    friendlyName: name,
    limits: Object.entries(keys).map(([key, defaultValue]) => ({ key, defaultValue, configurable: true, trackable: false })),
  })),
});

function timeZoneDocument(id: string): object {
  const name = new Intl.DateTimeFormat('en', { timeZone: id, timeZoneName: 'longOffset' })
    .formatToParts(new Date())
    .find((p) => p.type === 'timeZoneName')?.value;
  const [, sign, hours = '0', minutes = '0'] = /GMT(?:([+-])(\d+):(\d+))?/.exec(name ?? '') ?? [];
  return { id, name: id, offset: (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)), canonicalId: id };
}
