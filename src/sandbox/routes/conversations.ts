import { isRecord } from '../../platform/json.js';
import { NOT_ACTIVE, obey, readCommand, readWrapup, wrapUp } from '../calls/commands.js';
import { activeParticipant, type CallRecord, isLive, type Leg, legsOf, type Participant, queuesOf, takesPart } from '../calls/conversation.js';
import { assignedWrapupDocument, callConversationDocument, conversationDocument, historyDocument } from '../calls/documents.js';
import { merge } from '../calls/merge.js';
import { callNamed, isMapOfTexts, readParties, readPlacement } from '../calls/placement.js';
import { callFrom, placeCall } from '../calls/placing.js';
import { finishAll } from '../calls/progress.js';
import { aText, conflict, readFields } from '../http/fields.js';
import {
  BAD_REQUEST,
  CONVERSATION_NOT_FOUND,
  forbidden,
  invalidValue,
  isRefusal,
  NO_ACTIVE_EDGE,
  NO_EDGE_FOR_STATION,
  NO_USER_STATION,
  NOT_A_USER,
  NOT_AUTHORIZED,
  NOT_FOUND,
  notImplemented,
  type Refusal,
} from '../http/refusals.js';
import { type Answer, done, listing, named, ok, type Route, type Success, type Visit, withNamed } from '../http/route.js';
import type { Person } from '../org/types.js';

const ON_BEHALF = 'grants, station and division rules of calling on behalf';
const UNKNOWN_FIELDS = 'unknown fields are ignored';
const EMPTY = 'status of a success without a body';
const OF_MEDIA = 'endings of legs that fail, and how long they last';

export const CONVERSATIONS: readonly Route[] = [
  { operation: 'POST /api/v2/conversations/calls', answer: (v) => withUser(v, (user) => place(v, user)) },
  {
    operation: 'POST /api/v2/conversations/calls/user/{userId}',
    answer: (v) => withNamed(v, 'userId', v.world.people, (agent) => assuming(place(v, agent), ON_BEHALF)),
  },
  { operation: 'GET /api/v2/conversations/calls', answer: (v) => withUser(v, (user) => listing(v, callsOf(v, user, 'call'), callConversationDocument)) },
  {
    operation: 'GET /api/v2/conversations',
    answer: (v) =>
      assumingRefusal(
        withUser(v, (user) => listing(v, v.world.calls.activeOf(user), conversationDocument)),
        'user context of GET /conversations',
      ),
  },
  { operation: 'GET /api/v2/conversations/calls/history', answer: history },
  { operation: 'GET /api/v2/conversations/calls/maximumconferenceparties', answer: () => ok({ maxParticipants: 15 }, 'the number of parties') },
  { operation: 'GET /api/v2/conversations/calls/{conversationId}', answer: (v) => withOwn(v, (call) => ok(callConversationDocument(call), failureOf(call))) },
  { operation: 'GET /api/v2/conversations/{conversationId}', answer: (v) => withCall(v, (call) => ok(conversationDocument(call), failureOf(call))) },
  { operation: 'PATCH /api/v2/conversations/calls/{conversationId}', answer: (v) => withOwn(v, (call) => changeCall(v, call, 'call')) },
  {
    operation: 'POST /api/v2/conversations/{conversationId}/disconnect',
    answer: (v) =>
      withCall(v, (call) => {
        finishAll(v.world, call, () => ({ type: 'system' }));
        return done(EMPTY);
      }),
  },
  {
    operation: 'POST /api/v2/conversations/calls/{conversationId}',
    answer: (v) => withOwn(v, (call) => withActive(v, call, (agent) => callOnIt(v, call, agent))),
  },
  {
    operation: 'POST /api/v2/conversations/calls/{conversationId}/participants',
    answer: (v) => withOwn(v, (call) => withActive(v, call, (agent) => addParticipants(v, call, agent))),
  },
  {
    operation: 'POST /api/v2/conversations/calls/{conversationId}/participants/user/{userId}',
    answer: (v) => withCall(v, (call) => withMember(v, call, (agent) => assuming(addParticipants(v, call, agent), ON_BEHALF))),
  },
  {
    operation: 'PATCH /api/v2/conversations/calls/{conversationId}/participants/{participantId}/user/{userId}',
    answer: (v) => withCall(v, (call) => withMember(v, call, (agent) => assuming(command(v, call, 'call', agent.user), ON_BEHALF))),
  },
  {
    operation: 'PATCH /api/v2/conversations/calls/{conversationId}/participants/{participantId}',
    answer: (v) => withOwn(v, (call) => command(v, call, 'call')),
  },
  { operation: 'PATCH /api/v2/conversations/{conversationId}/participants/{participantId}', answer: (v) => withOwn(v, (call) => command(v, call)) },
  {
    operation: 'PATCH /api/v2/conversations/calls/{conversationId}/participants/{participantId}/communications/{communicationId}',
    answer: (v) => withOwn(v, (call) => withCommunication(v, call, () => command(v, call, 'call'))),
  },
  { operation: 'PUT /api/v2/conversations/calls/{conversationId}/recordingstate', answer: (v) => withOwn(v, (call) => setRecording(v, call)) },
  ...ofParticipants('/api/v2/conversations/calls', 'call'),
  ...ofParticipants('/api/v2/conversations', undefined),
];

