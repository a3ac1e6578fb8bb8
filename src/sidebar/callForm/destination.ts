import type { Agent } from '../../org/directory.js';
import type { Destination as CallDestination } from '../../platform/callRequest.js';
import { type Dialable, readDialable } from '../../platform/dialable.js';
import type { PartyView, PhoneView, QueueView, ToView } from './protocol.js';

/** How numbers are read: the country of those without `+`, and the beginnings that are refused beside those that always are. */
export interface NumberRules {
  country(): string;
  refused(): readonly string[];
}

/** How many parties a conference has that is asked for here. */
const FEWEST = 2;
const MOST = 10;

/** Whom the call goes to: one number, user or queue, or a conference of several (FACTS §1.1). What is typed for one kind outlives the choice of another. */
export class Destination {
  #kind: ToView['kind'] = 'phone';
  #phone = '';
  #callee: Agent | undefined;
  #queueId = '';
  #parties: readonly PartyView[] = [];
  #party = '';

  constructor(
    private readonly rules: NumberRules,
    private readonly queue: (id: string) => QueueView | undefined,
  ) {}

  get kind(): ToView['kind'] {
    return this.#kind;
  }

  choose(kind: ToView['kind']): void {
    this.#kind = kind;
  }

  type(phone: string): void {
    this.#phone = phone;
  }

  typeParty(phone: string): void {
    this.#party = phone;
  }

  /** The user who is called; in a conference, one more of them. */
  pick(callee: Agent | undefined): void {
    if (this.#kind !== 'conference') this.#callee = callee;
    else if (callee) this.#add({ id: callee.id, kind: 'user', name: callee.name, country: '' });
  }

  pickQueue(id: string): void {
    if (id === '' || this.queue(id)) this.#queueId = id;
  }

  /** Adds the number that is typed, where it can be dialled. */
  addParty(): void {
    const read = this.#read(this.#party);
    if (read?.kind !== 'number' || this.#partyProblem(read) !== '') return;
    this.#add({ id: read.e164, kind: 'phone', name: read.international, country: read.country });
    this.#party = '';
  }

  removeParty(id: string): void {
    this.#parties = this.#parties.filter((p) => p.id !== id);
  }

  forgetPeople(): void {
    this.#callee = undefined;
    this.#parties = this.#parties.filter((p) => p.kind === 'phone');
  }

  forgetQueue(): void {
    this.#queueId = '';
  }

  get queueId(): string {
    return this.#queueId;
  }

  get view(): ToView {
    const party = this.#read(this.#party);
    return {
      kind: this.#kind,
      phone: phoneView(this.#phone, this.#read(this.#phone)),
      userId: this.#callee?.id ?? '',
      userName: this.#callee?.name ?? '',
      queueId: this.#queueId,
      parties: this.#parties,
      party: { ...phoneView(this.#party, party), problem: party ? this.#partyProblem(party) : '' },
    };
  }

  /** The number that is called, where it is one. */
  get number(): Extract<Dialable, { kind: 'number' }> | undefined {
    const read = this.#read(this.#phone);
    return read?.kind === 'number' ? read : undefined;
  }

  /** What a request says; nothing while it is not settled. */
  destination(): CallDestination | undefined {
    if (this.problem() !== '') return undefined;
    switch (this.#kind) {
      case 'phone':
        return { kind: 'phone', phoneNumber: this.number?.e164 ?? '' };
      case 'user':
        return { kind: 'user', userId: this.#callee?.id ?? '' };
      case 'queue':
        return { kind: 'queue', queueId: this.#queueId };
      case 'conference':
        return { kind: 'conference', participants: this.#parties.map(({ id, kind }) => (kind === 'phone' ? { address: id } : { userId: id })) };
    }
  }

  /** For the history and the confirmation. */
  words(): string {
    switch (this.#kind) {
      case 'phone':
        return this.number?.international ?? this.#phone;
      case 'user':
        return this.#callee?.name ?? '';
      case 'queue':
        return this.queue(this.#queueId)?.name ?? this.#queueId;
      case 'conference':
        return `a conference of ${this.#parties.map((p) => p.name).join(', ')}`;
    }
  }

  /** Why nobody can be called yet; empty where that is settled. */
  problem(): string {
    switch (this.#kind) {
      case 'phone': {
        const phone = this.#read(this.#phone);
        if (!phone) return 'Enter the number to call.';
        return phone.kind === 'number' ? '' : phone.problem;
      }
      case 'user':
        return this.#callee ? '' : 'Pick the user to call.';
      case 'queue':
        return this.#queueId === '' ? 'Pick the queue to call.' : '';
      case 'conference':
        return this.#conferenceProblem();
    }
  }

  #conferenceProblem(): string {
    // What is refused may have been set after it was added.
    const refused = this.#parties.flatMap((p) => (p.kind === 'phone' ? (this.#read(p.id) ?? []) : [])).find((read) => read.kind !== 'number');
    if (refused?.kind === 'refused' || refused?.kind === 'problem') return refused.problem;
    const missing = FEWEST - this.#parties.length;
    if (missing > 0) return `Add ${missing === FEWEST ? 'at least two parties' : 'one more party'}.`;
    return this.#party.trim() === '' ? '' : 'Add the number that is typed, or clear it.';
  }

  #partyProblem(read: Dialable): string {
    if (read.kind !== 'number') return read.problem;
    if (this.#parties.some((p) => p.id === read.e164)) return 'This number is in the conference already.';
    return this.#parties.length >= MOST ? `A conference has at most ${MOST} parties here.` : '';
  }

  #add(party: PartyView): void {
    if (this.#parties.length < MOST && !this.#parties.some((p) => p.id === party.id)) this.#parties = [...this.#parties, party];
  }

  #read(text: string): Dialable | undefined {
    return text.trim() === '' ? undefined : readDialable(text, this.rules.country() || undefined, this.rules.refused());
  }
}

const phoneView = (text: string, read: Dialable | undefined): PhoneView => ({
  text,
  international: read?.kind === 'number' ? read.international : '',
  country: read?.kind === 'number' ? read.country : '',
  problem: read && read.kind !== 'number' ? read.problem : '',
});
