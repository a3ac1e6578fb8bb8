import { type Exchange, type HttpRequest, type HttpResponse, header } from '../exchange/exchange.js';
import { parseJson } from '../exchange/parseJson.js';
import { type AnswerBody, codeOfWording, type PlatformError, readAnswerBody } from '../platform/errorBody.js';
import { type Lookup, type Operation, type Operations, pathOf } from '../platform/operations.js';
import { type HostKind, hostOf, type Region } from '../platform/regions.js';
import type { OrgFacts } from './orgFacts.js';
import { withoutSecrets } from './withoutSecrets.js';

/** How the token was made, where somebody says so. */
export type GrantKind = 'client-credentials' | 'user';

export interface CaseInput {
  readonly exchange: Exchange;
  readonly operations: Operations;
  /** The status, where the response does not carry it. */
  readonly status?: number;
  readonly grant?: GrantKind;
  readonly facts?: OrgFacts;
}

/** Everything known about one exchange, worked out once and read by every requirement. */
export interface Case {
  readonly operations: Operations;
  readonly request: HttpRequest | undefined;
  readonly response: HttpResponse | undefined;
  readonly facts: OrgFacts | undefined;
  readonly lookup: Lookup | undefined;
  readonly operation: Operation | undefined;
  readonly params: Readonly<Record<string, string>>;
  readonly host: { readonly kind: HostKind; readonly host: string; readonly region?: Region } | undefined;
  /** True for a request to an OAuth endpoint, which is not an operation of the API. */
  readonly tokenRequest: boolean;
  readonly status: number | undefined;
  readonly answer: AnswerBody | undefined;
  readonly error: PlatformError | undefined;
  /** JSON pointers into the answer to what names the code and to the message; "" is all of it. */
  readonly codeAt: string;
  readonly messageAt: string;
  readonly code: string | undefined;
  /** 2xx, and not a page for people, which a proxy or a sign-in wall answers with. */
  readonly accepted: boolean;
  /** 4xx or 5xx, or a body whose status nobody knows. */
  readonly denied: boolean;
  /** True where a header or the body proves that the platform itself answered. */
  readonly answeredByPlatform: boolean;
  /** True where the answer is a sentence in somebody's text and no body: it may be quoted to say that it came no more. */
  readonly prose: boolean;
  /** What somebody said about the token, whatever else is known. */
  readonly toldGrant: GrantKind | undefined;
  readonly grant: { readonly kind: GrantKind; readonly source: 'token' | 'request' | 'response'; readonly fact: string } | undefined;
  readonly body: RequestBody;
}

/** The body of the request, read as JSON. */
export type RequestBody =
  | { readonly kind: 'none' }
  | { readonly kind: 'json'; readonly value: unknown }
  | { readonly kind: 'not-json'; readonly problem: string };

export function openCase({ exchange, operations, status: told, grant, facts }: CaseInput): Case {
  const { request, response } = withoutSecrets(exchange);
  const lookup = request ? operations.find(request.method, request.url) : undefined;
  const answer = response ? readAnswerBody(response.body) : undefined;
  const { error, at } = answer?.kind === 'platform' ? deepest(answer.error, answer.at) : { error: undefined, at: '' };
  const status = response?.status ?? told ?? error?.status;
  const code = error?.code ?? (error?.message === undefined ? undefined : codeOfWording(error.message));
  const messageAt = error?.messageFrom === undefined ? at : `${at}/${error.messageFrom}`;
  return {
    operations,
    request,
    response,
    facts,
    lookup,
    operation: lookup?.kind === 'found' ? lookup.operation : undefined,
    params: lookup?.kind === 'found' ? lookup.params : {},
    host: request ? hostOf(request.url) : undefined,
    tokenRequest: request !== undefined && /\/oauth\/(?:token|authorize)$/.test(pathOf(request.url)),
    status,
    answer,
    error,
    codeAt: error?.code === undefined ? messageAt : `${at}/${error.codeFrom ?? 'code'}`,
    messageAt,
    code,
    accepted: status === undefined ? isSuccess(answer) : status >= 200 && status < 300 && answer?.kind !== 'html',
    // A body that somebody wants explained and that comes without a status is an error's.
    denied: status === undefined ? answer !== undefined && answer.kind !== 'empty' && !isSuccess(answer) : status >= 400,
    answeredByPlatform: answer?.kind === 'platform' || (response !== undefined && header(response.headers, 'inin-correlation-id') !== undefined),
    prose: answer?.kind === 'platform' && answer.prose === true,
    toldGrant: grant,
    grant: grantOf(grant, facts, code),
    body: readBody(request),
  };
}