/** What the operations of calls, of callbacks and of any conversation have in common below a participant. */
export function ofParticipants(base: string, media: Leg['media'] | undefined): readonly Route[] {
  const participant = `${base}/{conversationId}/participants/{participantId}`;
  const byLeg = `${participant}/communications/{communicationId}/wrapup`;
  const wrapup = (v: Visit): Answer => withOwn(v, (call) => withParticipant(v, call, (p) => wrapupOf(p)));
  return [
    { operation: `GET ${participant}/wrapup`, answer: wrapup },
    { operation: `GET ${participant}/wrapupcodes`, answer: (v) => withOwn(v, (call) => withParticipant(v, call, (p) => ok(wrapupCodesOf(call, p)))) },
    { operation: `PATCH ${participant}/attributes`, answer: (v) => withOwn(v, (call) => withParticipant(v, call, (p) => changeAttributes(v, call, p, media))) },
    ...(media === undefined
      ? []
      : [
          { operation: `GET ${byLeg}`, answer: (v: Visit) => withOwn(v, (call) => withCommunication(v, call, () => wrapup(v))) },
          { operation: `POST ${byLeg}`, answer: (v: Visit) => withOwn(v, (call) => withCommunication(v, call, (p) => applyWrapup(v, call, p))) },
        ]),
  ];
}

/** Says what is assumed beside what the answer says itself. */
const assuming = (answer: Answer, assumption: string): Answer => ({ ...answer, assumption: [assumption, answer.assumption].filter(Boolean).join('; ') });
const assumingRefusal = (answer: Answer, assumption: string): Answer => (isRefusal(answer) ? assuming(answer, assumption) : answer);

const failureOf = (call: CallRecord): string | undefined =>
  call.participants.flatMap(legsOf).some((l) => l.ending?.error ?? l.ending?.reasons) ? OF_MEDIA : undefined;

export const withUser = (v: Visit, use: (user: Person) => Answer): Answer => (v.caller.user ? use(v.caller.user) : NOT_A_USER);

export const callsOf = (v: Visit, user: Person, media: Leg['media']): CallRecord[] =>
  v.world.calls.activeOf(user).filter((call) => call.participants.some((p) => p[media]));

export function withCall(v: Visit, use: (call: CallRecord) => Answer): Answer {
  const call = callNamed(v.world, v.params['conversationId'] ?? '', CONVERSATION_NOT_FOUND);
  return isRefusal(call) ? call : use(call);
}

