import assert from 'node:assert/strict';
import { send } from '../../../../src/org/http.js';
import { type AuthorizationOptions, beginAuthorization, finishAuthorization, type Pending, type Rejected } from '../../../../src/org/oauth/authorization.js';
import { openReceiver, type Receiver } from '../../../../src/org/oauth/receiver.js';
import type { TokenAnswer } from '../../../../src/org/oauth/tokens.js';
import { sandboxRegion } from '../../../../src/platform/regions.js';
import type { Running } from '../../sandbox/harness.js';
import { whoIs } from '../../sandbox/signIn.js';
import { nobody } from '../server.js';
import { clientOf, holdsNone, startWith, throughPage, USER } from './flow.js';

const PATH = '/oauth2/callback';

const opened: Receiver[] = [];
after(() => {
  for (const receiver of opened.splice(0)) receiver.close();
});

interface Desk {
  readonly running: Running;
  readonly port: number;
  /** What the receiver said of hits that it did not take. */
  readonly away: readonly string[];
  begin(more?: Partial<AuthorizationOptions> & { readonly host?: 'localhost' | '127.0.0.1'; readonly signal?: AbortSignal }): Promise<SignIn>;
}

interface SignIn {
  readonly pending: Pending;
  readonly receiver: Receiver;
  /** What came of it, once the browser is told. */
  readonly outcome: Promise<TokenAnswer | Rejected | 'nothing'>;
}

/** A sandbox with a client that has a free port of this machine registered, and sign-ins as a window would begin them. */
async function desk(): Promise<Desk> {
  const port = Number(new URL(await nobody()).port);
  const running = await startWith(`http://localhost:${port}${PATH}`, `http://127.0.0.1:${port}${PATH}`);
  const { clientId } = clientOf(running, 'call-desk');
  const away: string[] = [];
  const begin: Desk['begin'] = async ({ host = 'localhost', signal, ...more } = {}) => {
    const redirectUri = `http://${host}:${port}${PATH}`;
    const pending = await beginAuthorization(sandboxRegion(running.sandbox.origin), { client: { clientId }, redirectUri, ...more });
    let answer: TokenAnswer | Rejected | undefined;
    const receiver = await openReceiver({
      port,
      path: PATH,
      host,
      signal,
      expects: (callback) => pending.reject(callback) === undefined,
      finish: async (callback) => {
        answer = await finishAuthorization(pending, callback, send, signal);
        return answer.kind === 'ok';
      },
      turnedAway: (why) => away.push(why),
    });
    assert.ok(receiver.kind === 'open', JSON.stringify(receiver));
    opened.push(receiver);
    assert.equal(receiver.redirectUri, redirectUri);
    return { pending, receiver, outcome: receiver.ended.then(() => answer ?? 'nothing') };
  };
  return { running, port, away, begin };
}

const visit = async (address: URL | string): Promise<{ readonly status: number; readonly text: string }> => {
  const page = await fetch(address);
  return { status: page.status, text: await page.text() };
};

