import { type Account, grantWords, isSameOrg } from '../../accounts/account.js';
import { endingWords } from '../../accounts/expiry.js';
import type { Client } from '../../org/client.js';
import { type Agent, listQueues, readAgentById } from '../../org/directory.js';
import type { Operations } from '../../platform/operations.js';
import { queueView } from './agentView.js';
import type { FormState, QueueView } from './protocol.js';

export interface SignInServices {
  operations(): Promise<Operations>;
  account(): Promise<Account | undefined>;
  client(account: Account): Promise<{ readonly kind: 'ok'; readonly client: Client } | { readonly kind: 'failed'; readonly why: string }>;
}

const LOADING: FormState['queues'] = { state: 'loading', items: [], message: '' };

/** Who is signed in, and what the org offers to that caller. An answer to an earlier sign-in is dropped. */
export class SignedIn {
  view: FormState['account'] = { kind: 'loading' };
  queues: FormState['queues'] = LOADING;
  who: Account | undefined;
  client: Client | undefined;
  /** The signed-in user; nothing for a client. */
  me: Agent | undefined;
  operations: Operations | undefined;
  #generation = 0;

  /** @param services who is signed in, and the way to the org */
  constructor(
    private readonly services: SignInServices,
    private readonly changed: () => void,
    /** Told who it is, as soon as that is known, and whether the people of before are of another org. */
    private readonly found: (account: Account | undefined, isOtherOrg: boolean) => void,
  ) {}

  queue(id: string): QueueView | undefined {
    return this.queues.items.find((q) => q.id === id);
  }

  /** Reads it anew. What one sign-in may see does not outlive it. */
  async load(): Promise<void> {
    const generation = ++this.#generation;
    const stale = (): boolean => generation !== this.#generation;
    this.view = { kind: 'loading' };
    this.queues = LOADING;
    this.client = undefined;
    this.me = undefined;
    this.changed();
    try {
      await this.#read(stale);
    } catch (e) {
      if (stale()) return;
      this.view = { kind: 'failed', title: 'The form could not be filled', message: e instanceof Error ? e.message : String(e) };
    }
    if (!stale()) this.changed();
  }

  async #read(stale: () => boolean): Promise<void> {
    const [account, operations] = await Promise.all([this.services.account(), this.services.operations()]);
    if (stale()) return;
    this.operations = operations;
    // People are kept when somebody else of the same org signs in: the next try is mostly for the same agent.
    const isOtherOrg = !isSameOrg(account, this.who);
    this.who = account;
    this.found(account, isOtherOrg);
    if (!account) {
      this.view = { kind: 'signed-out' };
      return;
    }
    const way = await this.services.client(account);
    if (stale()) return;
    if (way.kind === 'failed') return this.#fail(account, way.why);
    const { client } = way;
    this.client = client;
    const [queues, me] = await Promise.all([listQueues(client, account.kind), account.kind === 'user' ? readAgentById(client, 'me') : undefined]);
    if (stale()) return;
    if (me?.kind === 'failed') return this.#fail(account, me.why);
    this.me = me?.kind === 'ok' ? me.value : undefined;
    this.queues =
      queues.kind === 'ok'
        ? { state: 'ready', items: queues.value.items.map(queueView), message: '' }
        : { state: 'failed', items: [], message: queues.kind === 'failed' ? `Queues: ${queues.why}` : '' };
    const { sandbox, domain, name } = client.region;
    this.view = {
      kind: 'signed-in',
      sandbox,
      org: account.org,
      region: sandbox ? domain : name,
      name: account.name,
      grant: grantWords(account),
      ending: endingWords(account, Date.now()),
    };
  }

  #fail(account: Account, why: string): void {
    this.view = { kind: 'failed', title: `${account.name} cannot be used`, message: `${why.charAt(0).toUpperCase()}${why.slice(1)}.` };
  }
}
