import { encodeBase64 } from './base64.js';
import { optionByLetter, optionByName } from './curlOptions.js';
import { apply, type Note, type Transfer, toggle, transfer } from './curlTransfer.js';
import { type HttpRequest, header } from './exchange.js';
import { type CurlCommand, looksLikeUrl } from './findCurl.js';
import { findPlaceholders, placeholderOf } from './placeholders.js';
import type { Word } from './shellWords.js';

/**
 * The requests that a curl command would send: one for each URL, none where it names no URL. Method, URL, headers and body are curl's
 * (checked against the real one), with these exceptions: the headers that curl adds to everything (Accept, User-Agent, Host,
 * Content-Length) are not written, a URL stays as it is written (no scheme added, nothing globbed), and files are not read.
 */
export function curlRequests(command: CurlCommand, note: Note): HttpRequest[] {
  const transfers = [transfer()];
  const words = command.words;
  let optionsEnded = false;
  let leftOver = 0;
  for (let i = 0; i < words.length; i++) {
    const current = transfers.at(-1) ?? transfer();
    const word = straightDashes((words[i] as Word).text, note);
    if (optionsEnded || !word.startsWith('-') || word === '-') {
      if (!addUrl(current, command.ownLine ? word : word.replace(/[.,!?]+$/, ''))) leftOver++;
    } else if (word === '--') optionsEnded = true;
    else if (word === '--next' || word === '-:') transfers.push(transfer());
    else {
      const asked = word.startsWith('--') ? longOption(word, current, note) : shortOptions(word, current, note);
      if (asked === undefined) continue;
      const value = words[++i]?.text;
      if (value === undefined) note(`The option --${asked} has no value.`);
      else apply(current, asked, value, command, note);
    }
  }
  if (leftOver > 0 && command.ownLine) {
    note(
      `${leftOver === 1 ? 'One word belongs' : `${leftOver} words belong`} to no option: curl takes each as another URL. A quote is probably missing or of the wrong kind.`,
    );
  }
  return transfers.flatMap((t) => (t.urls.length > 0 || t.guess === undefined ? t.urls : [t.guess]).map((url) => toRequest(t, url, note)));
}

