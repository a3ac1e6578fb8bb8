import type { Clock } from '../../../../src/org/calls/clock.js';
import { CallFollower, type Followed } from '../../../../src/org/calls/follow.js';
import type { Connect, Wire } from '../../../../src/org/calls/webSocket.js';
import { connectWebSocket } from '../../../../src/org/calls/webSocket.js';
import { Client } from '../../../../src/org/client.js';
import { type Outcome, type Outgoing, send } from '../../../../src/org/http.js';
import { sandboxRegion } from '../../../../src/platform/regions.js';
import { orgCopy, type Running, start } from '../../sandbox/harness.js';

export const AGENT = 'Sales Agent 7';
export const NUMBER = '+13175550142';

const TIMES: Readonly<Record<string, number>> = { 'no-answer': 60, drops: 60 };

/** The built-in org in which everything goes fast: what takes long there takes a moment here. */
export function quickOrg(more: object = {}, ringMilliseconds = 30): Promise<Running> {
  const org = orgCopy();
  const outcomes = org.outcomes.map((o) => ({ ...o, ...(TIMES[o.outcome] === undefined ? {} : { milliseconds: TIMES[o.outcome] }) }));
  return start({ org: { ...org, ringMilliseconds, rateLimitPerMinute: 100_000, outcomes, ...more }, control: true });
}

/** Waits until something is there; not for ever, or the tests would not end. */
export async function until<T>(find: () => T | undefined | false, what = 'it'): Promise<T> {
  for (let tries = 0; tries < 3000; tries++) {
    const found = find();
    if (found !== undefined && found !== false) return found;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  throw new Error(`${what} does not come`);
}

/** A clock that runs twenty times as fast. */
export const fastClock: Clock = {
  now: () => performance.now() * 20,
  after: (milliseconds, act) => {
    const timer = setTimeout(act, milliseconds / 20);
    return () => clearTimeout(timer);
  },
};

/** A client of somebody of the org. @param instead what becomes of a request, where it is not what the sandbox says */
export async function clientOf(
  running: Running,
  name: string,
  instead: (request: Outgoing, path: string) => Promise<Outcome> | undefined = () => undefined,
): Promise<Client> {
  const token = await running.token(name);
  return new Client(
    sandboxRegion(running.sandbox.origin),
    async () => ({ kind: 'ok', token }),
    (request) => instead(request, request.url.slice(running.sandbox.origin.length)) ?? send({ ...request, timeout: Math.min(request.timeout ?? 15_000, 2000) }),
  );
}

/** What a request comes to whose answer gets lost: it is sent all the same. */
export const lost = async (request: Outgoing): Promise<Outcome> => {
  await send(request);
  return { kind: 'no-answer', code: 'ECONNRESET', why: 'the connection was closed before an answer came' };
};

/** An answer of the platform. */
export const answered = async (status: number, body: unknown, headers: readonly [string, string][] = []): Promise<Outcome> => ({
  kind: 'answered',
  status,
  headers: [['ININ-Correlation-Id', 'c'], ['Date', new Date().toUTCString()], ...headers],
  body: JSON.stringify(body),
  cut: false,
  ms: 1,
});
export const refused = (status: number, code: string): Promise<Outcome> =>
  answered(status, { status, code, message: 'm', contextId: 'c', details: [], errors: [] });

const open: CallFollower[] = [];
after(() => {
  for (const follower of open.splice(0)) follower.dispose();
});

/** A follower that ends with the tests, and the wires that it opened. */
export function followerFor(client: Client, connect: Connect = connectWebSocket, clock?: Clock): { readonly follower: CallFollower; readonly wires: Wire[] } {
  const wires: Wire[] = [];
  const follower = new CallFollower(client, {
    ...(clock ? { clock } : {}),
    connect: async (uri, events) => {
      const wire = await connect(uri, events);
      wires.push(wire);
      return wire;
    },
  });
  open.push(follower);
  return { follower, wires };
}

/** What somebody who follows a call is told, in the order. */
export function listener(): { readonly told: Followed[]; readonly changed: (followed: Followed) => void; phases(): string[]; last(): Followed | undefined } {
  const told: Followed[] = [];
  return {
    told,
    changed: (followed) => void told.push(followed),
    phases: () => told.map((f) => f.call?.phase ?? '').filter((p, i, all) => p !== '' && p !== all[i - 1]),
    last: () => told.at(-1),
  };
}

export const put = async (running: Running, path: string, body: unknown, method = 'PUT'): Promise<void> => {
  const answer = await fetch(`${running.sandbox.origin}/sandbox/${path}`, {
    method,
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(await answer.text());
};
