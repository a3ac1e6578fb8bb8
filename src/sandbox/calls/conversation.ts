import { randomUUID } from 'node:crypto';
import type { Division, Named, Person, Queue } from '../org/types.js';

/** Of a leg; the words are the SDK's (`StateEnum`). `disconnected` becomes `terminated` when nothing more can happen on it. */
export type LegState = 'scheduled' | 'contacting' | 'alerting' | 'dialing' | 'connected' | 'disconnected' | 'terminated';

/** Why a leg ended; the words are the SDK's (`DisconnectTypeEnum`), of which these occur here. */
export type DisconnectType =
  | 'endpoint'
  | 'client'
  | 'system'
  | 'timeout'
  | 'transfer'
  | 'transfer.conference'
  | 'transfer.noanswer'
  | 'transfer.notavailable'
  | 'transport.failure'
  | 'error'
  | 'peer';

/** What the telephone network said (RFC 3261, Q.850). */
export interface DisconnectReason {
  readonly type: 'sip' | 'q850';
  readonly code: number;
  readonly phrase: string;
}

/** ErrorBody of a leg, in the order in which it was seen on the wire. */
export interface LegError {
  readonly message: string;
  readonly code: string;
  readonly messageWithParams: string;
  readonly messageParams: Readonly<Record<string, string>>;
  readonly details: readonly never[];
  readonly errors: readonly never[];
}

/** How a leg ends. */
export interface Ending {
  readonly type: DisconnectType;
  readonly error?: LegError;
  readonly reasons?: readonly DisconnectReason[];
}

export interface Wrapup {
  readonly code: string | undefined;
  readonly name: string | undefined;
  readonly notes: string | undefined;
  readonly tags: readonly string[];
  readonly durationSeconds: number;
  readonly endedAt: Date;
  readonly provisional: boolean;
}

/** One communication of a participant. Its state is written by `Calls.move` alone. */
export interface Leg {
  /** The communication's id. */
  readonly id: string;
  readonly media: 'call' | 'callback';
  readonly direction: 'inbound' | 'outbound';
  readonly startedAt: Date;
  state: LegState;
  alertingAt: Date | undefined;
  connectedAt: Date | undefined;
  endedAt: Date | undefined;
  heldAt: Date | undefined;
  muted: boolean;
  confined: boolean;
  ending: Ending | undefined;
  /** Of a command that came too late. */
  lateError: LegError | undefined;
}

export interface Participant {
  readonly id: string;
  readonly purpose: 'agent' | 'user' | 'customer' | 'acd';
  readonly name: string | undefined;
  /** As a URI: `tel:+13175550142`, `sip:…`. */
  readonly address: string;
  readonly user: Person | undefined;
  readonly queue: Queue | undefined;
  /** Of a queue that looks for one of its members, and of the customer of a callback. */
  readonly routing: Routing | undefined;
  attributes: Readonly<Record<string, string>>;
  wrapup: Wrapup | undefined;
  call: Leg | undefined;
  callback: Leg | undefined;
}

/** How a call or callback is to be routed to a member of a queue. */
export interface Routing {
  readonly queue: Queue;
  readonly priority: number;
  readonly skills: readonly Named[];
  readonly language: Named | undefined;
  readonly skillExpression: string | undefined;
  /** Who alone may have it, best first; empty where any member may. */
  readonly owners: readonly Person[];
}

/** What a callback promises. */
export interface CallbackTerms {
  readonly numbers: readonly string[];
  readonly userName: string | undefined;
  readonly scriptId: string | undefined;
  scheduledAt: Date | undefined;
}

/** Whom a call is to reach. */
export type Destination =
  | { readonly kind: 'number'; readonly address: string; readonly name: string | undefined }
  | { readonly kind: 'user'; readonly user: Person }
  | { readonly kind: 'queue'; readonly routing: Routing };

/** What is said when a call is placed, beside who calls whom. */
export interface CallTerms {
  readonly fromQueue: Queue | undefined;
  readonly callerId: string | undefined;
  readonly callerIdName: string | undefined;
  readonly attributes: Readonly<Record<string, string>>;
  readonly uuiData: string | undefined;
  readonly externalContactId: string | undefined;
  readonly label: string | undefined;
}