/** A word that is no option is a URL. The first may be anything; a further one counts where it cannot be a piece of a broken body. */
function addUrl(to: Transfer, word: string): boolean {
  if (to.urls.length > 0 && !/^[a-z][a-z0-9+.-]*:\/\/|^(?:\{\{[\w.-]+\}\}|\$\{?\w+\}?)\//i.test(word)) return false;
  if (looksLikeUrl(word)) {
    to.urls.push(word);
    return to.guess === undefined || to.urls.length > 1;
  }
  if (to.guess !== undefined) return false;
  to.guess = word;
  return true;
}

/** Word processors make a dash of `--`; the first characters of an option are repaired. */
function straightDashes(word: string, note: Note): string {
  const found = /^([–—]+)([A-Za-z][\w-]*)/.exec(word.slice(0, 60));
  if (!found) return word;
  note('Typographic dashes were read as option dashes; curl itself would take the word as a URL.');
  const long = (found[2] ?? '').length > 1 && optionByName(found[2] ?? '') !== undefined;
  return (long ? '--' : '-') + word.slice((found[1] ?? '').length);
}

/** @returns the option that the next word belongs to */
function longOption(word: string, to: Transfer, note: Note): string | undefined {
  const option = optionByName(word.slice(2));
  if (!option) {
    const equals = /^--([a-z][\w.-]{0,40})=/.exec(word)?.[1];
    note(
      equals !== undefined && optionByName(equals)
        ? `--${equals}=… was left out: curl wants a blank, not =, between an option and its value, and refuses this.`
        : `curl has no option ${/^[\w.-]{1,40}/.exec(word)?.[0] ?? '--…'}; it was left out.`,
    );
    return undefined;
  }
  if (option.takesArgument) return option.name;
  toggle(to, option.name, !option.off);
  return undefined;
}

/** `-sSL`, `-XPOST`, `-d{}`: letters up to one that takes the rest, or the next word. */
function shortOptions(word: string, to: Transfer, note: Note): string | undefined {
  for (let i = 1; i < word.length; i++) {
    const letter = word[i] as string;
    const option = optionByLetter(letter);
    if (!option) {
      note(`curl has no option ${/\w/.test(letter) ? `-${letter}` : 'of that letter'}; it was left out.`);
      return undefined;
    }
    if (!option.takesArgument) toggle(to, option.name, true);
    else if (i + 1 === word.length) return option.name;
    else {
      apply(to, option.name, word.slice(i + 1), undefined, note);
      return undefined;
    }
  }
  return undefined;
}

function toRequest(t: Transfer, url: string, note: Note): HttpRequest {
  if (!/^[a-z][a-z0-9+.-]*:\/\//i.test(url) && !/^(?:\{\{|\$|<|%)/.test(url)) {
    note('The URL has no scheme: curl takes http://, which the platform does not serve. It was kept as written.');
  }
  const data = t.data.join('');
  const { headers, removed } = customHeaders(t.headers, note);
  const derived: [string, string][] = [];
  const derive = (name: string, value: string | undefined): void => {
    if (value !== undefined && value !== '' && header(headers, name) === undefined && !removed.has(name.toLowerCase())) derived.push([name, value]);
  };
  derive('Authorization', authorization(t, note));
  derive('User-Agent', t.agent);
  derive('Referer', t.referer);
  derive('Cookie', t.cookies.length > 0 ? t.cookies.join(';') : undefined);
  derive('Range', t.range === undefined ? undefined : `bytes=${t.range}`);
  const sendsData = t.hasData && !t.get && !t.multipart && !t.upload;
  if (t.json) {
    derive('Content-Type', 'application/json');
    derive('Accept', 'application/json');
  } else if (t.multipart) derive('Content-Type', 'multipart/form-data');
  else if (sendsData) {
    const before = derived.length;
    derive('Content-Type', 'application/x-www-form-urlencoded');
    if (derived.length > before) note('No Content-Type is given: curl sends application/x-www-form-urlencoded with -d.');
  }
  const query = [...t.query, ...(t.get && t.data.length > 0 ? [data] : [])].join('&');
  const method = t.method || defaultMethod(t);
  return {
    method,
    url: query === '' ? url : withQuery(url, query),
    headers: [...headers, ...derived],
    ...(sendsData && t.data.length > 0 ? { body: data } : {}),
  };
}

function defaultMethod(t: Transfer): string {
  if (t.upload) return 'PUT';
  if (t.multipart || (t.hasData && !t.get)) return 'POST';
  return t.head ? 'HEAD' : 'GET';
}

function withQuery(url: string, query: string): string {
  const hash = url.indexOf('#');
  const bare = hash === -1 ? url : url.slice(0, hash);
  const joint = !bare.includes('?') ? '?' : /[?&]$/.test(bare) ? '' : '&';
  return bare + joint + query + (hash === -1 ? '' : url.slice(hash));
}

/** `Name: value`, `Name;` (empty) and `Name:` (curl's own header of that name is not sent). */
function customHeaders(lines: readonly string[], note: Note): { readonly headers: [string, string][]; readonly removed: ReadonlySet<string> } {
  const headers: [string, string][] = [];
  const removed = new Set<string>();
  for (const line of lines) {
    const colon = line.indexOf(':');
    const name = line.slice(0, colon).trim();
    if (line.startsWith('@')) note('Headers in a file (-H @…) were not read.');
    else if (colon > 0 && name !== '') {
      const value = line.slice(colon + 1).trim();
      if (value === '') removed.add(name.toLowerCase());
      else headers.push([name, value]);
    } else if (colon === -1 && /^[^;\s]+;\s*$/.test(line)) headers.push([line.trim().slice(0, -1), '']);
    else note('A header has no colon after its name: curl does not send it.');
  }
  return { headers, removed };
}

/** `-u` is sent base64-encoded; with a placeholder in it, it stays readable, or nobody could see the placeholder. */
function authorization(t: Transfer, note: Note): string | undefined {
  if (t.bearer !== undefined) return `Bearer ${t.bearer}`;
  if (t.user === undefined) return undefined;
  if (!t.basic) {
    note('The user of -u signs in with another scheme than Basic, which was left out.');
    return undefined;
  }
  const pair = t.user.includes(':') ? t.user : `${t.user}:`;
  if (pair !== t.user) note('-u has no password: curl asks for one. It was taken as empty.');
  if (pair.split(':').some((part) => placeholderOf(part) !== undefined || findPlaceholders(part).length > 0)) {
    note('-u holds placeholders or variables: the Basic credentials are shown unencoded.');
    return `Basic ${pair}`;
  }
  return `Basic ${encodeBase64(pair)}`;
}
