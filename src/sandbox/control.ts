import http from 'node:http';
import type { Context, Hono } from 'hono';
import { isRecord } from '../platform/json.js';
import { readBody } from './http/body.js';
import type { Env } from './http/env.js';
import { RequestLog } from './http/requestLog.js';
import type { LiveOrg } from './liveOrg.js';
import type { Tokens } from './oauth/tokens.js';
import { faultList, linkFaults } from './org/faults.js';
import type { Client } from './org/oauthClients.js';
import type { ShapeProblem } from './org/shape.js';
import type { Person } from './org/types.js';
import { readProviderState } from './providerState.js';
import { idOf, resolved, textAt } from './scenarios/resolve.js';
import { SCENARIOS, type ScenarioRequest } from './scenarios.js';

const LONGEST_LOG = 1000;

/** A refusal of the control endpoint: what is wrong, for the person who writes the test. */
const refuse = (status: number, problem: string, more: object = {}): Response => Response.json({ problem, ...more }, { status });

type Called = { readonly client: Client; readonly user: Person | undefined };

/**
 * The control endpoint, `/sandbox/…`: what state the org is in, and how a test puts it into another one. It is no part of the
 * platform, and off unless somebody asks for it. Pages in a browser cannot use it: it takes JSON, and no Origin but its own.
 */
export class Control {
  readonly #log = new RequestLog(LONGEST_LOG);
  readonly #first: string;

  constructor(
    private readonly live: LiveOrg,
    private readonly tokens: Tokens,
  ) {
    this.#first = live.scenario.name;
  }

