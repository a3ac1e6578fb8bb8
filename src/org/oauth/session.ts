import type { Known } from '../../diagnosis/orgFacts.js';
import { isRecord, optional, text } from '../../platform/json.js';
import type { Region } from '../../platform/regions.js';
import type { Answer, Client } from '../client.js';
import { readGrants, readTokenInfo } from '../parse.js';

/** What a token is and gives, as far as the platform tells (FACTS §4.4). Each part is known, or says why it is not. */
export interface Session {
  readonly region: Region;
  readonly organization: Known<{ readonly id: string; readonly name: string }>;
  /** Who acts: a user through a client, or a client by itself. */
  readonly caller: Known<{ readonly kind: 'user' | 'client'; readonly id: string; readonly name: string; readonly email?: string }>;
  readonly client: Known<{ readonly id: string; readonly name: string }>;
  /** As the platform names it: CODE, CLIENT-CREDENTIALS, SAML2-BEARER, TOKEN. */
  readonly grant: Known<string>;
  /** Of the client. They say nothing about client credentials (FACTS §4.3). */
  readonly scopes: Known<readonly string[]>;
  /** How many different roles the caller has, in whatever division. */
  readonly roles: Known<number>;
  /** Milliseconds since 1970 at which the token ends if nobody uses it before; undefined inside where the org has no such limit. */
  readonly idlesAt: Known<number | undefined>;
}

interface TokenInfo {
  readonly caller: NonNullable<ReturnType<typeof readTokenInfo>>;
  readonly organization: { readonly id: string; readonly name: string };
  readonly idlesAt: number | undefined;
}

interface Me {
  readonly id: string;
  readonly name: string;
  readonly email?: string;
}

const TOKEN = '/api/v2/tokens/me';
const GRANTS = '/api/v2/authorization/subjects/me';
const ME = '/api/v2/users/me';

/** Asks the org what a token is: two requests at once, and one more for a user. When it ends, only the answer that gave it says. */
export async function readSession(client: Client, signal?: AbortSignal): Promise<Session> {
  const ask = async <T>(path: string, parse: (json: unknown) => T | undefined): Promise<Known<T>> =>
    known(await client.read('GET', path, parse, signal ? { signal } : {}), `GET ${path}`);
  const token = ask(TOKEN, readInfo);
  const [info, grants, me] = await Promise.all([
    token,
    ask(GRANTS, readGrants),
    token.then((t) => (t.kind === 'known' && t.value.caller.kind === 'user' ? ask(ME, readMe) : undefined)),
  ]);
  const of = <T>(read: (value: TokenInfo) => T | undefined, what: string): Known<T> => {
    if (info.kind === 'unchecked') return info;
    const value = read(info.value);
    return value === undefined ? { kind: 'unchecked', from: info.from, why: `the answer does not tell ${what}` } : { ...info, value };
  };
  return {
    region: client.region,
    organization: of(({ organization }) => (organization.name === '' ? undefined : organization), 'the org'),
    caller: callerOf(info, me),
    client: of(({ caller }) => (caller.client.id === '' ? undefined : caller.client), 'the client'),
    grant: of(({ caller }) => caller.grant || undefined, 'the grant'),
    scopes: of(({ caller }) => caller.scopes, 'the scopes'),
    roles: grants.kind === 'known' ? { ...grants, value: new Set(grants.value.map((g) => g.roleId || g.role)).size } : grants,
    idlesAt: info.kind === 'known' ? { ...info, value: info.value.idlesAt } : info,
  };
}

/** tokens/me does not always name the user, and users/me has the address (FACTS §4.4). */
function callerOf(info: Known<TokenInfo>, me: Known<Me> | undefined): Session['caller'] {
  if (info.kind === 'unchecked') return info;
  const { kind, id, name } = info.value.caller;
  if (me?.kind === 'known') return { ...me, value: { kind, ...me.value } };
  if (id !== '') return { ...info, value: { kind, id, name } };
  return me ?? { kind: 'unchecked', from: info.from, why: 'the answer does not tell who it is' };
}

function readInfo(json: unknown): TokenInfo | undefined {
  const caller = readTokenInfo(json);
  if (!caller || !isRecord(json)) return undefined;
  const organization = isRecord(json['organization']) ? json['organization'] : {};
  const idles = Date.parse(text(json['dateTokenIdles']) ?? '');
  return {
    caller,
    organization: { id: text(organization['id']) ?? '', name: text(organization['name']) ?? '' },
    idlesAt: Number.isNaN(idles) ? undefined : idles,
  };
}

function readMe(json: unknown): Me | undefined {
  if (!isRecord(json)) return undefined;
  const id = text(json['id']);
  return id === undefined ? undefined : { id, name: text(json['name']) ?? id, ...optional('email', text(json['email'])) };
}

function known<T>(answer: Answer<T>, from: string): Known<T> {
  if (answer.kind === 'ok') return { kind: 'known', value: answer.value, from };
  if (answer.kind === 'cancelled') return { kind: 'unchecked', from, why: 'cancelled' };
  return { kind: 'unchecked', from, why: answer.why, ...optional('status', answer.status), ...optional('code', answer.code) };
}
