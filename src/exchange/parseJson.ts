import { visit } from 'jsonc-parser';
import { positionAt } from './position.js';

export type JsonResult =
  | { readonly ok: true; readonly value: unknown; /** True where comments or trailing commas were tolerated, which no server does. */ readonly tolerated: boolean }
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
  constructor(readonly code: number, readonly offset: number) {
    super();
  }
}

/** JSON, with comments and trailing commas tolerated. Strict JSON is parsed once; only what fails is read again, to say where. */
export function parseJson(text: string): JsonResult {
  try {
    return { ok: true, value: JSON.parse(text) as unknown, tolerated: false };
  } catch {
    return parseTolerantly(text);
  }
}

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
  const stack: { readonly container: Record<string, unknown> | unknown[]; key: string }[] = [];
  const add = (value: unknown): void => {
    const top = stack.at(-1);
    if (!top) root = value;
    else if (Array.isArray(top.container)) top.container.push(value);
    // Not an assignment: "__proto__" is a name like any other here.
    else Object.defineProperty(top.container, top.key, { value, enumerable: true, configurable: true, writable: true });
  };
  const open = (container: Record<string, unknown> | unknown[]): void => {
    add(container);
    stack.push({ container, key: '' });
  };
  const close = (): void => {
    stack.pop();
  };
  visit(
    text,
    {
      onObjectBegin: () => open({}),
      onArrayBegin: () => open([]),
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

/** True where the text begins like JSON and ends inside a string, an object or a list. One pass, nothing is built. */
export function endsInsideJson(text: string): boolean {
  const start = /\S/.exec(text);
  if (!start || !'{["'.includes(start[0])) return false;
  let depth = 0;
  const token = /["{}[\]]/g;
  token.lastIndex = start.index;
  for (let found = token.exec(text); found; found = token.exec(text)) {
    if (found[0] === '"') {
      const end = endOfString(text, token.lastIndex);
      if (end === -1) return true;
      token.lastIndex = end;
    } else depth += found[0] === '{' || found[0] === '[' ? 1 : -1;
  }
  return depth > 0;
}

/** The offset after the closing quote, or -1. */
function endOfString(text: string, from: number): number {
  const stop = /["\\]/g;
  stop.lastIndex = from;
  for (let found = stop.exec(text); found; found = stop.exec(text)) {
    if (found[0] === '"') return stop.lastIndex;
    stop.lastIndex++;
  }
  return -1;
}
