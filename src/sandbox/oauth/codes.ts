import { createHash, randomBytes } from 'node:crypto';
import type { Client } from '../org/oauthClients.js';
import { same } from './clientSecret.js';
import type { Session } from './tokens.js';

/** How long a code is good; RFC 6749, section 4.1.2, wants ten minutes at most. */
const CODE_MILLISECONDS = 300_000;
/** The oldest are forgotten: a page that is posted for ever must not fill the memory. */
const MOST_CODES = 10_000;

/** What a user has agreed to on the login page. */
export interface Agreement {
  readonly clientId: string;
  readonly userId: string;
  /** As it was sent; the exchange must send the same. */
  readonly redirectUri: string;
  /** RFC 7636, S256; undefined where the client signs in with its secret alone. */
  readonly challenge: string | undefined;
}

interface Code extends Agreement {
  readonly expiresAt: number;
  /** What it was exchanged for. */
  session: Session | undefined;
}

interface Exchange {
  readonly client: Client;
  readonly redirectUri: string;
  readonly verifier: string | undefined;
}

type Redeemed =
  | { readonly ok: true; readonly userId: string /** Tells what the code was exchanged for. */; readonly became: (session: Session) => void }
  | { readonly ok: false; readonly why: string /** What it was exchanged for, which is to end. */; readonly ends?: Session };

const refused = (why: string) => ({ ok: false, why }) as const;

/** Authorization codes: good once, for five minutes, for one client, redirect URI and code challenge. */
export class Codes {
  readonly #codes = new Map<string, Code>();

  constructor(private readonly now: () => number = Date.now) {}

  issue(agreement: Agreement): string {
    const value = randomBytes(24).toString('base64url');
    this.#codes.set(value, { ...agreement, expiresAt: this.now() + CODE_MILLISECONDS, session: undefined });
    for (const oldest of this.#codes.keys()) {
      if (this.#codes.size <= MOST_CODES) break;
      this.#codes.delete(oldest);
    }
    return value;
  }

  /** A code that is sent twice ends what it was exchanged for (RFC 6749, section 4.1.2). */
  redeem(value: string, { client, redirectUri, verifier }: Exchange): Redeemed {
    const code = this.#codes.get(value);
    if (!code || code.clientId !== client.id) return refused('the code is not one of this client');
    if (code.session) return { ...refused('the code has been used before; the tokens made from it are revoked'), ends: code.session };
    if (code.expiresAt <= this.now()) return refused('the code has expired');
    if (code.redirectUri !== redirectUri) return refused('redirect_uri is not the one that the code was asked with');
    if (code.challenge === undefined && verifier !== undefined) return refused('the code was asked without a code_challenge');
    if (code.challenge !== undefined && !(verifier !== undefined && fits(verifier, code.challenge)))
      return refused('code_verifier does not fit the code_challenge');
    return {
      ok: true,
      userId: code.userId,
      became: (session) => {
        code.session = session;
      },
    };
  }
}

/** RFC 7636, section 4.1: 43 to 128 unreserved characters. */
const VERIFIER = /^[A-Za-z0-9._~-]{43,128}$/;

const fits = (verifier: string, challenge: string): boolean =>
  VERIFIER.test(verifier) && same(createHash('sha256').update(verifier).digest('base64url'), challenge);
