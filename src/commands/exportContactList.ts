import * as vscode from 'vscode';
import { type ContactList, type ContactTable, readContacts, writeContacts } from '../platform/contactListCsv.js';
import type { Operations } from '../platform/operations.js';
import { permissionWordsOf } from '../platform/operationWords.js';
import { withoutLinks } from '../platform/withoutLinks.js';
import { refusedNumbers } from '../sidebar/refusedNumbers.js';
import { saveText } from './saveText.js';
import type { CommandServices } from './services.js';
import { textAtHand } from './textAtHand.js';

const TITLE = 'Export contact list';

/**
 * Makes of a list of numbers the file that an Outbound contact list imports: a campaign is the way to call many, and not a loop of
 * calls (FACTS §7). Nothing is sent.
 */
export async function exportContactList(s: CommandServices): Promise<void> {
  const source = await textAtHand({ title: TITLE, files: 'CSV, or numbers one a line', holds: (text) => readContacts(text).ok });
  if (!source) return;
  const read = readContacts(source.text);
  if (!read.ok) {
    void vscode.window.showErrorMessage(withoutLinks(`The ${source.from} is no list of numbers. ${read.problem}`));
    return;
  }
  const { table } = read;
  const phones = await pickPhones(table);
  if (!phones) return;
  const country = await askCountry(s.country(), table, phones);
  if (country === undefined) return;
  const list = await make(table, country, phones);
  if (list === 'cancelled') return;
  const operations = await s.facts.operations();
  const report = (): Promise<void> => showReport(reportOf(list, source.from, operations));
  if (list.contacts === 0) {
    const answer = await vscode.window.showErrorMessage(
      withoutLinks(`No number of the ${source.from} can be dialled, so there is nothing to export.`),
      'Show Why',
    );
    if (answer) await report();
    return;
  }
  const left = list.leftOut.length;
  const chosen = await saveText({
    name: 'contact-list.csv',
    title: TITLE,
    filters: { CSV: ['csv'] },
    text: list.csv,
    done: (file) =>
      `${count(list.contacts, 'contact')} in ${file}${left > 0 ? `; ${left} left out` : ''}. Nothing was uploaded: the report says what the import requires.`,
    actions: ['Show Report'],
  });
  if (chosen === 'Show Report') await report();
}

/** Which columns are dialled: asked where there is a choice. */
async function pickPhones({ columns, rows, phones }: ContactTable): Promise<readonly number[] | undefined> {
  if (columns.length === 1) return phones;
  const items = columns.map((label, index) => ({
    label,
    description:
      rows
        .find((r) => (r.cells[index] ?? '').trim() !== '')
        ?.cells[index]?.trim()
        .slice(0, 40) ?? 'empty',
    picked: phones.includes(index),
    index,
  }));
  const picked = await vscode.window.showQuickPick(items, {
    title: `${TITLE}: which columns are telephone numbers?`,
    placeHolder: `${count(rows.length, 'row')}; the other columns are exported as they are`,
    canPickMany: true,
    ignoreFocusOut: true,
  });
  return picked && picked.length > 0 ? picked.map((p) => p.index) : undefined;
}

/** The country of numbers without +; asked only where there are such. Empty for none. */
async function askCountry(setting: string, { rows }: ContactTable, phones: readonly number[]): Promise<string | undefined> {
  const isNational = (cell: string): boolean => /\d/.test(cell) && !/^\s*'?(?:tel:)?(?:\+|00)/i.test(cell);
  const example = rows.flatMap((r) => phones.map((i) => r.cells[i] ?? '')).find(isNational);
  if (example === undefined) return setting;
  return vscode.window
    .showInputBox({
      title: `${TITLE}: numbers without + are of which country?`,
      prompt: withoutLinks(`As ${example.trim().slice(0, 30)}. Two letters, as in US or GB; empty leaves them out.`),
      value: setting,
      ignoreFocusOut: true,
      validateInput: (value) => (/^([A-Za-z]{2})?$/.test(value.trim()) ? undefined : 'Two letters, as in US or GB.'),
    })
    .then((value) => value?.trim().toUpperCase());
}

async function make(table: ContactTable, country: string, phones: readonly number[]): Promise<ContactList | 'cancelled'> {
  const progress = { location: vscode.ProgressLocation.Notification, title: 'Reading the numbers', cancellable: true };
  return vscode.window.withProgress(progress, (report, cancelled) =>
    writeContacts(table, {
      country,
      phones,
      refused: refusedNumbers(),
      goOn: async (done) => {
        report.report({ message: `${done} of ${table.rows.length}` });
        await new Promise((resolve) => setImmediate(resolve));
        return !cancelled.isCancellationRequested;
      },
    }),
  );
}

const count = (n: number, what: string): string => `${n.toLocaleString('en')} ${what}${n === 1 ? '' : 's'}`;

/** How many lines of what was left out are told. */
const MOST_TOLD = 2000;

function reportOf({ contacts, phoneColumns, leftOut, guarded }: ContactList, from: string, operations: Operations): string {
  const needs = (path: string): string => permissionWordsOf(operations, 'POST', path);
  const cell = (text: string): string => text.replace(/[\\`*_[\]<>|]/g, '\\$&');
  const rows = leftOut
    .slice(0, MOST_TOLD)
    .map((l) => `| ${l.line} | ${cell(l.text)} | ${cell(l.why)}${l.rowStays ? ' (the rest of the row is in the list)' : ''} |`);
  return [
    '# Contact list for Outbound',
    '',
    `${count(contacts, 'contact')} of the ${from}. Numbers are in ${phoneColumns.map((c) => `\`${c}\``).join(', ')}, as E.164.`,
    ...(guarded > 0 ? ['', `${count(guarded, 'value')} would be run by a spreadsheet as a formula, and now begin with an apostrophe.`] : []),
    '',
    '## What the platform requires',
    '',
    `- To make the list: ${needs('/api/v2/outbound/contactlists')}. Admin, Outbound, List Management, Contact Lists, Create New takes the file.`,
    `- To upload it by the API: ${needs('/api/v2/outbound/contactlists/uploads')}.`,
    `- To make a campaign of it: ${needs('/api/v2/outbound/campaigns')}.`,
    '- A campaign dials for an agent of its queue, and not for one that you choose; a preview campaign can give a record to its owner (`agentOwnedColumn`).',
    '- The list takes 50 columns, names of 128 characters, values of 512 and a million contacts, by the documentation; not verified against an org.',
    ...(rows.length > 0
      ? [
          '',
          `## Left out: ${leftOut.length}`,
          '',
          '| Line | What | Why |',
          '| --- | --- | --- |',
          ...rows,
          ...(leftOut.length > MOST_TOLD ? ['', `And ${leftOut.length - MOST_TOLD} more.`] : []),
        ]
      : []),
    '',
  ].join('\n');
}

async function showReport(content: string): Promise<void> {
  const document = await vscode.workspace.openTextDocument({ language: 'markdown', content });
  await vscode.window.showTextDocument(document, { preview: true });
}
