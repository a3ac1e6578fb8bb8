import { FIELDS } from '../../platform/callRequest.js';
import { isGuid } from '../../platform/guid.js';
import { isRecord } from '../../platform/json.js';
import { activeCallsOf, type CallRecord, callConversationDocument, conversationDocument, endCall, startCall, takesPart } from '../calls/calls.js';
import { readDestination, readTexts, UNKNOWN_ID } from '../calls/placement.js';
import { admitIn } from '../http/gate.js';
import {
  BAD_REQUEST,
  CONVERSATION_NOT_FOUND,
  forbidden,
  invalidId,
  isRefusal,
  NO_ACTIVE_EDGE,
  NO_EDGE_FOR_STATION,
  NO_USER_STATION,
  NOT_A_USER,
  NOT_AUTHORIZED,
  notImplemented,
} from '../http/refusals.js';
import { type Answer, done, listing, named, ok, type Route, type Success, type Visit, withNamed } from '../http/route.js';
import type { Person } from '../org/world.js';

const ON_BEHALF = 'grants, station and division rules of calling on behalf';
const UNKNOWN_FIELDS = 'unknown fields are ignored';
const MODEL = new Set(FIELDS.map((f) => f.name));

export const CONVERSATIONS: readonly Route[] = [
  {
    operation: 'POST /api/v2/conversations/calls',
    answer: (v) => (v.caller.user ? place(v, v.caller.user) : NOT_A_USER),
  },
  {
    operation: 'POST /api/v2/conversations/calls/user/{userId}',
    answer: (v) =>
      withNamed(v, 'userId', v.world.people, (agent) => {
        const refusal = admitIn(v.world, v.operation, v.caller, agent.division.id);
        const answer: Answer = refusal ?? place(v, agent);
        return { ...answer, assumption: [ON_BEHALF, answer.assumption].filter(Boolean).join('; ') };
      }),
  },
  {
    operation: 'GET /api/v2/conversations/calls',
    answer: (v) => (v.caller.user ? listing(v, activeCallsOf(v.world, v.caller.user), (c) => callConversationDocument(c)) : NOT_A_USER),
  },
  {
    operation: 'GET /api/v2/conversations',
    answer: (v) =>
      v.caller.user
        ? listing(v, activeCallsOf(v.world, v.caller.user), (c) => conversationDocument(c))
        : { ...NOT_A_USER, assumption: 'user context of GET /conversations' },
  },
  {
    operation: 'GET /api/v2/conversations/calls/{conversationId}',
    answer: (v) => withCall(v, (call) => (takesPart(call, v.caller.user) ? ok(callConversationDocument(call)) : forbidden('Conversation', call.id))),
  },
  { operation: 'GET /api/v2/conversations/{conversationId}', answer: (v) => withCall(v, (call) => ok(conversationDocument(call))) },
  {
    operation: 'PATCH /api/v2/conversations/calls/{conversationId}',
    answer: (v) =>
      withCall(v, (call) => {
        if (!takesPart(call, v.caller.user)) return NOT_AUTHORIZED;
        if (!isRecord(v.body)) return BAD_REQUEST;
        if (v.body['state'] !== 'disconnected') return notImplemented('a change of a call other than {"state": "disconnected"}');
        endCall(v.world, call);
        return ok(callConversationDocument(call));
      }),
  },
  {
    operation: 'POST /api/v2/conversations/{conversationId}/disconnect',
    answer: (v) =>
      withCall(v, (call) => {
        endCall(v.world, call);
        return done('status of a success without a body');
      }),
  },
];

const withCall = (v: Visit, use: (call: CallRecord) => Answer): Answer => {
  const id = v.params['conversationId'] ?? '';
  if (!isGuid(id)) return invalidId(id);
  const call = v.world.calls.get(id.toLowerCase());
  return call ? use(call) : CONVERSATION_NOT_FOUND;
};

/** Places a call on the phone of `agent` (FACTS §1). The order of the checks is assumed. */
function place(v: Visit, agent: Person): Answer {
  if (!isRecord(v.body)) return BAD_REQUEST;
  const destination = readDestination(v.world, v.body);
  if (isRefusal(destination)) return destination;
  const texts = readTexts(v.body);
  if (isRefusal(texts)) return texts;
  const fromQueue = texts.callFromQueueId === undefined ? undefined : named(v.world.queues, texts.callFromQueueId, UNKNOWN_ID);
  if (fromQueue && isRefusal(fromQueue)) return fromQueue;
  const station = agent.station;
  if (!station) return NO_USER_STATION;
  if (!station.edge) return NO_EDGE_FOR_STATION;
  if (!station.edge.online) return NO_ACTIVE_EDGE;
  const call = startCall(v.world, {
    agent,
    parties: destination.parties,
    fromQueue,
    callerId: texts.callerId ?? fromQueue?.callingPartyNumber,
    callerIdName: texts.callerIdName ?? fromQueue?.callingPartyName,
    attributes: texts.attributes,
    uuiData: texts.uuiData,
    label: texts.label,
  });
  const unknown = Object.keys(v.body).some((name) => !MODEL.has(name));
  const answer: Success = { status: 200, body: { id: call.id, selfUri: `/api/v2/conversations/calls/${call.id}` } };
  return unknown ? { ...answer, assumption: UNKNOWN_FIELDS } : answer;
}
