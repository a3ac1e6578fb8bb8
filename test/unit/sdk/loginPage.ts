import assert from 'node:assert/strict';

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };
const attribute = (tag: string, name: string): string =>
  (new RegExp(`\\b${name}="([^"]*)"`).exec(tag)?.[1] ?? '').replace(/&(amp|lt|gt|quot|#39);/g, (_, entity: string) => ENTITIES[entity] ?? '');

/**
 * Signs a user in as somebody with a browser does: opens the login page, picks the user, presses the button, and stops where the
 * page sends the browser on.
 * @returns the query of the redirect
 */
export async function signInOnPage(origin: string, asked: Readonly<Record<string, string>>, user: string): Promise<URLSearchParams> {
  const opened = `${origin}/oauth/authorize?${new URLSearchParams(asked)}`;
  const page = await fetch(opened);
  const html = await page.text();
  assert.equal(page.status, 200, html);
  const form = [...html.matchAll(/<form\b[^>]*>[\s\S]*?<\/form>/g)].map(([text]) => text).find((text) => attribute(text, 'method') === 'post');
  assert.ok(form, 'the page has no form');
  const row = [...form.matchAll(/<label\b[\s\S]*?<\/label>/g)].map(([text]) => text).find((text) => text.includes(`>${user}<`));
  assert.ok(row, `the page does not offer ${user}`);
  const pick = /<input\b[^>]*>/.exec(row)?.[0] ?? '';
  const button = /<button\b[^>]*>/.exec(form)?.[0] ?? '';
  const kept = [...form.matchAll(/<input type="hidden"[^>]*>/g)].map(([tag]) => tag);
  const answer = await fetch(new URL(attribute(form, 'action'), opened), {
    method: 'POST',
    redirect: 'manual',
    headers: { Origin: origin },
    body: new URLSearchParams([...kept, pick, button].map((tag) => [attribute(tag, 'name'), attribute(tag, 'value')])),
  });
  const location = answer.headers.get('location') ?? '';
  assert.ok(location.startsWith(asked['redirect_uri'] ?? ''), `${answer.status} ${location}`);
  return new URL(location).searchParams;
}
