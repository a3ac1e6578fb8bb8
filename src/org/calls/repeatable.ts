import { type BuiltCall, PLACE_AS_SELF, PLACE_ON_BEHALF } from '../../platform/callRequest.js';
import { isGuid } from '../../platform/guid.js';
import { isRecord } from '../../platform/json.js';
import { pathOf } from '../../platform/operations.js';
import type { Attempt } from './attempt.js';
import { parse } from './attemptWords.js';

export interface Repeatable {
  readonly call: BuiltCall;
  /** On whose behalf; nothing for a call of whoever is signed in. */
  readonly agentId?: string;
}

const ON_BEHALF = new RegExp(`^${PLACE_ON_BEHALF.path.replace('{userId}', '([^/]+)')}$`);

/** The request that an attempt was, to be sent again; undefined where the file does not have it whole, or has another one. */
export function repeatable({ exchange: { request } }: Pick<Attempt, 'exchange'>): Repeatable | undefined {
  const body = parse(request?.body);
  if (request?.method !== 'POST' || !isRecord(body)) return undefined;
  const path = pathOf(request.url);
  if (path === PLACE_AS_SELF.path) return { call: { method: 'POST', operation: path, path, body } };
  // What is no id, such as two dots, would make another operation of the path.
  const agentId = ON_BEHALF.exec(path)?.[1] ?? '';
  return isGuid(agentId) ? { call: { method: 'POST', operation: PLACE_ON_BEHALF.path, path, body }, agentId } : undefined;
}
