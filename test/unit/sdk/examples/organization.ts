import { type Examples, firstOf, madeBy } from './example.js';

const QUEUE = { queueId: 'queues/Sales EMEA' };
const SITE = { siteId: 'sites/Indianapolis' };
const TELEPHONY = '/api/v2/telephony/providers/edges';
const CONTACT = { firstName: 'Dana', lastName: 'Example', workPhone: { e164: '+13175550170' }, workEmail: 'dana@example.com' };
const ROUTE = { name: 'Spare', classificationTypes: ['National'], enabled: true, externalTrunkBases: [] };
const TOPIC = 'v2.users.users/Admin 1.presence';

/** The organization, queues and routing, telephony, external contacts, notifications, data actions, the API's own document. */
export const ORGANIZATION: Examples = {
  'GET /api/v2/organizations/me': {},
  'GET /api/v2/organizations/limits/namespaces': {},
  'GET /api/v2/organizations/limits/namespaces/{namespaceName}': { params: { namespaceName: 'platform.api' } },
  'GET /api/v2/organizations/limits/namespaces/{namespaceName}/defaults': { params: { namespaceName: 'platform.api' } },
  'GET /api/v2/organizations/limits/docs': {},
  'GET /api/v2/date': {},
  'GET /api/v2/timezones': {},
  'GET /api/v2/languages': {},
  'GET /api/v2/languages/{languageId}': { given: firstOf('/api/v2/languages', 'languageId') },

  'GET /api/v2/routing/queues': {},
  'POST /api/v2/routing/queues': { body: { name: 'Night', division: { id: 'divisions/Sales' }, callingPartyNumber: '+13175550100' } },
  'GET /api/v2/routing/queues/divisionviews': {},
  'GET /api/v2/routing/queues/divisionviews/all': {},
  'GET /api/v2/routing/queues/me': { who: 'Sales Agent 7' },
  'GET /api/v2/routing/queues/{queueId}': { params: QUEUE },
  'PUT /api/v2/routing/queues/{queueId}': { params: QUEUE, body: { name: 'Sales EMEA', description: 'By day.' } },
  'DELETE /api/v2/routing/queues/{queueId}': { given: madeBy('POST /api/v2/routing/queues', { name: 'Night' }, 'queueId') },
  'GET /api/v2/routing/queues/{queueId}/members': { params: QUEUE },
  'POST /api/v2/routing/queues/{queueId}/members': { params: QUEUE, body: [{ id: 'users/Care Agent 3' }] },
  'PATCH /api/v2/routing/queues/{queueId}/members': { params: QUEUE, body: [{ id: 'users/Sales Agent 7', joined: false }] },
  'PATCH /api/v2/routing/queues/{queueId}/members/{memberId}': {
    params: { ...QUEUE, memberId: 'users/Sales Agent 7' },
    body: { id: 'users/Sales Agent 7', joined: false },
  },
  'DELETE /api/v2/routing/queues/{queueId}/members/{memberId}': { params: { ...QUEUE, memberId: 'users/Sales Agent 7' } },
  'GET /api/v2/routing/queues/{queueId}/wrapupcodes': { params: QUEUE },
  'POST /api/v2/routing/queues/{queueId}/wrapupcodes': { params: QUEUE, body: [{ id: 'wrapUpCodes/Refund' }] },
  'DELETE /api/v2/routing/queues/{queueId}/wrapupcodes/{codeId}': { params: { ...QUEUE, codeId: 'wrapUpCodes/Sale' } },
  'GET /api/v2/routing/skills': {},
  'POST /api/v2/routing/skills': { body: { name: 'Whistling' } },
  'GET /api/v2/routing/skills/{skillId}': { params: { skillId: 'skills/Sales' } },
  'DELETE /api/v2/routing/skills/{skillId}': { params: { skillId: 'skills/Returns' } },
  'GET /api/v2/routing/languages': {},
  'POST /api/v2/routing/languages': { body: { name: 'Danish' } },
  'GET /api/v2/routing/languages/{languageId}': { params: { languageId: 'languages/French' } },
  'DELETE /api/v2/routing/languages/{languageId}': { params: { languageId: 'languages/French' } },
  'GET /api/v2/routing/wrapupcodes': {},
  'POST /api/v2/routing/wrapupcodes': { body: { name: 'Night', division: { id: 'divisions/Sales' } } },
  'GET /api/v2/routing/wrapupcodes/divisionviews': {},
  'GET /api/v2/routing/wrapupcodes/divisionviews/{codeId}': { params: { codeId: 'wrapUpCodes/Refund' } },
  'GET /api/v2/routing/wrapupcodes/{codeId}': { params: { codeId: 'wrapUpCodes/Refund' } },
  'PUT /api/v2/routing/wrapupcodes/{codeId}': { params: { codeId: 'wrapUpCodes/Refund' }, body: { name: 'Refunded' } },
  'DELETE /api/v2/routing/wrapupcodes/{codeId}': { params: { codeId: 'wrapUpCodes/Refund' } },

  [`GET ${TELEPHONY}`]: {},
  [`GET ${TELEPHONY}/{edgeId}`]: { params: { edgeId: 'edges/Edge East' } },
  [`GET ${TELEPHONY}/sites`]: {},
  [`GET ${TELEPHONY}/sites/{siteId}`]: { params: SITE },
  [`GET ${TELEPHONY}/sites/{siteId}/numberplans/classifications`]: { params: SITE },
  [`GET ${TELEPHONY}/outboundroutes`]: {},
  [`GET ${TELEPHONY}/sites/{siteId}/outboundroutes`]: { params: SITE },
  [`POST ${TELEPHONY}/sites/{siteId}/outboundroutes`]: { params: SITE, body: ROUTE },
  [`GET ${TELEPHONY}/sites/{siteId}/outboundroutes/{outboundRouteId}`]: { params: { ...SITE, outboundRouteId: 'outboundRoutes/National' } },
  [`PUT ${TELEPHONY}/sites/{siteId}/outboundroutes/{outboundRouteId}`]: {
    params: { ...SITE, outboundRouteId: 'outboundRoutes/National' },
    body: { ...ROUTE, name: 'National', enabled: false },
  },
  [`DELETE ${TELEPHONY}/sites/{siteId}/outboundroutes/{outboundRouteId}`]: { params: { ...SITE, outboundRouteId: 'outboundRoutes/National' } },
  [`GET ${TELEPHONY}/dids`]: {},
  [`GET ${TELEPHONY}/dids/{didId}`]: { given: firstOf(`${TELEPHONY}/dids`, 'didId') },
  [`GET ${TELEPHONY}/didpools`]: {},
  [`GET ${TELEPHONY}/didpools/{didPoolId}`]: { given: firstOf(`${TELEPHONY}/didpools`, 'didPoolId') },
  [`GET ${TELEPHONY}/didpools/dids`]: { query: 'type=ASSIGNED_AND_UNASSIGNED' },
  [`GET ${TELEPHONY}/phones`]: { query: 'expand=lines,status' },
  [`GET ${TELEPHONY}/phones/{phoneId}`]: { given: firstOf(`${TELEPHONY}/phones`, 'phoneId') },
  [`GET ${TELEPHONY}/lines`]: {},
  [`GET ${TELEPHONY}/lines/{lineId}`]: { given: firstOf(`${TELEPHONY}/lines`, 'lineId') },

  'GET /api/v2/externalcontacts/contacts': {},
  'POST /api/v2/externalcontacts/contacts': { body: CONTACT },
  'GET /api/v2/externalcontacts/contacts/{contactId}': { given: firstOf('/api/v2/externalcontacts/contacts', 'contactId') },
  'PUT /api/v2/externalcontacts/contacts/{contactId}': { given: madeBy('POST /api/v2/externalcontacts/contacts', CONTACT, 'contactId'), body: CONTACT },
  'DELETE /api/v2/externalcontacts/contacts/{contactId}': { given: madeBy('POST /api/v2/externalcontacts/contacts', CONTACT, 'contactId') },
  'GET /api/v2/externalcontacts/reversewhitepageslookup': { query: 'lookupVal=%2B442079460151' },
  'GET /api/v2/externalcontacts/organizations': {},
  'GET /api/v2/externalcontacts/organizations/{externalOrganizationId}': { params: { externalOrganizationId: 'organizations/Example Bakery' } },
  'GET /api/v2/externalcontacts/organizations/{externalOrganizationId}/contacts': { params: { externalOrganizationId: 'organizations/Example Bakery' } },

  'GET /api/v2/notifications/availabletopics': {
    query: 'expand=description,requiresPermissions,permissionDetails,enforced,visibility,transports,publicApiTemplateUriPaths,schema',
  },
  'GET /api/v2/notifications/channels': { given: aChannel() },
  'POST /api/v2/notifications/channels': {},
  'HEAD /api/v2/notifications/channels/{channelId}': { given: aChannel() },
  'GET /api/v2/notifications/channels/{channelId}/subscriptions': { given: aChannel() },
  'POST /api/v2/notifications/channels/{channelId}/subscriptions': { given: aChannel(), body: [{ id: TOPIC }] },
  'PUT /api/v2/notifications/channels/{channelId}/subscriptions': { given: aChannel(), body: [{ id: TOPIC }] },
  'DELETE /api/v2/notifications/channels/{channelId}/subscriptions': { given: aChannel() },

  'POST /api/v2/integrations/actions/{actionId}/execute': { params: { actionId: 'dataActions/Look up customer' }, body: { number: '+13175550142' } },
  'POST /api/v2/integrations/actions/{actionId}/test': { params: { actionId: 'dataActions/Look up customer' }, body: { number: '+13175550142' } },
};

function aChannel() {
  return madeBy('POST /api/v2/notifications/channels', undefined, 'channelId');
}
