import { parse } from 'jsonc-parser';
import { isRecord, optional, records, text } from './json.js';

/** Permissions and divisions that a denial names in its message. Source: FACTS §3.2. */
export interface NamedPermissions {
  readonly rule: 'any' | 'all';
  readonly names: readonly string[];
  /** Ids of the divisions in which they are missing; empty where the message names none. */
  readonly divisions: readonly string[];
}

/** The platform's ErrorBody (FACTS §3.1), every field optional because answers in the wild lack most of them. */
export interface PlatformError {
  readonly status?: number;
  readonly code?: string;
  /** The message, filled in from its template where the plain one is empty. */
  readonly message?: string;
  readonly contextId?: string;
  readonly entityId?: string;
  readonly entityName?: string;
  readonly named?: NamedPermissions;
  readonly details: readonly { readonly errorCode?: string; readonly fieldName?: string; readonly entityId?: string }[];
  readonly errors: readonly PlatformError[];
}

/** What the body of an answer turned out to be. */
export type AnswerBody =
  | { readonly kind: 'platform'; readonly error: PlatformError /** True where the text ends before the body does. */; readonly cut: boolean }
  | { readonly kind: 'oauth'; readonly error: string; readonly description?: string }
  | { readonly kind: 'other-json'; readonly keys: readonly string[]; readonly missing: readonly string[] }
  | { readonly kind: 'html'; readonly title?: string }
  | { readonly kind: 'cut'; readonly near: string }
  | { readonly kind: 'text'; readonly start: string }
  | { readonly kind: 'empty' };

/** Codes that the platform is known to use (FACTS §1.4, §3.2). */
const KNOWN_CODE =
  /^(?:not\.a\.user|missing\.(?:permissions|any\.permissions|division\.permission|trustor\.permissions)|not\.authorized|authentication\.(?:required|request\.timeout)|bad\.(?:credentials|request)|credentials\.expired|not\.found|resource\.not\.found|too\.many\.[\w.]+|(?:conversation|providerapi|userservice|general|invalid|constraint|unsupported|request|response|service|internal|client)[\w.]*\.[\w.]+)$/;

/** How much of a body that is no complete JSON is read for what it begins to say, in characters. */
const SALVAGE = 64 * 1024;

const GUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Tells what `body` is. Never throws; nothing in it is trusted to have a shape. @param body text, or JSON already parsed */
export function readAnswerBody(body: unknown): AnswerBody {
  if (body === undefined || body === null || body === '') return { kind: 'empty' };
  if (typeof body !== 'string') return readJson(body);
  const text = body.trimStart();
  if (text === '') return { kind: 'empty' };
  if (text.startsWith('<')) {
    const title = /<title[^>]*>([^<]{0,200})/i.exec(text.slice(0, 20_000))?.[1]?.trim();
    return title ? { kind: 'html', title } : { kind: 'html' };
  }
  if (!/^[[{"]/.test(text)) return { kind: 'text', start: text.slice(0, 200) };
  try {
    return readJson(JSON.parse(text));
  } catch {
    const begun = readJson(parse(text.slice(0, SALVAGE), [], { allowTrailingComma: true }), true);
    return begun.kind === 'platform' ? begun : { kind: 'cut', near: text.slice(-40) };
  }
}

function readJson(json: unknown, cut = false): AnswerBody {
  if (!isRecord(json)) return { kind: 'other-json', keys: [], missing: ['code', 'status', 'contextId'] };
  if (typeof json['error'] === 'string' && json['code'] === undefined) {
    const description = text(json['error_description']) ?? text(json['description']);
    if (description !== undefined) return { kind: 'oauth', error: json['error'], description };
    if (/^(?:invalid_|unauthorized_|unsupported_|access_denied)/.test(json['error'])) return { kind: 'oauth', error: json['error'] };
  }
  const error = readPlatformError(json);
  const hasCode = error.code !== undefined;
  const proof = error.contextId !== undefined || error.status !== undefined || (hasCode && KNOWN_CODE.test(error.code ?? ''));
  if ((error.message !== undefined || hasCode) && (proof || error.named)) return { kind: 'platform', error, cut };
  return {
    kind: 'other-json',
    keys: Object.keys(json).slice(0, 20),
    missing: ['code', 'message', 'status', 'contextId'].filter((k) => json[k] === undefined),
  };
}

/** @param depth guards against bodies nested without end */
function readPlatformError(json: Record<string, unknown>, depth = 0): PlatformError {
  const message = text(json['message']) || fillTemplate(json['messageWithParams'], json['messageParams']);
  const named = message === undefined ? undefined : readNamedPermissions(message);
  return {
    ...optional('status', typeof json['status'] === 'number' ? json['status'] : undefined),
    ...optional('code', text(json['code'])),
    ...optional('message', message),
    ...optional('contextId', text(json['contextId'])),
    ...optional('entityId', text(json['entityId'])),
    ...optional('entityName', text(json['entityName'])),
    ...optional('named', named),
    details: records(json['details']).map((d) => ({
      ...optional('errorCode', text(d['errorCode'])),
      ...optional('fieldName', text(d['fieldName'])),
      ...optional('entityId', text(d['entityId'])),
    })),
    errors: depth < 4 ? records(json['errors']).map((e) => readPlatformError(e, depth + 1)) : [],
  };
}

/**
 * The permissions that a message names, in each of the forms of FACTS §3.2: a list in brackets, a list "in … division(s)", and
 * names with a division id as their fourth part. The list may be empty.
 */
export function readNamedPermissions(message: string): NamedPermissions | undefined {
  const any = /at least one of the following permissions assigned:\s*(?:\[([^\]]*)\]|([^[]*))/i.exec(message);
  const all = any ? null : /missing (?:the following|required) permission(?:\(s\)|s)?:\s*(?:\[([^\]]*)\]|([^[]*))/i.exec(message);
  const list = any ?? all;
  if (!list) return undefined;
  const divisions = new Set(split(/division(?:\(s\)|s)?:\s*\[([^\]]*)\]/i.exec(message)?.[1]));
  const names = split(list[1] ?? list[2]).map((name) => {
    const parts = name.split(':');
    const last = parts.length === 4 ? (parts[3] as string) : '';
    if (!GUID.test(last)) return name;
    divisions.add(last);
    return parts.slice(0, 3).join(':');
  });
  return { rule: any ? 'any' : 'all', names: [...new Set(names)], divisions: [...divisions] };
}

const split = (list: string | undefined): string[] =>
  (list ?? '')
    .split(/[,\s]+/)
    .map((s) => s.replace(/[."']+$|^["']+/g, ''))
    .filter(Boolean);

function fillTemplate(template: unknown, params: unknown): string | undefined {
  if (typeof template !== 'string' || template === '') return undefined;
  const values = isRecord(params) ? params : {};
  return template.replace(/\{(\w+)\}/g, (slot, name: string) => text(values[name]) ?? slot);
}
