import { isRecord, optional, records, text } from '../../platform/json.js';
import { pathOf } from '../../platform/operations.js';
import type { Attempt } from './attempt.js';

/** Whom an attempt was to connect: what its call can be known by. */
export interface Aim {
  readonly as: 'self' | 'on-behalf';
  /** The user whose phone rings first; as oneself, the user who signed in, where that is known. */
  readonly agentId?: string;
  readonly addresses: readonly string[];
  readonly userIds: readonly string[];
  readonly queueIds: readonly string[];
  /** What the request gives the called party to carry. */
  readonly attributes: Readonly<Record<string, string>>;
  /** The origin that it was sent to. */
  readonly origin: string;
}

const PLACING = /^\/api\/v2\/conversations\/calls(?:\/user\/([^/?#]+))?\/?$/;

/** The aim of a request that places a call. @returns undefined where it is none, names nobody, or merges calls that there are already */
export function aimOf({ exchange: { request }, sender }: Pick<Attempt, 'exchange' | 'sender'>): Aim | undefined {
  if (!request || !URL.canParse(request.url)) return undefined;
  const path = PLACING.exec(pathOf(request.url));
  const body = parse(request.body);
  if (!path || !isRecord(body) || (Array.isArray(body['conversationIds']) && body['conversationIds'].length > 0)) return undefined;
  const parties = records(body['participants'], 200);
  const all = (...values: unknown[]): string[] => values.flatMap((v) => text(v) || []);
  const agentId = path[1] === undefined ? (sender?.kind === 'user' ? sender.principal || undefined : undefined) : decodeURIComponent(path[1]);
  const aim: Aim = {
    as: path[1] === undefined ? 'self' : 'on-behalf',
    ...optional('agentId', agentId),
    addresses: all(body['phoneNumber'], ...parties.map((p) => p['address'])),
    userIds: all(body['callUserId'], ...parties.map((p) => p['userId'])),
    queueIds: all(body['callQueueId'], ...parties.map((p) => p['queueId'])),
    attributes: isRecord(body['attributes'])
      ? Object.fromEntries(Object.entries(body['attributes']).flatMap(([k, v]) => (typeof v === 'string' ? [[k, v]] : [])))
      : {},
    origin: new URL(request.url).origin,
  };
  return aim.addresses.length + aim.userIds.length + aim.queueIds.length === 0 ? undefined : aim;
}

/** Whether two attempts could each be taken for the other's call. */
export const isSameAim = (a: Aim, b: Aim): boolean =>
  a.agentId === b.agentId &&
  (a.addresses.some((x) => b.addresses.some((y) => isSameAddress(x, y))) ||
    a.userIds.some((id) => b.userIds.includes(id)) ||
    a.queueIds.some((id) => b.queueIds.includes(id)));

/** The fewest digits by which a number with its country code and one without are taken for the same. */
const ENOUGH = 7;

/** `tel:+13175550142` is `+1 (317) 555-0142`, and `317 555 0142`; a SIP address is the one with the same letters. */
export function isSameAddress(one: string, other: string): boolean {
  const [a, b] = [plain(one), plain(other)];
  if (a.includes('@') || b.includes('@')) return a === b;
  const [x, y] = [a.replaceAll(/\D/g, ''), b.replaceAll(/\D/g, '')];
  if (x === '' || y === '') return false;
  if (a.startsWith('+') && b.startsWith('+')) return x === y;
  const [short, long] = x.length < y.length ? [x, y] : [y, x];
  return short === long || (short.length >= ENOUGH && long.endsWith(short.replace(/^0+/, '')));
}

const plain = (address: string): string =>
  address
    .trim()
    .replace(/^(?:tel|sips?):/i, '')
    .replace(/;.*$/, '')
    .toLowerCase();

function parse(body: string | undefined): unknown {
  try {
    return body === undefined ? undefined : JSON.parse(body);
  } catch {
    return undefined;
  }
}
