import assert from 'node:assert/strict';
import { ApiClient, type ApiClientClass } from 'purecloud-platform-client-v2';
import type { Running } from '../sandbox/harness.js';

export type Client = InstanceType<typeof ApiClientClass>;

/**
 * A program that uses the official SDK, as it comes from npm, with a sandbox. A gateway is the SDK's own setting for an API that
 * is reached under another address; login and API are both at the sandbox's.
 * @param who a user or client of the org as whom it has signed in already; nobody where absent
 */
export async function program({ sandbox, token }: Running, who?: string): Promise<Client> {
  // `ApiClient` is the one instance that the SDK makes; several programs in this process are several instances of its class.
  const client = new (ApiClient.constructor as typeof ApiClientClass)();
  client.config.live_reload_config = false;
  client.config.setGateway({ host: new URL(sandbox.origin).host, protocol: 'http' });
  if (who !== undefined) client.setAccessToken(await token(who));
  return client;
}

/** What the SDK rejects with when it is asked for whole responses (`setReturnExtendedResponses`). */
export interface Denial {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: {
    readonly status: number;
    readonly code: string;
    readonly message: string;
    readonly contextId: string;
    readonly messageParams?: Readonly<Record<string, string>>;
  };
}

/** The denial that a call of the SDK ends in. */
export async function denialOf(call: () => Promise<unknown>): Promise<Denial> {
  try {
    await call();
  } catch (error) {
    assert.ok(typeof error === 'object' && error !== null && 'status' in error && 'body' in error && 'headers' in error, String(error));
    return error as Denial;
  }
  return assert.fail('the call was not denied');
}

// The SDK's HTTP client goes through HTTP_PROXY where there is one, to loopback too.
const noProxy = process.env['no_proxy'];
before(() => {
  process.env['no_proxy'] = '127.0.0.1';
});
after(() => {
  if (noProxy === undefined) delete process.env['no_proxy'];
  else process.env['no_proxy'] = noProxy;
});