/** An entity or a listing of the platform (FACTS §1.2, §8), shared without its status. */
const isSuccess = (answer: AnswerBody | undefined): boolean =>
  answer?.kind === 'other-json' && (answer.keys.includes('selfUri') || answer.keys.includes('entities'));

/** Codes that say only which kind of error it is: what is inside says more. */
const GENERAL = new Set(['bad.request', 'forbidden', 'general.error', 'internal.server.error']);

/** The error that says most, and where it stands: a body whose code says nothing may carry one in `errors` or `details`. */
function deepest(error: PlatformError, at = ''): { readonly error: PlatformError; readonly at: string } {
  const general = error.code !== undefined && GENERAL.has(error.code);
  if ((error.code !== undefined && !general) || error.named !== undefined) return { error, at };
  const n = error.errors.findIndex((e) => (e.code !== undefined && !GENERAL.has(e.code)) || e.named !== undefined || e.errors.length > 0);
  const inner = error.errors[n];
  if (!inner) return ofDetail(error, at);
  const { message: _, messageFrom: __, ...outer } = error;
  return deepest({ ...outer, ...inner }, `${at}/errors/${n}`);
}

function ofDetail(error: PlatformError, at: string): { readonly error: PlatformError; readonly at: string } {
  const n = error.details.findIndex((d) => d.errorCode !== undefined);
  const code = error.details[n]?.errorCode;
  return code === undefined ? { error, at } : { error: { ...error, code, codeFrom: `details/${n}/errorCode` }, at };
}

function grantOf(told: GrantKind | undefined, facts: OrgFacts | undefined, code: string | undefined): Case['grant'] {
  if (facts?.caller.kind === 'known') {
    const { kind, name, grant } = facts.caller.value;
    const how = grant ? ` (grant ${grant})` : '';
    return kind === 'client'
      ? { kind: 'client-credentials', source: 'token', fact: `The token belongs to the client ${name}${how}, not to a user (${facts.caller.from}).` }
      : { kind: 'user', source: 'token', fact: `The token belongs to the user ${name}${how} (${facts.caller.from}).` };
  }
  if (code === 'not.a.user') return { kind: 'client-credentials', source: 'response', fact: 'The platform answered not.a.user: the token has no user.' };
  if (told === 'client-credentials')
    return { kind: told, source: 'request', fact: 'The token was made with client credentials, as you said: it belongs to an application and has no user.' };
  if (told === 'user') return { kind: told, source: 'request', fact: 'The token belongs to a user, as you said.' };
  return undefined;
}

function readBody(request: HttpRequest | undefined): RequestBody {
  if (request?.body === undefined || request.body.trim() === '') return { kind: 'none' };
  const read = parseJson(request.body);
  if (read.ok && !read.tolerated) return { kind: 'json', value: read.value };
  return {
    kind: 'not-json',
    problem: read.ok
      ? 'The JSON has comments or trailing commas, which no server takes.'
      : `${read.problem.replace(/\.$/, '')} (line ${read.line}, column ${read.column}).`,
  };
}

/** True for the request that reads the platform's own specification, which needs no token and is in no index (FACTS §2). */
export const readsSpecification = (c: Case): boolean => c.request !== undefined && pathOf(c.request.url) === SPECIFICATION;
const SPECIFICATION = '/api/v2/docs/swagger';

/** True for the two operations that place a call. */
export const placesCall = (c: Case): boolean =>
  c.operation?.method === 'POST' && /^\/api\/v2\/conversations\/calls(?:\/user\/\{userId\})?$/.test(c.operation.path);
