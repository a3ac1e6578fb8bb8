import { randomUUID } from 'node:crypto';
import type { HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import type { Operations } from '../platform/operations.js';
import { parseBody, readBody } from './http/body.js';
import { faultFor, proxyAnswer } from './http/faults.js';
import { admit, count, identify } from './http/gate.js';
import {
  errorBody,
  INTERNAL_ERROR,
  isRefusal,
  NOT_FOUND,
  notImplemented,
  REQUEST_TOO_LARGE,
  SERVICE_UNAVAILABLE,
  UNSUPPORTED_MEDIA_TYPE,
  wrongMethod,
} from './http/refusals.js';
import { Reply } from './http/reply.js';
import type { Answer, Route } from './http/route.js';
import { answerTokenRequest, type Tokens } from './oauth/tokens.js';
import type { World } from './org/world.js';
import { ROUTES } from './routes/all.js';

type Env = { Bindings: HttpBindings };

const routes: ReadonlyMap<string, Route> = new Map(ROUTES.map((r) => [r.operation, r]));

/**
 * The sandbox as a web application. Every request of the API passes the same stations: host, size, operation, bearer, rate,
 * user context, permissions, scopes, body. Only then does a route answer.
 * @param allowedHosts the values of a Host header that are ours. Any other belongs to a page in a browser whose name was
 *   pointed at the loopback address.
 */
export function createApp(world: World, tokens: Tokens, operations: Operations, allowedHosts: () => ReadonlySet<string>): Hono<Env> {
  const app = new Hono<Env>();

  app.use(async (c, next) => {
    if (allowedHosts().has(c.env.incoming.headers.host?.toLowerCase() ?? '')) return next();
    return c.json({ error: 'forbidden', description: 'The sandbox answers on its loopback address only.' }, 403);
  });

  app.post('/oauth/token', async (c) => {
    const { incoming } = c.env;
    const contextId = randomUUID();
    const body = await readBody(incoming);
    const { authorization, 'content-type': contentType } = incoming.headers;
    const answer =
      body === undefined
        ? { status: REQUEST_TOO_LARGE.status, body: errorBody(REQUEST_TOO_LARGE, contextId) }
        : answerTokenRequest(world, tokens, authorization, contentType, body);
    const headers = new Headers({ 'ININ-Correlation-Id': contextId, 'Cache-Control': 'no-store' });
    if ('assumption' in answer && answer.assumption !== undefined) headers.set('x-sandbox-assumption', answer.assumption);
    return Response.json(answer.body, { status: answer.status, headers });
  });

  app.all('*', async (c) => {
    const { incoming, outgoing } = c.env;
    const body = await readBody(incoming);
    const url = new URL(c.req.url);
    const found = operations.find(c.req.method, url.pathname);
    const key = found.kind === 'found' ? `${found.operation.method} ${found.operation.path}` : '';
    const fault = faultFor(world.faults, key);
    if (fault?.kind === 'html') return proxyAnswer();

    const reply = new Reply(world.rateLimit);
    const decide = (): Answer => {
      if (body === undefined) return REQUEST_TOO_LARGE;
      if (found.kind === 'unknown-path') return NOT_FOUND;
      if (found.kind === 'wrong-method') return wrongMethod(found.allowed);
      const { operation } = found;
      const caller = identify(tokens, incoming.headers.authorization);
      if (isRefusal(caller)) return caller;
      reply.window = caller.window;
      const refusal = count(caller.window, world.rateLimit) ?? admit(world, operation, caller);
      if (refusal) return refusal;
      if (operation.rule === 'unknown') reply.assume('what this operation requires is not known');
      const parsed = parseBody(body, incoming.headers['content-type']);
      if (parsed.kind === 'malformed') return parsed.refusal;
      const route = routes.get(key);
      if (!route) return notImplemented(key);
      if (parsed.kind === 'other') return UNSUPPORTED_MEDIA_TYPE;
      if (fault?.kind === 'unavailable') return SERVICE_UNAVAILABLE;
      return route.answer({
        world,
        tokens,
        caller,
        operation,
        params: decoded(found.params),
        path: url.pathname,
        query: url.searchParams,
        body: parsed.kind === 'json' ? parsed.value : undefined,
      });
    };
    return reply.send(decide(), fault, outgoing);
  });

  app.onError((_error, c) => new Reply(world.rateLimit).send(INTERNAL_ERROR, undefined, c.env.outgoing));
  return app;
}

function decoded(params: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(params).map(([name, value]) => {
      try {
        return [name, decodeURIComponent(value)];
      } catch {
        return [name, value];
      }
    }),
  );
}
