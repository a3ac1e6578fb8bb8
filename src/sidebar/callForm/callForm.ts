import { type Account, grantWords } from '../../accounts/account.js';
import type { Client } from '../../org/client.js';
import { type Agent, listQueues, readAgentById } from '../../org/directory.js';
import type { CallWords } from '../../org/place.js';
import { buildCallRequest, type CallIntent, type Destination, PLACE_AS_SELF, PLACE_ON_BEHALF } from '../../platform/callRequest.js';
import { type Dialable, readDialable } from '../../platform/dialable.js';
import type { Operations } from '../../platform/operations.js';
import { agentView, queueView } from './agentView.js';
import { NO_OPTIONS, type OptionTexts, readOptions } from './options.js';
import { PersonSearch } from './personSearch.js';
import type { Activity, FormAction, FormMessage, FormState, QueueView } from './protocol.js';

/** What a call needs beside its intent. */
export interface CallOrder {
  readonly account: Account;
  readonly client: Client;
  readonly intent: CallIntent;
  readonly words: CallWords;
}

/** What the form needs from its surroundings; no `vscode` here, so that it can be tested without one. */
export interface FormServices {
  account(): Promise<Account | undefined>;
  client(account: Account): Promise<{ readonly kind: 'ok'; readonly client: Client } | { readonly kind: 'failed'; readonly why: string }>;
  operations(): Promise<Operations>;
  /** ISO 3166-1 country for numbers without `+`; empty for none. */
  country(): string;
  place(order: CallOrder): Promise<Activity>;
  /** @param wanted false once the form has moved on: then nothing is shown */
  check(order: CallOrder, wanted: () => boolean): Promise<Activity>;
  /** Asks before a call in a real org. */
  confirm(order: CallOrder): Promise<boolean>;
  /** What the form does not do itself: signing in, opening documents. */
  run(action: FormAction, order: CallOrder | undefined): Promise<void>;
}

const IDLE: Activity = { kind: 'idle' };

/** The state of the call form and what each action does to it. */
export class CallForm {
  #account: FormState['account'] = { kind: 'loading' };
  #who: Account | undefined;
  #client: Client | undefined;
  #operations: Operations | undefined;
  #me: Agent | undefined;
  #agent: Agent | undefined;
  #callee: Agent | undefined;
  #as: CallIntent['as'] = 'on-behalf';
  readonly #search: PersonSearch;
  #queues: FormState['queues'] = { state: 'loading', items: [], message: '' };
  #fromQueueId = '';
  #toKind: FormState['to']['kind'] = 'phone';
  #phone = '';
  #toQueueId = '';
  #options: OptionTexts = NO_OPTIONS;
  #activity: Activity = IDLE;
  /** The order that is shown for confirming, while it is. */
  #toConfirm: CallOrder | undefined;
  /** Ids of agents whose phone may have rung without anybody knowing. */
  readonly #mayHaveRung = new Set<string>();
  /** Counts sign-ins, so that answers to an earlier one are dropped. */
  #generation = 0;

  constructor(
    private readonly services: FormServices,
    private readonly changed: () => void,
  ) {
    this.#search = new PersonSearch(changed);
  }

  /** Reads who is signed in, and what the form offers that person. */
  async load(): Promise<void> {
    const generation = ++this.#generation;
    const stale = (): boolean => generation !== this.#generation;
    this.#account = { kind: 'loading' };
    this.#reset();
    this.changed();
    try {
      await this.#read(stale);
    } catch (e) {
      if (stale()) return;
      this.#account = { kind: 'failed', title: 'The form could not be filled', message: messageOf(e) };
      this.changed();
    }
  }

