import { randomBytes, randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { type Context, Hono, type MiddlewareHandler } from 'hono';
import { readBody } from '../http/body.js';
import type { Env } from '../http/env.js';
import { headerText } from '../http/headerText.js';
import { errorBody, REQUEST_TOO_LARGE } from '../http/refusals.js';
import type { World } from '../org/world.js';
import { type AuthorizationRequest, readAuthorization, type Stranger, withParameters } from './authorization.js';
import { activeClient } from './clientSecret.js';
import { Codes } from './codes.js';
import { goodbyePage, loginPage, strangerPage } from './pages.js';
import { answerTokenRequest, type Login } from './tokenEndpoint.js';
import type { Tokens } from './tokens.js';

const LONGEST_SEARCH = 200;

/** The login side of an org: `/oauth/token`, `/oauth/authorize` with its login page, and `/logout` (FACTS §4.1). */
export function oauthEndpoints(world: () => World, tokens: Tokens, now: () => number = Date.now): Hono<Env> {
  const login: Login = { world, tokens, codes: new Codes(now), now };
  const app = new Hono<Env>();

  const failing: MiddlewareHandler<Env> = async (c, next) => {
    const error = c.get('mishap')?.error;
    if (!error) return next();
    if (error.work === 'done') await next();
    else c.env.incoming.resume();
    // Setting an answer over another one would merge their headers.
    c.res = undefined;
    c.res = Response.json(errorBody(error.refusal, randomUUID()), { status: error.refusal.status, headers: error.refusal.headers ?? {} });
    return undefined;
  };
  app.use('/oauth/*', failing).use('/logout', failing);

  app.post('/oauth/token', async (c) => {
    const { incoming } = c.env;
    const contextId = randomUUID();
    const body = await readBody(incoming);
    const { authorization, 'content-type': contentType } = incoming.headers;
    const answer =
      body === undefined
        ? { status: REQUEST_TOO_LARGE.status, body: errorBody(REQUEST_TOO_LARGE, contextId) }
        : answerTokenRequest(login, { authorization, contentType, body: body.toString('utf8') });
    const headers = new Headers({ 'ININ-Correlation-Id': contextId, 'Cache-Control': 'no-store', Pragma: 'no-cache' });
    if ('headers' in answer) for (const [name, value] of Object.entries(answer.headers ?? {})) headers.set(name, value);
    if ('assumption' in answer && answer.assumption !== undefined) headers.set('x-sandbox-assumption', headerText(answer.assumption));
    return Response.json(answer.body, { status: answer.status, headers });
  });

  app.get('/oauth/authorize', (c) => {
    const params = new URL(c.req.url).searchParams;
    const read = readAuthorization(world(), params);
    if (read.kind === 'asked') return showLogin(world(), read.request, params);
    return read.kind === 'refused' ? found(read.location) : turnedAway('Cannot sign in', read.stranger);
  });

  app.post('/oauth/authorize', async (c) => {
    const { incoming } = c.env;
    const body = await readBody(incoming);
    if (body === undefined) return turnedAway('Cannot sign in', stranger('The form is too large.'), 413);
    if (!isOwnForm(incoming)) return turnedAway('Cannot sign in', stranger('The form is not one of the sandbox: another site has sent it.'), 403);
    const form = new URLSearchParams(body.toString('utf8'));
    const read = readAuthorization(world(), form);
    if (read.kind === 'stranger') return turnedAway('Cannot sign in', read.stranger);
    if (read.kind === 'refused') return found(read.location);
    const { client, redirectUri, state, challenge } = read.request;
    if (form.get('action') === 'cancel')
      return found(withParameters(redirectUri, { error: 'access_denied', error_description: 'the user did not sign in', state }));
    const user = world().people.get(form.get('user') ?? '');
    if (!user || world().access.elsewhere.has(user.id)) return showLogin(world(), read.request, form, 'Choose one of the users.');
    return found(withParameters(redirectUri, { code: login.codes.issue({ clientId: client.id, userId: user.id, redirectUri, challenge }), state }));
  });

  app.get('/logout', (c) => {
    const params = new URL(c.req.url).searchParams;
    const redirectUri = params.get('redirect_uri') || undefined;
    if (redirectUri === undefined) return shown(200, "'self'", (nonce) => goodbyePage(world(), nonce));
    const client = activeClient(world(), params.get('client_id') ?? '');
    if (client?.redirectUris.includes(redirectUri)) return found(redirectUri);
    const why = client ? `The redirect URI is not registered for the OAuth client ${client.name}.` : 'No active OAuth client of this org has that client_id.';
    return turnedAway('Signed out', { why, redirectUri, registered: client?.redirectUris ?? [] });
  });

  for (const [path, allowed] of [
    ['/oauth/token', 'POST'],
    ['/oauth/authorize', 'GET, HEAD, POST'],
    ['/logout', 'GET, HEAD'],
  ] as const)
    app.all(path, (c: Context<Env>) => {
      c.env.incoming.resume();
      return c.text('', 405, { Allow: allowed });
    });
  return app;
}

const stranger = (why: string): Stranger => ({ why, redirectUri: undefined, registered: [] });

const turnedAway = (title: string, who: Stranger, status = 400): Response => shown(status, "'self'", (nonce) => strangerPage(title, who, nonce));

function showLogin(world: World, request: AuthorizationRequest, params: URLSearchParams, problem?: string): Response {
  const text = (params.get('search') ?? '').trim().slice(0, LONGEST_SEARCH);
  const target = formTarget(request.redirectUri);
  return shown(problem === undefined ? 200 : 400, `'self' ${target}`, (nonce) => loginPage(world, request, { params, text, problem }, nonce));
}

/** What a Content-Security-Policy calls the place that a form's answer may redirect to: Chromium holds redirects to form-action. */
function formTarget(redirectUri: string): string {
  const { protocol, host } = new URL(redirectUri);
  // A policy cannot name an IPv6 address, a host may hold what ends a directive, and a custom scheme has no host that counts.
  return /^https?:$/.test(protocol) && /^[\w.-]+(?::\d+)?$/.test(host) ? `${protocol}//${host}` : protocol;
}

function shown(status: number, formAction: string, render: (nonce: string) => string): Response {
  const nonce = randomBytes(18).toString('base64');
  return new Response(render(nonce), {
    status,
    headers: {
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Security-Policy': `default-src 'none'; style-src 'nonce-${nonce}'; form-action ${formAction}; base-uri 'none'; frame-ancestors 'none'`,
      'Cache-Control': 'no-store',
      // Not no-referrer: a form of such a page has no Origin to be told by.
      'Referrer-Policy': 'same-origin',
      'X-Content-Type-Options': 'nosniff',
      'X-Frame-Options': 'DENY',
    },
  });
}

const found = (location: string): Response =>
  new Response(null, { status: 302, headers: { Location: location, 'Cache-Control': 'no-store', 'Referrer-Policy': 'no-referrer' } });

/** Whether a form was sent by the sandbox's own page, or by something that is no browser: those say no origin. */
function isOwnForm({ headers }: IncomingMessage): boolean {
  return headers.origin === undefined || headers.origin === `http://${headers.host}`;
}
