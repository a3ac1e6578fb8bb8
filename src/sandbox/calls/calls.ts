import { randomUUID } from 'node:crypto';
import type { Person, Queue, World } from '../org/world.js';

/** A party of a call that is not its agent. */
export interface Party {
  readonly participantId: string;
  readonly callId: string;
  readonly purpose: 'customer' | 'user' | 'acd';
  readonly name: string | undefined;
  readonly address: string;
  readonly user: Person | undefined;
  readonly queue: Queue | undefined;
}

export interface CallRecord {
  readonly id: string;
  readonly agent: Person;
  readonly agentParticipantId: string;
  readonly agentCallId: string;
  readonly parties: readonly Party[];
  readonly fromQueue: Queue | undefined;
  readonly callerId: string | undefined;
  readonly callerIdName: string | undefined;
  readonly attributes: Readonly<Record<string, string>>;
  readonly uuiData: string | undefined;
  readonly label: string | undefined;
  readonly startedAt: Date;
  readonly answersAt: Date;
  endedAt: Date | undefined;
}

type NewCall = Omit<CallRecord, 'id' | 'agentParticipantId' | 'agentCallId' | 'startedAt' | 'answersAt' | 'endedAt' | 'parties'> & {
  readonly parties: readonly Omit<Party, 'participantId' | 'callId'>[];
};

/** The most calls that a sandbox remembers; the oldest ended ones go first. */
const REMEMBERED = 1000;

/** Starts a call: the agent's phone is taken at once, the called party rings for a while and then answers. */
export function startCall(world: World, call: NewCall): CallRecord {
  const startedAt = new Date();
  const record: CallRecord = {
    ...call,
    id: randomUUID(),
    agentParticipantId: randomUUID(),
    agentCallId: randomUUID(),
    parties: call.parties.map((p) => ({ ...p, participantId: randomUUID(), callId: randomUUID() })),
    startedAt,
    answersAt: new Date(startedAt.getTime() + world.ringMilliseconds),
    endedAt: undefined,
  };
  world.calls.set(record.id, record);
  for (const old of world.calls.values()) {
    if (world.calls.size <= REMEMBERED) break;
    if (old.endedAt) world.calls.delete(old.id);
  }
  world.changed({ kind: 'call', call: record });
  return record;
}

export function endCall(world: World, call: CallRecord): void {
  if (call.endedAt) return;
  call.endedAt = new Date();
  world.changed({ kind: 'call', call });
}

export const takesPart = (call: CallRecord, person: Person | undefined): boolean =>
  person !== undefined && (call.agent === person || call.parties.some((p) => p.user === person));

export const activeCallsOf = (world: World, person: Person): CallRecord[] =>
  [...world.calls.values()].filter((c) => c.endedAt === undefined && takesPart(c, person));

type State = 'contacting' | 'dialing' | 'connected' | 'disconnected';

function stateOf(call: CallRecord, whileRinging: State, now: Date): State {
  if (call.endedAt) return 'disconnected';
  return now >= call.answersAt ? 'connected' : whileRinging;
}

/** What is known of any leg, in the words of both kinds of document. */
function times(call: CallRecord, now: Date): Record<string, string> {
  const connected = call.answersAt <= (call.endedAt ?? now);
  return {
    startTime: call.startedAt.toISOString(),
    ...(connected ? { connectedTime: call.answersAt.toISOString() } : {}),
    ...(call.endedAt ? { endTime: call.endedAt.toISOString() } : {}),
  };
}

const ended = (call: CallRecord): Record<string, string> => (call.endedAt ? { disconnectType: 'client' } : {});
const ref = (kind: string, thing: { readonly id: string; readonly name: string }): object => ({
  id: thing.id,
  name: thing.name,
  selfUri: `/api/v2/${kind}/${thing.id}`,
});

/** CallConversation: what the `/conversations/calls` operations show. */
export function callConversationDocument(call: CallRecord, now = new Date()): object {
  const leg = {
    ...times(call, now),
    ...ended(call),
    direction: 'outbound',
    held: false,
    muted: false,
    recording: false,
    provider: 'Edge',
    attributes: call.attributes,
  };
  return {
    id: call.id,
    participants: [
      {
        id: call.agentParticipantId,
        name: call.agent.name,
        purpose: call.fromQueue ? 'agent' : 'user',
        state: stateOf(call, 'contacting', now),
        user: ref('users', call.agent),
        ...(call.fromQueue ? { queue: ref('routing/queues', call.fromQueue) } : {}),
        ...leg,
        ...(call.callerId === undefined ? {} : { ani: call.callerId }),
      },
      ...call.parties.map((p) => ({
        id: p.participantId,
        ...(p.name === undefined ? {} : { name: p.name }),
        address: p.address,
        purpose: p.purpose,
        state: stateOf(call, 'dialing', now),
        ...(p.user ? { user: ref('users', p.user) } : {}),
        ...(p.queue ? { queue: ref('routing/queues', p.queue) } : {}),
        ...leg,
        dnis: p.address,
        ...(call.uuiData === undefined ? {} : { uuiData: call.uuiData }),
      })),
    ],
    otherMediaUris: [],
    ...(call.label === undefined ? {} : { utilizationLabelId: call.label }),
    recordingState: 'none',
    selfUri: `/api/v2/conversations/calls/${call.id}`,
  };
}

/** Conversation: what `GET /conversations/{id}` shows. */
export function conversationDocument(call: CallRecord, now = new Date()): object {
  const leg = (id: string, whileRinging: State): object => {
    const { connectedTime, endTime } = times(call, now);
    return {
      id,
      state: stateOf(call, whileRinging, now),
      direction: 'outbound',
      held: false,
      muted: false,
      ...(connectedTime === undefined ? {} : { connectedTime }),
      ...(endTime === undefined ? {} : { disconnectedTime: endTime }),
      ...ended(call),
      ...(call.uuiData === undefined ? {} : { uuiData: call.uuiData }),
      provider: 'Edge',
    };
  };
  return {
    id: call.id,
    startTime: call.startedAt.toISOString(),
    ...(call.endedAt ? { endTime: call.endedAt.toISOString() } : {}),
    participants: [
      {
        id: call.agentParticipantId,
        ...times(call, now),
        name: call.agent.name,
        userId: call.agent.id,
        ...(call.fromQueue ? { queueId: call.fromQueue.id, queueName: call.fromQueue.name } : {}),
        purpose: call.fromQueue ? 'agent' : 'user',
        ...(call.callerId === undefined ? {} : { ani: call.callerId }),
        ...(call.callerIdName === undefined ? {} : { aniName: call.callerIdName }),
        attributes: {},
        calls: [leg(call.agentCallId, 'contacting')],
      },
      ...call.parties.map((p) => ({
        id: p.participantId,
        ...times(call, now),
        ...(p.name === undefined ? {} : { name: p.name }),
        ...(p.user ? { userId: p.user.id } : {}),
        ...(p.queue ? { queueId: p.queue.id, queueName: p.queue.name } : {}),
        purpose: p.purpose,
        address: p.address,
        dnis: p.address,
        attributes: call.attributes,
        calls: [leg(p.callId, 'dialing')],
      })),
    ],
    selfUri: `/api/v2/conversations/${call.id}`,
  };
}
