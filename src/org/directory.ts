import { isRecord, records, text } from '../platform/json.js';
import type { Answer, Client } from './client.js';

/** One person who may make or take a call. Empty strings stand for what the org does not tell. */
export interface Agent {
  readonly id: string;
  readonly name: string;
  readonly divisionId: string;
  readonly division: string;
  /** The platform's system presence, `Available`, `Busy`, `Offline`, …; FACTS §6. */
  readonly presence: string;
  /** `IDLE`, `ON_QUEUE`-side routing status; empty where unknown. */
  readonly routing: string;
  /** Name of the associated station; empty where there is none, `undefined` where the answer does not tell. */
  readonly station: string | undefined;
}

export interface Queue {
  readonly id: string;
  readonly name: string;
  readonly division: string;
  readonly callingPartyName: string;
  readonly callingPartyNumber: string;
}

export interface Page<T> {
  readonly items: readonly T[];
  /** How many there are in all. */
  readonly total: number;
}

const PAGE = 25;

/** People whose name contains `query`, best 25: one POST /users/search (needs directory:user:view). */
export function searchAgents(client: Client, query: string, signal?: AbortSignal): Promise<Answer<Page<Agent>>> {
  const words = query.trim();
  const body = {
    pageSize: PAGE,
    pageNumber: 1,
    sortBy: 'name',
    sortOrder: 'ASC',
    expand: ['station', 'presence', 'routingStatus'],
    query: words === '' ? [{ type: 'EXACT', fields: ['state'], value: 'active' }] : [{ type: 'CONTAINS', fields: ['name', 'email'], value: words }],
  };
  return client.read('POST', '/api/v2/users/search', readAgents, { body, ...(signal ? { signal } : {}) });
}

/** One person by id; `me` is the owner of the token. */
export function readAgentById(client: Client, id: string, signal?: AbortSignal): Promise<Answer<Agent>> {
  return client.read('GET', `/api/v2/users/${encodeURIComponent(id)}?expand=station,presence,routingStatus`, readAgent, signal ? { signal } : {});
}

/** Queues that may be named as caller: a user's own, or all that a client may see (FACTS §1.5). Best 100. */
export function listQueues(client: Client, caller: 'user' | 'client', signal?: AbortSignal): Promise<Answer<Page<Queue>>> {
  const path = caller === 'user' ? '/api/v2/routing/queues/me?pageSize=100&pageNumber=1' : '/api/v2/routing/queues?pageSize=100&pageNumber=1&sortBy=name';
  return client.read('GET', path, readQueues, signal ? { signal } : {});
}

function readAgents(json: unknown): Page<Agent> | undefined {
  if (!isRecord(json)) return undefined;
  // An empty result comes without `results` in some versions of the API, so its absence is no error.
  const items = records(json['results'], 100).flatMap((r) => readAgent(r) ?? []);
  return { items, total: typeof json['total'] === 'number' ? json['total'] : items.length };
}

function readAgent(json: unknown): Agent | undefined {
  if (!isRecord(json)) return undefined;
  const id = text(json['id']);
  if (id === undefined) return undefined;
  const at = (...path: string[]): string => {
    let value: unknown = json;
    for (const key of path) value = isRecord(value) ? value[key] : undefined;
    return text(value) ?? '';
  };
  const stations = json['station'];
  return {
    id,
    name: at('name') || id,
    divisionId: at('division', 'id'),
    division: at('division', 'name'),
    presence: at('presence', 'presenceDefinition', 'systemPresence'),
    routing: at('routingStatus', 'status'),
    station: isRecord(stations) ? at('station', 'associatedStation', 'name') || at('station', 'effectiveStation', 'name') : undefined,
  };
}

function readQueues(json: unknown): Page<Queue> | undefined {
  if (!isRecord(json) || !Array.isArray(json['entities'])) return undefined;
  const items = records(json['entities'], 100).flatMap((q): Queue[] => {
    const id = text(q['id']);
    if (id === undefined) return [];
    const division = isRecord(q['division']) ? (text(q['division']['name']) ?? '') : '';
    return [
      {
        id,
        name: text(q['name']) ?? id,
        division,
        callingPartyName: text(q['callingPartyName']) ?? '',
        callingPartyNumber: text(q['callingPartyNumber']) ?? '',
      },
    ];
  });
  return { items, total: typeof json['total'] === 'number' ? json['total'] : items.length };
}
