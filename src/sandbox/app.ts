import { type Context, Hono } from 'hono';
import type { Operations } from '../platform/operations.js';
import { parseBody, readBody } from './http/body.js';
import type { Env } from './http/env.js';
import { proxyAnswer, reset, throughMishap } from './http/faults.js';
import { admit, count, identify, rateOf } from './http/gate.js';
import { INTERNAL_ERROR, isRefusal, NOT_FOUND, notImplemented, REQUEST_TOO_LARGE, UNSUPPORTED_MEDIA_TYPE, wrongMethod } from './http/refusals.js';
import { Reply } from './http/reply.js';
import { rememberedBody } from './http/requestLog.js';
import type { Answer, Route } from './http/route.js';
import { TO_STRANGERS } from './listen.js';
import type { LiveOrg } from './liveOrg.js';
import { oauthEndpoints } from './oauth/endpoints.js';
import type { Tokens } from './oauth/tokens.js';
import { ROUTES } from './routes/all.js';
import { docsEndpoint } from './routes/docs.js';

const routes: ReadonlyMap<string, Route> = new Map(ROUTES.map((r) => [r.operation, r]));

export interface AppParts {
  readonly live: LiveOrg;
  readonly tokens: Tokens;
  readonly operations: Operations;
  /** The values of a Host header that are ours. Any other belongs to a page in a browser whose name was pointed at loopback. */
  readonly hosts: ReadonlySet<string>;
  /** Adds the control endpoint, where there is to be one. */
  readonly control: ((app: Hono<Env>) => void) | undefined;
}

/**
 * The sandbox as a web application. Every request of the API passes the same stations: host, size, operation, bearer, rate,
 * user context, permissions, divisions, rules, scopes, body. Only then does a route answer.
 */
export function createApp({ live, tokens, operations, hosts, control }: AppParts): Hono<Env> {
  const app = new Hono<Env>();

  app.use(async (c, next) => {
    if (hosts.has(c.env.incoming.headers.host?.toLowerCase() ?? '')) return next();
    return c.json(TO_STRANGERS, 403);
  });

  control?.(app);

  /** Method and template, or method and path of what is no operation. */
  const operationOf = (method: string, path: string): string => {
    const found = operations.find(method, path);
    return `${method} ${found.kind === 'found' ? found.operation.path : path}`;
  };

  app.use(async (c, next) => {
    const mishap = live.faults.isEmpty ? undefined : live.faults.meet(operationOf(c.req.method, new URL(c.req.url).pathname));
    if (!mishap) return next();
    const { outgoing } = c.env;
    if (mishap.reset === 'before') return reset(outgoing);
    if (mishap.page === undefined) {
      c.set('mishap', mishap);
      await next();
    }
    const answer = await throughMishap(mishap.page === undefined ? c.res : proxyAnswer(mishap.page), mishap, outgoing, c.env.incoming.method ?? '');
    replaceAnswer(c, answer);
    return undefined;
  });

  app.route(
    '/',
    oauthEndpoints(() => live.world, tokens),
  );

  app.route(
    '/',
    docsEndpoint(() => live.world, operations),
  );

  app.all('*', async (c) => {
    const { incoming } = c.env;
    const body = await readBody(incoming);
    const record = c.get('record');
    if (record) record.body = rememberedBody(body);
    // A scenario may have replaced it while the body was on its way.
    const { world } = live;
    const url = new URL(c.req.url);
    const found = operations.find(c.req.method, url.pathname);
    const reply = new Reply(world.rateLimit);
    const decide = (): Answer => {
      if (body === undefined) return REQUEST_TOO_LARGE;
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
      const error = c.get('mishap')?.error;
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
        path: url.pathname,
        host: url.host,
        query: url.searchParams,
        body: parsed.kind === 'json' ? parsed.value : undefined,
      });
      return error?.refusal ?? answer;
    };
    return reply.send(decide());
  });

  app.onError((_error, c) => {
    // Nothing but the answer that the platform would give to a defect of its own: no trace of ours.
    replaceAnswer(c, new Reply(live.world.rateLimit).send(INTERNAL_ERROR));
    return c.res;
  });
  return app;
}

/** Setting an answer over another one would merge their headers. */
function replaceAnswer(c: Context, answer: Response): void {
  c.res = undefined;
  c.res = answer;
}

/** The parameters of a path whose encoding is known to be good. */
const decoded = (params: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(params).map(([name, value]) => [name, value.includes('%') ? decodeURIComponent(value) : value]));
