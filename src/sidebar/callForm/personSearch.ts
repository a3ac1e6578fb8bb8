import type { Client } from '../../org/client.js';
import { type Agent, searchAgents } from '../../org/directory.js';
import { agentView } from './agentView.js';
import type { SearchView } from './protocol.js';

const IDLE: SearchView = { state: 'idle', query: '', field: 'agent', items: [], message: '' };

/** The search for people as somebody types: one request for a query, the one before it is cancelled and its answer dropped. */
export class PersonSearch {
  #view = IDLE;
  #searching = new AbortController();
  readonly #found = new Map<string, Agent>();

  constructor(private readonly changed: () => void) {}

  get view(): SearchView {
    return this.#view;
  }

  /** Somebody whom a search has brought. */
  person(id: string): Agent | undefined {
    return this.#found.get(id);
  }

  async find(client: Client, field: SearchView['field'], query: string): Promise<void> {
    this.#searching.abort();
    this.#searching = new AbortController();
    const { signal } = this.#searching;
    const before = this.#view.field === field ? this.#view.items : [];
    this.#show({ state: 'loading', query, field, items: before, message: '' });
    const answer = await searchAgents(client, query, signal).catch((e: unknown) => ({
      kind: 'failed' as const,
      why: e instanceof Error ? e.message : String(e),
    }));
    if (signal.aborted || answer.kind === 'cancelled') return;
    if (answer.kind === 'failed') {
      this.#show({ state: 'failed', query, field, items: [], message: `The search failed: ${answer.why}` });
      return;
    }
    const { items, total } = answer.value;
    for (const agent of items) this.#found.set(agent.id, agent);
    this.#show({ state: 'ready', query, field, items: items.map(agentView), message: remark(query, items.length, total) });
  }

  /** Ends the search that runs and closes the list. Does not draw: something else has changed too. */
  close(): void {
    this.#searching.abort();
    this.#view = IDLE;
  }

  forgetPeople(): void {
    this.#found.clear();
  }

  #show(view: SearchView): void {
    this.#view = view;
    this.changed();
  }
}

function remark(query: string, shown: number, total: number): string {
  if (shown === 0) return query === '' ? 'This org has nobody to pick.' : `Nobody matches “${query}”.`;
  return total > shown ? `${shown} of ${total}: type more to narrow it.` : '';
}