  /** Adds the endpoint, and remembers the requests that come after it. */
  serve(app: Hono<Env>): void {
    app.use(async (c, next) => {
      const url = new URL(c.req.url);
      if (url.pathname === '/sandbox' || url.pathname.startsWith('/sandbox/')) return next();
      // What is asked of the login side may be a secret, and is not remembered.
      const path = /^\/(?:oauth|logout)\b/.test(url.pathname) ? url.pathname : `${url.pathname}${url.search}`;
      const record = this.#log.open(c.env.incoming.method ?? c.req.method, path);
      c.set('record', record);
      const started = performance.now();
      await next();
      record.milliseconds = Math.round(performance.now() - started);
      if (c.res.headers.has('x-hono-already-sent')) return undefined;
      record.status = c.res.status;
      record.correlationId = c.res.headers.get('ININ-Correlation-Id');
      return undefined;
    });

    app.get('/sandbox', () => this.#state());
    app.get('/sandbox/scenarios', () => Response.json(SCENARIOS));
    app.get('/sandbox/requests', (c) => this.#requests(c));
    app.get('/sandbox/calls', () => this.#calls());
    app.put('/sandbox/scenario', (c) => this.#asked(c, (body) => this.#useScenario(isRecord(body) ? body['name'] : undefined)));
    app.put('/sandbox/faults', (c) => this.#asked(c, (body) => this.#useFaults(isRecord(body) && 'faults' in body ? body['faults'] : body)));
    app.delete('/sandbox/faults', (c) => this.#asked(c, () => this.#useFaults([])));
    app.post('/sandbox/reset', (c) => this.#asked(c, () => this.#reset()));
    app.post('/sandbox/tokens', (c) => this.#asked(c, (body) => this.#token(body)));
    app.post('/sandbox/provider-states', (c) => this.#asked(c, (body) => this.#providerState(c, body)));
    app.all('/sandbox', () => refuse(405, 'GET /sandbox says what state the org is in.'));
    app.all('/sandbox/*', (c) => refuse(404, `The control endpoint has no ${c.req.method} ${c.req.path}. See docs/sandbox.md.`));
  }

  /** Reads the body of a change, after a look at where it comes from. */
  async #asked(c: Context<Env>, use: (body: unknown) => Response | Promise<Response>): Promise<Response> {
    const { headers } = c.env.incoming;
    const bytes = await readBody(c.env.incoming);
    if (headers.origin !== undefined && headers.origin !== `http://${headers.host}`)
      return refuse(403, 'A page of another origin may not use the control endpoint.');
    if (bytes === undefined) return refuse(413, 'The body is too large.');
    if (bytes.length === 0 && headers['content-type'] === undefined) return use(undefined);
    if (!/^application\/json\b/i.test(headers['content-type'] ?? '')) return refuse(415, 'The control endpoint takes application/json.');
    try {
      return await use(bytes.length === 0 ? undefined : JSON.parse(bytes.toString('utf8')));
    } catch (e) {
      if (e instanceof SyntaxError) return refuse(400, `The body is no JSON: ${e.message}`);
      throw e;
    }
  }

  #state(status = 200): Response {
    const { organization } = this.live.world;
    const { name, title, cause } = this.live.scenario;
    return Response.json(
      {
        scenario: { name, title, cause },
        organization: { id: organization.id, name: organization.name },
        faults: this.live.faults.left(),
        requests: this.#log.seen,
      },
      { status },
    );
  }

  #requests(c: Context<Env>): Response {
    const wanted = c.req.query('last');
    const count = wanted === undefined ? 100 : Number(wanted);
    if (!Number.isInteger(count) || count < 1 || count > LONGEST_LOG) return refuse(400, `last is a whole number from 1 to ${LONGEST_LOG}.`);
    const withBodies = c.req.query('bodies') === 'true';
    return Response.json(this.#log.last(count).map(({ body, ...record }) => (withBodies ? { ...record, body } : record)));
  }

  /** Every call that was really placed, and is remembered: whatever an answer said. */
  #calls(): Response {
    const calls = [...this.live.world.calls.all()].filter((c) => c.participants.some((p) => p.call));
    return Response.json(
      calls.map((c) => {
        const caller = c.participants.find((p) => p.user && p.call?.direction === 'outbound');
        return {
          id: c.id,
          startedAt: c.startedAt,
          endedAt: c.endedAt ?? null,
          agentId: caller?.user?.id ?? null,
          called: [...c.participants.filter((p) => p !== caller).map((p) => p.address), ...c.pending.map((d) => (d.kind === 'number' ? d.address : d.kind))],
        };
      }),
    );
  }

  #useScenario(name: unknown): Response {
    const names = SCENARIOS.map((s) => s.name);
    if (typeof name !== 'string') return refuse(400, 'Expected {"name": …}.', { scenarios: names });
    if (!names.includes(name)) return refuse(404, `There is no scenario "${name.slice(0, 100)}".`, { scenarios: names });
    const used = this.live.use(name);
    return used.ok ? this.#state() : refuse(409, used.problem);
  }

  #useFaults(json: unknown): Response {
    const problems: ShapeProblem[] = [];
    const entries = faultList(json, '', problems);
    const faults = entries && problems.length === 0 ? linkFaults(entries, '', problems) : [];
    if (problems.length > 0) return refuse(400, 'The faults are wrong.', { problems });
    this.live.setFaults(faults);
    return this.#state();
  }

  #reset(): Response {
    const used = this.live.use(this.live.scenario.name);
    if (!used.ok) return refuse(409, used.problem);
    this.#log.clear();
    return this.#state();
  }

  #token(body: unknown): Response {
    const [client, user] = isRecord(body) ? [body['client'], body['user']] : [];
    if ((client !== undefined && typeof client !== 'string') || (user !== undefined && typeof user !== 'string') || (client ?? user) === undefined)
      return refuse(400, 'Expected {"client": …}, {"user": …} or both, by name or id.');
    const called = this.#call(client, user);
    if (typeof called === 'string') return refuse(404, called);
    const { value, seconds } = this.tokens.issue(called.client, called.user);
    return Response.json({
      token: value,
      expiresInSeconds: seconds,
      client: { id: called.client.id, name: called.client.name },
      user: called.user ? { id: called.user.id, name: called.user.name } : null,
    });
  }

  /** @returns the client and user of these names or ids, or why there is no token for them */
  #call(clientName: string | undefined, userName: string | undefined): Called | string {
    const { people, clients } = this.live.world;
    const byName = <T extends { readonly id: string; readonly name: string }>(things: ReadonlyMap<string, T>, name: string): T | undefined =>
      things.get(name) ?? firstOf(things.values(), (t) => t.name === name);
    const user = userName === undefined ? undefined : byName(people, userName);
    if (userName !== undefined && !user) return `The org has no user "${userName.slice(0, 100)}".`;
    const client = clientName === undefined ? [...clients.values()].find((c) => c.grant === 'CODE') : byName(clients, clientName);
    if (!client) return clientName === undefined ? 'The org has no OAuth client for users.' : `The org has no OAuth client "${clientName.slice(0, 100)}".`;
    if (user && client.grant === 'CLIENT-CREDENTIALS') return `The tokens of the client ${client.name} have no user.`;
    if (!user && client.grant !== 'CLIENT-CREDENTIALS') return `The client ${client.name} has no tokens of its own: name a user too.`;
    return { client, user };
  }

  /** Sets a provider state of a Pact, or takes it back. The values of the answer are what a generator of the Pact may use. */
  async #providerState(c: Context<Env>, body: unknown): Promise<Response> {
    const read = readProviderState(body);
    if (read.kind === 'malformed') return refuse(400, read.problem);
    if (read.kind === 'unknown')
      return refuse(404, `There is no provider state "${read.state.slice(0, 100)}".`, { states: SCENARIOS.flatMap((s) => [s.name, s.title]) });
    const used = this.live.use(read.kind === 'teardown' ? this.#first : read.scenario.name);
    if (!used.ok) return refuse(409, used.problem);
    if (read.kind === 'teardown') return Response.json({});
    const who = read.who ?? read.scenario.requests.at(-1)?.as ?? read.scenario.who;
    if (who !== null && idOf(this.live.world, who) === undefined) return refuse(404, `The org has no user or client "${who.slice(0, 100)}".`);
    const kept = new Map<string, string>();
    // What leads to the request that the Pact is about: all but the last one.
    const steps = read.scenario.requests.flatMap((request) => Array.from({ length: request.times ?? 1 }, () => request)).slice(0, -1);
    for (const step of steps) await this.#take(step, kept, c.env.incoming.socket.localPort ?? 0);
    return Response.json({ ...this.#values(who), ...Object.fromEntries(kept) });
  }

  #values(who: string | null): Record<string, string> {
    const { people, clients, queues } = this.live.world;
    const user = who === null ? undefined : (people.get(who) ?? firstOf(people.values(), (p) => p.name === who));
    const client = who === null || user ? undefined : [...clients.values()].find((o) => o.name === who || o.id === who);
    const agent = user ?? firstOf(people.values(), (p) => p.station !== undefined);
    const [firstQueue] = queues.values();
    const queue = [...queues.values()].find((q) => agent && q.members.has(agent)) ?? firstQueue;
    const called = who === null ? 'nobody' : this.#call(client?.id, user?.id);
    return {
      ...(typeof called === 'string' ? {} : { token: this.tokens.issue(called.client, called.user).value, clientId: called.client.id }),
      ...(agent ? { userId: agent.id, divisionId: agent.division.id } : {}),
      ...(agent?.station ? { stationId: agent.station.id } : {}),
      ...(queue ? { queueId: queue.id } : {}),
    };
  }

  async #take(request: ScenarioRequest, kept: Map<string, string>, port: number): Promise<void> {
    const { as, method, path, body, form, basic, keep } = resolved(request, (name) => kept.get(name) ?? idOf(this.live.world, name));
    const called = as === null ? undefined : this.#callByName(as);
    const client = basic === undefined ? undefined : [...this.live.world.clients.values()].find((o) => o.name === basic);
    const content = form ? String(new URLSearchParams(form)) : body === undefined ? '' : JSON.stringify(body);
    const answer = await send(port, method, path, content, {
      ...(called ? { Authorization: `Bearer ${this.tokens.issue(called.client, called.user).value}` } : {}),
      ...(client ? { Authorization: `Basic ${Buffer.from(`${client.id}:${client.secret}`).toString('base64')}` } : {}),
      ...(content === '' ? {} : { 'Content-Type': form ? 'application/x-www-form-urlencoded' : 'application/json' }),
    });
    for (const [name, pointer] of Object.entries(keep ?? {})) {
      const value = textAt(answer, pointer);
      if (value !== undefined) kept.set(name, value);
    }
  }

  #callByName(name: string): Called | undefined {
    const isUser = firstOf(this.live.world.people.values(), (p) => p.name === name) !== undefined;
    const called = isUser ? this.#call(undefined, name) : this.#call(name, undefined);
    return typeof called === 'string' ? undefined : called;
  }
}

/** The first that passes. Those of a large org come into being one by one: the written ones first. */
function firstOf<T>(things: Iterable<T>, test: (thing: T) => boolean): T | undefined {
  for (const thing of things) if (test(thing)) return thing;
  return undefined;
}

/** Sends a request to this sandbox itself. @returns the answer as JSON; undefined where it is none, or none came */
function send(port: number, method: string, path: string, content: string, headers: Readonly<Record<string, string>>): Promise<unknown> {
  return new Promise((resolve) => {
    const request = http.request(
      { host: '127.0.0.1', port, method, path, agent: false, headers: { ...headers, 'Content-Length': Buffer.byteLength(content) } },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('close', () => {
          try {
            resolve(JSON.parse(Buffer.concat(chunks).toString('utf8')));
          } catch {
            resolve(undefined);
          }
        });
      },
    );
    request.on('error', () => resolve(undefined));
    request.end(content);
  });
}
