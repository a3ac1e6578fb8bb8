import type { Change, Person } from '../org/types.js';
import type { World } from '../org/world.js';
import { type CallRecord, type Ending, isLive, isOnQueue, type Leg, type LegState, legsOf, type Participant } from './conversation.js';
import { distribute } from './distribution.js';

/** The most calls that a sandbox remembers: the oldest ended one goes first, and where none has ended, the oldest. */
const REMEMBERED = 1000;

/** What a leg can become. */
const NEXT: Readonly<Record<LegState, readonly LegState[]>> = {
  scheduled: ['connected', 'disconnected'],
  contacting: ['alerting', 'connected', 'disconnected'],
  alerting: ['connected', 'disconnected'],
  dialing: ['connected', 'disconnected'],
  connected: ['disconnected'],
  disconnected: ['terminated'],
  terminated: [],
};

/**
 * The conversations of a running org, and the one place where a leg changes its state. Who calls `move` says `tell` when the
 * conversation is whole again: that is one event.
 */
export class Calls {
  /** Participants that stand for a queue and wait for one of its members. */
  readonly waiting = new Map<Participant, CallRecord>();
  readonly #byId = new Map<string, CallRecord>();
  readonly #activeOf = new Map<string, Set<CallRecord>>();
  /** What comes next for a leg, or for a conversation that is over. */
  readonly #timers = new Map<Leg | CallRecord, NodeJS.Timeout>();
  /** The people on queue whose routing status a call has changed. */
  readonly #engaged = new Set<string>();
  /** The people whose legs have changed since a conversation was last told of. */
  readonly #touched = new Map<string, Person>();
  #stopped = false;

  constructor(private readonly world: World) {
    world.onChange((change) => {
      if (bringsSomebody(change) && this.waiting.size > 0) distribute(world);
    });
  }

  get(id: string): CallRecord | undefined {
    return this.#byId.get(id);
  }

  /** Every conversation that is remembered, oldest first. */
  all(): Iterable<CallRecord> {
    return this.#byId.values();
  }

  get size(): number {
    return this.#byId.size;
  }

  /** The conversations in which a person has a leg that is alive. */
  activeOf(person: Person): CallRecord[] {
    return [...(this.#activeOf.get(person.id) ?? [])];
  }

  isEngaged(person: Person): boolean {
    return (this.#activeOf.get(person.id)?.size ?? 0) > 0;
  }

  open(call: CallRecord): void {
    this.#byId.set(call.id, call);
    for (const { user } of call.participants) if (user) this.#index(call, user);
    this.#forget();
  }

  /** Adds a participant, or lets a new leg of one be seen. */
  join(call: CallRecord, participant: Participant): void {
    if (!call.participants.includes(participant)) call.participants.push(participant);
    if (participant.user) this.#index(call, participant.user);
  }

  /**
   * Puts a leg into its next state. Whatever was planned for it is off.
   * @param ending how it ends, where that is the next state
   * @returns false where it cannot get there
   */
  move(call: CallRecord, leg: Leg, state: LegState, ending?: Ending): boolean {
    if (!NEXT[leg.state].includes(state)) return false;
    this.#cancel(leg);
    leg.state = state;
    const now = new Date();
    if (state === 'alerting') leg.alertingAt = now;
    if (state === 'connected') leg.connectedAt = now;
    if (state === 'disconnected') {
      leg.endedAt = now;
      leg.heldAt = undefined;
      leg.ending = ending;
    }
    const participant = call.participants.find((p) => legsOf(p).includes(leg));
    if (participant && state === 'disconnected') this.waiting.delete(participant);
    if (participant?.user) this.#index(call, participant.user);
    return true;
  }

  /** Tells everybody what a conversation is like now. */
  tell(call: CallRecord): void {
    const touched = [...this.#touched.values()];
    this.#touched.clear();
    this.world.changed({ kind: 'call', call });
    for (const person of touched) this.#reflect(person);
  }

  /** Plans what comes next for a leg or a conversation; no delay means now. Ends with the sandbox. */
  later(subject: Leg | CallRecord, milliseconds: number, step: () => void): void {
    if (milliseconds <= 0) {
      step();
      return;
    }
    if (this.#stopped) return;
    this.#cancel(subject);
    const timer = setTimeout(
      () => {
        this.#timers.delete(subject);
        step();
      },
      Math.min(milliseconds, 2_147_483_647),
    );
    timer.unref();
    this.#timers.set(subject, timer);
  }

  /** From now on nothing happens by itself any more. */
  stop(): void {
    this.#stopped = true;
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
    this.waiting.clear();
  }

  #cancel(subject: Leg | CallRecord): void {
    clearTimeout(this.#timers.get(subject));
    this.#timers.delete(subject);
  }

  #index(call: CallRecord, user: Person): void {
    this.#touched.set(user.id, user);
    const active = call.participants.some((p) => p.user?.id === user.id && legsOf(p).some(isLive));
    const calls = this.#activeOf.get(user.id);
    if (!active) {
      calls?.delete(call);
      if (calls?.size === 0) this.#activeOf.delete(user.id);
    } else if (calls) calls.add(call);
    else this.#activeOf.set(user.id, new Set([call]));
  }

  /** Somebody on queue who talks is not idle: INTERACTING for a queue, COMMUNICATING otherwise (assumed). */
  #reflect(person: Person): void {
    const { status } = person.routing;
    const talks = this.activeOf(person).flatMap((c) => c.participants.filter((p) => p.user === person && legsOf(p).some((l) => l.state === 'connected')));
    if (talks.length > 0 && status === 'IDLE' && isOnQueue(person)) {
      this.#engaged.add(person.id);
      this.world.setRouting(person, talks.some((p) => p.queue) ? 'INTERACTING' : 'COMMUNICATING');
    } else if (!this.isEngaged(person) && this.#engaged.delete(person.id) && (status === 'INTERACTING' || status === 'COMMUNICATING'))
      this.world.setRouting(person, 'IDLE');
  }

  #forget(): void {
    for (const old of this.#byId.values()) {
      if (this.#byId.size <= REMEMBERED) return;
      if (old.endedAt) this.#drop(old);
    }
    for (const old of this.#byId.values()) {
      if (this.#byId.size <= REMEMBERED) return;
      for (const leg of old.participants.flatMap(legsOf)) this.move(old, leg, 'disconnected', { type: 'system' });
      old.endedAt = new Date();
      this.tell(old);
      this.#drop(old);
    }
  }

  #drop(call: CallRecord): void {
    this.#cancel(call);
    this.#byId.delete(call.id);
  }
}

const bringsSomebody = (change: Change): boolean => change.kind === 'routing' || change.kind === 'presence' || change.kind === 'station';
