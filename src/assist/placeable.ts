import { parseJson } from '../exchange/parseJson.js';
import { findPlaceholders, findPlaceholdersInUrl, placeholdersInValue } from '../exchange/placeholders.js';
import { type BodyProblem, checkBody } from '../platform/bodies/checkBody.js';
import { CREATE_CALL, PLACE_AS_SELF, PLACE_ON_BEHALF } from '../platform/bodies/createCallRequest.js';
import type { BuiltCall } from '../platform/callRequest.js';
import { readDialable } from '../platform/dialable.js';
import { isGuid } from '../platform/guid.js';
import { isRecord, records, text } from '../platform/json.js';
import { hostOf, type Region } from '../platform/regions.js';
import type { WrittenCall } from './writtenCall.js';

/** Whom a call goes to. `words` are for people; of an id, the org can say whose it is. */
export type Callee = { readonly kind: 'words'; readonly words: string } | { readonly kind: 'user' | 'queue'; readonly id: string };

export type Placeable =
  | {
      readonly kind: 'placeable';
      readonly call: BuiltCall;
      /** On whose behalf; nothing for a call of whoever is signed in. */
      readonly agentId?: string;
      readonly callee: Callee;
      /** What is not as it is written, as a sentence: the host. */
      readonly note?: string;
    }
  /** `why`: sentences. `otherRegion`: somebody who is signed in there could place it. */
  | { readonly kind: 'refused'; readonly why: string; readonly otherRegion?: true };

/**
 * Whether the call may be placed as it is written, by somebody who is signed in to `region` (DESIGN §7): one of the two operations that
 * place calls, nothing left to fill in, a body that the platform takes, numbers that are dialled. The host of the text is never used.
 * @param refusedNumbers beginnings of numbers that are refused beside those that always are
 */
export function placeable(call: WrittenCall, region: Region, caller: 'user' | 'client', refusedNumbers: readonly string[] = []): Placeable {
  const { request } = call.region;
  const { operation } = call;
  if (operation?.method !== 'POST' || !(operation.path === PLACE_AS_SELF.path || operation.path === PLACE_ON_BEHALF.path))
    return refused(`${operation ? `${operation.method} ${operation.path}` : 'This request'} does not place a call. ${PLACES}`);
  const left = [...findPlaceholdersInUrl(request.url), ...inBody(request.body ?? '')].map((p) => p.text);
  if (left.length > 0) return refused(`${list(left)} ${left.length === 1 ? 'is' : 'are'} still to be filled in. Nothing was sent.`);
  if (request.url.includes('?')) return refused('The URL has a query, which the operation does not take. Take it out.');
  const host = hostRefusal(request.url, region);
  if (host && 'why' in host) return host;
  const body = bodyOf(call);
  if (typeof body === 'string') return refused(body);
  const callee = calleeOf(body, refusedNumbers);
  if (typeof callee === 'string') return refused(callee);
  const rest = { callee, ...(host ? { note: host.note } : {}) };
  if (operation.path === PLACE_AS_SELF.path) {
    if (caller === 'client') return refused(`This call rings the phone of whoever is signed in, and an application has none. ${ON_BEHALF}`);
    return { kind: 'placeable', call: { method: 'POST', operation: operation.path, path: operation.path, body }, ...rest };
  }
  const agentId = call.params['userId'] ?? '';
  if (!isGuid(agentId)) return refused(`“${agentId.slice(0, 60)}” in the path is not the id of a user.`);
  return {
    kind: 'placeable',
    call: { method: 'POST', operation: operation.path, path: PLACE_ON_BEHALF.path.replace('{userId}', agentId), body },
    agentId,
    ...rest,
  };
}

const PLACES = `${PLACE_AS_SELF.method} ${PLACE_AS_SELF.path} and …/calls/user/{userId} do.`;
const ON_BEHALF = 'Name the agent: POST /api/v2/conversations/calls/user/{userId}.';

const refused = (why: string): Placeable & { readonly kind: 'refused' } => ({ kind: 'refused', why });

/** At most three of them. */
const list = (names: readonly string[]): string => {
  const different = [...new Set(names)];
  return different.length > 3 ? `${different.slice(0, 3).join(', ')} and ${different.length - 3} more` : different.join(', ');
};

