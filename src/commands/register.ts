import * as vscode from 'vscode';
import { WAY_IDS } from '../accounts/ways.js';
import { isEvidence, isPlace } from '../diagnosis/model.js';
import type { CommandServices } from './services.js';

/** Every command, by the name that package.json declares. Each loads its code when it first runs. */
const COMMANDS: Readonly<Record<string, (s: CommandServices, ...args: readonly unknown[]) => unknown>> = {
  'callDoctor.placeCall': async (s) => (await import('./placeCall.js')).placeCall(s),
  'callDoctor.hangUp': async (s, target) => (await import('./hangUp.js')).hangUp(s, target),
  'callDoctor.signIn': (s, way) => s.signIn(WAY_IDS.find((w) => w === way)),
  'callDoctor.signOut': async (s) => (await import('./switchAccount.js')).signOut(s),
  'callDoctor.switchAccount': async (s) => (await import('./switchAccount.js')).switchAccount(s),
  'callDoctor.showSession': async (s) => (await import('./showSession.js')).showSession(s),
  'callDoctor.explainResponse': async (s, file) => (await import('./explainResponse.js')).explainResponse(s, file instanceof vscode.Uri ? file : undefined),
  'callDoctor.importCurl': async (s, file) => (await import('./importCurl.js')).importCurl(s, file instanceof vscode.Uri ? file : undefined),
  'callDoctor.copyAsCurl': async (s, target) => (await import('./copy.js')).copyAsCurl(s, target),
  'callDoctor.copyRequestAsCurl': async (s, uri, offset) => (await import('./copyRequest.js')).copyRequestAsCurl(s, uri, offset),
  'callDoctor.checkRequest': async (s, uri, offset) => (await import('./checkRequest.js')).checkRequest(s, uri, offset),
  'callDoctor.placeRequest': async (s, uri, offset) => (await import('./placeRequest.js')).placeRequest(s, uri, offset),
  'callDoctor.explainRegion': async (s, uri, offset) => (await import('./checkRequest.js')).explainRegion(s, uri, offset),
  'callDoctor.moveSecret': async (s, uri, range) => (await import('./moveSecret.js')).moveSecret(s, uri, range),
  'callDoctor.copyDiagnosis': async (s, target) => (await import('./copy.js')).copyDiagnosis(s, target),
  'callDoctor.copyAdminRequest': async (s, target) => (await import('./copy.js')).copyAdminRequest(s, target),
  'callDoctor.recheck': async (s) => (await import('./recheck.js')).recheck(s),
  'callDoctor.openPayload': async (_s, body) => (await import('./openPayload.js')).openPayload(body),
  'callDoctor.openExchange': async (s, target, place) => {
    const id = typeof target === 'string' ? target : isRow(target) ? target.id : s.cases.current?.id;
    if (id !== undefined) await (await s.documents()).open(id, isPlace(place) ? place : undefined);
  },
  'callDoctor.openEvidence': async (s, id, evidence, place) => {
    if (typeof id === 'string' && isEvidence(evidence)) await (await s.documents()).openEvidence(id, evidence, isPlace(place) ? place : undefined);
  },
  'callDoctor.refreshApiFacts': async (s) => (await import('./refreshFacts.js')).refreshFacts(s),
  'callDoctor.showRequiredPermissions': async (s) => (await import('./showPermissions.js')).showPermissions(s),
  'callDoctor.startSandbox': async (s) => (await import('./sandbox.js')).startSandbox(s),
  'callDoctor.stopSandbox': async (s) => (await import('./sandbox.js')).stopSandbox(s),
  'callDoctor.grantInSandbox': async (s, remedy) => (await import('./sandbox.js')).grantInSandbox(s, remedy),
  'callDoctor.searchHistory': async (s) => (await import('./history.js')).searchHistory(s),
  'callDoctor.clearHistorySearch': (s) => s.history.search(''),
  'callDoctor.showNumbers': (s) => s.history.showNumbers(true),
  'callDoctor.hideNumbers': (s) => s.history.showNumbers(false),
  'callDoctor.repeatCall': async (s, target) => (await import('./repeatCall.js')).repeatCall(s, target),
  'callDoctor.settleCall': async (s, target) => (await import('./settleCall.js')).settleCall(s, target),
  'callDoctor.exportHistory': async (s) => (await import('./history.js')).exportHistoryTo(s),
  'callDoctor.clearHistory': async (s) => (await import('./history.js')).clearHistory(s),
  'callDoctor.otherWays': async (s) => (await import('./otherWays.js')).otherWays(s),
  'callDoctor.createCallback': async (s) => (await import('./createCallback.js')).createCallback(s),
  'callDoctor.exportContactList': async (s) => (await import('./exportContactList.js')).exportContactList(s),
  'callDoctor.helpInThisDocument': async (s) => (await import('./helpInThisDocument.js')).helpInThisDocument(s),
  'callDoctor.fillPlaceholder': async (s, uri, offset) => (await import('./fillPlaceholder.js')).fillPlaceholder(s, uri, offset),
  'callDoctor.previewFix': async (s, uri, version, fix) => (await import('./previewFix.js')).previewFix(s, uri, version, fix),
  'callDoctor.applyPreview': async (s, uri) => (await import('./previewFix.js')).applyPreview(s, uri),
  'callDoctor.tellNotes': async (_s, title, notes) => (await import('./tellNotes.js')).tellNotes(title, notes),
  'callDoctor.showLog': (s) => s.showLog(),
};

export function registerCommands(s: CommandServices): vscode.Disposable[] {
  return Object.entries(COMMANDS).map(([name, run]) => vscode.commands.registerCommand(name, (...args: unknown[]) => run(s, ...args)));
}

const isRow = (target: unknown): target is { readonly id: string } =>
  typeof target === 'object' && target !== null && 'id' in target && typeof target.id === 'string';
