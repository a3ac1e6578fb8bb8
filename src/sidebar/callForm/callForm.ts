import type { Account } from '../../accounts/account.js';
import type { Client } from '../../org/client.js';
import type { Agent } from '../../org/directory.js';
import type { CallWords } from '../../org/place.js';
import { buildCallRequest, type CallIntent, PLACE_AS_SELF, PLACE_ON_BEHALF } from '../../platform/callRequest.js';
import type { Later } from '../callService.js';
import { type Caution, NO_CAUTION } from '../caution.js';
import { type Confirmable, confirmation, fromWords } from '../confirmation.js';
import type { LiveCalls } from '../liveCalls.js';
import { agentView } from './agentView.js';
import { Destination, type NumberRules } from './destination.js';
import { liveView } from './liveView.js';
import { NO_OPTIONS, type OptionTexts, readOptions } from './options.js';
import { OTHER_WAYS } from './otherWays.js';
import { PersonSearch } from './personSearch.js';
import type { Activity, FormAction, FormMessage, FormState } from './protocol.js';
import { SignedIn, type SignInServices } from './signedIn.js';

/** What a call needs beside its intent. */
export interface CallOrder {
  readonly account: Account;
  readonly client: Client;
  readonly intent: CallIntent;
  readonly words: CallWords;
  /** What the other side sees, in words. */
  readonly from: string;
}

/** What is picked in the form. The number is in E.164. */
export interface Picked {
  readonly agent?: { readonly id: string; readonly name: string };
  readonly queue?: { readonly id: string; readonly name: string };
  readonly phoneNumber?: string;
}

/** What the form needs from its surroundings; no `vscode` here, so that it can be tested without one. */
export interface FormServices extends SignInServices, NumberRules {
  place(order: CallOrder, later: Later): Promise<Activity>;
  /** @param wanted false once the form has moved on: then nothing is shown */
  check(order: CallOrder, wanted: () => boolean): Promise<Activity>;
  /** What to say before a call: that one before it may have rung. */
  caution(order: CallOrder): Promise<Caution>;
  /** Asks before a call in a real org. */
  confirm(asked: Confirmable): Promise<boolean>;
  /** The calls that are followed in this window. */
  readonly live: Pick<LiveCalls, 'newest' | 'hangUp' | 'dismiss'>;
  /** What the form does not do itself: signing in, opening documents. */
  run(action: FormAction, order: CallOrder | undefined): Promise<void>;
}

const IDLE: Activity = { kind: 'idle' };

/** The state of the call form and what each action does to it. */
export class CallForm {
  readonly #signedIn: SignedIn;
  readonly #to: Destination;
  readonly #search: PersonSearch;
  #agent: Agent | undefined;
  #as: CallIntent['as'] = 'on-behalf';
  #fromQueueId = '';
  #options: OptionTexts = NO_OPTIONS;
  #activity: Activity = IDLE;
  /** What is shown when nothing else is: that a phone may have rung outlives edits. */
  #lasting: Activity = IDLE;
  /** Whose outcome that is. */
  #lastingOf: CallOrder | undefined;
  /** The order that is shown for confirming, while it is. */
  #toConfirm: CallOrder | undefined;
  /** The order for which is being found out what to say before it is confirmed. */
  #asking: CallOrder | undefined;
  /** The account that was found not to be allowed to call. */
  #mayNot: Account | undefined;

