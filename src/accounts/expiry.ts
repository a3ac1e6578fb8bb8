import type { Account } from './account.js';

/** How long before its end a sign-in that cannot renew itself is warned about, in milliseconds. */
export const SOON = 10 * 60_000;

/** When a sign-in ends. `renews`: by itself; `unknown`: nobody tells, as for a pasted token. */
export type Expiry = { readonly kind: 'renews' | 'unknown' } | { readonly kind: 'good' | 'soon' | 'over'; readonly at: number };

/** @param now milliseconds since 1970 */
export function expiryOf({ how, expiresAt }: Pick<Account, 'how' | 'expiresAt'>, now: number): Expiry {
  if (expiresAt === undefined) return { kind: how === 'token' || how === 'saml2' ? 'unknown' : 'renews' };
  return { kind: expiresAt <= now ? 'over' : expiresAt - SOON <= now ? 'soon' : 'good', at: expiresAt };
}

/** Milliseconds until a sign-in has another kind of expiry; undefined where it never has. */
export function untilNextChange(expiry: Expiry, now: number): number | undefined {
  if (expiry.kind === 'good') return expiry.at - SOON - now;
  return expiry.kind === 'soon' ? expiry.at - now : undefined;
}

/** "ends at 14:20", "ended on 3 March at 14:20", in the words of the person's own clock. */
export function expiryWords(expiry: Expiry, now: number, locale?: string): string {
  switch (expiry.kind) {
    case 'renews':
      return 'renews itself';
    case 'unknown':
      return 'ends at a time that nobody tells';
    default: {
      const at = new Date(expiry.at);
      const time = at.toLocaleTimeString(locale, { hour: '2-digit', minute: '2-digit' });
      const isToday = at.toDateString() === new Date(now).toDateString();
      const day = isToday ? '' : `on ${at.toLocaleDateString(locale, { day: 'numeric', month: 'long' })} `;
      return `${expiry.kind === 'over' ? 'ended' : 'ends'} ${day}at ${time}`;
    }
  }
}

/** How far ahead an end is worth saying, in milliseconds: a working day. */
const NEAR = 8 * 60 * 60_000;

/** When a sign-in ends, where that is known and not far away; empty otherwise. */
export function endingWords(account: Pick<Account, 'how' | 'expiresAt'>, now: number): string {
  const expiry = expiryOf(account, now);
  return 'at' in expiry && expiry.at - NEAR <= now ? expiryWords(expiry, now) : '';
}
