import { isRecord, optional, records, text } from '../../platform/json.js';

/** What the telephone network said when a leg ended: RFC 3261, ITU-T Q.850. */
export interface Reason {
  readonly type: string;
  readonly code: number;
  readonly phrase: string;
}

/** One party of a call with its last leg. Times are epoch milliseconds by the platform's clock. */
export interface Party {
  readonly id: string;
  readonly userId?: string;
  readonly queueId?: string;
  readonly name?: string;
  readonly purpose: string;
  /** Its own, as it came: `tel:+13175550142`, `sip:…`. */
  readonly address?: string;
  /** Whom the leg called. */
  readonly dialled: readonly string[];
  readonly attributes: Readonly<Record<string, string>>;
  readonly direction: 'inbound' | 'outbound' | undefined;
  /** The SDK's `StateEnum`, lower case; empty where the source does not tell it. */
  readonly state: string;
  readonly held: boolean;
  readonly startedAt?: number;
  readonly connectedAt?: number;
  readonly endedAt?: number;
  readonly disconnectType?: string;
  readonly error?: { readonly code: string; readonly message: string };
  readonly reasons: readonly Reason[];
}

/** A conversation as far as calls go, from whichever document it was read. */
export interface Conversation {
  readonly id: string;
  readonly startedAt?: number;
  readonly endedAt?: number;
  readonly parties: readonly Party[];
}

/** More than a conference has. */
const MOST_PARTIES = 200;

/**
 * Reads a Conversation (`GET /conversations/{id}`, topic `v2.users.{id}.conversations`), a CallConversation (`GET
 * /conversations/calls…`, topic `….conversations.calls`) or a CallHistoryConversation: models of SDK 262.0.0. In the first, a
 * participant has a list of calls; in the others, the participant is the leg.
 * @returns undefined for what is none of them; conversations without calls have no parties
 */
export function readConversation(json: unknown): Conversation | undefined {
  if (!isRecord(json)) return undefined;
  const id = text(json['id']);
  if (id === undefined || id === '' || !Array.isArray(json['participants'])) return undefined;
  const parties = records(json['participants'], MOST_PARTIES).flatMap((p): Party[] => {
    const calls = p['calls'];
    if (!('state' in p) && Array.isArray(calls)) {
      const leg = records(calls).at(-1);
      return leg ? [readParty(p, leg)] : [];
    }
    return [readParty(p, p)];
  });
  const started = parties.flatMap((p) => p.startedAt ?? []);
  return {
    id,
    ...optional('startedAt', time(json['startTime']) ?? (started.length > 0 ? Math.min(...started) : undefined)),
    ...optional('endedAt', time(json['endTime'])),
    parties,
  };
}

/** A list of conversations; whether it is all that there are. */
export function readConversations(json: unknown): { readonly conversations: readonly Conversation[]; readonly whole: boolean } | undefined {
  if (!isRecord(json) || !Array.isArray(json['entities'])) return undefined;
  const conversations = json['entities'].flatMap((e) => readConversation(e) ?? []);
  const { pageCount, total } = json;
  const isWhole = typeof pageCount === 'number' ? pageCount <= 1 : typeof total === 'number' ? total <= json['entities'].length : false;
  return { conversations, whole: isWhole && conversations.length === json['entities'].length };
}

function readParty(participant: Record<string, unknown>, leg: Record<string, unknown>): Party {
  const reference = (key: string): string | undefined => {
    const value = participant[key];
    return isRecord(value) ? text(value['id']) : undefined;
  };
  const other = isRecord(leg['other']) ? leg['other'] : {};
  const direction = text(leg['direction'])?.toLowerCase();
  const error = isRecord(leg['errorInfo']) ? leg['errorInfo'] : undefined;
  const code = error && text(error['code']);
  return {
    id: text(participant['id']) ?? '',
    ...optional('userId', text(participant['userId']) ?? reference('user')),
    ...optional('queueId', text(participant['queueId']) ?? reference('queue')),
    ...optional('name', text(participant['name'])),
    purpose: text(participant['purpose'])?.toLowerCase() ?? '',
    ...optional('address', text(participant['address'])),
    dialled: [participant['dnis'], other['addressNormalized'], other['addressRaw']].flatMap((a) => text(a) || []),
    attributes: isRecord(participant['attributes'])
      ? Object.fromEntries(Object.entries(participant['attributes']).flatMap(([k, v]) => (typeof v === 'string' ? [[k, v]] : [])))
      : {},
    direction: direction === 'inbound' || direction === 'outbound' ? direction : undefined,
    state: text(leg['state'])?.toLowerCase() ?? '',
    held: leg['held'] === true,
    ...optional('startedAt', time(participant['startTime'])),
    ...optional('connectedAt', time(leg['connectedTime'])),
    ...optional('endedAt', time(leg['disconnectedTime']) ?? time(participant['endTime'])),
    ...optional('disconnectType', text(leg['disconnectType'])),
    ...optional('error', code === undefined ? undefined : { code, message: text(error?.['message']) ?? '' }),
    reasons: readReasons(leg),
  };
}

/** The reasons of a leg; the history has their SIP codes alone. */
function readReasons(leg: Record<string, unknown>): Reason[] {
  const told = records(leg['disconnectReasons']).flatMap((r): Reason[] => {
    const code = r['code'];
    return typeof code === 'number' ? [{ type: text(r['type'])?.toLowerCase() ?? '', code, phrase: text(r['phrase']) ?? '' }] : [];
  });
  const codes = leg['sipResponseCodes'];
  return told.length > 0 || !Array.isArray(codes) ? told : codes.flatMap((code) => (typeof code === 'number' ? [{ type: 'sip', code, phrase: '' }] : []));
}

function time(value: unknown): number | undefined {
  const at = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  return Number.isNaN(at) ? undefined : at;
}