/** Goes on where the caller takes part in the conversation. The other answers: FACTS §3.1. */
export const withOwn = (v: Visit, use: (call: CallRecord) => Answer): Answer =>
  withCall(v, (call) => {
    if (!v.caller.user) return NOT_AUTHORIZED;
    return takesPart(call, v.caller.user) ? use(call) : forbidden('Conversation', call.id);
  });

/** Goes on where the caller is still there. */
function withActive(v: Visit, call: CallRecord, use: (participant: Participant) => Answer): Answer {
  const participant = v.caller.user && activeParticipant(call, v.caller.user);
  return participant ? use(participant) : NOT_ACTIVE;
}

/** Goes on where the user of the path takes part in the conversation; the other answer: FACTS §1.6. */
function withMember(v: Visit, call: CallRecord, use: (participant: Participant) => Answer): Answer {
  return withNamed(v, 'userId', v.world.people, (user) => {
    const participant = activeParticipant(call, user);
    return participant ? use(participant) : { ...NOT_FOUND, message: `User ${user.id} is not a participant in the conversation.` };
  });
}

export function withParticipant(v: Visit, call: CallRecord, use: (participant: Participant) => Answer): Answer {
  const participant = named(new Map(call.participants.map((p) => [p.id, p])), v.params['participantId'] ?? '');
  return isRefusal(participant) ? participant : use(participant);
}

const withCommunication = (v: Visit, call: CallRecord, use: (participant: Participant) => Answer): Answer =>
  withParticipant(v, call, (p) => (legsOf(p).some((l) => l.id === v.params['communicationId']?.toLowerCase()) ? use(p) : NOT_FOUND));

/** Places a call on the phone of `agent` (FACTS §1). The order of the checks is assumed. */
function place(v: Visit, agent: Person): Answer {
  const placement = readPlacement(v.world, v.body, agent);
  if (isRefusal(placement)) return placement;
  const refusal = stationRefusal(agent);
  if (refusal) return refusal;
  const { terms, destinations, merged, hasUnknown } = placement;
  const call = merged.length > 0 ? merge(v.world, agent, terms, merged) : placeCall(v.world, agent, terms, destinations);
  if (merged.length > 0 && destinations.length > 0) callFrom(v.world, call, call.participants[0] as Participant, destinations);
  const answer: Success = { status: 200, body: { id: call.id, selfUri: `/api/v2/conversations/calls/${call.id}` } };
  return hasUnknown ? { ...answer, assumption: UNKNOWN_FIELDS } : answer;
}

/** FACTS §1.4. */
function stationRefusal({ station }: Person): Refusal | undefined {
  if (!station) return NO_USER_STATION;
  if (!station.edge) return NO_EDGE_FOR_STATION;
  return station.edge.online ? undefined : NO_ACTIVE_EDGE;
}

/** Calls a number for a conversation: what one does with a callback that one has accepted (FACTS §7). */
function callOnIt(v: Visit, call: CallRecord, agent: Participant): Answer {
  const fields = readFields(v.body, { callNumber: aText }, {});
  if (isRefusal(fields)) return fields;
  if (fields.callNumber === '') return BAD_REQUEST;
  if (agent.callback && agent.callback.state !== 'connected') return conflict(`The callback is ${agent.callback.state}, not connected.`);
  const refusal = agent.user && stationRefusal(agent.user);
  if (refusal) return refusal;
  callFrom(v.world, call, agent, [{ kind: 'number', address: fields.callNumber, name: undefined }]);
  return ok(conversationDocument(call));
}

function addParticipants(v: Visit, call: CallRecord, agent: Participant): Answer {
  const parties = isRecord(v.body) ? readParties(v.world, v.body['participants']) : BAD_REQUEST;
  if (isRefusal(parties)) return parties;
  if (parties.length === 0) return BAD_REQUEST;
  callFrom(v.world, call, agent, parties);
  return ok(conversationDocument(call));
}

