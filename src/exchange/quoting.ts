import { PLAIN, variableParts, type Writing } from './mappedText.js';

/**
 * How text is written for a shell, so that its reader (posixWords, cmdWords, powershellWords) and the shell read exactly that text.
 * Sources: bash manual §3.1.2; Microsoft, "Parsing C command-line arguments" and `cmd /?`; PowerShell, about_Quoting_Rules.
 */

const SAFE = /^[A-Za-z0-9_./:@%+=-]+$/;

const inSingle = (text: string): string => text.replaceAll("'", "'\\''");
const single = (text: string): string => `'${inSingle(text)}'`;
const possible = (text: string): boolean => !text.includes('\0');

/** A word for bash, sh and zsh: everything in single quotes is text. */
export const quotePosix = (text: string): string => (SAFE.test(text) ? text : single(text));
/** The same with variables and substitutions in it, each in double quotes, where it is filled in and not split. */
const quotePosixWith = (text: string, variables: ReadonlySet<string>): string =>
  variableParts(text, variables)
    .map((p) => (p.variable ? `"${p.text}"` : quotePosix(p.text)))
    .join('');

/** Variables, `$(…)` without parentheses inside, and what is between backquotes. */
const POSIX_FILLED = /\$(?:[A-Za-z_]\w*|\{[^{}]{1,200}\}|\([^()]{1,500}\))|`[^`]{1,500}`/g;
/** In double quotes a letter that follows would belong to the name. */
const posixName = (variable: string, next: string): string | undefined => (/^\$\w+$/.test(variable) && /\w/.test(next) ? undefined : variable);

const ANSI_LETTERS: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t', "'": "\\'", '\\': '\\\\' };
/** For double quotes of bash. */
export const inDouble = (text: string): string => text.replace(/["\\$`]/g, '\\$&');