  constructor(
    private readonly services: FormServices,
    private readonly changed: () => void,
  ) {
    this.#search = new PersonSearch(changed);
    this.#signedIn = new SignedIn(services, changed, (account, isOtherOrg) => {
      this.#as = account?.kind === 'user' ? 'self' : 'on-behalf';
      if (!isOtherOrg) return;
      this.#search.forgetPeople();
      this.#agent = undefined;
      this.#to.forgetPeople();
    });
    this.#to = new Destination(services, (id) => this.#signedIn.queue(id));
  }

  /** Reads who is signed in, and what the form offers that person. A typed number outlives it, and a call that is being placed. */
  async load(): Promise<void> {
    this.#search.close();
    this.#fromQueueId = '';
    this.#to.forgetQueue();
    this.#asking = undefined;
    if (this.#activity.kind !== 'placing') this.#rest();
    await this.#signedIn.load();
  }

  async handle(message: FormMessage): Promise<void> {
    switch (message.type) {
      case 'ready':
        break;
      case 'search':
        return this.#signedIn.client ? this.#search.find(this.#signedIn.client, message.field, message.query) : undefined;
      case 'pick':
        this.#pick(message.field, this.#search.person(message.id));
        break;
      case 'as':
        if (message.value === 'self' && !this.#selfAllowed().allowed) break;
        this.#as = message.value;
        break;
      case 'from-queue':
        // Only what is on show can be chosen; empty is none.
        if (message.id === '' || this.#signedIn.queue(message.id)) this.#fromQueueId = message.id;
        break;
      case 'to-kind':
        this.#to.choose(message.value);
        break;
      case 'phone':
        this.#to.type(message.text);
        break;
      case 'party':
        this.#to.typeParty(message.text);
        break;
      case 'remove-party':
        this.#to.removeParty(message.id);
        break;
      case 'to-queue':
        this.#to.pickQueue(message.id);
        break;
      case 'option':
        this.#options = { ...this.#options, [message.name]: message.value };
        break;
      case 'do':
        if (message.action !== 'add-party') return this.#do(message.action);
        this.#to.addParty();
        break;
    }
    // What was checked, or shown for confirming, is no longer what would be placed.
    if (message.type === 'ready' || this.#activity.kind === 'placing') this.changed();
    else this.#rest();
  }

  get state(): FormState {
    const { view, queues, who } = this.#signedIn;
    const caller = this.#caller();
    const { problems } = readOptions(this.#options);
    const intent = this.#intent();
    const { newest } = this.services.live;
    return {
      account: view,
      agent: caller && agentView(caller),
      agentSearch: this.#search.view,
      as: this.#as,
      selfAllowed: this.#selfAllowed(),
      operation: this.#operationView(),
      queues,
      fromQueueId: this.#fromQueueId,
      to: this.#to.view,
      options: { ...this.#options, problems },
      json: intent ? JSON.stringify(buildCallRequest(intent).body, null, 2) : '',
      blocked: this.#blocked(),
      activity: this.#activity,
      live: newest && liveView(newest),
      otherWays: who !== undefined && who.kind === 'client' && who.id === this.#mayNot?.id ? OTHER_WAYS : [],
    };
  }

  /** What is picked now and can be named elsewhere too: the agent who calls, the queue on whose behalf, the number to call. */
  get picked(): Picked {
    const caller = this.#caller();
    const queue = this.#signedIn.queue(this.#fromQueueId || this.#to.queueId);
    const { number } = this.#to;
    return {
      ...(caller ? { agent: { id: caller.id, name: caller.name } } : {}),
      ...(queue ? { queue: { id: queue.id, name: queue.name } } : {}),
      ...(number ? { phoneNumber: number.e164 } : {}),
    };
  }

  #pick(field: 'agent' | 'callee', picked: Agent | undefined): void {
    if (field === 'callee') this.#to.pick(picked);
    else {
      this.#agent = picked;
      if (picked) this.#as = picked.id === this.#signedIn.me?.id ? 'self' : 'on-behalf';
    }
    this.#search.close();
  }

  /** Who makes the call: the signed-in user, or the agent that was picked. */
  #caller(): Agent | undefined {
    return this.#as === 'self' ? this.#signedIn.me : this.#agent;
  }

  #selfAllowed(): FormState['selfAllowed'] {
    if (this.#signedIn.who?.kind === 'client') return { allowed: false, reason: 'An application has no user to call as.' };
    return { allowed: true, reason: '' };
  }

  #operationView(): FormState['operation'] {
    const { method, path } = this.#as === 'self' ? PLACE_AS_SELF : PLACE_ON_BEHALF;
    const operation = this.#signedIn.operations?.get(method, path);
    const names = operation?.permissions ?? [];
    return {
      line: `${method} ${path}`,
      needs: names.length === 0 ? '' : `needs ${names.length > 1 ? `${operation?.rule} of ` : ''}${names.join(', ')}`,
      why: this.#as === 'self' ? 'The call starts at your own station.' : 'The call starts at the station of the agent.',
    };
  }

  #intent(): CallIntent | undefined {
    const destination = this.#to.destination();
    const agentId = this.#caller()?.id;
    if (!destination || agentId === undefined) return undefined;
    return {
      as: this.#as,
      agentId,
      destination,
      options: readOptions(this.#options).options,
      ...(this.#fromQueueId === '' ? {} : { fromQueueId: this.#fromQueueId }),
    };
  }

  #blocked(): string {
    if (this.#signedIn.view.kind !== 'signed-in') return 'Sign in first.';
    if (!this.#caller()) return this.#as === 'self' ? 'Who you are is not known yet.' : 'Pick the agent who calls.';
    const problem = this.#to.problem();
    if (problem !== '') return problem;
    const [wrong] = Object.entries(readOptions(this.#options).problems);
    return wrong ? `${wrong[0]}: ${wrong[1]}` : '';
  }

  #order(): CallOrder | undefined {
    const intent = this.#intent();
    const caller = this.#caller();
    const { who, client } = this.#signedIn;
    if (!intent || !caller || !who || !client) return undefined;
    const from = fromWords(buildCallRequest(intent).body, this.#signedIn.queue(this.#fromQueueId));
    return { account: who, client, intent, words: { agent: caller.name, to: this.#to.words(), org: who.org }, from };
  }

  async #do(action: FormAction): Promise<void> {
    const { live } = this.services;
    switch (action) {
      case 'reload':
        return this.load();
      case 'cancel':
        if (this.#activity.kind === 'confirming') this.#rest();
        return;
      case 'check':
        return this.#check();
      case 'place':
        return this.#askFirst();
      case 'confirm':
        // Only what was shown for confirming is placed: a second press finds another state. In a real org the dialog decides.
        return this.#toConfirm?.client.region.sandbox ? this.#place(this.#toConfirm) : undefined;
      case 'hang-up':
        if (live.newest) await live.hangUp(live.newest.conversationId);
        return;
      case 'dismiss-call':
        if (live.newest) live.dismiss(live.newest.conversationId);
        if (this.#activity.kind === 'placed') this.#rest();
        return;
      default:
        return this.services.run(action, this.#order()).catch((e: unknown) => {
          if (this.#settled()) this.#set(asFailure(e));
        });
    }
  }

  async #check(): Promise<void> {
    const order = this.#order();
    if (!order || !this.#settled()) return;
    const checking: Activity = { kind: 'checking', text: 'Asking the org…' };
    await this.#during(order, checking, () => this.services.check(order, () => this.#activity === checking).catch(asFailure));
  }

  async #askFirst(): Promise<void> {
    const order = this.#order();
    if (!order || this.#blocked() !== '' || !this.#settled()) return;
    this.#asking = order;
    const { text: caution, toldOf } = await this.services.caution(order).catch(() => NO_CAUTION);
    if (this.#asking !== order || !this.#settled()) return;
    const told: CallOrder = { ...order, words: { ...order.words, toldOf } };
    const asked: Confirmable = { region: order.client.region, words: order.words, call: buildCallRequest(order.intent), from: order.from, caution };
    const { question, lines } = confirmation(asked);
    this.#set({ kind: 'confirming', text: question, detail: [...lines, ...(caution ? [caution] : [])].join('\n') });
    this.#toConfirm = told;
    if (order.client.region.sandbox) return;
    const yes = await this.services.confirm(asked).catch(() => false);
    if (this.#toConfirm === told) {
      if (yes) await this.#place(told);
      else this.#rest();
    } else if (yes && this.#settled()) {
      this.#set({ kind: 'failed', text: 'Nothing was sent', detail: 'The form changed while you were asked. Look at it, and place the call again.' });
    }
  }

  async #place(order: CallOrder): Promise<void> {
    this.#lasting = IDLE;
    this.#lastingOf = order;
    // One that is over makes room; one that goes on stays, until the next is placed.
    const { live } = this.services;
    if (live.newest) live.dismiss(live.newest.conversationId);
    const later: Later = (activity) => {
      // A call that was begun since is what matters now; the history has both.
      if (this.#lastingOf === order && this.#lasting.kind === 'unknown') this.#last(activity);
    };
    await this.#during(order, { kind: 'placing', text: `Calling ${order.words.to}…` }, async () => {
      try {
        const outcome = await this.services.place(order, later);
        if (outcome.kind === 'unknown') this.#lasting = outcome;
        return outcome;
      } catch (e) {
        const detail = `${messageOf(e)} The history says whether the call was sent: look there before you try again.`;
        return { kind: 'failed', text: 'Placing the call was interrupted', detail };
      }
    });
  }

  /** Shows what is being done and then what came of it, unless the form shows something else by then. */
  async #during({ account }: CallOrder, activity: Activity, work: () => Promise<Activity>): Promise<void> {
    this.#set(activity);
    const done = await work();
    if ('mayNot' in done && done.mayNot) this.#mayNot = account;
    else if (done.kind === 'placed') this.#mayNot = undefined;
    if (this.#activity === activity) this.#set(done);
  }

  /** What is known by now of a call that may have rung; it is shown as soon as nothing else is. */
  #last(activity: Activity): void {
    const isShown = this.#activity === this.#lasting || this.#activity.kind === 'idle';
    this.#lasting = activity;
    if (isShown) this.#set(activity);
  }

  #settled(): boolean {
    return this.#activity.kind !== 'placing' && this.#activity.kind !== 'checking' && this.#activity.kind !== 'confirming';
  }

  #set(activity: Activity): void {
    this.#activity = activity;
    this.#asking = undefined;
    if (activity.kind !== 'confirming') this.#toConfirm = undefined;
    this.changed();
  }

  /** Nothing is going on: all that is left to say is what lasts. What was found out is said until the next edit. */
  #rest(): void {
    if (this.#lasting.kind !== 'unknown' && this.#activity === this.#lasting) this.#lasting = IDLE;
    this.#set(this.#lasting);
  }
}

const messageOf = (e: unknown): string => (e instanceof Error ? e.message : String(e));
const asFailure = (e: unknown): Activity => ({ kind: 'failed', text: 'It did not work', detail: messageOf(e) });