/** A conversation: a call, or a callback with the calls that were made for it. */
export interface CallRecord extends CallTerms {
  readonly id: string;
  readonly startedAt: Date;
  readonly participants: Participant[];
  /** Who is to be dialled as soon as the agent's phone is answered. */
  pending: Destination[];
  readonly callback: CallbackTerms | undefined;
  recording: 'none' | 'active' | 'paused';
  /** Undefined while a leg of it is alive. */
  endedAt: Date | undefined;
}

export const isOver = (leg: Leg): boolean => leg.state === 'disconnected' || leg.state === 'terminated';
export const isLive = (leg: Leg | undefined): leg is Leg => leg !== undefined && !isOver(leg);

export const legsOf = (participant: Participant): Leg[] => [participant.call, participant.callback].filter((l) => l !== undefined);

/** The participants of a conversation that have a call leg that is alive. */
export const onCall = (call: CallRecord): Participant[] => call.participants.filter((p) => isLive(p.call));

/** Whether somebody takes what queues have; the presence is written with a space, or without one (SDK). */
export const isOnQueue = ({ presence }: Person): boolean => /^on ?queue$/i.test(presence.definition.systemPresence);

export const takesPart = (call: CallRecord, person: Person | undefined): boolean =>
  person !== undefined && call.participants.some((p) => p.user?.id === person.id);

/** The participant of a person who is still in the conversation. */
export const activeParticipant = (call: CallRecord, person: Person): Participant | undefined =>
  call.participants.find((p) => p.user?.id === person.id && legsOf(p).some(isLive));

/** The queues that a conversation has to do with. */
export const queuesOf = (call: CallRecord): Queue[] => [...new Set([call.fromQueue, ...call.participants.map((p) => p.queue)].filter((q) => q !== undefined))];

/** The people that a conversation has to do with, each once. */
export const peopleOf = (call: CallRecord): Person[] => [...new Map(call.participants.flatMap((p) => (p.user ? [[p.user.id, p.user] as const] : []))).values()];

/** The divisions that a conversation is in: those of its people and queues. */
export const divisionsOf = (call: CallRecord): Division[] => [...new Set([...peopleOf(call), ...queuesOf(call)].map((x) => x.division))];

export function newLeg(media: Leg['media'], direction: Leg['direction'], state: LegState, startedAt = new Date()): Leg {
  return {
    id: randomUUID(),
    media,
    direction,
    startedAt,
    state,
    alertingAt: state === 'alerting' ? startedAt : undefined,
    connectedAt: state === 'connected' ? startedAt : undefined,
    endedAt: undefined,
    heldAt: undefined,
    muted: false,
    confined: false,
    ending: undefined,
    lateError: undefined,
  };
}

type Who = Pick<Participant, 'purpose' | 'address'> & Partial<Pick<Participant, 'name' | 'user' | 'queue' | 'routing'>>;

export function newParticipant(who: Who, leg: Leg, attributes: Participant['attributes'] = {}): Participant {
  return {
    name: undefined,
    user: undefined,
    queue: undefined,
    routing: undefined,
    ...who,
    id: randomUUID(),
    attributes,
    wrapup: undefined,
    call: leg.media === 'call' ? leg : undefined,
    callback: leg.media === 'callback' ? leg : undefined,
  };
}

/** A number or address as the URI that conversations show. */
export const addressUri = (address: string): string => (/^[a-z]+:/i.test(address) ? address : address.includes('@') ? `sip:${address}` : `tel:${address}`);

export const addressOf = (person: Person): string => addressUri(person.phone ?? person.email);

/** A call of which nothing is said but who calls whom. */
export const NO_TERMS: CallTerms = {
  fromQueue: undefined,
  callerId: undefined,
  callerIdName: undefined,
  attributes: {},
  uuiData: undefined,
  externalContactId: undefined,
  label: undefined,
};

export function newRecord(terms: CallTerms, participants: Participant[], more: Partial<Pick<CallRecord, 'id' | 'pending' | 'callback'>> = {}): CallRecord {
  return {
    ...terms,
    id: more.id ?? randomUUID(),
    startedAt: new Date(),
    participants,
    pending: more.pending ?? [],
    callback: more.callback,
    recording: 'none',
    endedAt: undefined,
  };
}

/** Somebody who calls: `agent` for a queue, `user` otherwise (community source, index of 2026-11). */
export const caller = (agent: Person, queue: CallTerms['fromQueue'], leg: Leg): Participant =>
  newParticipant({ purpose: queue ? 'agent' : 'user', name: agent.name, address: addressOf(agent), user: agent, queue }, leg);
