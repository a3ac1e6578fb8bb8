import { hostOf } from '../platform/regions.js';
import { header } from './exchange.js';
import type { SourceRange } from './mappedText.js';
import { SECRET_HEADERS } from './redact.js';
import type { Ignored, Region } from './region.js';

/** Something of a command that its file does not have. Values of headers and options are not in it: they may be secrets. */
export interface LeftOut extends SourceRange {
  /** "--frobnicate", "header Cookie" */
  readonly text: string;
  /** A sentence. */
  readonly reason: string;
}

/** What of a command goes into no file: options and headers in the order of the text, then what they stand for. */
export function leftOut(region: Region): LeftOut[] {
  const written = region.headers.map((h) => ({ name: h.name.text, value: h.value.text, start: h.name.span.start, end: h.value.span.end }));
  const names = new Set(['content-type', ...written.map((h) => h.name.toLowerCase())]);
  const derived = region.request.headers.filter(([name]) => !names.has(name.toLowerCase())).map(([name, value]) => ({ name, value, ...region.span }));
  return [
    ...[...region.ignored.map(({ start, end, text, reason }: Ignored) => ({ start, end, text: nameOf(text), reason })), ...written.flatMap(headerLeftOut)].sort(
      (a, b) => a.start - b.start,
    ),
    ...derived.flatMap(headerLeftOut),
  ];
}

function headerLeftOut({ name, value, start, end }: SourceRange & { readonly name: string; readonly value: string }): LeftOut[] {
  const reason = reasonOf(name, value);
  return reason === undefined ? [] : [{ start, end, text: `header ${name}`, reason }];
}

/** An option without its value; a word that is no option may be anything. */
function nameOf(text: string): string {
  const option = /^(?:--[\w.-]{1,40}|-\w)/.exec(text)?.[0];
  return option === undefined ? 'a word' : option.length < text.length ? `${option} …` : option;
}

function reasonOf(name: string, value: string): string | undefined {
  if (/^authorization$/i.test(name))
    return /^\s*basic\b/i.test(value)
      ? 'Credentials are never imported: the request is sent as whoever is signed in.'
      : 'A token is never imported: the request is sent as whoever is signed in.';
  if (SECRET_HEADERS.test(name)) return 'A secret is never imported.';
  if (/^accept$/i.test(name) || (/^content-type$/i.test(name) && isFormOrJson(value))) return undefined;
  return 'A call file has no headers: Call Doctor sends its own.';
}

/** The type of forms is what curl says where nobody says anything, and told as that. */
const isFormOrJson = (value: string): boolean => /^\s*application\/(?:json|x-www-form-urlencoded)\b/i.test(value);

/** What to tell of the type that the command gives its body. */
export function typeNote({ request: { headers, body } }: Region): string | undefined {
  if (body === undefined || /\bjson\b/i.test(header(headers, 'content-type') ?? '')) return undefined;
  return 'The command does not say Content-Type: application/json, which the platform wants. Call Doctor sends it.';
}

/** Where the command goes, which no file says. */
export function hostNote(url: string): string | undefined {
  const { kind, host, region } = hostOf(url);
  switch (kind) {
    case 'api':
      return `It was for ${region?.name} (${host}); the file names no host.`;
    case 'login':
      return `It was for ${host}, the login host of ${region?.name}; the file names no host.`;
    case 'loopback':
      return `It was for a server on this machine (${host}); the file names no host.`;
    case 'unknown':
      return `It was for ${host.slice(0, 100)}, which is no API host of Genesys Cloud; the file names no host.`;
    case 'unreadable':
      return url.startsWith('/') || url === '' ? undefined : 'Its host is still to be filled in; the file names none.';
  }
}
