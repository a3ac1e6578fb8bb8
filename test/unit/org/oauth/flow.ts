import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import type { Http, Outgoing } from '../../../../src/org/http.js';
import type { OAuthClient } from '../../../../src/org/oauth/tokens.js';
import { orgCopy, type Running, start } from '../../sandbox/harness.js';
import { signInOnPage } from '../../sdk/loginPage.js';

export const USER = 'Sales Agent 7';

/** A sandbox whose client call-desk has these redirect URIs beside its own. */
export function startWith(...redirectUris: readonly string[]): Promise<Running> {
  const org = orgCopy();
  org.clients.find((c) => c.name === 'call-desk')?.redirectUris?.push(...redirectUris);
  return start({ org });
}

export function clientOf({ sandbox }: Running, name: string): Required<OAuthClient> {
  const client = sandbox.clients.find((c) => c.name === name);
  assert.ok(client, name);
  return { clientId: client.id, clientSecret: client.secret };
}

/** What the browser does with the login page: signs `user` in. @returns the address that it is sent on to */
export async function throughPage(loginPage: string, user = USER): Promise<URL> {
  const { origin, searchParams } = new URL(loginPage);
  const back = await signInOnPage(origin, Object.fromEntries(searchParams), user);
  const callback = new URL(searchParams.get('redirect_uri') ?? '');
  for (const [name, value] of back) if (!callback.searchParams.has(name)) callback.searchParams.append(name, value);
  return callback;
}

/** An `Http` that keeps what it was asked to send, and answers with JSON. */
export function recording(
  status: number,
  body: unknown,
  headers: readonly (readonly [string, string])[] = [],
): { readonly http: Http; readonly sent: Outgoing[] } {
  const sent: Outgoing[] = [];
  return {
    sent,
    http: async (request) => {
      sent.push(request);
      return { kind: 'answered', status, headers, body: typeof body === 'string' ? body : JSON.stringify(body), cut: false, ms: 1 };
    },
  };
}

/** Fails where a secret is in what something looks like when it is shown, logged or stored. */
export function holdsNone(secrets: readonly string[], ...things: readonly unknown[]): void {
  for (const thing of things) {
    const looks = [inspect(thing, { depth: 20, maxStringLength: null, showHidden: true }), JSON.stringify(thing), String(thing)];
    for (const secret of secrets) {
      assert.ok(secret.length >= 8, 'a canary that is long enough to be told from words');
      for (const look of looks) assert.ok(look === undefined || !look.includes(secret), `a secret is in ${look}`);
    }
  }
}
