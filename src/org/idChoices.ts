import { isRecord, records, text } from '../platform/json.js';
import type { Answer, Client } from './client.js';
import { listQueues, searchAgents } from './directory.js';

/** Something of an org that can be named by its id. */
export interface IdChoice {
  readonly id: string;
  readonly name: string;
  /** What tells it apart, or nothing. */
  readonly detail: string;
}

/** Kinds of which a request names one and an org has a list. */
export type ChoiceKind = 'user' | 'queue' | 'skill' | 'language' | 'wrap-up-code';

/** Whether the choices depend on what was typed: an org has more people than one page holds. */
export const isSearched = (kind: ChoiceKind): boolean => kind === 'user';

const LISTS: Readonly<Record<Exclude<ChoiceKind, 'user' | 'queue'>, string>> = {
  skill: '/api/v2/routing/skills?pageSize=100&pageNumber=1',
  language: '/api/v2/routing/languages?pageSize=100&pageNumber=1',
  'wrap-up-code': '/api/v2/routing/wrapupcodes?pageSize=100&pageNumber=1&sortBy=name',
};

/** What there is to choose from: one request, the best 25 people or 100 of the others. `query` only finds people. */
export async function listChoices(
  client: Client,
  caller: 'user' | 'client',
  kind: ChoiceKind,
  query: string,
  signal?: AbortSignal,
): Promise<Answer<readonly IdChoice[]>> {
  if (kind === 'user') {
    const found = await searchAgents(client, query, signal);
    return found.kind === 'ok'
      ? {
          kind: 'ok',
          value: found.value.items.map(({ id, name, division, station }) => ({ id, name, detail: [division, station].filter(Boolean).join(' · ') })),
        }
      : found;
  }
  if (kind === 'queue') {
    const found = await listQueues(client, caller, signal);
    return found.kind === 'ok' ? { kind: 'ok', value: found.value.items.map(({ id, name, division }) => ({ id, name, detail: division })) } : found;
  }
  return client.read('GET', LISTS[kind], readChoices, signal ? { signal } : {});
}

function readChoices(json: unknown): IdChoice[] | undefined {
  if (!isRecord(json) || !Array.isArray(json['entities'])) return undefined;
  return records(json['entities'], 100).flatMap((entity) => {
    const id = text(entity['id']);
    const division = isRecord(entity['division']) ? (text(entity['division']['name']) ?? '') : '';
    return id === undefined ? [] : [{ id, name: text(entity['name']) ?? id, detail: division }];
  });
}