describe('org/oauth, from the login page to the loopback', () => {
  for (const host of ['localhost', '127.0.0.1'] as const)
    it(`signs a user in at ${host}, says so in the browser, and shows nothing secret there`, async () => {
      const { running, begin } = await desk();
      const { pending, outcome } = await begin({ host });
      const callback = await throughPage(pending.url);
      const page = await visit(callback);
      const answer = await outcome;
      assert.ok(typeof answer === 'object' && answer.kind === 'ok', JSON.stringify(answer));
      assert.equal(await whoIs(running, answer.token), USER);
      assert.match(page.text, /You are signed in/);
      holdsNone([answer.token, pending.state, callback.searchParams.get('code') ?? ''], page.text);
    });

  it('signs in one person after the other with the same client and port, and both stay', async () => {
    const { running, begin } = await desk();
    const client = clientOf(running, 'call-desk');
    const names = [USER, 'Sales Agent 12'];
    const tokens: string[] = [];
    for (const name of names) {
      const { pending, outcome } = await begin({ client, anew: name !== USER });
      await visit(await throughPage(pending.url, name));
      const answer = await outcome;
      assert.ok(typeof answer === 'object' && answer.kind === 'ok' && answer.refreshToken !== undefined);
      tokens.push(answer.token);
    }
    assert.deepEqual(await Promise.all(tokens.map((token) => whoIs(running, token))), names);
  });

  it('goes on after hits that are not its own, and tells of them', async () => {
    const { port, away, begin } = await desk();
    const { pending, outcome } = await begin();
    for (const query of ['?code=stolen&state=guessed', '?error=access_denied&state=guessed', '']) {
      const page = await visit(`http://127.0.0.1:${port}${PATH}${query}`);
      assert.deepEqual([page.status, /You are not signed in/.test(page.text)], [400, true]);
    }
    assert.equal(away.length, 3);
    await visit(await throughPage(pending.url));
    const answer = await outcome;
    assert.ok(typeof answer === 'object' && answer.kind === 'ok');
  });

  it('takes a callback once: a second one, even at the same time, gets no token', async () => {
    const { running, begin } = await desk();
    const { pending, outcome } = await begin();
    const callback = await throughPage(pending.url);
    const pages = await Promise.allSettled([visit(callback), visit(callback)]);
    assert.equal(pages.filter((p) => p.status === 'fulfilled' && /You are signed in/.test(p.value.text)).length, 1);
    const answer = await outcome;
    assert.ok(typeof answer === 'object' && answer.kind === 'ok');
    // The platform saw the code once, or the token would be revoked (RFC 6749 §4.1.2).
    assert.equal(await whoIs(running, answer.token), USER);
  });

  it('tells that somebody chose Cancel, in the browser too', async () => {
    const { running, begin } = await desk();
    const { pending, outcome } = await begin();
    const form = new URLSearchParams([...new URL(pending.url).searchParams, ['action', 'cancel']]);
    const back = await fetch(`${running.sandbox.origin}/oauth/authorize`, { method: 'POST', redirect: 'manual', body: form });
    const page = await visit(back.headers.get('location') ?? '');
    const answer = await outcome;
    assert.ok(typeof answer === 'object' && answer.kind === 'refused' && answer.problem.kind === 'denied', JSON.stringify(answer));
    assert.match(page.text, /You are not signed in/);
  });

  it('leaves nothing behind where it is cancelled while the page is open', async () => {
    const { port, begin } = await desk();
    const controller = new AbortController();
    const { outcome } = await begin({ signal: controller.signal });
    controller.abort();
    assert.equal(await outcome, 'nothing');
    // Another program may have taken the port by now.
    const left = await fetch(`http://127.0.0.1:${port}${PATH}`).then(
      (page) => page.text(),
      () => '',
    );
    assert.doesNotMatch(left, /Call Doctor/);
  });

  it('keeps two orgs apart that sign in at the same time', async () => {
    const [one, two] = [await desk(), await desk()];
    const [first, second] = [await one.begin(), await two.begin()];
    const [a, b] = [await throughPage(first.pending.url), await throughPage(second.pending.url)];
    // Each callback comes to the other's receiver first.
    assert.deepEqual([(await visit(new URL(b.search, a))).status, (await visit(new URL(a.search, b))).status], [400, 400]);
    await Promise.all([visit(a), visit(b)]);
    const tokens = (await Promise.all([first.outcome, second.outcome])).map((answer) =>
      typeof answer === 'object' && answer.kind === 'ok' ? answer.token : assert.fail(JSON.stringify(answer)),
    );
    const who = (running: Running): Promise<string[]> => Promise.all(tokens.map((token) => whoIs(running, token)));
    assert.deepEqual(
      [await who(one.running), await who(two.running)],
      [
        [USER, 'bad.credentials'],
        ['bad.credentials', USER],
      ],
    );
  });
});
