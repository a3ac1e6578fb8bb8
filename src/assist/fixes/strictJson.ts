const TOKEN = /"(?:[^"\\\n]|\\.)*"?|\/\/[^\n\r]*|\/\*[\s\S]*?(?:\*\/|$)|[,{}[\]]|\s+|[^"/,{}[\]\s]+|\//y;
const REST_OF_LINE = /[ \t]*(?:\r?\n|$)/y;

/** JSON without comments and without commas before a closing bracket; all else as it is. A line that holds nothing but a comment goes with it. */
export function strictJson(text: string): string {
  const parts: string[] = [];
  /** Where the last comma is among the parts, while nothing that counts follows it. */
  let comma = -1;
  let at = 0;
  const next = (): string => {
    TOKEN.lastIndex = at;
    return TOKEN.exec(text)?.[0] ?? text.slice(at, at + 1);
  };
  while (at < text.length) {
    const token = next();
    at += token.length;
    if (/^\/[/*]/.test(token)) {
      at = withoutBlanks(parts, text, at);
      continue;
    }
    if ((token === '}' || token === ']') && comma !== -1) parts[comma] = '';
    if (!/^\s/.test(token)) comma = token === ',' ? parts.length : -1;
    parts.push(token);
  }
  return parts.join('');
}

/** Takes the blanks away that a comment leaves at the end of its line. @returns where to go on */
function withoutBlanks(parts: string[], text: string, at: number): number {
  REST_OF_LINE.lastIndex = at;
  const rest = REST_OF_LINE.exec(text)?.[0];
  const before = parts.at(-1) ?? '';
  if (rest === undefined) return /[ \t]$/.test(before) && /[ \t]/.test(text[at] ?? '') ? at + 1 : at;
  const isBlank = parts.length === 0 || /\n[ \t]*$/.test(before);
  if (/^\s/.test(before)) parts[parts.length - 1] = before.replace(/[ \t]+$/, '');
  return isBlank ? at + rest.length : at + (/^[ \t]*/.exec(rest)?.[0].length ?? 0);
}
