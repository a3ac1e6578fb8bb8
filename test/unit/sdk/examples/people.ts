import type { Examples } from './example.js';

const AGENT = { userId: 'users/Sales Agent 7' };
const SELF = { userId: 'users/Admin 1' };
const EXPAND = 'expand=presence,routingStatus,station,authorization,skills,languages,conversationSummary,groups,team';
const BUSY = { presenceDefinition: { systemPresence: 'Busy' }, message: 'back at two' };

/** Tokens, users, their presence and abilities, stations, groups, licences. */
export const PEOPLE: Examples = {
  'GET /api/v2/tokens/me': {},
  'HEAD /api/v2/tokens/me': {},
  'DELETE /api/v2/tokens/me': {},
  'DELETE /api/v2/tokens/{userId}': { params: AGENT },
  'GET /api/v2/tokens/timeout': {},

  'GET /api/v2/users': { query: EXPAND },
  'GET /api/v2/users/me': { query: `${EXPAND},organization,token,presenceDefinitions` },
  'GET /api/v2/users/{userId}': { params: AGENT, query: EXPAND },
  'PATCH /api/v2/users/{userId}': { params: AGENT, body: { version: 1, title: 'Senior sales agent' } },
  'POST /api/v2/users/search': {
    body: { query: [{ type: 'CONTAINS', fields: ['name'], value: 'sales' }], expand: ['station', 'presence', 'routingStatus', 'authorization'] },
  },

  'GET /api/v2/users/{userId}/presences/purecloud': { params: AGENT },
  'PATCH /api/v2/users/{userId}/presences/purecloud': { params: SELF, body: BUSY },
  'GET /api/v2/users/{userId}/presences/{sourceId}': { params: { ...AGENT, sourceId: 'PURECLOUD' } },
  'PATCH /api/v2/users/{userId}/presences/{sourceId}': { params: { ...SELF, sourceId: 'PURECLOUD' }, body: BUSY },
  'GET /api/v2/users/presences/purecloud/bulk': { query: 'id=users/Sales Agent 7,users/Admin 1' },
  'GET /api/v2/users/presences/{sourceId}/bulk': { params: { sourceId: 'PURECLOUD' }, query: 'id=users/Sales Agent 7' },
  'PUT /api/v2/users/presences/bulk': { body: [{ id: 'users/Admin 1', presenceDefinition: { id: 'presences/Busy' } }] },
  'GET /api/v2/presencedefinitions': {},
  'GET /api/v2/presencedefinitions/{presenceId}': { params: { presenceId: 'presences/Busy' } },
  'GET /api/v2/presence/definitions': {},
  'GET /api/v2/presence/definitions/{definitionId}': { params: { definitionId: 'presences/Busy' } },
  'GET /api/v2/systempresences': {},
  'GET /api/v2/users/{userId}/routingstatus': { params: AGENT },
  'PUT /api/v2/users/{userId}/routingstatus': { params: SELF, body: { status: 'IDLE' } },

  'GET /api/v2/users/{userId}/routingskills': { params: AGENT },
  'POST /api/v2/users/{userId}/routingskills': { params: AGENT, body: { id: 'skills/Billing', proficiency: 3 } },
  'PUT /api/v2/users/{userId}/routingskills/bulk': { params: AGENT, body: [{ id: 'skills/Billing', proficiency: 3 }] },
  'PATCH /api/v2/users/{userId}/routingskills/bulk': { params: AGENT, body: [{ id: 'skills/Billing', proficiency: 3 }] },
  'PUT /api/v2/users/{userId}/routingskills/{skillId}': { params: { ...AGENT, skillId: 'skills/Sales' }, body: { id: 'skills/Sales', proficiency: 2 } },
  'DELETE /api/v2/users/{userId}/routingskills/{skillId}': { params: { ...AGENT, skillId: 'skills/Sales' } },
  'GET /api/v2/users/{userId}/routinglanguages': { params: AGENT },
  'POST /api/v2/users/{userId}/routinglanguages': { params: AGENT, body: { id: 'languages/French', proficiency: 3 } },
  'PATCH /api/v2/users/{userId}/routinglanguages/bulk': { params: AGENT, body: [{ id: 'languages/French', proficiency: 3 }] },
  'PATCH /api/v2/users/{userId}/routinglanguages/{languageId}': {
    params: { ...AGENT, languageId: 'languages/English' },
    body: { id: 'languages/English', proficiency: 2 },
  },
  'DELETE /api/v2/users/{userId}/routinglanguages/{languageId}': { params: { ...AGENT, languageId: 'languages/English' } },

  'GET /api/v2/users/{userId}/queues': { params: AGENT },
  'PATCH /api/v2/users/{userId}/queues': { params: AGENT, body: [{ id: 'queues/Sales EMEA', joined: false }] },
  'PATCH /api/v2/users/{userId}/queues/{queueId}': {
    params: { ...AGENT, queueId: 'queues/Sales EMEA' },
    body: { id: 'queues/Sales EMEA', name: 'Sales EMEA', joined: false },
  },

  'GET /api/v2/stations': {},
  'GET /api/v2/stations/{stationId}': { params: { stationId: 'stations/web-sales-7' } },
  'DELETE /api/v2/stations/{stationId}/associateduser': { params: { stationId: 'stations/web-sales-7' } },
  'GET /api/v2/users/stations/me': {},
  'PUT /api/v2/users/stations/me/associatedstation/{stationId}': { params: { stationId: 'stations/spare-phone' } },
  'DELETE /api/v2/users/stations/me/associatedstation': {},
  'GET /api/v2/users/{userId}/station': { params: AGENT },
  'PUT /api/v2/users/{userId}/station/associatedstation/{stationId}': { params: { ...AGENT, stationId: 'stations/spare-phone' } },
  'DELETE /api/v2/users/{userId}/station/associatedstation': { params: AGENT },
  'PUT /api/v2/users/{userId}/station/defaultstation/{stationId}': { params: { ...AGENT, stationId: 'stations/web-sales-7' } },
  'DELETE /api/v2/users/{userId}/station/defaultstation': { params: AGENT },

  'GET /api/v2/groups': {},
  'GET /api/v2/groups/{groupId}': { params: { groupId: 'groups/First Aid' } },
  'GET /api/v2/groups/{groupId}/members': { params: { groupId: 'groups/First Aid' } },
  'GET /api/v2/groups/{groupId}/individuals': { params: { groupId: 'groups/First Aid' } },
  'GET /api/v2/license/users/{userId}': { params: AGENT },
  'GET /api/v2/license/definitions': {},
};
