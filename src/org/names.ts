import type { IdKind } from '../platform/bodies/bodyModel.js';
import { isGuid } from '../platform/guid.js';
import { isRecord, text } from '../platform/json.js';
import type { Answer, Client } from './client.js';
import { readAgentById } from './directory.js';

/** What an org calls the thing that has an id, and what else tells it apart: caller ID, division, station. Plain texts. */
export interface IdName {
  readonly name: string;
  readonly details: readonly string[];
}

/** Ids that one documented read resolves (FACTS §6, JS259). Other kinds are not asked for. */
export type NamedKind = Exclude<IdKind, 'conversation' | 'participant'>;
export const isNamedKind = (kind: IdKind): kind is NamedKind => kind !== 'conversation' && kind !== 'participant';

const PATHS: Readonly<Record<Exclude<NamedKind, 'user'>, string>> = {
  queue: '/api/v2/routing/queues/',
  skill: '/api/v2/routing/skills/',
  language: '/api/v2/routing/languages/',
  'external-contact': '/api/v2/externalcontacts/contacts/',
  'wrap-up-code': '/api/v2/routing/wrapupcodes/',
  script: '/api/v2/scripts/',
};

/** Asks the client's org what an id names: one request. */
export async function readName(client: Client, kind: NamedKind, id: string, signal?: AbortSignal): Promise<Answer<IdName>> {
  if (!isGuid(id)) return { kind: 'failed', why: 'it is no id' };
  if (kind !== 'user') return client.read('GET', PATHS[kind] + id, (json) => nameIn(kind, json), signal ? { signal } : {});
  const answer = await readAgentById(client, id, signal);
  if (answer.kind !== 'ok') return answer;
  const { name, division, station, presence } = answer.value;
  const details = [division && `division ${division}`, station === '' ? 'no station' : station && `station ${station}`, presence];
  return { kind: 'ok', value: { name, details: details.filter((d) => d !== undefined && d !== '') as string[] } };
}

/** The name in an answer; `undefined` where it has another shape. */
function nameIn(kind: Exclude<NamedKind, 'user'>, json: unknown): IdName | undefined {
  if (!isRecord(json)) return undefined;
  const at = (key: string): string => text(json[key])?.trim() ?? '';
  const id = at('id');
  if (id === '') return undefined;
  const division = isRecord(json['division']) ? (text(json['division']['name']) ?? '') : '';
  const details = division === '' ? [] : [`division ${division}`];
  if (kind === 'queue') {
    const callerId = [at('callingPartyName'), at('callingPartyNumber')].filter(Boolean).join(' ');
    return { name: at('name') || id, details: [callerId === '' ? 'no caller ID of its own' : `caller ID ${callerId}`, ...details] };
  }
  if (kind !== 'external-contact') return { name: at('name') || id, details };
  const name = ['firstName', 'middleName', 'lastName'].map(at).filter(Boolean).join(' ');
  return { name: name || id, details: [...(at('title') === '' ? [] : [at('title')]), ...details] };
}
