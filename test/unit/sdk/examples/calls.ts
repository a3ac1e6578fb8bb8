import { type Json, list, type Running, text } from '../../sandbox/harness.js';
import { ADMIN, type Example, type Examples, eventually, type Ids } from './example.js';

const NUMBER = '+13175550142';
const PARTICIPANT = '{conversationId}/participants/{participantId}';

interface Talk {
  readonly ids: Ids;
  readonly states: readonly (string | undefined)[];
}

/** A conversation as whoever reads it takes part in it: its ids for placeholders. */
function read(json: Json, userId: string, media: 'calls' | 'callbacks'): Talk | undefined {
  const participants = list(json['participants']);
  const own = participants.find((p) => [p['userId'], p['user']?.['id']].map(text).includes(userId));
  const leg = list(own?.[media]).at(-1);
  if (!own || !leg) return undefined;
  return {
    ids: { conversationId: text(json['id']), participantId: text(own['id']), communicationId: text(leg['id']) },
    states: participants.flatMap((p) => list(p[media]).map((l) => l['state'] && text(l['state']))),
  };
}

async function joined(running: Running, id: Json | undefined, media: 'calls' | 'callbacks', is: (talk: Talk) => boolean): Promise<Ids> {
  const self = running.idOf(ADMIN);
  const ask = async (): Promise<Json> => (await running.send(ADMIN, `GET /api/v2/conversations/${id}`)).json;
  const json = await eventually(ask, (found) => is(read(found, self, media) ?? { ids: {}, states: [] }));
  return read(json, self, media)?.ids ?? {};
}

/** A call of Admin 1 for a queue, connected. */
async function aCall(running: Running): Promise<Ids> {
  const body = { phoneNumber: NUMBER, callFromQueueId: running.idOf('Front Desk'), attributes: { ticket: '4711' } };
  const { json } = await running.send(ADMIN, 'POST /api/v2/conversations/calls', body);
  return joined(running, json['id'], 'calls', ({ states }) => states.length > 1 && states.every((state) => state === 'connected'));
}

/** A call of Admin 1 that is wrapped up. */
async function aWrappedUpCall(running: Running): Promise<Ids> {
  const ids = await aCall(running);
  const path = `/api/v2/conversations/calls/${ids['conversationId']}/participants/${ids['participantId']}`;
  await running.send(ADMIN, `PATCH ${path}`, { wrapup: { notes: 'done' } });
  return ids;
}

const callback = (running: Running, more: object = {}) => ({
  callbackNumbers: [NUMBER],
  routingData: {
    queueId: running.idOf('Front Desk'),
    routingFlags: ['AGENT_OWNED_CALLBACK'],
    scoredAgents: [{ agent: { id: running.idOf(ADMIN) }, score: 100 }],
  },
  ...more,
});

/** A callback of a queue that is Admin 1's own and has been offered. */
async function aCallback(running: Running): Promise<Ids> {
  const self = running.idOf(ADMIN);
  await running.send(ADMIN, `PATCH /api/v2/users/${self}/presences/purecloud`, { presenceDefinition: { systemPresence: 'On Queue' } });
  await running.send(ADMIN, `PUT /api/v2/users/${self}/routingstatus`, { status: 'IDLE' });
  const { json } = await running.send(ADMIN, 'POST /api/v2/conversations/callbacks', callback(running));
  return joined(running, json['conversation']?.['id'], 'callbacks', () => true);
}

/** The same, accepted. */
async function anAcceptedCallback(running: Running): Promise<Ids> {
  const ids = await aCallback(running);
  const path = `/api/v2/conversations/callbacks/${ids['conversationId']}/participants/${ids['participantId']}`;
  await running.send(ADMIN, `PATCH ${path}`, { state: 'connected' });
  return ids;
}

async function aWrappedUpCallback(running: Running): Promise<Ids> {
  const ids = await anAcceptedCallback(running);
  const path = `/api/v2/conversations/callbacks/${ids['conversationId']}/participants/${ids['participantId']}`;
  await running.send(ADMIN, `PATCH ${path}`, { wrapup: { notes: 'done' } });
  return ids;
}

/** A callback for tomorrow. */
async function aScheduledCallback(running: Running): Promise<Ids> {
  const tomorrow = new Date(Date.now() + 86_400_000).toISOString();
  const { json } = await running.send(ADMIN, 'POST /api/v2/conversations/callbacks', callback(running, { callbackScheduledTime: tomorrow }));
  return { conversationId: text(json['conversation']?.['id']) };
}

