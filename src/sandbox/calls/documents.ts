import {
  addressUri,
  type CallRecord,
  divisionsOf,
  type Ending,
  isLive,
  type Leg,
  type LegError,
  type Participant,
  peopleOf,
  queuesOf,
  type Wrapup,
} from './conversation.js';

// Conversations as JSON. Names of fields: types of purecloud-platform-client-v2 262.0.0; which of them are sent, and
// `tel:` addresses: a CallConversation as a community source has it from the wire (index of 2026-11).

const ref = (kind: string, thing: { readonly id: string; readonly name?: string }): object => ({ ...thing, selfUri: `/api/v2/${kind}/${thing.id}` });
const named = ({ id, name }: { readonly id: string; readonly name: string }) => ({ id, name });

const given = (fields: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));

const wrapupDocument = (w: Wrapup): object =>
  given({ code: w.code, name: w.name, notes: w.notes, tags: w.tags, durationSeconds: w.durationSeconds, endTime: w.endedAt, provisional: w.provisional });

/** AssignedWrapupCode. */
export const assignedWrapupDocument = (w: Wrapup): object =>
  given({ code: w.code, notes: w.notes, tags: w.tags, durationSeconds: w.durationSeconds, endTime: w.endedAt });

const errorOf = (leg: Leg): LegError | undefined => leg.lateError ?? leg.ending?.error;

/** What a leg is like, in fields that both kinds of document have. */
const legFields = (call: CallRecord, leg: Leg): Record<string, unknown> =>
  given({
    state: leg.state,
    direction: leg.direction,
    disconnectType: leg.ending?.type,
    held: leg.heldAt !== undefined,
    startHoldTime: leg.heldAt,
    startAlertingTime: leg.alertingAt,
    connectedTime: leg.connectedAt,
    errorInfo: errorOf(leg),
    provider: leg.media === 'call' ? 'Edge' : 'PureCloud Callback',
    ...(leg.media === 'call'
      ? {
          muted: leg.muted,
          confined: leg.confined,
          recording: call.recording !== 'none',
          recordingState: call.recording,
          uuiData: call.uuiData,
        }
      : callbackFields(call)),
  });

const callbackFields = (call: CallRecord): Record<string, unknown> => ({
  callbackNumbers: call.callback?.numbers,
  callbackUserName: call.callback?.userName,
  callbackScheduledTime: call.callback?.scheduledAt,
});

const routingData = (p: Participant): object | undefined =>
  p.routing && {
    queue: ref('routing/queues', { id: p.routing.queue.id }),
    priority: p.routing.priority,
    ...(p.routing.language ? { language: ref('routing/languages', { id: p.routing.language.id }) } : {}),
    ...(p.routing.skillExpression === undefined ? {} : { skillExpression: p.routing.skillExpression }),
    skills: p.routing.skills.map((s) => ref('routing/skills', { id: s.id })),
    scoredAgents: p.routing.owners.map((o) => ({ agent: ref('users', { id: o.id }), score: 100 })),
  };

/** What both kinds of document say of a participant beside its legs. A wrap-up is due to somebody who talked for a queue. */
const participantFields = (p: Participant): Record<string, unknown> => {
  const isAgent = p.user !== undefined && p.queue !== undefined;
  return {
    id: p.id,
    name: p.name,
    address: p.address,
    purpose: p.purpose,
    attributes: p.attributes,
    wrapupRequired: isAgent && (p.call ?? p.callback)?.connectedAt !== undefined,
    wrapupPrompt: isAgent ? 'optional' : undefined,
    wrapup: p.wrapup && wrapupDocument(p.wrapup),
    conversationRoutingData: routingData(p),
  };
};

/** Who calls, and who is called. */
const numbersOf = (call: CallRecord, p: Participant): Record<string, unknown> => ({
  ani: call.callerId === undefined ? undefined : addressUri(call.callerId),
  dnis: p.purpose === 'customer' ? p.address : undefined,
});

const externalContact = (call: CallRecord, p: Participant): string | undefined => (p.purpose === 'customer' ? call.externalContactId : undefined);

const membershipsOf = (call: CallRecord): object[] => {
  const people = peopleOf(call).map((p) => ({ division: p.division, entity: ref('users', { id: p.id }) }));
  const queues = queuesOf(call).map((q) => ({ division: q.division, entity: ref('routing/queues', { id: q.id }) }));
  return divisionsOf(call).map((d) => ({
    division: ref('authorization/divisions', named(d)),
    entities: [...people, ...queues].filter((e) => e.division === d).map((e) => e.entity),
  }));
};

