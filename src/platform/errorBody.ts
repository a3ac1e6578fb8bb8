import { parse } from 'jsonc-parser';
import { isGuid } from './guid.js';
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
  /** Where the code came from, where that is not `code`. */
  readonly codeFrom?: string;
  /** The message, filled in from its template where the plain one is empty. */
  readonly message?: string;
  /** The property that the message came from. */
  readonly messageFrom?: 'message' | 'messageWithParams' | 'userMessage' | 'detail';
  readonly contextId?: string;
  readonly entityId?: string;
  readonly entityName?: string;
  readonly named?: NamedPermissions;
  /** What `messageParams.message` adds to a message that does not say it: "The conversation is not active". */
  readonly explanation?: string;
  /** The limit that was reached, `client.credentials.token.rate.per.minute`: key, namespace and value as far as they are there. */
  readonly limit?: { readonly key: string; readonly namespace?: string; readonly value?: string };
  readonly details: readonly { readonly errorCode?: string; readonly fieldName?: string; readonly entityId?: string }[];
  readonly errors: readonly PlatformError[];
}

/** What the body of an answer turned out to be. */
export type AnswerBody =
  | {
      readonly kind: 'platform';
      readonly error: PlatformError;
      /** True where the text ends before the body does. */
      readonly cut: boolean;
      /** True where there was no body, only a sentence of the platform in somebody's text: quoted, perhaps denied. */
      readonly prose?: true;
      /** JSON pointer to the body of the platform inside one of somebody else's, or to the text that holds it. */
      readonly at?: string;
    }
  | { readonly kind: 'oauth'; readonly error: string; readonly description?: string }
  | { readonly kind: 'other-json'; readonly keys: readonly string[]; readonly missing: readonly string[] }
  | { readonly kind: 'html'; readonly title?: string }
  | { readonly kind: 'cut'; readonly near: string }
  | { readonly kind: 'text'; readonly start: string }
  | { readonly kind: 'empty' };

/** Codes that the platform is known to use (FACTS §1.4, §3.2). */
const KNOWN_CODE =
  /^(?:not\.a\.user|missing\.(?:permissions|any\.permissions|division\.permission|trustor\.permissions)|not\.authorized|authentication\.(?:required|request\.timeout)|bad\.(?:credentials|request)|credentials\.expired|not\.found|resource\.not\.found|too\.many\.[\w.]+|(?:conversation|providerapi|userservice|general|invalid|constraint|unsupported|request|response|service|internal|client|error\.ininedgecontrol)[\w.]*\.[\w.]+)$/;

/** How much of a message is read for the permissions that it names, in characters: the longest known list has some hundreds. */
const MOST_READ = 64 * 1024;

/** How much of a body that is no complete JSON is read for what it begins to say, in characters. */
const SALVAGE = 64 * 1024;

/** `domain:entity:action`, where a division may be the fourth part. */
const PERMISSION = /^[\w-]+:[\w*-]+:[\w*-]+(?::[\w*-]+)?$/;

/** Wordings that belong to one code alone (FACTS §3.2): they tell it where a body was shared without. */
const WORDINGS: readonly (readonly [code: string, wording: RegExp])[] = [
  ['not.a.user', /\bthis request requires a user context\b/i],
  ['conversation.error.no.user.station', /\ba station is required to place a call\b/i],
  ['too.many.create.conversation.parameters', /\bonly a single destination can be supplied in a create conversation request\b/i],
  ['authentication.required', /\bno authentication bearer token specified in authorization header\b/i],
  ['credentials.expired', /\bthe supplied credentials are expired and cannot be used\b/i],
  ['providerapi.error.station.no.active.edge', /\bunable to place call\. could not find an edge for this station\b/i],
];

/** The code whose wording a message has; nothing for words that another system could have chosen too. */
export const codeOfWording = (message: string): string | undefined => WORDINGS.find(([, wording]) => wording.test(message.slice(0, MOST_READ)))?.[0];

