import { aBoolean, aString, described, oneOf } from './shape.js';

/** The grants that the platform has clients for (FACTS §4.1); PASSWORD is in its enum only. */
export const GRANT_TYPES = ['CLIENT-CREDENTIALS', 'CODE', 'SAML2-BEARER', 'TOKEN'] as const;
export type GrantType = (typeof GRANT_TYPES)[number];

/** A client that is not active gets no token, and its tokens are invalid (FACTS §4.1). */
export const CLIENT_STATES = ['active', 'disabled', 'inactive'] as const;
export type ClientState = (typeof CLIENT_STATES)[number];

/** Seconds that a token can live (FACTS §4.1). */
export const VALIDITY = { least: 300, most: 172_800, standard: 86_400 } as const;

/** The kind of a client in an org file. */
export const grantType = described(
  'CODE, SAML2-BEARER and TOKEN (implicit, which the platform is removing) for tokens of users, CLIENT-CREDENTIALS for tokens without one.',
  oneOf(...GRANT_TYPES),
);

/** What an org file can say about a client beside what every client has. */
export const clientDetails = {
  state: oneOf(...CLIENT_STATES),
  description: aString,
  requiresPkce: described('Only for CODE: whether signing in without a code challenge is refused. Both ways work where it is absent.', aBoolean),
};

/** An OAuth client. It is replaced, never changed: tokens name it by its id. */
export interface Client {
  readonly id: string;
  readonly name: string;
  readonly description: string | undefined;
  readonly secret: string;
  readonly grant: GrantType;
  readonly state: ClientState;
  readonly scopes: readonly string[];
  readonly redirectUris: readonly string[];
  readonly validitySeconds: number;
  readonly requiresPkce: boolean;
  readonly created: Touch;
  readonly modified: Touch;
}

/** When something was made or changed, and the user or client by whom; nobody where the org file made it. */
export interface Touch {
  readonly at: Date;
  readonly by: { readonly id: string; readonly name: string; readonly selfUri: string } | undefined;
}

interface ClientEntry {
  readonly id: string;
  readonly name: string;
  readonly secret: string;
  readonly grant: GrantType;
  readonly state?: ClientState;
  readonly description?: string;
  readonly scopes?: readonly string[];
  readonly redirectUris?: readonly string[];
  readonly accessTokenValiditySeconds?: number;
  readonly requiresPkce?: boolean;
}

export const linkClient = (entry: ClientEntry, now: Date): Client => ({
  id: entry.id,
  name: entry.name,
  description: entry.description,
  secret: entry.secret,
  grant: entry.grant,
  state: entry.state ?? 'active',
  scopes: entry.scopes ?? [],
  redirectUris: entry.redirectUris ?? [],
  validitySeconds: entry.accessTokenValiditySeconds ?? VALIDITY.standard,
  requiresPkce: entry.requiresPkce ?? false,
  created: { at: now, by: undefined },
  modified: { at: now, by: undefined },
});

/** The grant of a client as the sandbox's own documents name it (DESIGN §6). */
export const GRANT_NAMES = {
  'CLIENT-CREDENTIALS': 'client-credentials',
  CODE: 'code',
  'SAML2-BEARER': 'saml2-bearer',
  TOKEN: 'implicit',
} as const satisfies Readonly<Record<GrantType, string>>;
export type GrantName = (typeof GRANT_NAMES)[GrantType];
