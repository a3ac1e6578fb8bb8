import { isRecord } from '../../platform/json.js';
import { type CallbackTerms, type CallRecord, NO_TERMS, type Routing } from '../calls/conversation.js';
import { callbackConversationDocument } from '../calls/documents.js';
import { attributesOf, callNamed, isGiven, isMapOfTexts, readRouting } from '../calls/placement.js';
import { placeCallback, schedule } from '../calls/placing.js';
import { anId, aText, conflict, type Field, listOf, readFields, violated } from '../http/fields.js';
import { admitIn } from '../http/gate.js';
import { BAD_REQUEST, CONVERSATION_NOT_FOUND, isRefusal, NOT_FOUND, type Refusal } from '../http/refusals.js';
import { type Answer, listing, named, ok, type Route, type Visit } from '../http/route.js';
import type { Person } from '../org/types.js';
import type { World } from '../org/world.js';
import { callsOf, changeCall, command, ofParticipants, withOwn, withUser } from './conversations.js';

const BASE = '/api/v2/conversations/callbacks';
const AGENT_OWNED = 'AGENT_OWNED_CALLBACK';

export const CALLBACKS: readonly Route[] = [
  { operation: `POST ${BASE}`, answer: place },
  { operation: `GET ${BASE}`, answer: (v) => withUser(v, (user) => listing(v, callsOf(v, user, 'callback'), callbackConversationDocument)) },
  { operation: `PATCH ${BASE}`, answer: (v) => reschedule(v) },
  { operation: `GET ${BASE}/{conversationId}`, answer: (v) => withCallback(v, (call) => ok(callbackConversationDocument(call))) },
  { operation: `PATCH ${BASE}/{conversationId}`, answer: (v) => withCallback(v, (call) => changeCall(v, call, 'callback')) },
  { operation: `PATCH ${BASE}/{conversationId}/participants/{participantId}`, answer: (v) => withCallback(v, (call) => command(v, call, 'callback')) },
  {
    operation: `PATCH ${BASE}/{conversationId}/participants/{participantId}/communications/{communicationId}`,
    answer: (v) => withCallback(v, (call) => command(v, call, 'callback')),
  },
  ...ofParticipants(BASE, 'callback'),
];

const withCallback = (v: Visit, use: (call: CallRecord) => Answer): Answer => withOwn(v, (call) => (call.callback ? use(call) : CONVERSATION_NOT_FOUND));

const aTime: Field<Date> = (value) => {
  const time = typeof value === 'string' && /^\d{4}-\d{2}-\d{2}T/.test(value) ? new Date(value) : undefined;
  return time && !Number.isNaN(time.getTime()) ? time : undefined;
};
/** FACTS §1.4; the text: the platform's specification of 2018. */
const INVALID_DATE: Refusal = {
  status: 400,
  code: 'invalid.date',
  message: 'Dates must be specified as ISO-8601 strings. For example: yyyy-MM-ddTHH:mm:ss.SSSZ',
};
const aNumberText: Field<string> = (value) => (typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined);
const aMapOfTexts: Field<Record<string, string>> = (value) => (isMapOfTexts(value) ? value : undefined);
const aRecord: Field<Record<string, unknown>> = (value) => (isRecord(value) ? value : undefined);

/** A CreateCallbackCommand (FACTS §7). */
function place(v: Visit): Answer {
  if (isRecord(v.body) && isGiven(v.body['callbackScheduledTime']) && !aTime(v.body['callbackScheduledTime'])) return INVALID_DATE;
  const fields = readFields(
    v.body,
    { callbackNumbers: listOf(aNumberText, 10) },
    {
      queueId: aText,
      routingData: aRecord,
      callbackScheduledTime: aTime,
      callbackUserName: aText,
      callerId: aText,
      callerIdName: aText,
      scriptId: aText,
      data: aMapOfTexts,
      countryCode: aText,
    },
  );
  if (isRefusal(fields)) return fields;
  if (fields.callbackNumbers.length === 0) return violated('callbackNumbers: may not be empty');
  const routing = routingOf(v.world, fields.queueId, fields.routingData);
  if (isRefusal(routing)) return routing;
  const refusal = admitIn(v.world, v.operation, v.caller, routing.queue.division.id);
  if (refusal) return refusal;
  const { callerId, callerIdName, data, callbackNumbers: numbers, callbackUserName: userName, scriptId, callbackScheduledTime: scheduledAt } = fields;
  const terms = { ...NO_TERMS, fromQueue: routing.queue, callerId, callerIdName, attributes: attributesOf(data) };
  const callback: CallbackTerms = { numbers, userName, scriptId, scheduledAt };
  const call = placeCallback(v.world, terms, callback, routing);
  return ok(placed(call), 'status of a callback that is made, and that nobody but members on queue are offered it');
}

const placed = (call: CallRecord): object => ({
  conversation: { id: call.id, selfUri: `/api/v2/conversations/${call.id}` },
  callbackIdentifiers: [{ type: 'ACD', id: call.participants[0]?.callback?.id ?? call.id }],
});

/** Who is to be offered a callback: any member of a queue, or its owner. */
function routingOf(world: World, queueId: string | undefined, data: Record<string, unknown> | undefined): Routing | Refusal {
  if (!data) return isGiven(queueId) ? readRouting(world, {}, queueId) : violated('queueId or routingData: one of them is required');
  const routing = readRouting(world, data, data['queueId']);
  if (isRefusal(routing)) return routing;
  const flags = data['routingFlags'];
  if (flags !== undefined && (!Array.isArray(flags) || !flags.every((f) => typeof f === 'string'))) return BAD_REQUEST;
  if (!flags?.includes(AGENT_OWNED)) return routing;
  const owners = ownersOf(world, data['scoredAgents']);
  return isRefusal(owners) ? owners : { ...routing, owners };
}

/** The agents of `scoredAgents`, best first. */
function ownersOf(world: World, scored: unknown): readonly Person[] | Refusal {
  if (!Array.isArray(scored) || scored.length === 0) return violated(`routingData.scoredAgents: required with ${AGENT_OWNED}`);
  const owners: { readonly agent: Person; readonly score: number }[] = [];
  for (const entry of scored as readonly unknown[]) {
    const { agent: reference, score = 0 } = isRecord(entry) ? entry : {};
    const id = isRecord(reference) ? reference['id'] : undefined;
    if (typeof id !== 'string' || typeof score !== 'number') return BAD_REQUEST;
    const agent = named(world.people, id, { ...NOT_FOUND, assumption: 'answer to an id in the body that nothing has' });
    if (isRefusal(agent)) return agent;
    owners.push({ agent, score });
  }
  return owners.sort((a, b) => b.score - a.score).map((o) => o.agent);
}

/** A PatchCallbackRequest: another time for a callback that is not due. */
function reschedule(v: Visit): Answer {
  if (isRecord(v.body) && isGiven(v.body['callbackScheduledTime']) && !aTime(v.body['callbackScheduledTime'])) return INVALID_DATE;
  const fields = readFields(v.body, { conversationId: anId }, { callbackScheduledTime: aTime });
  if (isRefusal(fields)) return fields;
  const call = callNamed(v.world, fields.conversationId, CONVERSATION_NOT_FOUND);
  if (isRefusal(call)) return call;
  if (!call.callback) return CONVERSATION_NOT_FOUND;
  if (call.participants[0]?.callback?.state !== 'scheduled') return conflict('The callback is not waiting for its time.');
  if (fields.callbackScheduledTime) {
    call.callback.scheduledAt = fields.callbackScheduledTime;
    v.world.calls.tell(call);
    schedule(v.world, call);
  }
  return ok(placed(call));
}
