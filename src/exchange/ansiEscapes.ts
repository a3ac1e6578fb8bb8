const LETTERS: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  a: '\x07',
  b: '\b',
  e: '\x1b',
  E: '\x1b',
  f: '\f',
  v: '\v',
  '\\': '\\',
  "'": "'",
  '"': '"',
  '?': '?',
};
const BYTES = /(?:\\(?:x[0-9A-Fa-f]{1,2}|[0-7]{1,3}))+/y;
const CODE_POINT = /\\(?:u([0-9A-Fa-f]{1,4})|U([0-9A-Fa-f]{1,8}))/y;
const PLAIN = /[^'\\]+/y;

/**
 * The content of `$'…'` (bash manual §3.1.2.4) from after the opening quote; `end` is after the closing one.
 * @param put is told each piece, with its offsets in the text
 */
export function ansiEscapes(
  text: string,
  start: number,
  put: (piece: string, from: number, to: number) => void,
): { readonly end: number; readonly unclosed: boolean } {
  const limit = text.length;
  let i = start;
  const match = (sticky: RegExp): RegExpExecArray | null => {
    sticky.lastIndex = i;
    return sticky.exec(text);
  };
  while (i < limit) {
    if (text[i] === "'") return { end: i + 1, unclosed: false };
    const plain = match(PLAIN);
    if (plain) {
      put(plain[0], i, i + plain[0].length);
      i += plain[0].length;
      continue;
    }
    const code = match(CODE_POINT);
    const bytes = code ? null : match(BYTES);
    if (code) {
      const point = Number.parseInt(code[1] ?? code[2] ?? '', 16);
      put(point > 0x10ffff ? '\ufffd' : String.fromCodePoint(point), i, i + code[0].length);
      i += code[0].length;
    } else if (bytes) {
      put(decode(bytes[0]), i, i + bytes[0].length);
      i += bytes[0].length;
    } else if (text[i + 1] === 'c' && i + 2 < limit) {
      put(String.fromCharCode(text.charCodeAt(i + 2) & 0x1f), i, i + 3);
      i += 3;
    } else {
      const letter = text[i + 1] ?? '';
      put(LETTERS[letter] ?? `\\${letter}`, i, Math.min(i + 2, limit));
      i += 2;
    }
  }
  return { end: limit, unclosed: true };
}

/** `\xHH` and `\ooo` are bytes; several of them in a row may be one UTF-8 character. */
function decode(escapes: string): string {
  const bytes = [...escapes.matchAll(/\\(?:x([0-9A-Fa-f]{1,2})|([0-7]{1,3}))/g)].map(([, hex, octal]) =>
    hex === undefined ? Number.parseInt(octal ?? '', 8) & 0xff : Number.parseInt(hex, 16),
  );
  return new TextDecoder().decode(Uint8Array.from(bytes));
}
