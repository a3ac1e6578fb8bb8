import type { CurlCommand } from './findCurl.js';
import { findPlaceholders, placeholderOf } from './placeholders.js';
import type { Word } from './shellWords.js';
import { percentEncode } from './urlEncode.js';

/** @param argument what of the command the sentence is about */
export type Note = (sentence: string, argument?: Argument) => void;

/** A value that the command gives, and where it begins in its word: 2 in `-d{}`. */
export interface Argument {
  readonly text: string;
  readonly word: Word;
  readonly from: number;
  /** The word that asks for it. */
  readonly option: Word;
}

/** A part of the body. */
export interface Data {
  readonly text: string;
  /** Nothing for the `&` that curl puts between. */
  readonly argument?: Argument;
  /** `as-is`, without its line breaks (`-d @-`), or percent-encoded. */
  readonly how: 'as-is' | 'unbroken' | 'encoded';
}

/** What the options of one transfer say (curl's `--next` starts another). */
export interface Transfer {
  method?: Argument;
  /** The first word that is no option, where it does not look like a URL. */
  guess?: Argument;
  readonly urls: Argument[];
  readonly headers: Argument[];
  readonly data: Data[];
  /** Files that the body comes from, as `-d @…` names them. */
  readonly files: Argument[];
  /** Its first word, and the last so far. */
  first: Word | undefined;
  last: Word | undefined;
  readonly query: string[];
  readonly cookies: string[];
  /** Some `-d`, even where its file was not read. */
  hasData: boolean;
  json: boolean;
  get: boolean;
  head: boolean;
  multipart: boolean;
  upload: boolean;
  basic: boolean;
  user?: string;
  bearer?: string;
  agent?: string;
  referer?: string;
  range?: string;
}

export const transfer = (): Transfer => ({
  urls: [],
  headers: [],
  data: [],
  files: [],
  first: undefined,
  last: undefined,
  query: [],
  cookies: [],
  hasData: false,
  json: false,
  get: false,
  head: false,
  multipart: false,
  upload: false,
  basic: true,
});

/** A switch: `name` without its dashes. */
export function toggle(to: Transfer, name: string, on: boolean): void {
  if (name === 'get') to.get = on;
  else if (name === 'head') to.head = on;
  else if (/^(?:digest|ntlm|ntlm-wb|negotiate|anyauth)$/.test(name)) to.basic = !on;
  else if (name === 'basic') to.basic = on;
}

/** An option with its value. @param command for what stands on standard input */
export function apply(to: Transfer, name: string, argument: Argument, command: CurlCommand, note: Note): void {
  const value = argument.text;
  switch (name) {
    case 'request':
      to.method = argument;
      break;
    case 'url':
      to.urls.push(argument);
      break;
    case 'header':
      to.headers.push(argument);
      break;
    case 'user':
      to.user = value;
      break;
    case 'oauth2-bearer':
      to.bearer = value;
      break;
    case 'user-agent':
      to.agent = value;
      break;
    case 'referer':
      to.referer = value.split(';auto')[0] ?? '';
      break;
    case 'range':
      to.range = value;
      break;
    case 'cookie':
      if (value.includes('=')) to.cookies.push(value);
      else note('The cookies are in a file (-b), which was not read.', argument);
      break;
    case 'data':
    case 'data-ascii':
    case 'data-binary':
    case 'data-raw':
    case 'data-urlencode':
    case 'json':
      addData(to, name, argument, command, note);
      break;
    case 'url-query':
      to.query.push(value.startsWith('+') ? value.slice(1) : urlEncoded(value, note, argument));
      break;
    case 'form':
    case 'form-string':
      to.multipart = true;
      note('The body is multipart (-F), which is not represented here.', argument);
      break;
    case 'upload-file':
      to.upload = true;
      note('The body is a file (-T), which was not read.', argument);
      break;
    case 'config':
      note('Options in a file (-K) were not read.', argument);
      break;
    case 'request-target':
      note('--request-target sends another path than that of the URL; it was left out.', argument);
      break;
    case 'aws-sigv4':
      note('--aws-sigv4 signs the request; the signature was left out.', argument);
      break;
    case 'proxy':
    case 'preproxy':
    case 'proxy1.0':
      note('The request goes through a proxy (-x), which may answer in place of the platform.', argument);
      break;
  }
}

/** What `-d` and its relatives add to the body. `@-` takes the here-document; other files are not read. */
function addData(to: Transfer, option: string, argument: Argument, command: CurlCommand, note: Note): void {
  const value = argument.text;
  const isJson = option === 'json';
  to.json ||= isJson;
  to.hasData = true;
  let piece: Data = { text: value, argument, how: 'as-is' };
  if (option === 'data-urlencode') piece = { text: urlEncoded(value, note, argument), argument, how: 'encoded' };
  else if (option !== 'data-raw' && value.startsWith('@')) {
    const stdin = value === '@-' ? command.stdin : undefined;
    if (stdin === undefined) {
      to.files.push({ ...argument, text: value.slice(1), from: argument.from + 1 });
      note(
        value === '@-'
          ? 'The body comes from standard input, which was not read.'
          : `The body comes from the file ${fileName(value.slice(1))}, which was not read.`,
        argument,
      );
      return;
    }
    const unbroken = option === 'data' || option === 'data-ascii';
    piece = {
      text: unbroken ? withoutBreaks(stdin.text) : stdin.text,
      argument: { text: stdin.text, word: stdin, from: 0, option: stdin },
      how: unbroken ? 'unbroken' : 'as-is',
    };
  }
  if (to.data.length > 0 && !isJson) to.data.push({ text: '&', how: 'as-is' });
  to.data.push(piece);
}

/** curl takes the line breaks out of what `-d` reads from a file. */
export const LINE_BREAKS = /[\r\n\0]+/g;
const withoutBreaks = (text: string): string => text.replace(LINE_BREAKS, '');

const fileName = (path: string): string => path.split(/[\\/]/).at(-1)?.slice(0, 60) || 'named there';

/** `--data-urlencode`: `content`, `=content`, `name=content`; `@file` and `name@file` are not read. */
function urlEncoded(value: string, note: Note, argument: Argument): string {
  const mark = /[=@]/.exec(value);
  if (!mark) return encodeForm(value);
  if (mark[0] === '@') {
    note(`A part of the body comes from the file ${fileName(value.slice(mark.index + 1))}, which was not read.`, argument);
    return mark.index > 0 ? `${value.slice(0, mark.index)}=` : '';
  }
  const content = encodeForm(value.slice(mark.index + 1));
  return mark.index > 0 ? `${value.slice(0, mark.index)}=${content}` : content;
}

/** curl writes a blank as + since 7.82. Placeholders stay as they are. */
const encodeForm = (text: string): string => (findPlaceholders(text).length > 0 || placeholderOf(text) ? text : percentEncode(text).replaceAll('%20', '+'));
