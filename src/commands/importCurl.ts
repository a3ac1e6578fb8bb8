import * as vscode from 'vscode';
import { findImportable, type Importable, type ImportedCall, type ImportProblem, importRequest } from '../exchange/importCurl.js';
import type { LeftOut } from '../exchange/importLeftOut.js';
import { positionAt } from '../exchange/position.js';
import type { Region } from '../exchange/region.js';
import type { RegionHint } from '../exchange/regions.js';
import { hostOf } from '../platform/regions.js';
import { withoutLinks } from '../platform/withoutLinks.js';
import { openPayload } from './openPayload.js';
import type { CommandServices } from './services.js';
import { type Source, textAtHand, textOfFile } from './textAtHand.js';

const TITLE = 'Import cURL';

/** Makes an unsaved `*.call.json` of a cURL command: of a file, the selection, the clipboard, or whatever the person picks. */
export async function importCurl(_s: CommandServices, file?: vscode.Uri): Promise<void> {
  const wanted = { title: TITLE, files: 'a script, Markdown, .http, HAR', holds: (text: string) => findImportable(text).ok };
  const source = await (file ? textOfFile(file) : textAtHand(wanted));
  if (!source) return;
  const found = findImportable(source.text, hintOf(source));
  if (!found.ok) return tellProblem(source, found);
  const region = await pickRegion(source, found);
  if (!region) return;
  const body = await bodyOfFile(source, region);
  if (body === 'cancelled') return;
  const imported = importRequest(source.text, region, body?.text);
  if (!imported.ok) return tellProblem(source, imported);
  await openPayload(imported.fileText.trimEnd());
  await tellImported(imported);
}

const hintOf = ({ languageId, uri }: Source): RegionHint => ({ ...(languageId === undefined ? {} : { languageId }), ...(uri ? { fileName: uri.path } : {}) });

/** One of several; the first that calls Genesys Cloud is at hand. */
async function pickRegion({ text }: Source, { regions, preselected }: Importable): Promise<Region | undefined> {
  if (regions.length === 1) return regions[0];
  const items = regions.map((region) => {
    const { method, url, body } = region.request;
    const { kind, host } = hostOf(url);
    return {
      region,
      label: `${method} ${kind === 'unreadable' ? url : url.replace(/^https?:\/\/[^/]*/i, '') || '/'}`,
      detail: [`line ${positionAt(text, region.span.start).line}`, kind === 'unreadable' ? '' : host, body?.replace(/\s+/g, ' ').slice(0, 100)]
        .filter(Boolean)
        .join(' · '),
    };
  });
  const pick = vscode.window.createQuickPick<(typeof items)[number]>();
  pick.title = `${TITLE} (1 of ${regions.length} requests)`;
  pick.placeholder = 'Which of them?';
  pick.matchOnDetail = true;
  pick.items = items;
  pick.activeItems = items.slice(preselected, preselected + 1);
  try {
    return await new Promise((resolve) => {
      pick.onDidAccept(() => resolve(pick.activeItems[0]?.region));
      pick.onDidHide(() => resolve(undefined));
      pick.show();
    });
  } finally {
    pick.dispose();
  }
}

/** A body that is larger is no call request, in bytes. */
const MOST_BODY = 1024 * 1024;

/** The file that the body is in, where it is one of the workspace and the person wants it read. */
async function bodyOfFile(source: Source, region: Region): Promise<{ readonly text: string } | 'cancelled' | undefined> {
  const file = region.file && (await fileOfBody(source, region.file.text));
  if (!file) return undefined;
  const items = [
    { label: `$(file) Read ${vscode.workspace.asRelativePath(file)}`, description: 'the body of the request', read: true },
    { label: '$(circle-slash) Import without a body', description: '', read: false },
  ];
  const picked = await vscode.window.showQuickPick(items, { title: TITLE, placeHolder: 'The body of this command is in a file of the workspace.' });
  if (!picked) return 'cancelled';
  return picked.read ? { text: new TextDecoder().decode(await vscode.workspace.fs.readFile(file)) } : undefined;
}

/** Relative to the file that the command is in, else to its folder of the workspace; never outside of that. */
async function fileOfBody({ uri }: Source, name: string): Promise<vscode.Uri | undefined> {
  const folder = uri && vscode.workspace.getWorkspaceFolder(uri)?.uri;
  if (!folder || /^(?:[/\\~]|[a-z]:)/i.test(name)) return undefined;
  for (const base of [vscode.Uri.joinPath(uri, '..'), folder]) {
    const file = vscode.Uri.joinPath(base, name.replaceAll('\\', '/'));
    if (vscode.workspace.getWorkspaceFolder(file)?.uri.toString() !== folder.toString()) continue;
    const { type, size } = await Promise.resolve(vscode.workspace.fs.stat(file)).catch(() => ({ type: vscode.FileType.Unknown, size: 0 }));
    if (type === vscode.FileType.File && size <= MOST_BODY) return file;
  }
  return undefined;
}

/** Says why, and goes to the place where that is in an editor. */
async function tellProblem(source: Source, { problem, offset, line, column }: ImportProblem): Promise<void> {
  const { uri, from } = source;
  const document = uri && vscode.workspace.textDocuments.find((d) => d.uri.toString() === uri.toString());
  const at = document?.positionAt(source.offset + offset);
  const where = at ? `line ${at.line + 1}, column ${at.character + 1}` : `line ${line}, column ${column}`;
  void vscode.window.showErrorMessage(withoutLinks(`Nothing was imported from the ${from} (${where}). ${problem}`));
  if (document && at) await vscode.window.showTextDocument(document, { selection: new vscode.Range(at, at) });
}

async function tellImported({ name, notes, ignored }: ImportedCall): Promise<void> {
  const left =
    ignored.length === 0
      ? []
      : [`${ignored.length === 1 ? '1 part' : `${ignored.length} parts`} of the command ${ignored.length === 1 ? 'is' : 'are'} not in the file.`];
  const message = [`Imported ${name.length > 100 ? `${name.slice(0, 99)}…` : name}.`, ...notes.slice(0, 2), ...left].join(' ');
  const more = ignored.length > 0 || notes.length > 2;
  const chosen = await vscode.window.showInformationMessage(withoutLinks(message), ...(more ? ['Show What Was Left Out'] : []));
  if (chosen) await vscode.window.showInformationMessage('What the file does not have', { modal: true, detail: listOf(notes, ignored) });
}

/** Lines that are shown in a dialog. */
const MOST_LINES = 25;

function listOf(notes: readonly string[], ignored: readonly LeftOut[]): string {
  const lines = ignored.map(({ text, reason }) => `• ${text}: ${reason}`);
  const shown = lines.slice(0, MOST_LINES);
  const more = lines.length > shown.length ? [`and ${lines.length - shown.length} more`] : [];
  return [...shown, ...more, '', ...notes].join('\n');
}
