import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { parse, TomlError } from 'smol-toml';
import { isRecord, optional, text } from '../../platform/json.js';
import { findRegion, type Region } from '../../platform/regions.js';
import { type FoundCredentials, readCredentials } from './environment.js';

/** A profile of `gc`, the platform's command line. Where it can sign nobody in here, `why` says it in a sentence. */
export interface GcProfile {
  readonly name: string;
  readonly region?: Region;
  /** For its client id and port, which a sign-in through the browser could use as well. */
  readonly client?: { readonly clientId: string; readonly redirectUri?: string };
  readonly usable: { readonly kind: 'yes'; readonly credentials: FoundCredentials } | { readonly kind: 'no'; readonly why: string };
}

export type GcProfiles =
  | { readonly kind: 'read'; readonly profiles: readonly GcProfile[] }
  | { readonly kind: 'none' }
  /** `why`: a sentence without anything of the file. */
  | { readonly kind: 'unreadable'; readonly why: string };

/** Where `gc` keeps its profiles (CLI166 `config.go`). */
export const gcConfigFile = (home = homedir()): string => path.join(home, '.gc', 'config.toml');

/** A file of profiles has some kilobytes. */
const LARGEST = 256 * 1024;

/** Reads the profiles of `gc`; never writes them. */
export async function readGcProfiles(file = gcConfigFile()): Promise<GcProfiles> {
  let content: string;
  try {
    content = await readFile(file, 'utf8');
  } catch (error) {
    const { code = 'unknown error' } = error as NodeJS.ErrnoException;
    return code === 'ENOENT' || code === 'ENOTDIR' ? { kind: 'none' } : { kind: 'unreadable', why: `${file} cannot be read (${code}).` };
  }
  return content.length > LARGEST ? { kind: 'unreadable', why: `${file} is too large for a file of profiles.` } : parseGcProfiles(content, file);
}

/** @param content of `config.toml`: a table a profile (CLI166 `config.go`) @param now milliseconds since 1970 */
export function parseGcProfiles(content: string, file = 'config.toml', now = Date.now()): GcProfiles {
  let tables: Record<string, unknown>;
  try {
    tables = parse(content.replace(/^\uFEFF/, ''));
  } catch (error) {
    // Its message quotes the lines around the fault, and they hold secrets.
    if (error instanceof TomlError) return { kind: 'unreadable', why: `${file} is not valid TOML: see line ${error.line}, column ${error.column}.` };
    throw error;
  }
  const profiles = Object.entries(tables).flatMap(([name, table]) => (isRecord(table) ? [readProfile(name, table, now)] : []));
  return profiles.length === 0 ? { kind: 'none' } : { kind: 'read', profiles };
}

/** `grant_type` as `gc profiles new` writes it (CLI166 `createprofile.go`). */
const GRANTS: Readonly<Record<string, string>> = { '2': 'the implicit grant', '3': 'PKCE' };

function readProfile(name: string, table: Record<string, unknown>, now: number): GcProfile {
  // gc reads keys without regard to case, and blank values as absent.
  const members = new Map(Object.entries(table).map(([key, value]) => [key.toLowerCase(), value]));
  const at = (key: string): string => {
    const value = members.get(key);
    return typeof value === 'number' ? String(value) : (text(value)?.trim() ?? '');
  };
  const environment = at('environment');
  const region = environment === '' ? undefined : findRegion(environment);
  const clientId = at('client_credentials');
  const redirectUri = at('redirect_uri') || undefined;
  const about = {
    name,
    ...optional('region', region),
    ...(clientId === '' ? {} : { client: { clientId, ...optional('redirectUri', redirectUri) } }),
  };
  const no = (why: string): GcProfile => ({ ...about, usable: { kind: 'no', why } });
  if (!region) return no(environment === '' ? 'It names no environment.' : 'Its environment is no region of Genesys Cloud.');
  if (members.has('gateway_protocol') && at('gateway_host') !== '')
    return no('It goes through a gateway of its own, and tokens go to hosts of Genesys Cloud alone.');
  const grant = GRANTS[at('grant_type')];
  const kept = at('access_token') === '' && grant !== undefined ? keptToken(at('oauth_token_data'), now) : undefined;
  if (kept?.kind === 'expired') return no(`Its token, got with ${grant}, has expired: sign in with gc, or through the browser here.`);
  const token = at('access_token') || (kept?.kind === 'token' ? kept.token : '');
  if (token === '' && grant !== undefined) return no(`It signs in with ${grant}, and has no token at the moment: sign in through the browser here.`);
  const found = readCredentials(
    { token, clientId, clientSecret: at('client_secret'), region },
    { token: 'Its access token', clientId: 'client_credentials', clientSecret: 'client_secret' },
  );
  if (found.kind === 'none') return no('It has neither a token nor a client.');
  return found.kind === 'unusable' ? no(found.why) : { ...about, usable: { kind: 'yes', credentials: found } };
}

/** The token answer that `gc` keeps as JSON, with the time at which it ends (CLI166 `models/oauthtokendata`). */
function keptToken(stored: string, now: number): { readonly kind: 'token'; readonly token: string } | { readonly kind: 'expired' } | undefined {
  let json: unknown;
  try {
    json = JSON.parse(stored);
  } catch {
    return undefined;
  }
  const token = isRecord(json) ? text(json['access_token']) : undefined;
  if (!isRecord(json) || !token) return undefined;
  return Date.parse(text(json['oauth_token_expiry']) ?? '') <= now ? { kind: 'expired' } : { kind: 'token', token };
}
