import { header } from '../../exchange/exchange.js';
import { readAnswerBody } from '../../platform/errorBody.js';
import { isGuid } from '../../platform/guid.js';
import type { Region } from '../../platform/regions.js';
import type { Answered, Outcome } from '../http.js';
import type { Doubt, Excluded, GrantName, SignInProblem } from './problems.js';
import type { OAuthClient } from './tokens.js';

export interface AskedWith {
  readonly region: Region;
  readonly client: OAuthClient;
  readonly grant: GrantName;
  readonly excluded: readonly Excluded[];
  readonly doubts: readonly Doubt[];
  /** Of a sign-in through the browser. */
  readonly redirectUri?: string | undefined;
}

/** What a refusal by `/oauth/token` means. @param answered without secrets @returns `why`: the error code, or words that follow a host */
export function problemOfAnswer(answered: Answered, asked: AskedWith): { readonly why: string; readonly error?: string; readonly problem: SignInProblem } {
  const { status, headers, body } = answered;
  const host = new URL(asked.region.login).host;
  const why = `the answer of ${asked.region.login} is not one of a token endpoint`;
  const location = header(headers, 'location');
  if (status >= 300 && status < 400) return { why, problem: { kind: 'redirected', host, status, to: hostOf(location, asked.region.login) } };
  if (status === 407) return { why, problem: { kind: 'proxy', host, why: 'a proxy on the way wants credentials of its own (407)', code: '407' } };
  const answer = readAnswerBody(body);
  if (answer.kind === 'oauth') {
    const error = plain(answer.error, 60);
    return { why: error, error, problem: problemOfError(error, answer.description, asked, skewOf(headers)) };
  }
  if (status === 429) return { why: 'answered 429', problem: { kind: 'rate-limited', retryAfter: secondsOf(header(headers, 'retry-after')) } };
  if (status >= 500 && answer.kind !== 'html') return { why: `answered ${status}`, problem: { kind: 'platform-fault', status } };
  return { why, problem: { kind: 'not-genesys', host, status, title: answer.kind === 'html' && answer.title ? plain(answer.title, 80) : undefined } };
}

/** What an OAuth error code means (RFC 6749 §4.1.2.1, §5.2). */
export function problemOfError(code: string, text: string | undefined, asked: AskedWith, skew?: number): SignInProblem {
  const { region, client, grant, excluded, doubts, redirectUri } = asked;
  const description = text === undefined ? undefined : plain(text, 200);
  switch (code) {
    case 'invalid_client':
      return { kind: 'client-rejected', region, clientId: client.clientId, withSecret: client.clientSecret !== undefined, grant, excluded, doubts };
    case 'unauthorized_client':
    case 'unsupported_grant_type':
    case 'unsupported_response_type':
      return { kind: 'grant-not-allowed', grant, clientId: client.clientId };
    case 'invalid_grant':
      return { kind: 'grant-unusable', grant, description, skew };
    case 'access_denied':
      return { kind: 'denied', description };
    case 'invalid_request':
    case 'invalid_scope':
      return /redirect/i.test(description ?? '') ? { kind: 'redirect-mismatch', redirectUri } : { kind: 'request-malformed', error: code, description };
    case 'server_error':
    case 'temporarily_unavailable':
      return { kind: 'platform-fault', status: undefined };
    default:
      return { kind: 'other', error: code, description };
  }
}

const TLS = /CERT|TLS|SSL|^UNABLE_TO_|^EPROTO$|^HOSTNAME_MISMATCH$/;

/** What it means that no answer came. */
export function problemOfSilence(host: string, { code, why }: Exclude<Outcome, Answered | { kind: 'cancelled' }>): SignInProblem {
  const kind = /^(?:ENOTFOUND|EAI_AGAIN|ENETUNREACH|EHOSTUNREACH|ENETDOWN)$/.test(code)
    ? 'offline'
    : code === 'ECONNREFUSED'
      ? 'connection-refused'
      : TLS.test(code)
        ? 'tls'
        : /PROXY|TUNNEL/i.test(code)
          ? 'proxy'
          : 'no-answer';
  return { kind, host, why, code };
}

/** What is odd about a client's id and secret, without a request. */
export function doubtsAbout({ clientId, clientSecret }: OAuthClient): readonly Doubt[] {
  const doubts: Doubt[] = [];
  if (!isGuid(clientId)) doubts.push('id-is-no-guid');
  if (clientSecret === undefined) return doubts;
  if (clientSecret === clientId) doubts.push('secret-is-the-id');
  else if (isGuid(clientSecret)) doubts.push('secret-is-an-id');
  if (/\s/.test(clientSecret)) doubts.push('white-space-in-secret');
  return doubts;
}

/** Seconds by which the clock here is ahead of the answer's, where that is worth a word: a minute, since the header has whole seconds. */
function skewOf(headers: Answered['headers']): number | undefined {
  const theirs = Date.parse(header(headers, 'date') ?? '');
  const skew = Math.round((Date.now() - theirs) / 1000);
  return Math.abs(skew) >= 60 ? skew : undefined;
}

const secondsOf = (text: string | undefined): number | undefined => (text !== undefined && /^\d{1,5}$/.test(text) ? Number(text) : undefined);

const hostOf = (location: string | undefined, base: string): string | undefined =>
  location !== undefined && URL.canParse(location, base) ? new URL(location, base).host || undefined : undefined;

/** Text of somebody else, fit for a sentence. */
export const plain = (text: string, most: number): string =>
  text
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ')
    .trim()
    .slice(0, most);
