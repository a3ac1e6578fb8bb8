/** One record of a CSV text, and the line that it begins on, 1-based. */
export interface CsvRow {
  readonly line: number;
  readonly cells: readonly string[];
}

export type CsvReading = { readonly ok: true; readonly rows: readonly CsvRow[] } | { readonly ok: false; readonly problem: string; readonly line: number };

const DELIMITERS = [',', ';', '\t', '|'] as const;

/** Reads comma-separated values (RFC 4180); semicolons, tabs and bars separate as well, whichever the first record has most of. Empty records are left out. */
export function readCsv(content: string): CsvReading {
  const text = content.replace(/^\uFEFF/, '');
  const delimiter = delimiterOf(text);
  const rows: CsvRow[] = [];
  let cells: string[] = [];
  let cell = '';
  let line = 1;
  let begin = 1;
  let quotedSince = 0;
  const endRow = (): void => {
    cells.push(cell);
    if (cells.some((c) => c.trim() !== '')) rows.push({ line: begin, cells });
    cells = [];
    cell = '';
  };
  for (let i = 0; i < text.length; i++) {
    const c = text[i] as string;
    const isEnd = c === '\n' || (c === '\r' && text[i + 1] !== '\n');
    if (quotedSince > 0) {
      if (c !== '"') cell += c;
      else if (text[i + 1] === '"') cell += text[++i] as string;
      else quotedSince = 0;
    } else if (c === '"' && cell.trim() === '') {
      cell = '';
      quotedSince = line;
    } else if (c === delimiter) {
      cells.push(cell);
      cell = '';
    } else if (isEnd) {
      endRow();
      begin = line + 1;
    } else if (c !== '\r') cell += c;
    if (isEnd) line++;
  }
  if (quotedSince > 0) return { ok: false, problem: 'a quotation mark is opened here and never closed', line: quotedSince };
  endRow();
  return { ok: true, rows };
}

function delimiterOf(text: string): string {
  const first = /\S[^\r\n]*/.exec(text)?.[0].replace(/"[^"]*"/g, '') ?? '';
  const count = (delimiter: string): number => first.split(delimiter).length;
  return DELIMITERS.reduce((best: string, d) => (count(d) > count(best) ? d : best), ',');
}

/** Records as RFC 4180 has them: each ends with a carriage return and a line feed. */
export const writeCsv = (rows: readonly (readonly string[])[]): string => rows.map((cells) => `${cells.map(quoted).join(',')}\r\n`).join('');

const quoted = (cell: string): string => (/[",\r\n]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

/** What a spreadsheet takes for a formula (OWASP, CSV injection). */
const FORMULA = /^\s*[=+\-@\uFF0B\uFF0D\uFF1D\uFF20]|^[\t\r\n]/;

/** A number with its sign runs nothing. */
const SIGNED = /^[+-]\d+(?:[.,]\d+)?$/;

/** A cell that no spreadsheet runs: an apostrophe before what would be a formula. */
export const withoutFormula = (cell: string): string => (FORMULA.test(cell) && !SIGNED.test(cell) ? `'${cell}` : cell);
