import assert from 'node:assert/strict';
import { TokensApi, UsersApi } from 'purecloud-platform-client-v2';
import { type Running, start } from '../sandbox/harness.js';
import { signInOnPage } from './loginPage.js';
import { type Client, denialOf, program } from './program.js';

const REDIRECT_URI = 'http://localhost:8085/oauth2/callback';
const DAY = 86_400_000;

const clientOf = ({ sandbox }: Running, name: string) => {
  const client = sandbox.clients.find((c) => c.name === name);
  assert.ok(client);
  return client;
};
/** What the SDK keeps of a login; its types leave the refresh token out. */
interface Kept {
  readonly accessToken: string;
  readonly refreshToken?: string;
  readonly tokenExpiryTime: number;
}
const kept = (client: Client): Kept => ({ ...(client as unknown as { readonly authData: Kept }).authData });
const nameOfMe = async (client: Client): Promise<string | undefined> => (await new UsersApi(client).getUsersMe()).name;

/** The error of RFC 6749, section 5.2, that a login of the SDK was refused with. */
async function refusal(login: () => Promise<unknown>): Promise<{ readonly status: number; readonly error: string; readonly description: string }> {
  try {
    await login();
  } catch (error) {
    const { status, data } = (error as { response: { status: number; data: { error: string; error_description: string } } }).response;
    return { status, error: data.error, description: data.error_description };
  }
  return assert.fail('the login was not refused');
}

describe('a program with the official SDK signs in', () => {
  describe('with client credentials', () => {
    it('and has a token of the client for a day, without a user', async () => {
      const running = await start();
      const client = await program(running);
      const { id, secret } = clientOf(running, 'dialer-service');
      await client.loginClientCredentialsGrant(id, secret);
      assert.ok(Math.abs(kept(client).tokenExpiryTime - Date.now() - DAY) < 60_000);
      const info = await new TokensApi(client).getTokensMe();
      assert.equal(info.OAuthClient?.id, id);
      assert.equal(info.OAuthClient?.authorizedGrantType, 'CLIENT-CREDENTIALS');
    });

    it('and not with a wrong secret, nor with a client that is disabled', async () => {
      const running = await start();
      const client = await program(running);
      const { id } = clientOf(running, 'dialer-service');
      const wrong = await refusal(() => client.loginClientCredentialsGrant(id, 'not the secret'));
      // FACTS §3.1 has the words, RFC 6749, section 5.2, the status of a client that authenticates with Basic.
      assert.deepEqual(wrong, { status: 401, error: 'invalid_client', description: 'authentication failed' });
      const retired = clientOf(running, 'retired-tool');
      assert.equal((await refusal(() => client.loginClientCredentialsGrant(retired.id, retired.secret))).error, 'invalid_client');
    });
  });

  describe('as a user, with an authorization code and the client’s secret', () => {
    let running: Running;
    let client: Client;

    /** Picks a user on the login page. @returns the code */
    async function codeFor(user: string): Promise<string> {
      const asked = { client_id: clientOf(running, 'call-desk').id, redirect_uri: REDIRECT_URI, response_type: 'code', state: 'a state & more' };
      const answer = await signInOnPage(running.sandbox.origin, asked, user);
      assert.equal(answer.get('state'), 'a state & more');
      return answer.get('code') ?? '';
    }

    beforeEach(async () => {
      running = await start();
      client = await program(running);
      const { id, secret } = clientOf(running, 'call-desk');
      await client.loginCodeAuthorizationGrant(id, secret, await codeFor('Sales Agent 7'), REDIRECT_URI);
    });

    it('and is that user', async () => assert.equal(await nameOfMe(client), 'Sales Agent 7'));

    it('and has a token that it can refresh', async () => {
      const { id, secret } = clientOf(running, 'call-desk');
      const { accessToken, refreshToken = '' } = kept(client);
      await client.refreshCodeAuthorizationGrant(id, secret, refreshToken);
      assert.notEqual(kept(client).accessToken, accessToken);
      assert.equal(await nameOfMe(client), 'Sales Agent 7');
    });

    it('but not twice with one code, nor with the code of another redirect URI', async () => {
      const { id, secret } = clientOf(running, 'call-desk');
      const code = await codeFor('Care Agent 3');
      const other = 'http://127.0.0.1:8085/oauth2/callback';
      assert.equal((await refusal(() => client.loginCodeAuthorizationGrant(id, secret, code, other))).error, 'invalid_grant');
      const again = await codeFor('Care Agent 3');
      await client.loginCodeAuthorizationGrant(id, secret, again, REDIRECT_URI);
      assert.equal((await refusal(() => client.loginCodeAuthorizationGrant(id, secret, again, REDIRECT_URI))).error, 'invalid_grant');
    });

    it('and out again: the token is revoked', async () => {
      client.config.refresh_access_token = false;
      await new TokensApi(client).deleteTokensMe();
      client.setReturnExtendedResponses(true);
      const { status, body } = await denialOf(() => new UsersApi(client).getUsersMe());
      assert.deepEqual([status, body.code], [401, 'bad.credentials']);
    });
  });

  describe('as a user, with a code and PKCE', () => {
    it('and is that user, without a secret and without a refresh token', async () => {
      const running = await start();
      const client = await program(running);
      const { id } = clientOf(running, 'call-desk');
      const verifier = client.generatePKCECodeVerifier(128);
      const challenge = { code_challenge: await client.computePKCECodeChallenge(verifier), code_challenge_method: 'S256' };
      const asked = { client_id: id, redirect_uri: REDIRECT_URI, response_type: 'code', ...challenge };
      const stolen = (await signInOnPage(running.sandbox.origin, asked, 'Care Agent 3')).get('code') ?? '';
      const thief = await refusal(() => client.authorizePKCEGrant(id, client.generatePKCECodeVerifier(128), stolen, REDIRECT_URI));
      assert.equal(thief.error, 'invalid_grant');
      const code = (await signInOnPage(running.sandbox.origin, asked, 'Care Agent 3')).get('code') ?? '';
      await client.authorizePKCEGrant(id, verifier, code, REDIRECT_URI);
      assert.equal(await nameOfMe(client), 'Care Agent 3');
      assert.equal(kept(client).refreshToken, undefined);
    });
  });
});
