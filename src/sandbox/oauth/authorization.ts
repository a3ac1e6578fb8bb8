import type { Client } from '../org/oauthClients.js';
import type { World } from '../org/world.js';
import { activeClient } from './clientSecret.js';
import { Form } from './form.js';

/** The parameters of `/oauth/authorize` (FACTS §4.1). `scope` is not among them: scopes live on the client. */
export const PARAMETERS = [
  'client_id',
  'redirect_uri',
  'response_type',
  'state',
  'code_challenge',
  'code_challenge_method',
  'login_hint',
  'org',
  'provider',
  'target',
  'prompt',
] as const;

/** What a client asks of a user: to sign in, and to be sent back to the redirect URI with a code. */
export interface AuthorizationRequest {
  readonly client: Client;
  /** Registered, exactly as it is. */
  readonly redirectUri: string;
  readonly state: string | undefined;
  readonly challenge: string | undefined;
  readonly loginHint: string | undefined;
}

/** Why nobody is sent back: it is not known, or not safe, whereto. Shown on a page of the sandbox. */
export interface Stranger {
  readonly why: string;
  /** What was sent as redirect_uri. */
  readonly redirectUri: string | undefined;
  /** The client's own redirect URIs, where a client was found. */
  readonly registered: readonly string[];
}

export type ReadAuthorization =
  | { readonly kind: 'asked'; readonly request: AuthorizationRequest }
  | { readonly kind: 'refused'; readonly location: string }
  | { readonly kind: 'stranger'; readonly stranger: Stranger };

/** RFC 7636, section 4.2: base64url of a SHA-256 hash. */
const CHALLENGE = /^[A-Za-z0-9_-]{43}$/;

/** Reads what a client asks of `/oauth/authorize`, by query or by form. */
export function readAuthorization(world: World, params: URLSearchParams): ReadAuthorization {
  const form = new Form(params, PARAMETERS);
  const [id, redirectUri, state] = [form.get('client_id'), form.get('redirect_uri'), form.get('state')];
  const client = id === undefined ? undefined : activeClient(world, id);
  const why = form.problem && ['client_id', 'redirect_uri', 'state'].includes(form.problem.name) ? `${form.problem.why}.` : doubt(id, client, redirectUri);
  if (why !== undefined || !client || redirectUri === undefined)
    return { kind: 'stranger', stranger: { why: why ?? '', redirectUri, registered: client?.redirectUris ?? [] } };

  const refused = (error: string, description: string): ReadAuthorization => ({
    kind: 'refused',
    location: withParameters(redirectUri, { error, error_description: description, state }, form.get('response_type') === 'token'),
  });
  if (form.problem) return refused('invalid_request', form.problem.why);
  const responseType = form.get('response_type');
  if (responseType === undefined) return refused('invalid_request', 'response_type is missing');
  if (responseType !== 'code') return refused('unsupported_response_type', 'the only response_type is code');
  if (client.grant !== 'CODE') return refused('unauthorized_client', 'the client is not allowed to use this grant');
  if ((form.get('org') === undefined) !== (form.get('provider') === undefined)) return refused('invalid_request', 'org and provider go together');
  const [challenge, method] = [form.get('code_challenge'), form.get('code_challenge_method')];
  if (challenge === undefined && (method !== undefined || client.requiresPkce)) return refused('invalid_request', 'code_challenge is missing');
  if (challenge !== undefined && method !== 'S256') return refused('invalid_request', 'the only code_challenge_method is S256');
  if (challenge !== undefined && !CHALLENGE.test(challenge)) return refused('invalid_request', 'code_challenge is not the base64url of a SHA-256 hash');
  return { kind: 'asked', request: { client, redirectUri, state, challenge, loginHint: form.get('login_hint') } };
}

/** A redirect URI matches one that is registered exactly, including its query (FACTS §4.2). */
function doubt(id: string | undefined, client: Client | undefined, redirectUri: string | undefined): string | undefined {
  if (id === undefined) return 'client_id is missing.';
  if (!client) return `No active OAuth client of this org has the id ${id}.`;
  if (client.grant !== 'CODE' && client.grant !== 'TOKEN')
    return `The OAuth client ${client.name} has the grant ${client.grant}: nobody signs in with it here.`;
  if (redirectUri === undefined) return 'redirect_uri is missing.';
  if (!client.redirectUris.includes(redirectUri)) return `The redirect URI is not registered for the OAuth client ${client.name}. It must match exactly.`;
  return undefined;
}

/**
 * A redirect URI with parameters after those it has. Everything is percent-encoded, blanks too: some who read custom schemes
 * take a plus sign for a plus sign. @param inFragment RFC 6749, section 4.2.2.1
 */
export function withParameters(uri: string, parameters: Readonly<Record<string, string | undefined>>, inFragment = false): string {
  const pairs = Object.entries(parameters).flatMap(([name, value]) => (value === undefined ? [] : `${name}=${encodeURIComponent(value)}`));
  const mark = inFragment ? '#' : !uri.includes('?') ? '?' : /[?&]$/.test(uri) ? '' : '&';
  return `${uri}${mark}${pairs.join('&')}`;
}
