import { isRecord } from '../../platform/json.js';
import type { CallRecord, Leg, Participant } from '../calls/conversation.js';
import { BAD_REQUEST, notImplemented } from '../http/refusals.js';
import { type Answer, ok, type Route, type Visit } from '../http/route.js';

// What reporting has on conversations: a ConversationQuery and its answer, as the models of SDK 262.0.0 have them.

const ASSUMED = 'that a conversation is recorded at once, and which fields a session has';
const INTERVAL = /^([^/]+)\/([^/]+)$/;
const LARGEST = 100;
/** Dimensions of a segment that are looked at; a query for others is answered 501. */
const DIMENSIONS: ReadonlySet<unknown> = new Set(['userId', 'mediaType', 'direction']);

export const ANALYTICS: readonly Route[] = [{ operation: 'POST /api/v2/analytics/conversations/details/query', answer: query }];

function query({ world, body }: Visit): Answer {
  if (!isRecord(body) || typeof body['interval'] !== 'string') return BAD_REQUEST;
  const [from, to] = (INTERVAL.exec(body['interval']) ?? []).slice(1).map((t) => Date.parse(t));
  if (from === undefined || to === undefined || Number.isNaN(from) || Number.isNaN(to) || from > to) return BAD_REQUEST;
  const predicates = predicatesOf(body['segmentFilters']);
  if (predicates === undefined || body['conversationFilters'] !== undefined) return notImplemented('filters other than of userId, mediaType and direction');
  const paging = isRecord(body['paging']) ? body['paging'] : {};
  const pageSize = Math.min(LARGEST, typeof paging['pageSize'] === 'number' ? paging['pageSize'] : 25);
  const page = typeof paging['pageNumber'] === 'number' ? paging['pageNumber'] : 1;
  const found = [...world.calls.all()].filter(
    (c) => c.startedAt.getTime() <= to && (c.endedAt?.getTime() ?? to) >= from && c.participants.some((p) => p.call && fits(p, p.call, predicates)),
  );
  const shown = found.slice((page - 1) * pageSize, page * pageSize).map(conversation);
  return ok({ ...(shown.length > 0 ? { conversations: shown } : {}), totalHits: found.length }, ASSUMED);
}

type Predicate = readonly [dimension: string, value: string];

/** All of them have to hold. @returns undefined for a filter that is not known here */
function predicatesOf(filters: unknown): readonly Predicate[] | undefined {
  if (filters === undefined) return [];
  if (!Array.isArray(filters)) return undefined;
  const all: Predicate[] = [];
  for (const filter of filters as unknown[]) {
    const list = isRecord(filter) && filter['type'] === 'and' && filter['clauses'] === undefined ? filter['predicates'] : undefined;
    if (!Array.isArray(list)) return undefined;
    for (const p of list as unknown[]) {
      if (!isRecord(p) || !DIMENSIONS.has(p['dimension']) || typeof p['value'] !== 'string') return undefined;
      if (p['operator'] !== undefined && p['operator'] !== 'matches') return undefined;
      all.push([String(p['dimension']), p['value']]);
    }
  }
  return all;
}

const fits = (p: Participant, leg: Leg, predicates: readonly Predicate[]): boolean =>
  predicates.every(([dimension, value]) =>
    dimension === 'userId' ? p.user?.id === value : dimension === 'direction' ? leg.direction === value : value === 'voice',
  );

const conversation = (call: CallRecord): object => ({
  conversationId: call.id,
  conversationStart: call.startedAt,
  ...(call.endedAt ? { conversationEnd: call.endedAt } : {}),
  originatingDirection: call.participants[0]?.call?.direction ?? 'outbound',
  participants: call.participants.map((p) => ({
    participantId: p.id,
    ...(p.name === undefined ? {} : { participantName: p.name }),
    purpose: p.purpose,
    ...(p.user ? { userId: p.user.id } : {}),
    sessions: p.call ? [session(call, p, p.call)] : [],
  })),
});

const session = (call: CallRecord, p: Participant, leg: Leg): object => ({
  sessionId: leg.id,
  mediaType: 'voice',
  direction: leg.direction,
  ...(p.purpose === 'customer' ? { dnis: p.address } : {}),
  ...(call.callerId === undefined ? {} : { ani: call.callerId }),
  segments: [{ segmentStart: leg.startedAt, ...(leg.endedAt ? { segmentEnd: leg.endedAt } : {}), ...(p.queue ? { queueId: p.queue.id } : {}) }],
});