function inBody(body: string): readonly { readonly text: string }[] {
  const read = parseJson(body);
  if (!read.ok) return findPlaceholders(body);
  const found: { readonly text: string }[] = [];
  const visit = (value: unknown): void => {
    if (typeof value === 'string') found.push(...placeholdersInValue(value));
    else if (typeof value === 'object' && value !== null) for (const inner of Object.values(value)) visit(inner);
  };
  visit(read.value);
  return found;
}

/** A text that names another place than where the call would go is refused; in the sandbox, where no phone rings, it is told. */
function hostRefusal(url: string, region: Region): (Placeable & { readonly kind: 'refused' }) | { readonly note: string } | undefined {
  if (url.startsWith('/')) return undefined;
  const named = hostOf(url);
  if (named.kind === 'api' && named.region?.name === region.name) return undefined;
  if (region.sandbox) return named.kind === 'loopback' ? undefined : { note: `The text names ${named.host || url}. The call goes to the sandbox.` };
  if (named.kind === 'unreadable') return refused(`The host of ${url.slice(0, 100)} is still to be filled in. Nothing was sent.`);
  const where = `The text names ${named.host}, and you are signed in to ${region.name} (${region.domain}). Nothing was sent.`;
  return named.kind === 'api' ? { kind: 'refused', why: where, otherRegion: true } : refused(`${where} Correct the host, or leave it out.`);
}

/** Problems with which the platform may still take the body. */
const HARMLESS: ReadonlySet<BodyProblem['kind']> = new Set(['without-queue', 'empty-list', 'answer-only']);

/** The body as it will be sent, or why it is none. */
function bodyOf({ region: { form, request } }: WrittenCall): Readonly<Record<string, unknown>> | string {
  const read = parseJson(request.body ?? '');
  if (!read.ok)
    return request.body?.trim() ? `The body is no JSON: line ${read.line}, column ${read.column}.` : 'The call has no body: it has to say whom to call.';
  if (read.tolerated && form !== 'payload' && form !== 'json') return 'The body has comments or trailing commas, which the platform refuses. Take them out.';
  const problem = checkBody(read.value, CREATE_CALL).find((p) => !HARMLESS.has(p.kind));
  if (problem?.kind === 'no-destination') return 'The body does not say whom to call: phoneNumber, callUserId, callQueueId or participants.';
  if (problem?.kind === 'unknown-field') return `The platform knows no field “${problem.name.slice(0, 60)}”. Nothing was sent.`;
  if (problem || !isRecord(read.value))
    return `The platform would not take the body: ${(problem?.kind ?? 'not-an-object').replaceAll('-', ' ')}${problem?.pointer ? ` at ${problem.pointer}` : ''}.`;
  return read.value;
}

/** Whom the body calls, or why that is not dialled. */
function calleeOf(body: Readonly<Record<string, unknown>>, refusedNumbers: readonly string[]): Callee | string {
  const phone = text(body['phoneNumber']);
  if (phone) return dialled(phone, refusedNumbers);
  const [userId, queueId] = [text(body['callUserId']), text(body['callQueueId'])];
  if (userId) return { kind: 'user', id: userId };
  if (queueId) return { kind: 'queue', id: queueId };
  const parties: string[] = [];
  for (const party of records(body['participants'], Number.POSITIVE_INFINITY)) {
    const address = text(party['address']);
    const callee = address ? dialled(address, refusedNumbers) : undefined;
    if (typeof callee === 'string') return callee;
    parties.push(
      callee?.kind === 'words' ? callee.words : `the ${text(party['userId']) ? 'user' : 'queue'} ${text(party['userId']) ?? text(party['queueId']) ?? ''}`,
    );
  }
  const merged = Array.isArray(body['conversationIds']) ? body['conversationIds'].length : 0;
  if (merged > 0) parties.push(`${merged} ${merged === 1 ? 'call' : 'calls'} that ${merged === 1 ? 'is' : 'are'} running`);
  return { kind: 'words', words: `a conference of ${parties.join(', ')}` };
}

/** Only E.164 is known to be dialled as it is judged here. */
function dialled(written: string, refusedNumbers: readonly string[]): Callee | string {
  const read = readDialable(written, undefined, refusedNumbers);
  if (read.kind !== 'number') return read.problem;
  return written.replace(/[ ().-]/g, '') === read.e164
    ? { kind: 'words', words: read.international }
    : `Write the number as ${read.e164}: ${written} may be dialled as another one.`;
}
