import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { type Reply, type Running, read } from './harness.js';

/** RFC 7636, appendix B. */
export const VERIFIER = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk';
export const CHALLENGE = 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM';
export const PKCE = { code_challenge: CHALLENGE, code_challenge_method: 'S256' };
export const CALLBACK = 'http://localhost:8085/oauth2/callback';
export const VSCODE_CALLBACK = 'vscode://call-doctor.genesys-call-doctor/signed-in';

export type Parameters = Readonly<Record<string, string>> | readonly (readonly [string, string])[];
const encoded = (parameters: Parameters): string => new URLSearchParams(parameters as Record<string, string>).toString();

export const challengeOf = (verifier: string): string => createHash('sha256').update(verifier).digest('base64url');

/** What call-desk asks of the login page. */
export const asked = (running: Running, more: Readonly<Record<string, string>> = {}): Record<string, string> => ({
  client_id: running.idOf('call-desk'),
  redirect_uri: CALLBACK,
  response_type: 'code',
  ...more,
});

/** Opens `/oauth/authorize`; goes nowhere else. */
export const open = async (running: Running, parameters: Parameters, headers: Record<string, string> = {}): Promise<Reply> =>
  read(await fetch(`${running.sandbox.origin}/oauth/authorize?${encoded(parameters)}`, { redirect: 'manual', headers }));

/** Sends the login page's form. */
export const submit = async (running: Running, parameters: Parameters, headers: Record<string, string> = {}): Promise<Reply> =>
  read(
    await fetch(`${running.sandbox.origin}/oauth/authorize`, {
      method: 'POST',
      redirect: 'manual',
      headers: { 'Content-Type': 'application/x-www-form-urlencoded', ...headers },
      body: encoded(parameters),
    }),
  );

/** Where an answer sends the browser, apart. */
export function sentBack(reply: Reply): { readonly to: string; readonly parameters: Readonly<Record<string, string>> } {
  const location = reply.headers.get('location');
  assert.equal(reply.status, 302, reply.text);
  assert.ok(location);
  const at = location.search(/[?#]/);
  return { to: location.slice(0, at), parameters: Object.fromEntries(new URLSearchParams(location.slice(at + 1))) };
}

/** Signs somebody in on the login page. @returns the code */
export async function codeFor(running: Running, user: string, parameters: Readonly<Record<string, string>> = {}): Promise<string> {
  const { code } = sentBack(await submit(running, asked(running, { ...parameters, user: running.idOf(user), action: 'sign-in' }))).parameters;
  assert.ok(code);
  return code;
}

/** The Authorization header of a client, by its name. @param secret another one than its own */
export function basic(running: Running, name: string, secret?: string): Record<string, string> {
  const client = running.sandbox.clients.find((c) => c.name === name);
  assert.ok(client, name);
  return { Authorization: `Basic ${Buffer.from(`${client.id}:${secret ?? client.secret}`).toString('base64')}` };
}

/** Asks `/oauth/token`. */
export const exchange = async (running: Running, parameters: Parameters, headers: Record<string, string> = {}): Promise<Reply> =>
  read(
    await fetch(`${running.sandbox.origin}/oauth/token`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/x-www-form-urlencoded', ...headers },
      body: encoded(parameters),
    }),
  );

/** What `/oauth/token` says to a code, as call-desk with its secret unless told otherwise. */
export const redeem = (running: Running, code: string, more: Readonly<Record<string, string>> = {}, headers = basic(running, 'call-desk')): Promise<Reply> =>
  exchange(running, { grant_type: 'authorization_code', code, redirect_uri: CALLBACK, ...more }, headers);

/** Whose token it is: status and name of the user, or the error code. */
export async function whoIs(running: Running, token: string): Promise<string> {
  const me = await running.send(undefined, 'GET /api/v2/tokens/me', undefined, { Authorization: `Bearer ${token}` });
  return me.status === 200 ? String(me.json['authenticatedUser']?.['name']) : String(me.json['code']);
}
