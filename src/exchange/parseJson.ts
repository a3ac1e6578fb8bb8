import { visit } from 'jsonc-parser';
import { positionAt } from './position.js';

export type JsonResult =
  | {
      readonly ok: true;
      readonly value: unknown /** True where comments or trailing commas were tolerated, which no server does. */;
      readonly tolerated: boolean;
    }
  | { readonly ok: false; readonly problem: string; readonly line: number; readonly column: number };

/** What was missing, by jsonc-parser's ParseErrorCode (an ambient const enum, which isolated modules cannot import). */
const EXPECTED: Readonly<Record<number, string>> = {
  1: 'a value, a name in double quotes or punctuation was expected',
  2: 'a number was expected',
  3: 'a property name in double quotes was expected',
  4: 'a value was expected',
  5: 'a colon was expected',
  6: 'a comma was expected',
  7: 'a comma or } was expected',
  8: 'a comma or ] was expected',
  9: 'nothing more was expected after the JSON',
  11: 'the comment is never closed',
  12: 'a closing double quote was expected',
  13: 'the rest of a number was expected',
  14: 'four hexadecimal digits were expected after \\u',
  15: 'a valid escape was expected after \\',
  16: 'a control character must be escaped in a string',
};

/** Stops jsonc-parser at the first error: it would collect one object for each of millions. */
class Stop extends Error {
  constructor(
    readonly code: number,
    readonly offset: number,
  ) {
    super();
  }
}

/**
 * JSON, with comments and trailing commas tolerated. Strict JSON is parsed once; only what fails is read again, to tolerate it or to say
 * where it fails.
 * @param longest a longer text is not read again
 */
export function parseJson(text: string, longest = Number.POSITIVE_INFINITY): JsonResult {
  try {
    const value: unknown = JSON.parse(text);
    return { ok: true, value: text.length <= LONGEST_EXACT && LONG_INTEGER.test(text) ? build(text) : value, tolerated: false };
  } catch {
    return text.length > longest ? { ok: false, problem: 'The JSON is not valid.', line: 1, column: 1 } : parseTolerantly(text);
  }
}

/** An integer that may be beyond 2^53, in a text short enough to be read once more. */
const LONG_INTEGER = /[:[,\s]-?\d{16}/;
const LONGEST_EXACT = 5_000_000;

/** The source of lists and objects that hold a long integer somewhere: as numbers they would lose digits. */
const SOURCES = new WeakMap<object, string>();

/** How a list or object was written, where writing its value again would change a number. */
export const sourceOf = (value: object): string | undefined => SOURCES.get(value);

function parseTolerantly(text: string): JsonResult {
  try {
    return { ok: true, value: build(text), tolerated: true };
  } catch (error) {
    if (error instanceof RangeError) return { ok: false, problem: 'The JSON is nested too deeply to be read.', line: 1, column: 1 };
    if (!(error instanceof Stop)) throw error;
    const early = error.offset >= text.trimEnd().length;
    const expected = EXPECTED[error.code] ?? 'it cannot be read from here on';
    return { ok: false, problem: `The JSON ${early ? 'ends too early' : 'is not valid'}: ${expected}.`, ...positionAt(text, error.offset) };
  }
}

/** Builds the value in one pass. @throws Stop at the first error, RangeError where the nesting exceeds the stack */
function build(text: string): unknown {
  let root: unknown;
  const keepsSource = text.length <= LONGEST_EXACT && LONG_INTEGER.test(text);
  const stack: { readonly container: Record<string, unknown> | unknown[]; readonly start: number; key: string }[] = [];
  const add = (value: unknown): void => {
    const top = stack.at(-1);
    if (!top) root = value;
    else if (Array.isArray(top.container)) top.container.push(value);
    // Not an assignment: "__proto__" is a name like any other here.
    else Object.defineProperty(top.container, top.key, { value, enumerable: true, configurable: true, writable: true });
  };
  const open = (container: Record<string, unknown> | unknown[], start: number): void => {
    add(container);
    stack.push({ container, start, key: '' });
  };
  const close = (offset: number, length: number): void => {
    const closed = stack.pop();
    if (!closed || !keepsSource) return;
    const source = text.slice(closed.start, offset + length);
    if (LONG_INTEGER.test(source)) SOURCES.set(closed.container, source);
  };
  visit(
    text,
    {
      onObjectBegin: (offset) => open({}, offset),
      onArrayBegin: (offset) => open([], offset),
      onObjectEnd: close,
      onArrayEnd: close,
      onObjectProperty: (name) => {
        const top = stack.at(-1);
        if (top) top.key = name;
      },
      onLiteralValue: add,
      onError: (code, offset) => {
        throw new Stop(code, offset);
      },
    },
    { allowTrailingComma: true },
  );
  return root;
}

const QUOTE = 34;
const BACKSLASH = 92;

/** True where the text begins like JSON and ends inside a string, an object or a list. One pass, nothing is built. */
export function endsInsideJson(text: string): boolean {
  const start = /\S/.exec(text);
  if (!start || !'{["'.includes(start[0])) return false;
  let depth = 0;
  let inString = false;
  for (let i = start.index; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c === QUOTE) inString = !inString;
    else if (inString) {
      if (c === BACKSLASH) i++;
    } else if (c === 0x7b || c === 0x5b) depth++;
    else if (c === 0x7d || c === 0x5d) depth--;
  }
  return inString || depth > 0;
}
