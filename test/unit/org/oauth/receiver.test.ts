import assert from 'node:assert/strict';
import http from 'node:http';
import net from 'node:net';
import os from 'node:os';
import { mock } from 'node:test';
import { openReceiver, type Receiver, type ReceiverOptions } from '../../../../src/org/oauth/receiver.js';
import { holdsNone } from './flow.js';

const PATH = '/oauth2/callback';
const open: Receiver[] = [];
after(() => {
  for (const receiver of open.splice(0)) receiver.close();
});

async function opened(options: Partial<ReceiverOptions> = {}): Promise<Receiver & { readonly taken: URL[]; readonly away: string[] }> {
  const taken: URL[] = [];
  const away: string[] = [];
  const receiver = await openReceiver({
    port: 0,
    path: PATH,
    expects: (callback) => callback.searchParams.get('state') === 'canary-state',
    finish: async (callback) => {
      taken.push(callback);
      return true;
    },
    turnedAway: (why) => away.push(why),
    ...options,
  });
  assert.ok(receiver.kind === 'open');
  open.push(receiver);
  return { ...receiver, taken, away };
}

interface Page {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly text: string;
}

/** A request as it is written; the Host is the receiver's own where nothing else is said. */
function request(port: number, target: string, { method = 'GET', host = `localhost:${port}`, body = '' } = {}): Promise<Page> {
  return new Promise((resolve, reject) => {
    const sent = http.request({ host: '127.0.0.1', port, path: target, method, headers: { Host: host, Connection: 'close' }, agent: false }, (answer) => {
      let text = '';
      answer.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
      });
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text }));
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

const GOOD = `${PATH}?code=canary-code&state=canary-state`;

describe('org/oauth/receiver', () => {
  it('takes the callback, and tells the browser that somebody is signed in', async () => {
    const receiver = await opened();
    assert.equal(receiver.redirectUri, `http://localhost:${receiver.port}${PATH}`);
    const page = await request(receiver.port, GOOD);
    assert.equal(page.status, 200);
    assert.match(page.text, /<h1>You are signed in<\/h1>/);
    assert.match(page.text, /close this tab/);
    assert.deepEqual(receiver.taken.map(String), [`${receiver.redirectUri}?code=canary-code&state=canary-state`]);
    assert.equal(await receiver.ended, 'finished');
  });

  for (const [what, finish] of [
    ['is refused', async () => false],
    ['fails', async () => Promise.reject(new Error('canary-of-a-fault'))],
  ] as const)
    it(`says that nobody is signed in where the exchange ${what}`, async () => {
      const receiver = await opened({ finish });
      const page = await request(receiver.port, GOOD);
      assert.match(page.text, /<h1>You are not signed in<\/h1>/);
      holdsNone(['canary-code', 'canary-state', 'canary-of-a-fault'], page.text);
      assert.equal(await receiver.ended, 'finished');
    });

  it('says nothing before the exchange is done, and tells a second hit meanwhile that it was used', async () => {
    let done: (signedIn: boolean) => void = () => {};
    let calls = 0;
    const receiver = await opened({
      finish: () => {
        calls++;
        return new Promise((resolve) => {
          done = resolve;
        });
      },
    });
    const first = request(receiver.port, GOOD);
    let answered = false;
    void first.then(() => {
      answered = true;
    });
    while (calls === 0) await new Promise((resolve) => setImmediate(resolve));
    const second = await request(receiver.port, GOOD);
    assert.equal(second.status, 410);
    assert.match(second.text, /used already/);
    assert.deepEqual([answered, calls], [false, 1]);
    done(true);
    assert.equal((await first).status, 200);
    assert.equal(calls, 1);
  });

  it('has its port back when it ends, and can be opened there again', async () => {
    const receiver = await opened();
    await request(receiver.port, GOOD);
    await receiver.ended;
    const again = await opened({ port: receiver.port });
    assert.equal(again.port, receiver.port);
  });

  it('names the redirect URI as it is registered: by name or by number', async () => {
    const receiver = await opened({ host: '127.0.0.1', path: '/' });
    assert.equal(receiver.redirectUri, `http://127.0.0.1:${receiver.port}/`);
    const page = await request(receiver.port, '/?code=canary-code&state=canary-state', { host: `127.0.0.1:${receiver.port}` });
    assert.equal(page.status, 200);
    assert.equal(receiver.taken.length, 1);
  });

  it('has a page without script, with nothing of the request, that nobody keeps, frames or refers from', async () => {
    const receiver = await opened();
    for (const target of ['/favicon.ico', `${PATH}?code=canary-code&state=wrong`, GOOD]) {
      const { headers, text } = await request(receiver.port, target);
      const csp = headers['content-security-policy'] ?? '';
      assert.match(String(csp), /^default-src 'none'; style-src 'sha256-[\w+/=]{44}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'$/);
      assert.equal(headers['cache-control'], 'no-store');
      assert.equal(headers['referrer-policy'], 'no-referrer');
      assert.equal(headers['x-content-type-options'], 'nosniff');
      assert.match(headers['content-type'] ?? '', /^text\/html; charset=utf-8$/);
      assert.doesNotMatch(text, /<script|<img|<link|src=|href=|\bon\w+=|canary|127\.0\.0\.1/i);
      assert.match(text, /<html lang="en">/);
      assert.match(text, /<title>[^<]+<\/title>/);
      assert.match(text, /prefers-color-scheme: ?dark/);
    }
  });
});