export const POSIX: Readonly<Record<string, Writing>> = {
  bare: {
    open: '',
    close: '',
    encode: (t) => (t === '' ? '' : possible(t) ? quotePosix(t) : undefined),
    takesNext: /\$$/,
    filled: POSIX_FILLED,
    fill: (v) => `"${v}"`,
  },
  single: { open: "'", close: "'", encode: (t) => (possible(t) ? inSingle(t) : undefined), fill: (v) => `'"${v}"'` },
  double: { open: '"', close: '"', encode: (t) => (possible(t) ? inDouble(t) : undefined), takesNext: /(?<!\\)\$$/, filled: POSIX_FILLED, fill: posixName },
  // Three octal digits: a digit that follows belongs to the text.
  ansi: {
    open: "$'",
    close: "'",
    encode: (t) =>
      possible(t)
        ? // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what has to be escaped
          t.replace(/['\\\x01-\x1f]/g, (c) => ANSI_LETTERS[c] ?? `\\${c.charCodeAt(0).toString(8).padStart(3, '0')}`)
        : undefined,
    fill: (v) => `'"${v}"$'`,
  },
  // Only where no shell would be understood: the whole word is quoted anew for anything but plain text.
  typographic: { open: '', close: '', encode: (t) => (/[‘’“”\0]/.test(t) ? undefined : t) },
  hereDocument: { open: '', close: '', encode: (t) => (possible(t) ? t : undefined), fill: () => undefined },
  expandingHereDocument: {
    open: '',
    close: '',
    encode: (t) => (possible(t) ? t.replace(/[\\$`]/g, '\\$&') : undefined),
    takesNext: /(?<!\\)\$$/,
    filled: POSIX_FILLED,
    fill: posixName,
  },
};

/** The program reads `\"` as a quote, and backslashes before one in pairs. */
const forProgram = (text: string): string => text.replace(/(?<!\\)(\\*)"/g, '$1$1\\"');
const trailingDoubled = (text: string): string => text.replace(/(?<!\\)\\+$/, '$&$&');
/** Variables of cmd stay variables: as in placeholders.ts, `%20` and `%C3%A9` are none. */
const VARIABLE = /%[A-Za-z_]\w{2,80}%(?![0-9A-Fa-f]{2})/g;
const CMD_SPECIAL = /%[A-Za-z_]\w{2,80}%(?![0-9A-Fa-f]{2})|[&|<>^"%()]|\r?\n/g;
const careted = (text: string): string => text.replace(CMD_SPECIAL, (c) => (c.endsWith('\n') ? '^\n\n' : c.length > 1 ? c : `^${c}`));
const onCmdLine = (text: string): boolean => !/\0|\r(?!\n)/.test(text);

/**
 * A word for cmd. Line breaks and what is special to cmd are written as browsers do (`^"…^"`, where cmd sees no quotes and so every
 * caret works); all else is in plain quotes. A lone carriage return cannot be written.
 */
export function quoteCmd(text: string): string {
  if (/^[A-Za-z0-9_./:@+-]+$/.test(text)) return text;
  const escaped = trailingDoubled(forProgram(text));
  // To cmd each quote opens or closes: of an odd number, the rest of the line would be in quotes.
  const isOdd = (text.split('"').length - 1) % 2 === 1;
  return isOdd || /[&|<>^%\n]/.test(text.replace(VARIABLE, '')) ? `^"${careted(escaped)}^"` : `"${escaped}"`;
}

/** How a word of cmd is written, by its source. */
export function cmdWriting(source: string): Writing {
  if (source.includes('^"')) return CARETED;
  return source.includes('"') ? (/[^"\\]""[^"]/.test(source) ? DOUBLED : QUOTED) : CMD_BARE;
}

const unbroken = (text: string): boolean => onCmdLine(text) && !text.includes('\n');
const CARETED: Writing = { open: '^"', close: '^"', encode: (t) => (onCmdLine(t) ? careted(forProgram(t)) : undefined) };
const QUOTED: Writing = { open: '"', close: '"', encode: (t) => (unbroken(t) ? forProgram(t) : undefined) };
const DOUBLED: Writing = { open: '"', close: '"', encode: (t) => (unbroken(t) ? t.replace(/(?<!\\)(\\*)"/g, '$1$1""') : undefined) };
const CMD_BARE: Writing = { open: '', close: '', encode: (t) => (/^[A-Za-z0-9_./:@+-]*$/.test(t) ? t : undefined) };

/** A word for PowerShell: only quotes, also typographic ones, are special in single quotes. */
export const quotePowershell = (text: string): string => `'${inPsSingle(text)}'`;
/** The same with variables in it: pieces in different quotes are not always one argument there, so all of it is in one pair. */
function quotePowershellWith(text: string, variables: ReadonlySet<string>): string | undefined {
  const parts = variableParts(text, variables);
  if (!parts.some((p) => p.variable)) return quotePowershell(text);
  const quoted = parts.map((p) => (p.variable ? psName(p.text, text[p.end] ?? '') : inPsDouble(p.text)));
  return quoted.includes(undefined) ? undefined : `"${quoted.join('')}"`;
}
const PS_FILLED = /\$(?:(?:env:)?[A-Za-z_]\w*|\{[^{}]{1,200}\}|\([^()]{1,500}\))/g;
const psName = (variable: string, next: string): string | undefined => (/^\$[\w:]+$/.test(variable) && /[\w:?.[({]/.test(next) ? undefined : variable);
const inPsSingle = (text: string): string => text.replace(/['‘’‚‛]/g, '$&$&');
/** For double quotes of PowerShell. */
export const inPsDouble = (text: string): string => text.replace(/["“”„`$]/g, '`$&');

const POWERSHELL_WRITINGS: Readonly<Record<string, Writing>> = {
  bare: { open: '', close: '', encode: (t) => (/^[A-Za-z0-9_./:%+=-]*$/.test(t) ? t : undefined), takesNext: /\$$/, filled: PS_FILLED, fill: () => undefined },
  single: { open: "'", close: "'", encode: (t) => (possible(t) ? inPsSingle(t) : undefined), fill: () => undefined },
  double: { open: '"', close: '"', encode: (t) => (possible(t) ? inPsDouble(t) : undefined), takesNext: /(?<!`)\$$/, filled: PS_FILLED, fill: psName },
  hereString: { open: '', close: '', encode: (t) => (possible(t) ? t : undefined), fill: () => undefined },
  expandingHereString: {
    open: '',
    close: '',
    encode: (t) => (possible(t) ? t.replace(/[`$]/g, '`$&') : undefined),
    takesNext: /(?<!`)\$$/,
    filled: PS_FILLED,
    fill: psName,
  },
};
/** Before PowerShell 7.3 an argument keeps its double quotes only as `\"`. */
const OLD_POWERSHELL: Readonly<Record<string, Writing>> = Object.fromEntries(
  Object.entries(POWERSHELL_WRITINGS).map(([name, w]) => [name, { ...w, encode: (t: string) => w.encode(forProgram(t)) }]),
);

export const powershellWriting = (quoting: string, old: boolean): Writing => (old ? OLD_POWERSHELL : POWERSHELL_WRITINGS)[quoting] ?? PLAIN;

/**
 * A word for a shell, nothing where it cannot say it. @param old for PowerShell before 7.3 @param variables what of the text the shell is to fill in
 */
export function quoteWord(shell: 'posix' | 'cmd' | 'powershell', old: boolean, text: string, variables: ReadonlySet<string>): string | undefined {
  if (!possible(text)) return undefined;
  if (shell === 'posix') return quotePosixWith(text, variables);
  return shell === 'cmd' ? quoteCmd(text) : quotePowershellWith(old ? forProgram(text) : text, variables);
}

/** Inside the quotes of a JSON string. */
export const JSON_STRING: Writing = { open: '', close: '', encode: (text) => JSON.stringify(text).slice(1, -1) };