/** All of them: a text may quote several answers. */
export const codesOfWordings = (message: string): readonly string[] =>
  WORDINGS.filter(([, wording]) => wording.test(message.slice(0, MOST_READ))).map(([code]) => code);

/** Tells what `body` is. Never throws; nothing in it is trusted to have a shape. @param body text, or JSON already parsed */
export function readAnswerBody(body: unknown): AnswerBody {
  if (body === undefined || body === null || body === '') return { kind: 'empty' };
  if (typeof body !== 'string') return readJson(body);
  const text = body.trimStart();
  if (text === '') return { kind: 'empty' };
  if (/^<(?:!--|(?:!doctype html|html|head|title|body|center|h1|p|div)\b)/i.test(text)) {
    const title = /<title[^>]{0,200}>([^<]{0,200})/i.exec(text.slice(0, 20_000))?.[1]?.trim();
    return title ? { kind: 'html', title } : { kind: 'html' };
  }
  if (!/^[[{"]/.test(text)) return readProse(text);
  try {
    const json: unknown = JSON.parse(text);
    return typeof json === 'string' && json.length < text.length ? readAnswerBody(json) : readJson(json);
  } catch {
    const begun = readJson(salvage(text), true);
    return begun.kind === 'platform' ? begun : { kind: 'cut', near: text.slice(-40) };
  }
}

/** How the Go SDK, and with it the Terraform provider, quotes the platform (apiresponse.go): status, message and correlation id. */
const API_ERROR = /\bAPI Error: (\d{3}) - (.{0,8000}?) \(([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\)/i;

/** A message alone, as logs and other tools quote it: its wording says whether it is the platform's. */
function readProse(text: string): AnswerBody {
  const quoted = API_ERROR.exec(text.slice(0, MOST_READ));
  const message = quoted?.[2] ?? text.slice(0, MOST_READ).trimEnd();
  const named = readNamedPermissions(message);
  if (!quoted && !named && codeOfWording(message) === undefined) return { kind: 'text', start: text.slice(0, 200) };
  const ids = quoted ? { status: Number(quoted[1]), ...optional('contextId', quoted[3]) } : {};
  return { kind: 'platform', error: { ...ids, message, ...optional('named', named), details: [], errors: [] }, cut: false, prose: true };
}

/** As much of a JSON text as can be read; nothing where it is nested deeper than the reader's stack. */
function salvage(text: string): unknown {
  try {
    return parse(text.slice(0, SALVAGE), [], { allowTrailingComma: true });
  } catch {
    return undefined;
  }
}

function readJson(json: unknown, cut = false): AnswerBody {
  if (!isRecord(json)) return unwrap(json) ?? { kind: 'other-json', keys: [], missing: ['code', 'status', 'contextId'] };
  if (typeof json['error'] === 'string' && json['code'] === undefined) {
    const description = text(json['error_description']) ?? text(json['description']);
    if (description !== undefined) return { kind: 'oauth', error: json['error'], description };
    if (/^(?:invalid_|unauthorized_|unsupported_|access_denied)/.test(json['error'])) return { kind: 'oauth', error: json['error'] };
  }
  const error = readPlatformError(json);
  if (isOfPlatform(error) || isScim(json)) return { kind: 'platform', error, cut };
  return (
    unwrap(json) ?? {
      kind: 'other-json',
      keys: Object.keys(json).slice(0, 20),
      missing: ['code', 'message', 'status', 'contextId'].filter((k) => json[k] === undefined),
    }
  );
}

/** Where SDKs, gateways and programs that log it put the body that they got. */
const AROUND = ['error', 'errors', 'body', 'data', 'response', 'details', 'detail', 'err', 'sdkError', 'cause', 'result', 'message', 'errorMessage', 'text'];
/** Values that are looked into, and how deep. */
const MOST_UNWRAPPED = 200;
const DEEPEST_UNWRAPPED = 4;

/** The platform's body inside somebody else's. Others have errors with a code and a message, too: it takes what only the platform has. */
function unwrap(json: unknown): AnswerBody | undefined {
  let left = MOST_UNWRAPPED;
  const look = (value: unknown, at: string, depth: number): AnswerBody | undefined => {
    if (depth > DEEPEST_UNWRAPPED || left-- <= 0) return undefined;
    if (typeof value === 'string') return lookIntoText(value, at);
    if (Array.isArray(value)) return firstOf([0, 1, 2], (n) => look(value[n], `${at}/${n}`, depth + 1));
    if (!isRecord(value)) return undefined;
    return (depth === 0 ? undefined : ofPlatformAlone(value, at)) ?? firstOf(AROUND, (name) => look(value[name], `${at}/${name}`, depth + 1));
  };
  return look(json, '', 0);
}

function lookIntoText(value: string, at: string): AnswerBody | undefined {
  if (value.length > SALVAGE) return undefined;
  if (!/^\s{0,9}[[{]/.test(value)) {
    const prose = readProse(value);
    return prose.kind === 'platform' ? { ...prose, at } : undefined;
  }
  try {
    const inner: unknown = JSON.parse(value);
    return isRecord(inner) ? ofPlatformAlone(inner, at) : undefined;
  } catch {
    return undefined;
  }
}

function ofPlatformAlone(json: Record<string, unknown>, at: string): AnswerBody | undefined {
  const error = readPlatformError(json);
  const { code, contextId, named, status } = error;
  const proved = contextId !== undefined || named !== undefined || (status !== undefined && code !== undefined && KNOWN_CODE.test(code));
  return proved && isOfPlatform(error) ? { kind: 'platform', error, cut: false, at } : undefined;
}

function firstOf<T, R>(values: readonly T[], find: (value: T) => R | undefined): R | undefined {
  for (const value of values) {
    const found = find(value);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** An error of SCIM (RFC 7644 §3.12), as the operations under /api/v2/scim answer: `status` is a string there, the message `detail`. */
const isScim = (json: Record<string, unknown>): boolean =>
  Array.isArray(json['schemas']) && json['schemas'].includes('urn:ietf:params:scim:api:messages:2.0:Error');

/** Codes of Node and of axios, which say that a request failed and not why. */
const OF_CLIENT = /^(?:ERR_[A-Z_]+|ECONN[A-Z]+|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|EPIPE|EPROTO)$/;

/** Many systems send `message` and `status`: it takes the platform's own fields together, a code of its own, or its own wording. */
function isOfPlatform({ code, message, status, contextId, named, errors, details }: PlatformError): boolean {
  if (code === undefined && message === undefined && !(contextId !== undefined && errors.length + details.length > 0)) return false;
  if (contextId !== undefined || named !== undefined || (message !== undefined && codeOfWording(message) !== undefined)) return true;
  return code !== undefined && (status !== undefined || KNOWN_CODE.test(code));
}

/** @param depth guards against bodies nested without end */
function readPlatformError(json: Record<string, unknown>, depth = 0): PlatformError {
  // Errors of data actions have names of their own (Genesys help, "Data action fails during testing", read 2026-11-22).
  const detail = isScim(json) ? text(json['detail']) : undefined;
  const plain = text(json['message']) || text(json['userMessage']) || detail || undefined;
  const message = plain ?? fillTemplate(json['messageWithParams'], json['messageParams']);
  const status = detail !== undefined && /^\d{3}$/.test(text(json['status']) ?? '') ? Number(json['status']) : json['status'];
  const code = text(json['code']) ?? text(json['errorCode']);
  const named = message === undefined ? undefined : readNamedPermissions(message.slice(0, MOST_READ));
  // One object, filled: a million of them are read in a stream, and spreading a dozen parts into each costs a tenth of an explanation.
  const error: { -readonly [K in keyof PlatformError]: PlatformError[K] } = {
    details: records(json['details']).map((d) => ({
      ...optional('errorCode', text(d['errorCode'])),
      ...optional('fieldName', text(d['fieldName'])),
      ...optional('entityId', text(d['entityId'])),
    })),
    errors: depth < 4 ? records(json['errors']).map((e) => readPlatformError(e, depth + 1)) : [],
  };
  if (typeof status === 'number') error.status = status;
  if (code !== undefined && !OF_CLIENT.test(code)) error.code = code;
  if (text(json['code']) === undefined && text(json['errorCode']) !== undefined) error.codeFrom = 'errorCode';
  if (message !== undefined) {
    error.message = message;
    error.messageFrom = messageFrom(json, plain);
  }
  const contextId = text(json['contextId']) ?? text(json['correlationId']);
  if (contextId !== undefined) error.contextId = contextId;
  const explanation = explanationOf(json['messageParams'], message);
  if (explanation !== undefined) error.explanation = explanation;
  const limit = limitOf(json['limit']);
  if (limit !== undefined) error.limit = limit;
  const { entityId, entityName } = json;
  if (typeof entityId === 'string') error.entityId = entityId;
  if (typeof entityName === 'string') error.entityName = entityName;
  if (named !== undefined) error.named = named;
  return error;
}

function messageFrom(json: Record<string, unknown>, plain: string | undefined): NonNullable<PlatformError['messageFrom']> {
  if (plain === undefined) return 'messageWithParams';
  return text(json['message']) ? 'message' : text(json['userMessage']) ? 'userMessage' : 'detail';
}

/**
 * The permissions that a message names, in each of the forms of FACTS §3.2: a list in brackets, a list "in … division(s)", and
 * names with a division id as their fourth part. The list may be empty.
 */
export function readNamedPermissions(message: string): NamedPermissions | undefined {
  const any = /at least one of the following permissions assigned:\s*(?:\[([^[\]]*)\]|([^[]*))/i.exec(message);
  const all = any ? null : /missing (?:the following|required) permission(?:\(s\)|s)?:\s*(?:\[([^[\]]*)\]|([^[]*))/i.exec(message);
  const list = any ?? all;
  if (!list) return undefined;
  const divisions = new Set(split(/division(?:\(s\)|s)?:\s*\[([^[\]]*)\]/i.exec(message)?.[1]));
  // Words of the rest of the sentence, the class names of TF issue #278, and what only looks like a list are no permissions.
  const listed = split(list[1] ?? list[2]).filter((word) => PERMISSION.test(word));
  const names = listed.map((name) => {
    const parts = name.split(':');
    const last = parts.length === 4 ? (parts[3] as string) : '';
    if (!isGuid(last)) return name;
    divisions.add(last);
    return parts.slice(0, 3).join(':');
  });
  return { rule: any ? 'any' : 'all', names: [...new Set(names)], divisions: [...divisions] };
}

function explanationOf(params: unknown, message: string | undefined): string | undefined {
  const said = isRecord(params) ? text(params['message'])?.slice(0, MOST_READ) : undefined;
  return said === undefined || said === '' || message?.includes(said) ? undefined : said;
}

function limitOf(limit: unknown): PlatformError['limit'] {
  if (!isRecord(limit)) return undefined;
  const { key, namespace, value } = limit;
  if (typeof key !== 'string') return undefined;
  return { key, ...optional('namespace', text(namespace)), ...optional('value', typeof value === 'number' ? String(value) : text(value)) };
}

const split = (list: string | undefined): string[] =>
  (list ?? '')
    .split(/[,\s]+/)
    .map((s) => s.replace(/^["']+|[."']{1,9}$/g, ''))
    .filter(Boolean);

function fillTemplate(template: unknown, params: unknown): string | undefined {
  if (typeof template !== 'string' || template === '') return undefined;
  const values = isRecord(params) ? params : {};
  return template.replace(/\{(\w+)\}/g, (slot, name: string) => text(values[name]) ?? slot);
}
