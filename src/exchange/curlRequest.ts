import { encodeBase64 } from './base64.js';
import { optionByLetter, optionByName } from './curlOptions.js';
import { type Argument, apply, type Note, type Transfer, toggle, transfer } from './curlTransfer.js';
import { type HttpRequest, header } from './exchange.js';
import { type CurlCommand, looksLikeUrl } from './findCurl.js';
import type { SourceRange } from './mappedText.js';
import { findPlaceholders, placeholderOf } from './placeholders.js';
import type { Word } from './shellWords.js';

/**
 * The requests that a curl command would send: one for each URL, none where it names no URL. Method, URL, headers and body are curl's
 * (checked against the real one), with these exceptions: the headers that curl adds to everything (Accept, User-Agent, Host,
 * Content-Length) are not written, a URL stays as it is written (no scheme added, nothing globbed), and files are not read.
 */
export function curlRequests(command: CurlCommand, note: Note): HttpRequest[] {
  return curlTransfers(command, note).flatMap((t) => {
    const urls = t.urls.length > 0 || t.guess === undefined ? t.urls : [t.guess];
    return urls.map((url) => transferRequest(t, url.text, note));
  });
}

/** What a curl command says about each transfer, with the words that say it. */
export function curlTransfers(command: CurlCommand, note: Note): Transfer[] {
  let current = transfer();
  const transfers = [current];
  const words = command.words;
  let optionsEnded = false;
  const leftOver: Argument[] = [];
  for (let i = 0; i < words.length; i++) {
    const option = words[i] as Word;
    const word = straightDashes(option, note);
    if (word === '--next' || word === '-:') {
      if (!optionsEnded) {
        current = transfer();
        transfers.push(current);
        continue;
      }
    }
    current.first ??= option;
    current.last = option;
    if (optionsEnded || !word.startsWith('-') || word === '-') {
      const text = command.ownLine ? word : word.replace(/[.,!?]+$/, '');
      const argument = { text, word: option, from: option.text.length - word.length, option };
      if (!addUrl(current, argument)) leftOver.push(argument);
    } else if (word === '--') optionsEnded = true;
    else {
      const asked = word.startsWith('--') ? longOption(word, option, current, note) : shortOptions(word, option, current, command, note);
      if (asked === undefined) continue;
      const value = words[++i];
      if (value === undefined) note(`The option --${asked} has no value.`, wholeWord(option));
      else {
        current.last = value;
        apply(current, asked, { text: value.text, word: value, from: 0, option }, command, note);
      }
    }
  }
  if (leftOver.length > 0 && command.ownLine) {
    note(
      `${leftOver.length === 1 ? 'One word belongs' : `${leftOver.length} words belong`} to no option: curl takes each as another URL. A quote is probably missing or of the wrong kind.`,
      leftOver[0],
    );
  }
  return transfers;
}

const wholeWord = (word: Word): Argument => ({ text: word.text, word, from: 0, option: word });

