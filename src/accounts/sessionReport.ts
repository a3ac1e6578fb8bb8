import type { Known } from '../diagnosis/orgFacts.js';
import { escapeMarkdown } from '../diagnosis/report.js';
import type { Session } from '../org/oauth/session.js';
import { type Account, grantWords } from './account.js';
import { expiryOf, expiryWords } from './expiry.js';

/** One thing that is known of a sign-in, as words. */
export interface SessionRow {
  readonly name: string;
  readonly words: string;
  /** Where it came from, or an id. */
  readonly detail?: string;
  /** A codicon. */
  readonly icon: string;
}

/** What a sign-in is and gives, in the order in which people ask for it. Nothing in it is secret. */
export function sessionRows(account: Account, session: Session, now = Date.now()): readonly SessionRow[] {
  const { region, organization, caller, client, scopes, roles, idlesAt } = session;
  const isClient = account.kind === 'client';
  const expiry = expiryOf(account, now);
  return [
    row(
      'org',
      'organization',
      organization,
      (o) => o.name,
      (o) => o.id,
    ),
    {
      name: 'region',
      words: region.sandbox ? `Sandbox at ${region.domain}` : `${region.label} (${region.name})`,
      detail: new URL(region.api).host,
      icon: 'globe',
    },
    row(
      isClient ? 'application' : 'user',
      isClient ? 'key' : 'person',
      caller,
      (c) => c.name,
      (c) => c.email ?? c.id,
    ),
    ...(isClient
      ? []
      : [
          row(
            'client',
            'key',
            client,
            (c) => c.name || c.id,
            (c) => c.id,
          ),
        ]),
    {
      name: 'grant',
      words: grantWords(account),
      detail: session.grant.kind === 'known' ? session.grant.value : session.grant.why,
      icon: 'shield',
    },
    { name: 'can place', words: PLACES[account.kind].can, detail: PLACES[account.kind].cannot, icon: 'call-outgoing' },
    isClient
      ? { name: 'scopes', words: 'do not apply: roles decide', detail: 'Scopes limit users only (FACTS: client credentials)', icon: 'lock' }
      : row('scopes', 'lock', scopes, (list) => (list.length === 0 ? 'none' : list.join(', '))),
    row('roles', 'checklist', roles, (n) => `${n} ${n === 1 ? 'role' : 'roles'}`),
    { name: 'token', words: expiryWords(expiry, now), icon: expiry.kind === 'soon' || expiry.kind === 'over' ? 'warning' : 'clock' },
    ...(idlesAt.kind === 'known' && idlesAt.value !== undefined
      ? [{ name: 'if unused', words: expiryWords({ kind: 'good', at: idlesAt.value }, now), icon: 'clock' }]
      : []),
  ];
}

const PLACES: Readonly<Record<Account['kind'], { readonly can: string; readonly cannot: string }>> = {
  client: { can: 'calls on behalf of agents', cannot: 'Not a plain call: it has no user that could be a party of it' },
  user: { can: 'calls as itself, and on behalf of agents', cannot: 'As far as its roles grant it: Check says whether they do' },
};

function row<T>(name: string, icon: string, known: Known<T>, words: (value: T) => string, detail?: (value: T) => string): SessionRow {
  if (known.kind === 'unchecked') return { name, words: 'not known', detail: known.why, icon: 'question' };
  return { name, words: words(known.value), icon, ...(detail ? { detail: detail(known.value) } : {}) };
}

/** As a table. What comes from the org is data there, not markup. */
export function sessionMarkdown(rows: readonly SessionRow[]): string {
  const lines = rows.map(({ name, words, detail }) => `| ${escapeMarkdown(name)} | ${escapeMarkdown(words)}${detail ? ` (${escapeMarkdown(detail)})` : ''} |`);
  return ['| sign-in | |', '| --- | --- |', ...lines].join('\n');
}
