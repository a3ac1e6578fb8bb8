import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Context, Hono } from 'hono';
import { type ApiParts, createApi } from './api.js';
import type { Env } from './http/env.js';
import { alreadySent, proxyAnswer, reset, throughMishap } from './http/faults.js';
import { INTERNAL_ERROR } from './http/refusals.js';
import { Reply } from './http/reply.js';
import { rememberedBody } from './http/requestLog.js';
import { targetOf } from './http/target.js';
import { TO_STRANGERS } from './listen.js';
import { oauthEndpoints } from './oauth/endpoints.js';
import { DOCS, docsEndpoint } from './routes/docs.js';

export interface AppParts extends ApiParts {
  /** The values of a Host header that are ours. Any other belongs to a page in a browser whose name was pointed at loopback. */
  readonly hosts: ReadonlySet<string>;
  /** Adds the control endpoint, where there is to be one. */
  readonly control: ((app: Hono<Env>) => void) | undefined;
}

export interface App {
  readonly web: Hono<Env>;
  /**
   * Answers a request of the API to which nothing else happens, at half the cost of the way through the web application.
   * @returns false, and does nothing, where `web` is to answer
   */
  readonly answersDirectly: (incoming: IncomingMessage, outgoing: ServerResponse) => boolean;
}

/** The sandbox as a web application: its API, its login side, its API document and its control endpoint, and what goes wrong with them. */
export function createApp({ live, tokens, operations, hosts, control }: AppParts): App {
  const web = new Hono<Env>();
  const api = createApi({ live, tokens, operations });
  const isOurs = ({ headers }: IncomingMessage): boolean => hosts.has(headers.host?.toLowerCase() ?? '');

  web.use(async (c, next) => {
    if (isOurs(c.env.incoming)) return next();
    return c.json(TO_STRANGERS, 403);
  });

  control?.(web);

  /** Method and template, or method and path of what is no operation. */
  const operationOf = (method: string, path: string): string => {
    const found = operations.find(method, path);
    return `${method} ${found.kind === 'found' ? found.operation.path : path}`;
  };

  web.use(async (c, next) => {
    const mishap = live.faults.isEmpty ? undefined : live.faults.meet(operationOf(c.req.method, targetOf(c.env.incoming).path));
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

  web.route(
    '/',
    oauthEndpoints(() => live.world, tokens),
  );

  web.route(
    '/',
    docsEndpoint(() => live.world, operations),
  );

  web.all('*', async (c) => {
    const [mishap, record] = [c.get('mishap'), c.get('record')];
    const { reply, answer, body } = await api(c.env.incoming, mishap);
    if (record) record.body = rememberedBody(body);
    if (mishap) return reply.response(answer);
    reply.write(c.env.outgoing, answer);
    if (record) Object.assign(record, { status: answer.status, correlationId: reply.contextId });
    return alreadySent();
  });

  web.onError((_error, c) => {
    replaceAnswer(c, new Reply(live.world.rateLimit).response(INTERNAL_ERROR));
    return c.res;
  });

  // What is written is whole before any of it goes out, so an answer that cannot be written leaves room for another.
  const answersDirectly: App['answersDirectly'] = (incoming, outgoing) => {
    const { url = '' } = incoming;
    if (control || !live.faults.isEmpty || !url.startsWith('/api/v2/') || url.startsWith(DOCS) || !isOurs(incoming)) return false;
    api(incoming)
      .then(({ reply, answer }) => reply.write(outgoing, answer))
      .catch(() => new Reply(live.world.rateLimit).write(outgoing, INTERNAL_ERROR));
    return true;
  };
  return { web, answersDirectly };
}

/** Setting an answer over another one would merge their headers. */
function replaceAnswer(c: Context, answer: Response): void {
  c.res = undefined;
  c.res = answer;
}
