import type { IncomingMessage } from 'node:http';
import type { Operations } from '../platform/operations.js';
import { parseBody, readBody } from './http/body.js';
import type { Mishap } from './http/faults.js';
import { admit, count, identify, rateOf } from './http/gate.js';
import { INTERNAL_ERROR, isRefusal, NOT_FOUND, notImplemented, REQUEST_TOO_LARGE, UNSUPPORTED_MEDIA_TYPE, wrongMethod } from './http/refusals.js';
import { Reply } from './http/reply.js';
import type { Answer, Route } from './http/route.js';
import { targetOf } from './http/target.js';
import type { LiveOrg } from './liveOrg.js';
import type { Tokens } from './oauth/tokens.js';
import { ROUTES } from './routes/all.js';

const routes: ReadonlyMap<string, Route> = new Map(ROUTES.map((r) => [r.operation, r]));

export interface ApiParts {
  readonly live: LiveOrg;
  readonly tokens: Tokens;
  readonly operations: Operations;
}

/** An answer, and what writes it. */
export interface Answered {
  readonly reply: Reply;
  readonly answer: Answer;
  /** Undefined where it was too large. */
  readonly body: Buffer | undefined;
}

/**
 * Answers requests of the API. Each passes the same stations: size, operation, bearer, rate, user context, permissions,
 * divisions, rules, scopes, body. Only then does a route answer. It does not throw.
 */
export function createApi({ live, tokens, operations }: ApiParts): (incoming: IncomingMessage, mishap?: Mishap) => Promise<Answered> {
  function decide(incoming: IncomingMessage, body: Buffer, reply: Reply, mishap: Mishap | undefined): Answer {
    const { world } = live;
    const { path, query, host } = targetOf(incoming);
    const found = operations.find(incoming.method ?? '', path);
    if (found.kind === 'unknown-path') return NOT_FOUND;
    if (found.kind === 'wrong-method') return wrongMethod(found.allowed);
    const { operation } = found;
    const params = decoded(found.params);
    const caller = identify(world, tokens, incoming.headers.authorization);
    if (isRefusal(caller)) return caller;
    const rate = rateOf(caller);
    reply.rate = rate;
    const refusal = count(rate, world.rateLimit) ?? admit(world, { operation, params, address: incoming.socket.remoteAddress ?? '' }, caller);
    if (refusal) return refusal;
    if (operation.rule === 'unknown') reply.assume('what this operation requires is not known');
    const parsed = parseBody(body, incoming.headers['content-type']);
    if (parsed.kind === 'malformed') return parsed.refusal;
    const error = mishap?.error;
    if (error?.work === 'not-done') return error.refusal;
    const key = `${operation.method} ${operation.path}`;
    const route = routes.get(key);
    if (!route) return notImplemented(key);
    if (parsed.kind === 'other') return UNSUPPORTED_MEDIA_TYPE;
    const answer = route.answer({
      world,
      tokens,
      caller,
      operation,
      operations,
      params,
      path,
      host,
      query,
      body: parsed.kind === 'json' ? parsed.value : undefined,
    });
    return error?.refusal ?? answer;
  }

  return async (incoming, mishap) => {
    const body = await readBody(incoming);
    // A scenario may have replaced the world while the body was on its way.
    const reply = new Reply(live.world.rateLimit);
    try {
      return { reply, body, answer: body === undefined ? REQUEST_TOO_LARGE : decide(incoming, body, reply, mishap) };
    } catch {
      // Nothing but the answer that the platform would give to a defect of its own: no trace of ours.
      return { reply, body, answer: INTERNAL_ERROR };
    }
  };
}

/** The parameters of a path whose encoding is known to be good. */
function decoded(params: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  for (const name in params)
    if (params[name]?.includes('%')) return Object.fromEntries(Object.entries(params).map(([n, value]) => [n, decodeURIComponent(value)]));
  return params;
}
