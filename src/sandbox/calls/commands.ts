import { aFlag, aNumber, aText, conflict, type Field, listOf, readFields } from '../http/fields.js';
import { invalidValue, isRefusal, type Refusal } from '../http/refusals.js';
import type { World } from '../org/world.js';
import { type CallRecord, isOver, type Leg, type Participant, type Wrapup } from './conversation.js';
import { sessionInactive } from './endings.js';
import { answer, finish } from './progress.js';

/** MediaParticipantRequest.state as the SDK's enum has it. */
const STATES: readonly string[] = ['alerting', 'dialing', 'contacting', 'offering', 'connected', 'disconnected', 'terminated', 'scheduled', 'none'];

export type NewWrapup = Omit<Wrapup, 'endedAt'>;

/** What is asked of a leg: a MediaParticipantRequest. */
interface Command {
  readonly state: 'connected' | 'disconnected' | undefined;
  readonly flags: { readonly held?: boolean; readonly muted?: boolean; readonly confined?: boolean; readonly recording?: boolean };
  readonly wrapup: NewWrapup | undefined;
}

/** FACTS §3.2; the whole of the message is not in the facts. */
export const NOT_ACTIVE: Refusal = {
  status: 403,
  code: 'conversation.error.forbidden.not.active.participant',
  message: 'User is not active on call.',
  assumption: 'that a change of a call that is over is refused so, and the end of its text',
};

/** A WrapupInput. */
export function readWrapup(body: unknown): NewWrapup | Refusal {
  const fields = readFields(
    body,
    {},
    { code: aText, name: aText, notes: aText, tags: listOf(aText), durationSeconds: aNumber(0, 1_000_000_000), provisional: aFlag },
  );
  if (isRefusal(fields)) return fields;
  const { code, name, notes, tags = [], durationSeconds = 0, provisional = false } = fields;
  return { code: code || undefined, name, notes, tags, durationSeconds, provisional };
}

const aRecord: Field<object> = (value) => (typeof value === 'object' && value !== null ? value : undefined);

export function readCommand(body: unknown): Command | Refusal {
  const flags = { held: aFlag, muted: aFlag, confined: aFlag, recording: aFlag };
  const fields = readFields(body, {}, { ...flags, state: aText, wrapup: aRecord, wrapupSkipped: aFlag });
  if (isRefusal(fields)) return fields;
  const { state, wrapup: input, wrapupSkipped: _, ...asked } = fields;
  if (state !== undefined && !STATES.includes(state)) return invalidValue(state, 'State', STATES);
  if (state !== undefined && state !== 'connected' && state !== 'disconnected') return conflict(`A participant cannot be made ${state}.`);
  const wrapup = input === undefined ? undefined : readWrapup(input);
  return wrapup && isRefusal(wrapup) ? wrapup : { state, flags: asked, wrapup };
}

/** The names by which the platform calls commands; only that of the end has been seen (index of 2026-11). */
const nameOf = ({ state, flags }: Command): string =>
  `cloud.command.${state === 'disconnected' ? 'disconnect' : state === 'connected' ? 'pickup' : (Object.keys(flags)[0] ?? 'update')}`;

/**
 * Does what is asked of a participant's leg.
 * @returns why not, where it cannot be done. A command that comes after the leg's end, in a conversation that goes on, is
 *   accepted and leaves an error on the leg
 */
export function obey(world: World, call: CallRecord, participant: Participant, leg: Leg, command: Command): Refusal | undefined {
  const { state, flags, wrapup } = command;
  const hasFlags = Object.keys(flags).length > 0;
  const isForLeg = state !== undefined || hasFlags;
  if (isForLeg && call.endedAt) return NOT_ACTIVE;
  const isLate = isForLeg && isOver(leg);
  if (hasFlags && !isLate && leg.state !== 'connected' && state !== 'connected') return conflict(`The participant is ${leg.state}, not connected.`);
  if (wrapup) {
    const refusal = wrapUp(world, participant, wrapup);
    if (refusal) return refusal;
  }
  if (isLate) leg.lateError = sessionInactive(leg.id, nameOf(command));
  else if (isForLeg) change(world, call, participant, leg, command);
  if (wrapup || isLate || hasFlags) world.calls.tell(call);
  return undefined;
}

function change(world: World, call: CallRecord, participant: Participant, leg: Leg, { state, flags }: Command): void {
  const { held, muted, confined, recording } = flags;
  if (state === 'connected') answer(world, call, participant, leg);
  // Whoever is called then may not be there.
  if (isOver(leg)) return;
  if (held !== undefined) leg.heldAt = held ? (leg.heldAt ?? new Date()) : undefined;
  if (muted !== undefined) leg.muted = muted;
  if (confined !== undefined) leg.confined = confined;
  if (recording !== undefined) call.recording = recording ? 'active' : 'none';
  if (state === 'disconnected') finish(world, call, leg, { type: 'client' });
}

/** Wraps up what a participant did. The code has to be one of its queue, where the queue has any. */
export function wrapUp(world: World, participant: Participant, wrapup: NewWrapup): Refusal | undefined {
  if (!participant.user) return conflict('Only a user wraps up.');
  const { code } = wrapup;
  const codes = [...(participant.queue?.wrapUpCodes ?? [])];
  if (code !== undefined && codes.length > 0 && !codes.some((c) => c.id === code)) {
    const allowed = codes.map((c) => c.id);
    return { ...invalidValue(code, 'wrapup.code', allowed), assumption: 'answer to a wrap-up code that the queue does not have' };
  }
  const name = wrapup.name ?? (code === undefined ? undefined : world.wrapUpCodes.get(code)?.name);
  participant.wrapup = { ...wrapup, name, endedAt: new Date() };
  return undefined;
}
