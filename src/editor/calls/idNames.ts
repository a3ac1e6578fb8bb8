import { type ChoiceKind, type IdChoice, isSearched, listChoices } from '../../org/idChoices.js';
import { NameCache } from '../../org/nameCache.js';
import type { NamedKind } from '../../org/names.js';
import type { AssistServices } from './assistServices.js';
import { idMarkdown } from './idWords.js';

/** How long a hover waits for the org, in milliseconds: VS Code shows nothing until every provider has answered. */
const MOST_WAITED = 1200;
/** How long a list is good, in milliseconds. */
const LIST_GOOD_FOR = 5 * 60_000;

interface Listed {
  readonly account: string;
  readonly until: number;
  readonly choices: Promise<readonly IdChoice[] | undefined>;
}

/** What the org of the signed-in account says of ids. It is asked nothing until somebody points at one, and no other org is. */
export class IdNames {
  readonly #cache = new NameCache();
  readonly #lists = new Map<ChoiceKind, Listed>();

  constructor(private readonly accounts: AssistServices['accounts']) {}

  /** What an id names, as a line of Markdown; nothing where nobody is signed in. An org that is slow is not waited for: the next time, it has answered. */
  async describe(kind: NamedKind, id: string, signal: AbortSignal): Promise<string | undefined> {
    const account = await this.accounts.active();
    if (!account || signal.aborted) return undefined;
    const given = new AbortController();
    const giveUp = (): void => given.abort();
    signal.addEventListener('abort', giveUp, { once: true });
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<undefined>((resolve) => {
      timer = setTimeout(() => resolve(undefined), MOST_WAITED);
    });
    try {
      const told = await Promise.race([this.#cache.tell(account.id, () => this.accounts.client(account), kind, id, given.signal), late]);
      return idMarkdown(kind, told ?? { kind: 'unknown', why: 'it has not answered yet. Point here again' }, account);
    } finally {
      clearTimeout(timer);
      signal.removeEventListener('abort', giveUp);
    }
  }

  /** What an id could be, of the signed-in account's org; nothing where it does not tell. Only people are looked for by what was typed. */
  async choices(kind: ChoiceKind, typed: string, signal: AbortSignal): Promise<{ readonly org: string; readonly items: readonly IdChoice[] } | undefined> {
    const account = await this.accounts.active();
    if (!account || signal.aborted) return undefined;
    const ask = async (query: string, during?: AbortSignal): Promise<readonly IdChoice[] | undefined> => {
      const way = await this.accounts.client(account);
      const answer = way.kind === 'ok' ? await listChoices(way.client, account.kind, kind, query, during) : undefined;
      return answer?.kind === 'ok' ? answer.value : undefined;
    };
    if (isSearched(kind)) {
      const items = await ask(typed, signal);
      return items && { org: account.org, items };
    }
    const known = this.#lists.get(kind);
    const good = known?.account === account.id && known.until > Date.now();
    const listed: Listed = good ? known : { account: account.id, until: Date.now() + LIST_GOOD_FOR, choices: ask('').catch(() => undefined) };
    this.#lists.set(kind, listed);
    const items = await listed.choices;
    // A refusal or a fault is not kept: the next time may be better.
    if (!items && this.#lists.get(kind) === listed) this.#lists.delete(kind);
    return items && { org: account.org, items };
  }

  /** Somebody signed in or out, or the sandbox ended. */
  forget(): void {
    this.#cache.forget();
    this.#lists.clear();
  }
}