/** A change of a whole conversation: its end, or its recording. */
export function changeCall(v: Visit, call: CallRecord, media: Leg['media']): Answer {
  if (!isRecord(v.body)) return BAD_REQUEST;
  const { state, recordingState } = v.body;
  if (state === 'disconnected') {
    if (call.endedAt) return NOT_ACTIVE;
    finishAll(v.world, call, (p) => ({ type: p.user && p.user === v.caller.user ? 'client' : 'peer' }));
    return ok(conversationDocument(call));
  }
  if (state === undefined && recordingState !== undefined && media === 'call') return setRecording(v, call);
  return notImplemented('a change of a conversation other than {"state": "disconnected"} and {"recordingState": …}');
}

const RECORDING_STATES = ['none', 'active', 'paused'] as const;

function setRecording(v: Visit, call: CallRecord): Answer {
  const fields = readFields(v.body, { recordingState: aText }, {});
  if (isRefusal(fields)) return fields;
  const state = RECORDING_STATES.find((s) => s === fields.recordingState.toLowerCase());
  if (!state) return invalidValue(fields.recordingState, 'RecordingState', RECORDING_STATES);
  if (call.endedAt) return NOT_ACTIVE;
  call.recording = state;
  v.world.calls.tell(call);
  return v.operation.method === 'PUT' ? done(EMPTY) : ok(conversationDocument(call));
}

const NOT_YOURS: Refusal = { ...NOT_AUTHORIZED, assumption: 'that nobody picks up for somebody else' };

/**
 * What is asked of one participant.
 * @param media the leg that is meant; the one that is alive where there is a choice
 * @param as who asks
 */
export function command(v: Visit, call: CallRecord, media?: Leg['media'], as = v.caller.user): Answer {
  const asked = readCommand(v.body);
  if (isRefusal(asked)) return asked;
  return withParticipant(v, call, (participant) => {
    const leg = media ? participant[media] : (legsOf(participant).find(isLive) ?? legsOf(participant)[0]);
    if (!leg) return NOT_FOUND;
    if (asked.state === 'connected' && participant.user !== as) return NOT_YOURS;
    return obey(v.world, call, participant, leg, asked) ?? { status: 202, assumption: EMPTY };
  });
}

const wrapupOf = (p: Participant): Answer =>
  p.wrapup ? ok(assignedWrapupDocument(p.wrapup)) : { ...NOT_FOUND, assumption: 'answer where nothing is wrapped up' };

const wrapupCodesOf = (call: CallRecord, p: Participant): object[] =>
  [...((p.queue ?? queuesOf(call)[0])?.wrapUpCodes ?? [])].map((c) => ({ id: c.id, name: c.name, selfUri: `/api/v2/routing/wrapupcodes/${c.id}` }));

function applyWrapup(v: Visit, call: CallRecord, p: Participant): Answer {
  const wrapup = readWrapup(v.body);
  if (isRefusal(wrapup)) return wrapup;
  const refusal = wrapUp(v.world, p, wrapup);
  if (refusal) return refusal;
  v.world.calls.tell(call);
  return { status: 202, assumption: EMPTY };
}

function changeAttributes(v: Visit, call: CallRecord, p: Participant, media: Leg['media'] | undefined): Answer {
  const attributes = isRecord(v.body) ? v.body['attributes'] : undefined;
  if (!isMapOfTexts(attributes)) return BAD_REQUEST;
  p.attributes = { ...p.attributes, ...attributes };
  v.world.calls.tell(call);
  return media === undefined ? { status: 202, assumption: EMPTY } : ok({ attributes: p.attributes });
}

/** The calls that somebody took part in, latest first (FACTS §6: at most 50 a page). */
function history(v: Visit): Answer {
  const { user } = v.caller;
  if (!user) return { ...NOT_A_USER, assumption: 'user context of calls/history' };
  const calls = [...v.world.calls.all()].filter((c) => c.participants.some((p) => p.call && p.user?.id === user.id)).reverse();
  return listing(v, calls, (c) => historyDocument(c, user.id), 50);
}
