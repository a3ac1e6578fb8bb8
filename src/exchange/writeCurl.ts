import { type HttpRequest, header } from './exchange.js';
import { isForOldPowerShell } from './powershellWords.js';
import { inDouble, inPsDouble, quoteCmd, quotePosix, quotePowershell } from './quoting.js';
import { SECRET_FORM, SECRET_HEADERS, SECRET_QUERY } from './redact.js';

/** The shell variable that stands for the token (the name that Genesys Cloud's own tools use). */
export const TOKEN_VARIABLE = 'GENESYSCLOUD_ACCESS_TOKEN';

/** `bash` is for sh, dash and zsh too; `powershell` for 7.3 and later, which hand an argument on as it is. */
export type CopyShell = 'bash' | 'powershell' | 'cmd';

/** How a shell writes a command. */
interface Dialect {
  readonly program: string;
  readonly continued: string;
  /** A word with variables in the place of parts of it. */
  readonly word: (text: string, variables: readonly Variable[]) => string;
  /** A word that ends with a variable. */
  readonly ending: (text: string, variable: string) => string;
}

const DIALECTS: Readonly<Record<CopyShell, Dialect>> = {
  // Single quotes around everything that is text, double quotes around the variables.
  bash: {
    program: 'curl',
    continued: ' \\\n  ',
    word: (text, variables) =>
      partsOf(text, variables)
        .map((p) => (p.variable === undefined ? quotePosix(p.text) : `"$${p.variable}"`))
        .join(''),
    ending: (text, variable) => `"${inDouble(text)}$${variable}"`,
  },
  // Pieces in different quotes are not always one argument there: all of it is in one pair.
  powershell: {
    program: 'curl.exe',
    continued: ' `\n  ',
    word: (text, variables) => {
      if (variables.length === 0) return quotePowershell(text);
      const parts = partsOf(text, variables);
      return `"${parts.map((p, i) => (p.variable === undefined ? inPsDouble(p.text) : psVariable(p.variable, parts[i + 1]?.text))).join('')}"`;
    },
    ending: (text, variable) => `"${inPsDouble(text)}$env:${variable}"`,
  },
  cmd: {
    program: 'curl',
    continued: ' ^\n  ',
    word: (text, variables) => {
      // A character that is nowhere in the text stands for the variables while it is quoted: their names are no part of it.
      let mark = '\ue000';
      while (text.includes(mark)) mark = String.fromCharCode(mark.charCodeAt(0) + 1);
      const parts = partsOf(text, variables);
      const names = parts.flatMap((p) => p.variable ?? []);
      return quoteCmd(parts.map((p) => (p.variable === undefined ? p.text : mark)).join('')).replaceAll(mark, () => `%${names.shift()}%`);
    },
    ending: (text, variable) => quoteCmd(`${text}%${variable}%`),
  },
};

