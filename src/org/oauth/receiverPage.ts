import { createHash } from 'node:crypto';

/** What a page of the receiver says. Nothing of a request is in it. */
export interface PageWords {
  readonly title: string;
  readonly text: string;
}

/** Contrasts are at least 4.5 to 1 in both schemes. */
const STYLE = `:root{color-scheme:light dark;--ground:#f3f4f6;--card:#fff;--text:#1b1f27;--line:#868e9c}
@media (prefers-color-scheme:dark){:root{--ground:#14171c;--card:#1d2128;--text:#e8eaee;--line:#78818f}}
body{margin:0;background:var(--ground);color:var(--text);font:1rem/1.5 system-ui,sans-serif}
main{max-width:34rem;margin:12vh auto 2rem;padding:1.5rem 2rem;background:var(--card);border:1px solid var(--line);border-radius:.75rem}
h1{margin:0 0 .5rem;font-size:1.5rem;line-height:1.25}
p{margin:0}
@media (max-width:36rem){main{margin:0;border-width:1px 0;border-radius:0}}`;

const STYLE_HASH = createHash('sha256').update(STYLE).digest('base64');

export const PAGE_HEADERS: Readonly<Record<string, string>> = {
  'Content-Type': 'text/html; charset=utf-8',
  'Content-Security-Policy': `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  'Cache-Control': 'no-store',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  // The code in the address is worth nothing any more; nobody keeps the connection either.
  Connection: 'close',
};

/** A page that needs nothing else: no script, no picture, no font. */
export const receiverPage = ({ title, text }: PageWords): string => `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · Call Doctor</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>${title}</h1>
<p>${text}</p>
</main>
</body>
</html>
`;
