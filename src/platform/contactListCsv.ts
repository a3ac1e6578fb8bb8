import { readCsv, withoutFormula, writeCsv } from './csv.js';
import { readDialable } from './dialable.js';
import { correctNumber } from './numbers.js';

// What an Outbound contact list imports: UTF-8, one record a line, a header of unique names without special characters, at most 50
// columns, 128 characters a name, 512 a value, a million contacts (Genesys Cloud Resource Center, "Create lists in CSV format" and
// "Create a new contact list"; not verified here against an org).
const MOST_COLUMNS = 50;
const MOST_NAME = 128;
const MOST_VALUE = 512;
const MOST_CONTACTS = 1_000_000;

/** A list of people or numbers as somebody has it. */
export interface ContactTable {
  readonly columns: readonly string[];
  readonly rows: readonly { readonly line: number; readonly cells: readonly string[] }[];
  /** Indexes of the columns that look like telephone numbers, the likeliest reading of it. */
  readonly phones: readonly number[];
}

export type ContactReading = { readonly ok: true; readonly table: ContactTable } | { readonly ok: false; readonly problem: string };

/** Reads CSV, or numbers that stand one a line or with commas between them. Says why where there is no number in it. */
export function readContacts(text: string): ContactReading {
  const read = readCsv(text);
  if (!read.ok) return { ok: false, problem: `Line ${read.line}: ${read.problem}.` };
  const [first, ...others] = read.rows;
  if (!first) return { ok: false, problem: 'There is nothing in it.' };
  const isHeader = others.length > 0 && !first.cells.some(isNumber) && others.some((r) => r.cells.some(isNumber));
  const rows = isHeader ? others : read.rows;
  if (!isHeader && (read.rows.length === 1 || width(rows) === 1))
    return fromNumbers(rows.flatMap(({ line, cells }) => cells.filter((c) => c.trim() !== '').map((cell) => ({ line, cells: [cell] }))));
  const columns = Array.from({ length: Math.max(width(rows), first.cells.length) }, (_, i) => (isHeader ? (first.cells[i] ?? '').trim() : ''));
  if (columns.length > MOST_COLUMNS) return { ok: false, problem: `It has ${columns.length} columns; a contact list has ${MOST_COLUMNS} at most.` };
  const phones = columns.flatMap((name, i) =>
    isPhoneColumn(
      name,
      rows.map((r) => r.cells[i] ?? ''),
    )
      ? [i]
      : [],
  );
  if (phones.length === 0) return { ok: false, problem: 'No column of it has telephone numbers.' };
  return { ok: true, table: { columns: named(columns, phones), rows, phones } };
}

const fromNumbers = (rows: ContactTable['rows']): ContactReading =>
  rows.some((r) => r.cells.some(isNumber))
    ? { ok: true, table: { columns: ['Phone'], rows, phones: [0] } }
    : { ok: false, problem: 'There is no telephone number in it.' };

const width = (rows: ContactTable['rows']): number => rows.reduce((most, r) => Math.max(most, r.cells.length), 0);

/** Five digits and more with nothing but what stands in numbers. */
const isNumber = (cell: string): boolean => /^\s*'?(?:tel:)?[+\d\s().\u00a0/-]+$/i.test(cell) && cell.replace(/\D/g, '').length >= 5;

const PHONE = /phone|mobil|cell|tel(?![a-z]*t)|fax|rufnummer|handy|festnetz|tél|móvil|celular/i;
const OTHER = /\b(?:id|account|customer|order|zip|postal|postcode|plz|date|amount|birth)\b/i;

function isPhoneColumn(name: string, cells: readonly string[]): boolean {
  const filled = cells.filter((c) => c.trim() !== '');
  const numbers = filled.filter(isNumber).length;
  if (PHONE.test(name)) return numbers > 0;
  return !OTHER.test(name) && numbers > 0 && numbers * 2 >= filled.length && filled.some((c) => c.replace(/\D/g, '').length >= 7);
}

/** Names that a contact list takes: no special characters, none twice, none empty. */
function named(columns: readonly string[], phones: readonly number[]): string[] {
  const taken = new Set<string>();
  return columns.map((written, i) => {
    const name = written
      .normalize('NFC')
      .replace(/[^\p{L}\p{N}_ -]+/gu, ' ')
      .replace(/\s+/g, ' ')
      .replace(/^[\s-]+|\s+$/g, '')
      .slice(0, MOST_NAME - 4)
      .trimEnd();
    const wanted = name || (phones.includes(i) ? (phones.length > 1 ? `Phone ${phones.indexOf(i) + 1}` : 'Phone') : `Column ${i + 1}`);
    let unique = wanted;
    for (let n = 2; taken.has(unique.toLowerCase()); n++) unique = `${wanted} ${n}`;
    taken.add(unique.toLowerCase());
    return unique;
  });
}

