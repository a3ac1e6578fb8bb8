import { findRegion, type Region } from '../../platform/regions.js';
import { readTokenText } from '../../platform/tokenText.js';
import type { ClientCredentials } from './tokens.js';

/** What the environment, or a profile of the platform's command line, signs in with. `region` where it names one. */
export type FoundCredentials =
  | { readonly kind: 'token'; readonly token: string; readonly region?: Region }
  | ({ readonly kind: 'client'; readonly region?: Region } & ClientCredentials);

export type Environment =
  | FoundCredentials
  | { readonly kind: 'none' }
  /** `why`: sentences that name the variable, and never its value. */
  | { readonly kind: 'unusable'; readonly why: string };

/** Names that the Terraform provider and the platform's command line read, too (DESIGN §6; CLI166 docs/index.md). */
const VARIABLES = {
  token: 'GENESYSCLOUD_ACCESS_TOKEN',
  clientId: 'GENESYSCLOUD_OAUTHCLIENT_ID',
  clientSecret: 'GENESYSCLOUD_OAUTHCLIENT_SECRET',
  region: 'GENESYSCLOUD_REGION',
} as const;

/** Credentials in environment variables. A token comes before a client, as in the platform's command line. */
export function readEnvironment(env: Readonly<Record<string, string | undefined>>): Environment {
  const given = (name: string): string => env[name]?.trim() ?? '';
  const named = given(VARIABLES.region);
  const region = named === '' ? undefined : findRegion(named);
  if (named !== '' && !region) return { kind: 'unusable', why: `${VARIABLES.region} names no region of Genesys Cloud: write us-east-1, or mypurecloud.com.` };
  return readCredentials(
    { token: given(VARIABLES.token), clientId: given(VARIABLES.clientId), clientSecret: given(VARIABLES.clientSecret), region },
    { token: VARIABLES.token, clientId: VARIABLES.clientId, clientSecret: VARIABLES.clientSecret },
  );
}

interface Given {
  /** Each empty where it is absent. */
  readonly token: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly region: Region | undefined;
}

/** @param names what a sentence calls them */
export function readCredentials(
  { token, clientId, clientSecret, region }: Given,
  names: Readonly<Record<'token' | 'clientId' | 'clientSecret', string>>,
): Environment {
  const there = region ? { region } : {};
  if (token !== '') {
    const read = readTokenText(token);
    return read.kind === 'token' ? { kind: 'token', token: read.token, ...there } : { kind: 'unusable', why: `${names.token}: ${read.why}` };
  }
  if (clientId === '' && clientSecret === '') return { kind: 'none' };
  if (clientId === '' || clientSecret === '') {
    const [has, lacks] = clientId === '' ? [names.clientSecret, names.clientId] : [names.clientId, names.clientSecret];
    return { kind: 'unusable', why: `${has} is there, and ${lacks} is not: both are needed.` };
  }
  return { kind: 'client', clientId, clientSecret, ...there };
}