  async #read(stale: () => boolean): Promise<void> {
    const [account, operations] = await Promise.all([this.services.account(), this.services.operations()]);
    if (stale()) return;
    this.#operations = operations;
    if (account?.org !== this.#who?.org || account?.region !== this.#who?.region) this.#forgetPeople();
    this.#who = account;
    if (!account) {
      this.#account = { kind: 'signed-out' };
      this.changed();
      return;
    }
    const way = await this.services.client(account);
    if (stale()) return;
    if (way.kind === 'failed') {
      this.#fail(account, way.why);
      return;
    }
    this.#client = way.client;
    this.#as = account.kind === 'user' ? 'self' : 'on-behalf';
    const [queues, me] = await Promise.all([listQueues(way.client, account.kind), account.kind === 'user' ? readAgentById(way.client, 'me') : undefined]);
    if (stale()) return;
    if (me?.kind === 'failed') {
      this.#fail(account, me.why);
      return;
    }
    this.#me = me?.kind === 'ok' ? me.value : undefined;
    this.#queues =
      queues.kind === 'ok'
        ? { state: 'ready', items: queues.value.items.map(queueView), message: '' }
        : { state: 'failed', items: [], message: queues.kind === 'failed' ? `Queues: ${queues.why}` : '' };
    this.#account = {
      kind: 'signed-in',
      sandbox: way.client.region.sandbox,
      org: account.org,
      region: way.client.region.sandbox ? way.client.region.domain : way.client.region.name,
      name: account.name,
      grant: grantWords(account),
    };
    this.changed();
  }

  async handle(message: FormMessage): Promise<void> {
    switch (message.type) {
      case 'ready':
        break;
      case 'search':
        return this.#client ? this.#search.find(this.#client, message.field, message.query) : undefined;
      case 'pick': {
        const picked = this.#search.person(message.id);
        if (message.field === 'agent') this.#agent = picked;
        else this.#callee = picked;
        if (message.field === 'agent' && picked) this.#as = picked.id === this.#me?.id ? 'self' : 'on-behalf';
        this.#search.close();
        break;
      }
      case 'as':
        if (message.value === 'self' && !this.#selfAllowed().allowed) break;
        this.#as = message.value;
        break;
      case 'from-queue':
        if (this.#isQueue(message.id)) this.#fromQueueId = message.id;
        break;
      case 'to-kind':
        this.#toKind = message.value;
        break;
      case 'phone':
        this.#phone = message.text;
        break;
      case 'to-queue':
        if (this.#isQueue(message.id)) this.#toQueueId = message.id;
        break;
      case 'option':
        this.#options = { ...this.#options, [message.name]: message.value };
        break;
      case 'do':
        return this.#do(message.action);
    }
    // What was checked, or shown for confirming, is no longer what would be placed.
    if (message.type === 'ready' || this.#activity.kind === 'placing') this.changed();
    else this.#set(IDLE);
  }

  get state(): FormState {
    const phone = this.#dialable();
    const { problems } = readOptions(this.#options);
    const intent = this.#intent();
    return {
      account: this.#account,
      agent: this.#caller() && agentView(this.#caller() as Agent),
      agentSearch: this.#search.view,
      as: this.#as,
      selfAllowed: this.#selfAllowed(),
      operation: this.#operationView(),
      queues: this.#queues,
      fromQueueId: this.#fromQueueId,
      to: {
        kind: this.#toKind,
        phone: {
          text: this.#phone,
          international: phone?.kind === 'number' ? phone.international : '',
          country: phone?.kind === 'number' ? phone.country : '',
          problem: phone && phone.kind !== 'number' ? phone.problem : '',
        },
        userId: this.#callee?.id ?? '',
        userName: this.#callee?.name ?? '',
        queueId: this.#toQueueId,
      },
      options: { ...this.#options, problems },
      json: intent ? JSON.stringify(buildCallRequest(intent).body, null, 2) : '',
      blocked: this.#blocked(),
      activity: this.#activity,
    };
  }

  /** Only what is on show can be chosen; empty is none. */
  #isQueue(id: string): boolean {
    return id === '' || this.#queues.items.some((q) => q.id === id);
  }

  /** Who makes the call: the signed-in user, or the agent that was picked. */
  #caller(): Agent | undefined {
    return this.#as === 'self' ? this.#me : this.#agent;
  }

  #selfAllowed(): FormState['selfAllowed'] {
    if (this.#who?.kind === 'client') return { allowed: false, reason: 'An application has no user to call as.' };
    return { allowed: true, reason: '' };
  }

  #operationView(): FormState['operation'] {
    const { method, path } = this.#as === 'self' ? PLACE_AS_SELF : PLACE_ON_BEHALF;
    const operation = this.#operations?.get(method, path);
    const names = operation?.permissions ?? [];
    return {
      line: `${method} ${path}`,
      needs: names.length === 0 ? '' : `needs ${names.length > 1 ? `${operation?.rule} of ` : ''}${names.join(', ')}`,
      why: this.#as === 'self' ? 'The call starts at your own station.' : 'The call starts at the station of the agent.',
    };
  }

  #dialable(): Dialable | undefined {
    return this.#phone.trim() === '' ? undefined : readDialable(this.#phone, this.services.country() || undefined);
  }

  #destination(): Destination | undefined {
    if (this.#toKind === 'user') return this.#callee && { kind: 'user', userId: this.#callee.id };
    if (this.#toKind === 'queue') return this.#toQueueId === '' ? undefined : { kind: 'queue', queueId: this.#toQueueId };
    const phone = this.#dialable();
    return phone?.kind === 'number' ? { kind: 'phone', phoneNumber: phone.e164 } : undefined;
  }

  #intent(): CallIntent | undefined {
    const destination = this.#destination();
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
    if (this.#account.kind !== 'signed-in') return 'Sign in first.';
    if (!this.#caller()) return this.#as === 'self' ? 'Who you are is not known yet.' : 'Pick the agent who calls.';
    if (this.#toKind === 'phone') {
      const phone = this.#dialable();
      if (!phone) return 'Enter the number to call.';
      if (phone.kind !== 'number') return phone.problem;
    }
    if (!this.#destination()) return this.#toKind === 'user' ? 'Pick the user to call.' : 'Pick the queue to call.';
    const problem = Object.entries(readOptions(this.#options).problems)[0];
    return problem ? `${problem[0]}: ${problem[1]}` : '';
  }

  #order(): CallOrder | undefined {
    const intent = this.#intent();
    const caller = this.#caller();
    if (!intent || !caller || !this.#who || !this.#client) return undefined;
    return { account: this.#who, client: this.#client, intent, words: { agent: caller.name, to: this.#toWords(), org: this.#who.org } };
  }

  #toWords(): string {
    if (this.#toKind === 'user') return this.#callee?.name ?? '';
    if (this.#toKind === 'queue') return this.#queues.items.find((q: QueueView) => q.id === this.#toQueueId)?.name ?? this.#toQueueId;
    const phone = this.#dialable();
    return phone?.kind === 'number' ? phone.international : this.#phone;
  }

  async #do(action: FormAction): Promise<void> {
    switch (action) {
      case 'reload':
        return this.load();
      case 'cancel':
        if (this.#activity.kind === 'confirming') this.#set(IDLE);
        return;
      case 'check':
        return this.#check();
      case 'place':
        return this.#askFirst();
      case 'confirm':
        // Only what was shown for confirming is placed: a second press finds another state. In a real org the dialog decides.
        return this.#toConfirm?.client.region.sandbox ? this.#place(this.#toConfirm) : undefined;
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
    await this.#during(checking, () => this.services.check(order, () => this.#activity === checking).catch(asFailure));
  }

  async #askFirst(): Promise<void> {
    const order = this.#order();
    if (!order || this.#blocked() !== '' || !this.#settled()) return;
    const { agent, to, org } = order.words;
    const from = this.#queues.items.find((q) => q.id === this.#fromQueueId);
    const again = this.#mayHaveRung.has(order.intent.agentId ?? '') ? ` An attempt before this one may have rung: ask ${agent} first.` : '';
    this.#set({
      kind: 'confirming',
      text: `${agent} → ${to}`,
      detail: `${from ? `For queue ${from.name}. ` : ''}${org} · ${order.client.region.sandbox ? order.client.region.domain : order.client.region.label}. The phone of ${agent} rings first.${again}`,
    });
    this.#toConfirm = order;
    if (order.client.region.sandbox) return;
    const yes = await this.services.confirm(order).catch(() => false);
    if (this.#toConfirm === order) {
      if (yes) await this.#place(order);
      else this.#set(IDLE);
    } else if (yes && this.#settled()) {
      this.#set({ kind: 'failed', text: 'Nothing was sent', detail: 'The form changed while you were asked. Look at it, and place the call again.' });
    }
  }

  async #place(order: CallOrder): Promise<void> {
    const agentId = order.intent.agentId ?? '';
    await this.#during({ kind: 'placing', text: `Calling ${order.words.to}…` }, async () => {
      try {
        const outcome = await this.services.place(order);
        if (outcome.kind === 'unknown') this.#mayHaveRung.add(agentId);
        if (outcome.kind === 'placed') this.#mayHaveRung.delete(agentId);
        return outcome;
      } catch (e) {
        const detail = `${messageOf(e)} The history says whether the call was sent: look there before you try again.`;
        return { kind: 'failed', text: 'Placing the call was interrupted', detail };
      }
    });
  }

  /** Shows what is being done and then what came of it, unless the form shows something else by then. */
  async #during(activity: Activity, work: () => Promise<Activity>): Promise<void> {
    this.#set(activity);
    const done = await work();
    if (this.#activity === activity) this.#set(done);
  }

  #settled(): boolean {
    return this.#activity.kind !== 'placing' && this.#activity.kind !== 'checking' && this.#activity.kind !== 'confirming';
  }

  #set(activity: Activity): void {
    this.#activity = activity;
    if (activity.kind !== 'confirming') this.#toConfirm = undefined;
    this.changed();
  }

  #fail(account: Account, why: string): void {
    this.#account = { kind: 'failed', title: `${account.name} cannot be used`, message: `${why.charAt(0).toUpperCase()}${why.slice(1)}.` };
    this.changed();
  }

  /** People are kept when somebody else of the same org signs in: the next try is mostly for the same agent. */
  #forgetPeople(): void {
    this.#search.forgetPeople();
    this.#agent = undefined;
    this.#callee = undefined;
  }

  /** What one sign-in may see does not outlive it; a typed number does, and a call that is being placed. */
  #reset(): void {
    this.#search.close();
    this.#client = undefined;
    this.#me = undefined;
    this.#queues = { state: 'loading', items: [], message: '' };
    if (this.#activity.kind !== 'placing') this.#set(IDLE);
    this.#fromQueueId = '';
    this.#toQueueId = '';
  }
}

const messageOf = (e: unknown): string => (e instanceof Error ? e.message : String(e));
const asFailure = (e: unknown): Activity => ({ kind: 'failed', text: 'It did not work', detail: messageOf(e) });
