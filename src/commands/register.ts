import * as vscode from 'vscode';
import { isEvidence, isPlace } from '../diagnosis/model.js';
import type { CommandServices } from './services.js';

/** Every command, by the name that package.json declares. Each loads its code when it first runs. */
const COMMANDS: Readonly<Record<string, (s: CommandServices, ...args: readonly unknown[]) => unknown>> = {
  'callDoctor.placeCall': async (s) => (await import('./placeCall.js')).placeCall(s),
  'callDoctor.signIn': (s, way) => s.signIn(way === 'sandbox' ? way : undefined),
  'callDoctor.signOut': async (s) => (await import('./switchAccount.js')).signOut(s),
  'callDoctor.switchAccount': async (s) => (await import('./switchAccount.js')).switchAccount(s),
  'callDoctor.explainResponse': async (s, file) => (await import('./explainResponse.js')).explainResponse(s, file instanceof vscode.Uri ? file : undefined),
  'callDoctor.importCurl': async (s) => (await import('./explainResponse.js')).importCurl(s),
  'callDoctor.copyAsCurl': async (s, target) => (await import('./copy.js')).copyAsCurl(s, target),
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
  'callDoctor.clearHistory': async (s) => {
    const yes = await vscode.window.showWarningMessage('Clear the history of calls?', { modal: true, detail: 'It cannot be brought back.' }, 'Clear');
    if (yes) await s.attempts.clear();
  },
  'callDoctor.showLog': (s) => s.showLog(),
};

export function registerCommands(s: CommandServices): vscode.Disposable[] {
  return Object.entries(COMMANDS).map(([name, run]) => vscode.commands.registerCommand(name, (...args: unknown[]) => run(s, ...args)));
}

const isRow = (target: unknown): target is { readonly id: string } =>
  typeof target === 'object' && target !== null && 'id' in target && typeof target.id === 'string';
