import type { Caller } from '../../diagnosis/orgFacts.js';
import { isRecord, optional } from '../../platform/json.js';
import type { Client } from '../client.js';
import { readTokenInfo } from '../parse.js';
import { DETAILS_QUERY, detailsQuery, readDetails } from './analytics.js';
import { type Asked, ask } from './ask.js';
import { type Conversation, readConversations } from './conversation.js';

// Where the platform shows what calls there are or were (FACTS §6, §9).

/** What one list says: the calls that are in it, or why it says nothing. */
export type Testimony = { readonly platformTime?: number } & (
  | {
      readonly kind: 'calls';
      readonly conversations: readonly Conversation[];
      /** Whether these are all that the list has. */
      readonly whole: boolean;
      /** Words that go on "found …" and "it is not …". */
      readonly where: string;
    }
  | { readonly kind: 'mute'; readonly why: string }
);

/** Whose token it is, or why that cannot be said. */
export async function whoAsks(client: Client, signal: AbortSignal | undefined): Promise<Caller | string> {
  const { answer } = await ask(client, 'GET', '/api/v2/tokens/me', readTokenInfo, signal ? { signal } : {});
  return answer.kind === 'ok' ? answer.value : whyNot(answer);
}

/** The caller's own calls that are under way; needs a user (FACTS §6). */
export const activeCalls = async (client: Client, signal: AbortSignal | undefined): Promise<Testimony> =>
  testimony(await ask(client, 'GET', '/api/v2/conversations/calls', readConversations, signal ? { signal } : {}), 'among the active calls of the agent');

/** The caller's own calls, the latest first; how soon one is in it is not verified. */
export const endedCalls = async (client: Client, signal: AbortSignal | undefined): Promise<Testimony> =>
  testimony(
    await ask(client, 'GET', '/api/v2/conversations/calls/history?pageSize=50', readConversations, signal ? { signal } : {}),
    'in the call history of the agent',
  );

const BEFORE = 10 * 60_000;
const AFTER = 10 * 60_000;

/** What reporting has on calls of any user: for those who may read it, and late. Never all that there is. */
export async function recordedCalls(client: Client, agentId: string, at: string, signal: AbortSignal | undefined): Promise<Testimony> {
  const around = Date.parse(at) || Date.now();
  const asked = await ask(
    client,
    'POST',
    DETAILS_QUERY,
    (json) => {
      const conversations = readDetails(json);
      return conversations && { conversations, whole: false };
    },
    { body: detailsQuery(agentId, around - BEFORE, Math.max(around, Date.now()) + AFTER), ...(signal ? { signal } : {}) },
  );
  return testimony(asked, 'among the recorded conversations of the agent');
}

/** How many calls somebody is on now, as a sentence: a hint, and no proof. */
export async function summaryOf(client: Client, agentId: string, signal: AbortSignal | undefined): Promise<string> {
  const { answer } = await ask(
    client,
    'GET',
    `/api/v2/users/${encodeURIComponent(agentId)}?expand=conversationSummary`,
    (json) => {
      const call = isRecord(json) && isRecord(json['conversationSummary']) ? json['conversationSummary']['call'] : undefined;
      return isRecord(call) ? active(call['contactCenter']) + active(call['enterprise']) : undefined;
    },
    signal ? { signal } : {},
  );
  if (answer.kind !== 'ok') return 'Ask the agent.';
  const calls = answer.value === 0 ? 'no call' : answer.value === 1 ? 'a call' : `${answer.value} calls`;
  return `The agent is on ${calls} now${answer.value === 0 ? ', and may have been' : ', which may be this one'}: ask them.`;
}

const active = (json: unknown): number => (isRecord(json) && typeof json['active'] === 'number' ? json['active'] : 0);

function testimony({ answer, platformTime }: Asked<{ readonly conversations: readonly Conversation[]; readonly whole: boolean }>, where: string): Testimony {
  const time = optional('platformTime', platformTime);
  return answer.kind === 'ok' ? { kind: 'calls', ...answer.value, where, ...time } : { kind: 'mute', why: whyNot(answer), ...time };
}

const whyNot = (answer: { readonly kind: 'failed'; readonly why: string } | { readonly kind: 'cancelled' }): string =>
  answer.kind === 'failed' ? answer.why : 'cancelled';