const psVariable = (name: string, next: string | undefined): string => (next === undefined || /^[^\w:?.[({]/.test(next) ? `$env:${name}` : `\${env:${name}}`);

/**
 * The request as a curl command. No secret is in it: the token, wherever it stands, is a variable of the shell's environment
 * (`$GENESYSCLOUD_ACCESS_TOKEN`, `$env:…`, `%…%`), and so are Basic credentials, cookies, API keys and the secrets of OAuth forms.
 * Apart from those, `readRequest` reads the same request from it; for cmd, which has no way to write one, without carriage returns.
 * @param variables texts of the request that are variables of the shell that it was written for, as `$REGION`: they are ones again
 */
export function writeCurl(request: HttpRequest, shell: CopyShell = 'bash', variables: ReadonlySet<string> = new Set()): string {
  const dialect = DIALECTS[shell];
  const token = tokenOf(request);
  const values: string[] = [];
  const quote = (text: string, secret?: RegExp): string => {
    const written = shell === 'cmd' ? text.replace(/\r\n?/g, '\n') : text;
    values.push(written);
    return dialect.word(written, inOrder([...secretsIn(written, token, secret), ...variablesIn(written, variables)]));
  };
  const parts: string[] = [];
  const defaultMethod = request.body === undefined ? 'GET' : 'POST';
  if (request.method === 'HEAD' && request.body === undefined) parts.push('-I');
  else if (request.method !== defaultMethod) parts.push(`-X ${isPlainWord(request.method) ? request.method : quote(request.method)}`);
  // Without it curl takes {x} and [1-3] in a URL as a set of URLs.
  if (/[{}[\]]/.test(request.url)) parts.push('-g');
  parts.push(`${/^https?:\/\//i.test(request.url) ? '' : '--url '}${quote(request.url, SECRET_QUERY)}`);
  for (const [name, value] of request.headers) parts.push(`-H ${headerArgument(name, value, dialect, quote)}`);
  if (request.body !== undefined) {
    if (header(request.headers, 'content-type') === undefined) parts.push(`-H ${quote('Content-Type:')}`);
    parts.push(`--data-raw ${quote(request.body, /^\s*[{[]/.test(request.body) ? undefined : SECRET_FORM)}`);
  }
  const command = `${dialect.program} ${parts.join(dialect.continued)}`;
  // Only what is at the end of its first line tells a reader that a command is for cmd.
  if (shell === 'cmd' && (parts.length === 1 || /\n|'/.test(parts[0] ?? ''))) return `curl ^\n  ${parts.join(dialect.continued)}`;
  // Every quote of a value behind a backslash is how older versions are written for.
  return shell === 'powershell' && values.some(isForOldPowerShell) ? `$PSNativeCommandArgumentPassing = 'Windows'; ${command}` : command;
}

const isPlainWord = (text: string): boolean => /^[A-Za-z]+$/.test(text);

function headerArgument(name: string, value: string, dialect: Dialect, quote: (text: string) => string): string {
  if (/^authorization$/i.test(name) && value !== '') {
    const scheme = /^(?:Bearer|Basic)[ \t]+/i.exec(value)?.[0] ?? '';
    return dialect.ending(`${name}: ${scheme}`, /^basic/i.test(scheme) ? 'GENESYSCLOUD_BASIC_CREDENTIALS' : TOKEN_VARIABLE);
  }
  if (SECRET_HEADERS.test(name) && value !== '') return dialect.ending(`${name}: `, name.toUpperCase().replace(/\W/g, '_'));
  return value === '' ? quote(`${name};`) : quote(`${name}: ${value}`);
}

/** The token of the Authorization header, where it is long enough to be told from ordinary words. */
function tokenOf(request: HttpRequest): string | undefined {
  const token = header(request.headers, 'authorization')?.replace(/^(?:Bearer|Basic)[ \t]+/i, '');
  return token !== undefined && token.length >= 16 ? token : undefined;
}

/** A part of a text, and the variable that stands for it. */
interface Variable {
  readonly start: number;
  readonly end: number;
  readonly variable: string;
}

/** Where secrets stand in a text: the token by its value, parameters by their names. */
function secretsIn(text: string, token: string | undefined, parameters: RegExp | undefined): Variable[] {
  const found: Variable[] = [];
  if (parameters) {
    for (const m of text.matchAll(parameters)) {
      const name = m[1] ?? '';
      found.push({ start: m.index, end: m.index + m[0].length, variable: name === 'access_token' ? TOKEN_VARIABLE : name.toUpperCase() });
    }
  }
  if (token !== undefined) {
    for (let at = text.indexOf(token); at !== -1; at = text.indexOf(token, at + token.length)) {
      found.push({ start: at, end: at + token.length, variable: TOKEN_VARIABLE });
    }
  }
  return found;
}

/** `$X`, `${X}`, `$env:X`, `${env:X}`, `%X%`. */
const SHELL_VARIABLE = /\$\{(?:env:)?(\w+)\}|\$(?:env:)?(\w+)|%(\w+)%/gi;

const variablesIn = (text: string, variables: ReadonlySet<string>): Variable[] =>
  variables.size === 0
    ? []
    : Array.from(text.matchAll(SHELL_VARIABLE)).flatMap((m) =>
        variables.has(m[0]) ? [{ start: m.index, end: m.index + m[0].length, variable: m[1] ?? m[2] ?? m[3] ?? '' }] : [],
      );

/** In order and apart from each other. */
function inOrder(found: readonly Variable[]): Variable[] {
  let end = 0;
  return [...found]
    .sort((a, b) => a.start - b.start || b.end - a.end)
    .filter((s) => {
      if (s.start < end) return false;
      end = s.end;
      return true;
    });
}

interface Part {
  readonly text: string;
  readonly variable?: string;
}

/** The text in order, parts of it as variables; at least one part. */
function partsOf(text: string, variables: readonly Variable[]): Part[] {
  const parts: Part[] = [];
  let at = 0;
  for (const { start, end, variable } of variables) {
    if (start > at) parts.push({ text: text.slice(at, start) });
    parts.push({ text: '', variable });
    at = end;
  }
  if (at < text.length || parts.length === 0) parts.push({ text: text.slice(at) });
  return parts;
}