describe('org/oauth/receiver, attacked', () => {
  const hits: readonly [what: string, target: string, status: number, options?: Parameters<typeof request>[2]][] = [
    ['of another sign-in', `${PATH}?code=canary-code&state=another`, 400],
    ['without a query', PATH, 400],
    ['by POST', GOOD, 405, { method: 'POST', body: 'state=canary-state&code=canary-code' }],
    ['by HEAD', GOOD, 405, { method: 'HEAD' }],
    ['by OPTIONS', GOOD, 405, { method: 'OPTIONS' }],
    ['with another path', '/oauth2/callback2?state=canary-state', 404],
    ['with a slash more', '/oauth2/callback/?state=canary-state', 404],
    ['with a path that leads there', '/oauth2/x/../callback?state=canary-state', 404],
    ['with a path in another case', '/OAuth2/callback?state=canary-state', 404],
    ['with an encoded path', '/oauth2%2Fcallback?state=canary-state', 404],
    ['with two slashes', '//oauth2/callback?state=canary-state', 404],
    ['with a whole address', 'http://evil.example/oauth2/callback?state=canary-state', 404],
    ['with a long address', `${GOOD}&x=${'x'.repeat(5000)}`, 414],
    ['for a stranger’s host', GOOD, 421, { host: 'evil.example' }],
    ['for a stranger’s host with the port', GOOD, 421, { host: 'evil.example:PORT' }],
    ['for a host that only begins so', GOOD, 421, { host: 'localhost.evil.example:PORT' }],
    ['for another port', GOOD, 421, { host: 'localhost:1' }],
    ['for a host without a port', GOOD, 421, { host: 'localhost' }],
    ['for 0.0.0.0', GOOD, 421, { host: '0.0.0.0:PORT' }],
  ];
  for (const [what, target, status, options] of hits)
    it(`takes no hit ${what}, tells of it, and goes on waiting`, async () => {
      const receiver = await opened();
      const host = options?.host?.replace('PORT', String(receiver.port));
      const page = await request(receiver.port, target, { ...options, ...(host === undefined ? {} : { host }) });
      assert.equal(page.status, status);
      assert.deepEqual(receiver.taken, []);
      assert.equal(receiver.away.length, 1);
      holdsNone(['canary-code', 'canary-state', 'evil.example'], page, receiver.away);
      assert.equal((await request(receiver.port, GOOD)).status, 200);
      assert.equal(receiver.taken.length, 1);
    });

  it('is closed to headers without end', async () => {
    const receiver = await opened();
    const text = await new Promise<string>((resolve) => {
      let got = '';
      const socket = net.connect(receiver.port, '127.0.0.1', () => {
        socket.write(`GET ${GOOD} HTTP/1.1\r\nHost: localhost:${receiver.port}\r\nCookie: ${'x'.repeat(100_000)}\r\n\r\n`);
      });
      socket.setEncoding('utf8').on('data', (chunk: string) => {
        got += chunk;
      });
      socket.on('error', () => {});
      socket.on('close', () => resolve(got));
    });
    assert.match(text, /^(?:HTTP\/1\.1 431 |$)/);
    assert.deepEqual(receiver.taken, []);
  });

  it('takes the cookies of everything that ever ran on localhost', async () => {
    const receiver = await opened();
    const answer = await fetch(`http://127.0.0.1:${receiver.port}${GOOD}`, { headers: { Cookie: `a=${'x'.repeat(30_000)}` } });
    assert.equal(answer.status, 200);
  });

  it('listens on loopback alone', async () => {
    const receiver = await opened();
    const addresses = Object.values(os.networkInterfaces()).flatMap((list) => (list ?? []).filter((a) => !a.internal && a.family === 'IPv4'));
    for (const { address } of addresses) {
      const failed = await new Promise<boolean>((resolve) => {
        const socket = net.connect(receiver.port, address);
        socket.on('connect', () => resolve(false)).on('error', () => resolve(true));
        socket.on('connect', () => socket.destroy());
      });
      assert.ok(failed, 'it can be reached from outside');
    }
  });
});

describe('org/oauth/receiver, ending', () => {
  it('says that the port is taken', async () => {
    const { port } = await opened();
    const second = await openReceiver({ port, path: PATH, expects: () => true, finish: async () => true });
    assert.deepEqual(second, { kind: 'failed', problem: { kind: 'port-taken', port } });
  });

  it('closes when it is aborted, with a browser in the middle of it, and frees the port', async () => {
    const controller = new AbortController();
    const receiver = await opened({
      signal: controller.signal,
      finish: () => {
        controller.abort();
        return new Promise(() => {});
      },
    });
    await assert.rejects(request(receiver.port, GOOD));
    assert.equal(await receiver.ended, 'closed');
    await opened({ port: receiver.port });
  });

  it('does not wait at all where it was aborted before', async () => {
    const receiver = await opened({ signal: AbortSignal.abort() });
    assert.equal(await receiver.ended, 'closed');
  });

  it('waits five minutes and not longer', async () => {
    mock.timers.enable({ apis: ['setTimeout'] });
    try {
      const receiver = await opened();
      mock.timers.tick(299_999);
      assert.equal((await request(receiver.port, PATH)).status, 400);
      mock.timers.tick(1);
      assert.equal(await receiver.ended, 'late');
      await assert.rejects(request(receiver.port, GOOD));
      assert.deepEqual(receiver.taken, []);
    } finally {
      mock.timers.reset();
    }
  });

  it('finishes what came in time', async () => {
    mock.timers.enable({ apis: ['setTimeout'] });
    try {
      const receiver = await opened({
        finish: async () => {
          mock.timers.tick(300_000);
          return true;
        },
      });
      assert.match((await request(receiver.port, GOOD)).text, /You are signed in/);
      assert.equal(await receiver.ended, 'finished');
    } finally {
      mock.timers.reset();
    }
  });
});