/** A word that is no option is a URL. The first may be anything; a further one counts where it cannot be a piece of a broken body. */
function addUrl(to: Transfer, argument: Argument): boolean {
  const word = argument.text;
  if (to.urls.length > 0 && !/^[a-z][a-z0-9+.-]*:\/\/|^(?:\{\{[\w.-]+\}\}|\$\{?\w+\}?)\//i.test(word)) return false;
  if (looksLikeUrl(word)) {
    to.urls.push(argument);
    return to.guess === undefined || to.urls.length > 1;
  }
  if (to.guess !== undefined) return false;
  to.guess = argument;
  return true;
}

const DASHES = /^[–—]/;

/** Word processors make a dash of `--`; the first characters of an option are repaired. */
function straightDashes(word: Word, note: Note): string {
  const { text } = word;
  const dashes = DASHES.test(text) ? /^([–—]+)([A-Za-z][\w-]*)/.exec(text.slice(0, 60)) : null;
  if (!dashes) return text;
  note('Typographic dashes were read as option dashes; curl itself would take the word as a URL.', wholeWord(word));
  const long = (dashes[2] ?? '').length > 1 && optionByName(dashes[2] ?? '') !== undefined;
  return (long ? '--' : '-') + text.slice((dashes[1] ?? '').length);
}

/** @returns the option that the next word belongs to */
function longOption(word: string, at: Word, to: Transfer, note: Note): string | undefined {
  const option = optionByName(word.slice(2));
  if (!option) {
    const equals = /^--([a-z][\w.-]{0,40})=/.exec(word)?.[1];
    note(
      equals !== undefined && optionByName(equals)
        ? `--${equals}=… was left out: curl wants a blank, not =, between an option and its value, and refuses this.`
        : `curl has no option ${/^[\w.-]{1,40}/.exec(word)?.[0] ?? '--…'}; it was left out.`,
      wholeWord(at),
    );
    return undefined;
  }
  if (option.takesArgument) return option.name;
  toggle(to, option.name, !option.off);
  return undefined;
}

/** `-sSL`, `-XPOST`, `-d{}`: letters up to one that takes the rest, or the next word. */
function shortOptions(word: string, at: Word, to: Transfer, command: CurlCommand, note: Note): string | undefined {
  for (let i = 1; i < word.length; i++) {
    const letter = word[i] as string;
    const option = optionByLetter(letter);
    if (!option) {
      note(`curl has no option ${/\w/.test(letter) ? `-${letter}` : 'of that letter'}; it was left out.`, wholeWord(at));
      return undefined;
    }
    if (!option.takesArgument) toggle(to, option.name, true);
    else if (i + 1 === word.length) return option.name;
    else {
      const text = word.slice(i + 1);
      apply(to, option.name, { text, word: at, from: at.text.length - text.length, option: at }, command, note);
      return undefined;
    }
  }
  return undefined;
}

/** The request of one transfer for one of its URLs. */
export function transferRequest(t: Transfer, url: string, note: Note): HttpRequest {
  if (!/^[a-z][a-z0-9+.-]*:\/\//i.test(url) && !/^(?:\{\{|\$|<|%)/.test(url)) {
    note('The URL has no scheme: curl takes http://, which the platform does not serve. It was kept as written.');
  }
  const data = t.data.length === 1 ? (t.data[0]?.text ?? '') : t.data.map((d) => d.text).join('');
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
  const method = t.method?.text || defaultMethod(t);
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
function customHeaders(lines: readonly Argument[], note: Note): { readonly headers: [string, string][]; readonly removed: ReadonlySet<string> } {
  const headers: [string, string][] = [];
  const removed = new Set<string>();
  for (const argument of lines) {
    const line = argument.text;
    const parts = headerParts(line);
    if (!parts && line.startsWith('@')) note('Headers in a file (-H @…) were not read.', argument);
    else if (!parts) note('A header has no colon after its name: curl does not send it.', argument);
    else {
      const name = line.slice(parts.name.start, parts.name.end);
      const value = line.slice(parts.value.start, parts.value.end);
      if (value === '' && line[parts.name.end] !== ';') removed.add(name.toLowerCase());
      else headers.push([name, value]);
    }
  }
  return { headers, removed };
}

/** Where name and value stand in the argument of `-H`; nothing where curl sends no header. */
export function headerParts(line: string): { readonly name: SourceRange; readonly value: SourceRange } | undefined {
  const colon = line.indexOf(':');
  if (colon === -1) {
    const name = /^[^;\s]+(?=;\s*$)/.exec(line)?.[0];
    return name === undefined ? undefined : { name: { start: 0, end: name.length }, value: { start: name.length + 1, end: name.length + 1 } };
  }
  const name = trimmedRange(line, 0, colon);
  return name.start === name.end || line.startsWith('@') ? undefined : { name, value: trimmedRange(line, colon + 1, line.length) };
}

/** Without the blanks around it: curl knows those of ASCII. */
function trimmedRange(line: string, start: number, end: number): SourceRange {
  let from = start;
  let to = end;
  while (from < to && isBlank(line.charCodeAt(from))) from++;
  while (to > from && isBlank(line.charCodeAt(to - 1))) to--;
  return { start: from, end: to };
}

const isBlank = (unit: number): boolean => unit === 32 || (unit >= 9 && unit <= 13);

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
