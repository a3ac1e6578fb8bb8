import type { Person } from '../org/types.js';
import type { World } from '../org/world.js';
import { type AuthorizationRequest, PARAMETERS, type Stranger } from './authorization.js';
import { html, Markup, visible } from './html.js';
import { findPeople, userByEmail } from './people.js';
import { STYLE } from './style.js';

/** How many people the login page shows at once. */
const SHOWN = 50;

/** A page of the login side. It has no script. @param nonce of its Content-Security-Policy */
function page(title: string, nonce: string, content: Markup): string {
  return html`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · Sandbox</title>
<style nonce="${nonce}">${new Markup(STYLE)}</style>
</head>
<body>
<header class="sandbox"><strong>SANDBOX</strong> — not Genesys Cloud. Nobody here is real, and no phone rings.</header>
<main>
${content}
</main>
</body>
</html>
`.markup;
}

/** What a request for the login page says beside what the client asks. */
export interface Search {
  readonly params: URLSearchParams;
  /** What is searched for; empty for everybody. */
  readonly text: string;
  /** Why the last attempt did not do. */
  readonly problem?: string | undefined;
}

/** Where one picks the user to sign in as. */
export function loginPage(world: World, request: AuthorizationRequest, search: Search, nonce: string): string {
  const { client, redirectUri } = request;
  const { shown, total } = findPeople(world, search.text, SHOWN);
  const hinted = request.loginHint === undefined ? undefined : hintedUser(world, request.loginHint);
  const people = hinted && search.text === '' ? [hinted, ...shown.filter((p) => p !== hinted)].slice(0, SHOWN) : shown;
  const picked = people.length === 1 ? people[0] : hinted;
  const kept = PARAMETERS.flatMap((name) => {
    const value = search.params.get(name);
    return value === null ? [] : html`<input type="hidden" name="${name}" value="${value}">`;
  });
  const howMany = count(people.length, total);
  return page(
    `Sign in to ${visible(world.organization.name)}`,
    nonce,
    html`<h1>Sign in to ${visible(world.organization.name)}</h1>
<p>The OAuth client <strong>${visible(client.name)}</strong> wants to act as one of the users of this org. The browser will return to<br><code>${redirectUri}</code></p>
${search.problem && html`<p class="problem" role="alert">${search.problem}</p>`}
${request.loginHint?.includes('@') && !hinted ? html`<p class="problem" role="alert">Nobody here has the e-mail address of the login hint, <code>${visible(request.loginHint)}</code>.</p>` : undefined}
<search><form class="search" method="get" action="/oauth/authorize">${kept}
<label for="search">Search by name or e-mail address</label>
<input id="search" type="search" name="search" value="${search.text}" autocomplete="off" spellcheck="false">
<button>Search</button>
</form></search>
${howMany && html`<p class="quiet">${howMany}</p>`}
<form method="post" action="/oauth/authorize">${kept}<input type="hidden" name="search" value="${search.text}">
<fieldset>
<legend>${people.length === 0 ? 'Nobody is found' : 'Sign in as'}</legend>
${people.map((p) => personRow(world, p, p === picked))}
</fieldset>
<div class="end">
${people.length === 0 ? undefined : html`<button class="main" name="action" value="sign-in">Sign in</button>`}
<button name="action" value="cancel" formnovalidate>Cancel</button>
</div>
</form>`,
  );
}

function count(shown: number, total: number): string | undefined {
  if (shown === 0) return 'Search for something else, or for nothing to see everybody.';
  return total > shown ? `The first ${shown} are shown, ${(total - shown).toLocaleString('en')} more are there: search to find them.` : undefined;
}

function personRow(world: World, person: Person, isPicked: boolean): Markup {
  const grants = world.grantsOf(person.id).map((g) => `${g.role.name} in ${g.division === '*' ? 'every division' : g.division.name}`);
  return html`<label class="person"><input type="radio" name="user" value="${person.id}" required${new Markup(isPicked ? ' checked' : '')}><span><span class="name">${visible(person.name)}</span> <span class="about">${visible([person.email, ...grants].join(' · '))}</span></span></label>
`;
}

/** A hint is an e-mail address, an org's name, or both with a colon between them (FACTS §4.1; types of the official SDK). */
function hintedUser(world: World, hint: string): Person | undefined {
  return userByEmail(world, hint) ?? userByEmail(world, hint.slice(0, Math.max(0, hint.lastIndexOf(':'))));
}

/** Where nobody can be sent on: what is wrong with the request. */
export function strangerPage(title: string, stranger: Stranger, nonce: string): string {
  const { why, redirectUri, registered } = stranger;
  return page(
    title,
    nonce,
    html`<h1>${title}</h1>
<p class="problem" role="alert">${visible(why)}</p>
${redirectUri === undefined ? undefined : html`<h2>The redirect URI that was sent</h2><p><code>${visible(redirectUri)}</code></p>`}
${registered.length === 0 ? undefined : html`<h2>What is registered</h2>${registered.map((uri) => html`<p><code>${uri}</code></p>`)}`}
<p class="quiet">Nobody was signed in. You can close this page.</p>`,
  );
}

/** Where one lands after signing out, if nowhere else. */
export const goodbyePage = (world: World, nonce: string): string =>
  page(
    'Signed out',
    nonce,
    html`<h1>Goodbye</h1>
<p>You are signed out of ${visible(world.organization.name)}. The sandbox remembers nobody in the browser: tokens live until they expire or are revoked.</p>
<p class="quiet">You can close this page.</p>`,
  );
