import type { CurlCommand } from './findCurl.js';
import { findPlaceholders, placeholderOf } from './placeholders.js';
import { percentEncode } from './urlEncode.js';

export type Note = (sentence: string) => void;

/** What the options of one transfer say (curl's `--next` starts another). */
export interface Transfer {
  method?: string;
  /** The first word that is no option, where it does not look like a URL. */
  guess?: string;
  readonly urls: string[];
  readonly headers: string[];
  readonly data: string[];
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
export function apply(to: Transfer, name: string, value: string, command: CurlCommand | undefined, note: Note): void {
  switch (name) {
    case 'request':
      to.method = value;
      break;
    case 'url':
      to.urls.push(value);
      break;
    case 'header':
      to.headers.push(value);
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
      else note('The cookies are in a file (-b), which was not read.');
      break;
    case 'data':
    case 'data-ascii':
    case 'data-binary':
    case 'data-raw':
    case 'data-urlencode':
    case 'json':
      addData(to, name, value, command, note);
      break;
    case 'url-query':
      to.query.push(value.startsWith('+') ? value.slice(1) : urlEncoded(value, note));
      break;
    case 'form':
    case 'form-string':
      to.multipart = true;
      note('The body is multipart (-F), which is not represented here.');
      break;
    case 'upload-file':
      to.upload = true;
      note('The body is a file (-T), which was not read.');
      break;
    case 'config':
      note('Options in a file (-K) were not read.');
      break;
    case 'request-target':
      note('--request-target sends another path than that of the URL; it was left out.');
      break;
    case 'aws-sigv4':
      note('--aws-sigv4 signs the request; the signature was left out.');
      break;
    case 'proxy':
    case 'preproxy':
    case 'proxy1.0':
      note('The request goes through a proxy (-x), which may answer in place of the platform.');
      break;
  }
}

/** What `-d` and its relatives add to the body. `@-` takes the here-document; other files are not read. */
function addData(to: Transfer, option: string, value: string, command: CurlCommand | undefined, note: Note): void {
  const isJson = option === 'json';
  to.json ||= isJson;
  to.hasData = true;
  let piece = value;
  if (option === 'data-urlencode') piece = urlEncoded(value, note);
  else if (option !== 'data-raw' && value.startsWith('@')) {
    const stdin = value === '@-' ? command?.stdin : undefined;
    if (stdin === undefined) {
      note(
        value === '@-'
          ? 'The body comes from standard input, which was not read.'
          : `The body comes from the file ${fileName(value.slice(1))}, which was not read.`,
      );
      return;
    }
    piece = option === 'data' || option === 'data-ascii' ? stdin.replace(/[\r\n\0]+/g, '') : stdin;
  }
  if (to.data.length > 0 && !isJson) to.data.push('&');
  to.data.push(piece);
}

const fileName = (path: string): string => path.split(/[\\/]/).at(-1)?.slice(0, 60) || 'named there';

/** `--data-urlencode`: `content`, `=content`, `name=content`; `@file` and `name@file` are not read. */
function urlEncoded(value: string, note: Note): string {
  const mark = /[=@]/.exec(value);
  if (!mark) return encodeForm(value);
  if (mark[0] === '@') {
    note(`A part of the body comes from the file ${fileName(value.slice(mark.index + 1))}, which was not read.`);
    return mark.index > 0 ? `${value.slice(0, mark.index)}=` : '';
  }
  const content = encodeForm(value.slice(mark.index + 1));
  return mark.index > 0 ? `${value.slice(0, mark.index)}=${content}` : content;
}

/** curl writes a blank as + since 7.82. Placeholders stay as they are. */
const encodeForm = (text: string): string => (findPlaceholders(text).length > 0 || placeholderOf(text) ? text : percentEncode(text).replaceAll('%20', '+'));
