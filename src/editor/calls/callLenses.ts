import * as vscode from 'vscode';
import { targetOf } from '../../assist/rules/target.js';
import type { WrittenCall } from '../../assist/writtenCall.js';
import { PLACE_AS_SELF, PLACE_ON_BEHALF } from '../../platform/callRequest.js';
import type { CallDocument, CallDocuments } from './callDocuments.js';

/** What can be done with a request, above it. */
export class CallLenses {
  constructor(private readonly documents: CallDocuments) {}

  async provideCodeLenses(document: vscode.TextDocument): Promise<vscode.CodeLens[]> {
    if (!vscode.workspace.getConfiguration('callDoctor', document.uri).get<boolean>('lenses', true)) return [];
    const read = await this.documents.read(document);
    return read ? read.written.calls.filter((call) => targetOf(call, read.operations).kind === 'operation').flatMap((call) => lensesOf(read, call)) : [];
  }
}

function lensesOf(read: CallDocument, call: WrittenCall): vscode.CodeLens[] {
  const { start } = call.region.span;
  const range = read.range({ start, end: start });
  const lens = (title: string, command: string): vscode.CodeLens =>
    new vscode.CodeLens(range, { title, command, arguments: [read.document.uri.toString(), start] });
  return [
    lens('Check', 'callDoctor.checkRequest'),
    ...(placesCall(call) ? [lens('Place call', 'callDoctor.placeRequest')] : []),
    lens('Copy as cURL', 'callDoctor.copyRequestAsCurl'),
    ...(call.region.response ? [lens('Explain the response', 'callDoctor.explainRegion')] : []),
  ];
}

const placesCall = ({ operation }: WrittenCall): boolean =>
  [PLACE_AS_SELF, PLACE_ON_BEHALF].some(({ method, path }) => operation?.method === method && operation.path === path);
