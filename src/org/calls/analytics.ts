import { isRecord, optional, records, text } from '../../platform/json.js';
import type { Conversation, Party } from './conversation.js';

/** `POST` takes a ConversationQuery; needs `analytics:conversationDetail:view` or `analytics:agentConversationDetail:view` (FACTS §6, §9: delayed). */
export const DETAILS_QUERY = '/api/v2/analytics/conversations/details/query';

const PAGE = 100;

/** Asks for the voice conversations in which a user called somebody in a span of time, epoch milliseconds. */
export const detailsQuery = (userId: string, from: number, to: number): object => ({
  interval: `${new Date(from).toISOString()}/${new Date(to).toISOString()}`,
  order: 'asc',
  orderBy: 'conversationStart',
  paging: { pageSize: PAGE, pageNumber: 1 },
  segmentFilters: [
    {
      type: 'and',
      predicates: Object.entries({ userId, mediaType: 'voice', direction: 'outbound' }).map(([dimension, value]) => ({
        type: 'dimension',
        dimension,
        operator: 'matches',
        value,
      })),
    },
  ],
});

/** Reads an AnalyticsConversationQueryResponse (models of SDK 262.0.0); `conversations` is absent where there are none. */
export function readDetails(json: unknown): readonly Conversation[] | undefined {
  if (!isRecord(json) || (json['conversations'] !== undefined && !Array.isArray(json['conversations']))) return undefined;
  return records(json['conversations'], PAGE).flatMap((c): Conversation[] => {
    const id = text(c['conversationId']);
    if (id === undefined) return [];
    return [
      {
        id,
        ...optional('startedAt', time(c['conversationStart'])),
        ...optional('endedAt', time(c['conversationEnd'])),
        parties: records(c['participants'], 200).flatMap((p) => readParty(p) ?? []),
      },
    ];
  });
}

function readParty(p: Record<string, unknown>): Party | undefined {
  const session = records(p['sessions']).find((s) => text(s['mediaType'])?.toLowerCase() === 'voice');
  if (!session) return undefined;
  const direction = text(session['direction'])?.toLowerCase();
  return {
    id: text(p['participantId']) ?? '',
    ...optional('userId', text(p['userId'])),
    ...optional('queueId', records(session['segments']).flatMap((s) => text(s['queueId']) ?? [])[0]),
    purpose: text(p['purpose'])?.toLowerCase() ?? '',
    dialled: [session['dnis'], session['sessionDnis'], session['addressTo'], session['addressOther'], session['remote']].flatMap((a) => text(a) || []),
    attributes: {},
    direction: direction === 'inbound' || direction === 'outbound' ? direction : undefined,
    state: '',
    held: false,
    reasons: [],
  };
}

function time(value: unknown): number | undefined {
  const at = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  return Number.isNaN(at) ? undefined : at;
}