const mediaDocument = (call: CallRecord, media: Leg['media']): Record<string, unknown> =>
  given({
    id: call.id,
    participants: call.participants.flatMap((p) => {
      const leg = p[media];
      if (!leg) return [];
      const contact = externalContact(call, p);
      return given({
        ...participantFields(p),
        ...(media === 'call' ? numbersOf(call, p) : {}),
        startTime: leg.startedAt,
        endTime: leg.endedAt,
        ...legFields(call, leg),
        user: p.user && ref('users', named(p.user)),
        queue: p.queue && ref('routing/queues', named(p.queue)),
        externalContact: contact === undefined ? undefined : ref('externalcontacts/contacts', { id: contact }),
      });
    }),
    otherMediaUris: otherMedia(call, media),
    utilizationLabelId: call.label,
    divisions: membershipsOf(call),
    ...(media === 'call' ? { recordingState: call.recording } : {}),
    selfUri: `/api/v2/conversations/${media}s/${call.id}`,
  });

const otherMedia = (call: CallRecord, media: Leg['media']): string[] => {
  const other = media === 'call' ? 'callback' : 'call';
  return call.participants.some((p) => p[other]) ? [`/api/v2/conversations/${other}s/${call.id}`] : [];
};

/** CallConversation: what the `/conversations/calls` operations and the topics of calls show. */
export const callConversationDocument = (call: CallRecord): Record<string, unknown> => mediaDocument(call, 'call');

/** CallbackConversation: what the `/conversations/callbacks` operations and the topics of callbacks show. */
export const callbackConversationDocument = (call: CallRecord): Record<string, unknown> => mediaDocument(call, 'callback');

/** Conversation: what `/conversations` shows of any kind. */
export const conversationDocument = (call: CallRecord): Record<string, unknown> =>
  given({
    id: call.id,
    startTime: call.startedAt,
    endTime: call.endedAt,
    participants: call.participants.map((p) => {
      const { started, connected, ended } = timesOf(p);
      return given({
        ...participantFields(p),
        ...numbersOf(call, p),
        startTime: started,
        connectedTime: connected,
        endTime: ended,
        userId: p.user?.id,
        queueId: p.queue?.id,
        queueName: p.queue?.name,
        externalContactId: externalContact(call, p),
        aniName: call.callerIdName,
        calls: p.call ? [legDocument(call, p.call)] : [],
        callbacks: p.callback ? [legDocument(call, p.callback)] : [],
      });
    }),
    recordingState: call.recording,
    utilizationLabelId: call.label,
    divisions: membershipsOf(call),
    selfUri: `/api/v2/conversations/${call.id}`,
  });

const legDocument = (call: CallRecord, leg: Leg): object =>
  given({ id: leg.id, ...legFields(call, leg), disconnectedTime: leg.endedAt, disconnectReasons: leg.ending?.reasons });

function timesOf(p: Participant): { started: Date | undefined; connected: Date | undefined; ended: Date | undefined } {
  const legs = [p.callback, p.call].filter((l) => l !== undefined);
  return {
    started: legs[0]?.startedAt,
    connected: legs.find((l) => l.connectedAt)?.connectedAt,
    ended: legs.some(isLive) ? undefined : legs.at(-1)?.endedAt,
  };
}

const codesOf = (ending: Ending | undefined): number[] => (ending?.reasons ?? []).filter((r) => r.type === 'sip').map((r) => r.code);

/** CallHistoryConversation, as one who took part sees it. */
export function historyDocument(call: CallRecord, userId: string): object {
  const own = call.participants.find((p) => p.user?.id === userId)?.call;
  return given({
    id: call.id,
    direction: own?.direction,
    startTime: call.startedAt,
    missedCall: own?.direction === 'inbound' && own.connectedAt === undefined,
    wentToVoicemail: false,
    wasConference: call.participants.filter((p) => p.call?.connectedAt).length > 2,
    wasCallback: call.callback !== undefined,
    hadScreenShare: false,
    hadCobrowse: false,
    wasOutboundCampaign: false,
    participants: call.participants.flatMap((p) =>
      p.call
        ? given({
            id: p.id,
            name: p.name,
            address: p.address,
            startTime: p.call.startedAt,
            endTime: p.call.endedAt,
            purpose: p.purpose,
            direction: p.call.direction,
            ...numbersOf(call, p),
            user: p.user && ref('users', named(p.user)),
            queue: p.queue && ref('routing/queues', named(p.queue)),
            disconnectType: p.call.ending?.type,
            didInteract: p.call.connectedAt !== undefined,
            sipResponseCodes: codesOf(p.call.ending),
          })
        : [],
    ),
    selfUri: `/api/v2/conversations/${call.id}`,
  });
}