/** What calls, callbacks and conversations have in common below a participant. */
function ofParticipants(base: string, made: Example['given'], wrappedUp: Example['given'], hasLegs: boolean): Examples {
  const leg = `${base}/${PARTICIPANT}/communications/{communicationId}/wrapup`;
  const given = made ? { given: made } : {};
  const wrapped = wrappedUp ? { given: wrappedUp } : {};
  return {
    [`GET ${base}/${PARTICIPANT}/wrapup`]: wrapped,
    [`GET ${base}/${PARTICIPANT}/wrapupcodes`]: given,
    [`PATCH ${base}/${PARTICIPANT}/attributes`]: { ...given, body: { attributes: { ticket: '4712' } } },
    ...(hasLegs ? { [`GET ${leg}`]: wrapped, [`POST ${leg}`]: { ...given, body: { notes: 'done' } } } : {}),
  };
}

const CALLS_BASE = '/api/v2/conversations/calls';
const CALLBACKS_BASE = '/api/v2/conversations/callbacks';

/** Calls, callbacks and what follows them. */
export const CALLS: Examples = {
  'POST /api/v2/analytics/conversations/details/query': {
    given: aCall,
    body: {
      interval: `${new Date(Date.now() - 3_600_000).toISOString()}/${new Date(Date.now() + 3_600_000).toISOString()}`,
      segmentFilters: [{ type: 'and', predicates: [{ dimension: 'userId', value: `users/${ADMIN}` }] }],
    },
  },
  'GET /api/v2/conversations': { given: aCall },
  'GET /api/v2/conversations/{conversationId}': { given: aCall },
  'POST /api/v2/conversations/{conversationId}/disconnect': { given: aCall },
  [`PATCH /api/v2/conversations/${PARTICIPANT}`]: { given: aCall, body: { muted: true } },
  ...ofParticipants('/api/v2/conversations', aCall, aWrappedUpCall, false),

  [`GET ${CALLS_BASE}`]: { given: aCall },
  [`POST ${CALLS_BASE}`]: { body: { phoneNumber: NUMBER, callerId: '+13175550101', attributes: { ticket: '4711' } } },
  [`POST ${CALLS_BASE}/user/{userId}`]: { who: 'dialer-service', params: { userId: 'users/Sales Agent 7' }, body: { phoneNumber: NUMBER } },
  [`GET ${CALLS_BASE}/history`]: { given: aCall },
  [`GET ${CALLS_BASE}/maximumconferenceparties`]: {},
  [`GET ${CALLS_BASE}/{conversationId}`]: { given: aCall },
  [`PATCH ${CALLS_BASE}/{conversationId}`]: { given: aCall, body: { state: 'disconnected' } },
  [`POST ${CALLS_BASE}/{conversationId}`]: { given: anAcceptedCallback, body: { callNumber: NUMBER } },
  [`PUT ${CALLS_BASE}/{conversationId}/recordingstate`]: { given: aCall, body: { recordingState: 'active' } },
  [`POST ${CALLS_BASE}/{conversationId}/participants`]: { given: aCall, body: { participants: [{ address: '+13175550143' }] } },
  [`POST ${CALLS_BASE}/{conversationId}/participants/user/{userId}`]: {
    given: aCall,
    params: { userId: 'users/Admin 1' },
    body: { participants: [{ address: '+13175550143' }] },
  },
  [`PATCH ${CALLS_BASE}/${PARTICIPANT}`]: { given: aCall, body: { held: true } },
  [`PATCH ${CALLS_BASE}/${PARTICIPANT}/user/{userId}`]: { given: aCall, params: { userId: 'users/Admin 1' }, body: { state: 'disconnected' } },
  [`PATCH ${CALLS_BASE}/${PARTICIPANT}/communications/{communicationId}`]: { given: aCall, body: { muted: true } },
  ...ofParticipants(CALLS_BASE, aCall, aWrappedUpCall, true),

  [`POST ${CALLBACKS_BASE}`]: {
    body: { callbackNumbers: [NUMBER], queueId: 'queues/Front Desk', callbackUserName: 'Ada Example', data: { ticket: '4711' } },
  },
  [`GET ${CALLBACKS_BASE}`]: { given: aCallback },
  [`PATCH ${CALLBACKS_BASE}`]: {
    given: aScheduledCallback,
    body: { conversationId: '{conversationId}', agentId: 'users/Admin 1', callbackScheduledTime: '2099-01-01T12:00:00.000Z' },
  },
  [`GET ${CALLBACKS_BASE}/{conversationId}`]: { given: aCallback },
  [`PATCH ${CALLBACKS_BASE}/{conversationId}`]: { given: anAcceptedCallback, body: { state: 'disconnected' } },
  [`PATCH ${CALLBACKS_BASE}/${PARTICIPANT}`]: { given: aCallback, body: { state: 'connected' } },
  [`PATCH ${CALLBACKS_BASE}/${PARTICIPANT}/communications/{communicationId}`]: { given: aCallback, body: { state: 'connected' } },
  ...ofParticipants(CALLBACKS_BASE, anAcceptedCallback, aWrappedUpCallback, true),
};