export interface ContactListOptions {
  /** ISO 3166-1 alpha-2, in which numbers without + are read; empty where they have to have one. */
  readonly country: string;
  /** Indexes of the columns whose numbers are dialled. */
  readonly phones: readonly number[];
  /** Beginnings of numbers in E.164 that are refused as well. */
  readonly refused?: readonly string[];
  /** Asked now and then, so that a window stays alive: whether to go on. @param done rows that were read */
  readonly goOn?: (done: number) => Promise<boolean>;
}

/** A row or a number that is not in the list. */
export interface LeftOut {
  /** 1-based, of what was read. */
  readonly line: number;
  readonly text: string;
  readonly why: string;
  /** Whether the rest of its row is in the list. */
  readonly rowStays: boolean;
}

export interface ContactList {
  readonly csv: string;
  readonly contacts: number;
  /** As the list names them: what the campaign has to be told. */
  readonly phoneColumns: readonly string[];
  readonly leftOut: readonly LeftOut[];
  /** Values that a spreadsheet would have run, and have an apostrophe before them now. */
  readonly guarded: number;
}

const EVERY = 500;

/** The file that a contact list imports. Each number is written in E.164; who has none that may be dialled is left out, and so is who is there already. */
export async function writeContacts(table: ContactTable, options: ContactListOptions): Promise<ContactList | 'cancelled'> {
  const { columns, rows } = table;
  const dialled = new Set(options.phones);
  const seen = new Set<string>();
  const out: string[][] = [[...columns]];
  const leftOut: LeftOut[] = [];
  let guarded = 0;
  for (const [n, { line, cells }] of rows.entries()) {
    if (n % EVERY === EVERY - 1 && options.goOn && !(await options.goOn(n))) return 'cancelled';
    const numbers: string[] = [];
    const wrong: Omit<LeftOut, 'rowStays'>[] = [];
    const tooLong: Omit<LeftOut, 'rowStays'>[] = [];
    const leaveRow = (text: string, why: string): void => void leftOut.push({ line, text, why, rowStays: false });
    const record = columns.map((name, i) => {
      const value = oneLine(cells[i] ?? '');
      if (value === '') return '';
      if (!dialled.has(i)) {
        const safe = withoutFormula(value);
        if (safe.length > MOST_VALUE) tooLong.push({ line, text: name, why: `it has ${safe.length} characters; a contact list takes ${MOST_VALUE}` });
        if (safe !== value) guarded++;
        return safe;
      }
      const read = numberOf(value, options);
      if (read.kind === 'number') numbers.push(read.e164);
      else wrong.push({ line, text: value.slice(0, 40), why: read.problem });
      return read.kind === 'number' ? read.e164 : '';
    });
    if (tooLong.length > 0) for (const { text, why } of tooLong) leaveRow(text, why);
    else if (numbers.length === 0) {
      if (wrong.length === 0) leaveRow('', 'it has no number');
      for (const { text, why } of wrong) leaveRow(text, why);
    } else if (numbers.every((e164) => seen.has(e164))) leaveRow(numbers.join(', '), 'it is there already');
    else if (out.length > MOST_CONTACTS) leaveRow(numbers.join(', '), `a contact list has ${MOST_CONTACTS.toLocaleString('en')} contacts at most`);
    else {
      for (const e164 of numbers) seen.add(e164);
      for (const w of wrong) leftOut.push({ ...w, rowStays: true });
      out.push(record);
    }
  }
  return { csv: writeCsv(out), contacts: out.length - 1, phoneColumns: columns.filter((_, i) => dialled.has(i)), leftOut, guarded };
}

type Read = { readonly kind: 'number'; readonly e164: string } | { readonly kind: 'problem'; readonly problem: string };

function numberOf(value: string, { country, refused = [] }: ContactListOptions): Read {
  const read = correctNumber(value.replace(/^'/, ''), country || undefined);
  if (read.kind === 'problem') return read;
  const again = readDialable(read.e164, undefined, refused);
  return again.kind === 'refused' ? { kind: 'problem', problem: again.problem } : read;
}

/** A record is one line. */
const oneLine = (cell: string): string =>
  cell
    .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .replace(/ {2,}/g, ' ')
    .trim();
