import * as vscode from 'vscode';
import { Accounts } from './accounts/accounts.js';
import { GenesysAuthenticationProvider, PROVIDER_ID } from './accounts/provider.js';
import { SandboxHost } from './accounts/sandboxHost.js';
import { registerCommands } from './commands/register.js';
import type { CommandServices } from './commands/services.js';
import type { ExchangeDocuments } from './editor/exchangeDocuments.js';
import { EXCHANGE_SCHEME } from './editor/scheme.js';
import { Facts } from './facts.js';
import { AttemptLog } from './sidebar/attemptLog.js';
import { LazyCallView } from './sidebar/callForm/lazyCallView.js';
import { CallService } from './sidebar/callService.js';
import { Cases } from './sidebar/cases.js';
import { DiagnosisTree } from './sidebar/diagnosisTree.js';
import { HistoryTree } from './sidebar/historyTree.js';

/** Builds the services and hands them to the features. Returns what ends with the extension. Sends and reads nothing. */
export function compose(context: vscode.ExtensionContext, log: () => vscode.LogOutputChannel): vscode.Disposable[] {
  const facts = new Facts(vscode.Uri.joinPath(context.extensionUri, 'dist', 'data').fsPath, {
    folder: vscode.Uri.joinPath(context.globalStorageUri, 'api-facts').fsPath,
    region: async () => (await accounts.active())?.region,
    report: (problem) => void vscode.window.showWarningMessage(problem),
  });
  const sandbox = new SandboxHost(facts);
  const accounts = new Accounts(context.secrets, context.workspaceState, sandbox, (e) =>
    log().info(`${e.method} ${e.path} ${e.status} ${e.ms} ms ${e.correlationId}`),
  );
  const cases = new Cases();
  const attempts = new AttemptLog(vscode.Uri.joinPath(context.globalStorageUri, 'attempts.jsonl').fsPath);
  const disposables: vscode.Disposable[] = [];

  const signIn: CommandServices['signIn'] = async (way) => {
    const { SignInFlow } = await import('./accounts/signInFlow.js');
    return new SignInFlow(accounts, sandbox, facts).run(way);
  };
  let documents: Promise<ExchangeDocuments> | undefined;
  const openDocuments = (): Promise<ExchangeDocuments> => {
    documents ??= import('./editor/exchangeDocuments.js').then((m) => {
      const made = new m.ExchangeDocuments(cases, attempts, facts);
      disposables.push(
        made,
        vscode.languages.registerHoverProvider({ scheme: EXCHANGE_SCHEME }, made),
        vscode.languages.registerCodeLensProvider({ scheme: EXCHANGE_SCHEME }, made),
      );
      return made;
    });
    return documents;
  };
  const calls = new CallService(facts, attempts, cases, async (id, place) => (await openDocuments()).open(id, place));
  const country = (): string => vscode.workspace.getConfiguration('callDoctor').get<string>('country', '').toUpperCase();
  const services: CommandServices = {
    accounts,
    sandbox,
    facts,
    cases,
    attempts,
    calls,
    documents: openDocuments,
    signIn,
    country,
    showLog: () => log().show(),
  };

  const view = new LazyCallView(context.extensionUri, {
    account: () => accounts.active(),
    client: (account) => accounts.client(account),
    operations: () => facts.operations(),
    country,
    place: (order) => calls.place(order),
    check: (order, wanted) => calls.check(order, wanted),
    confirm: async (order) => (await import('./commands/placeCall.js')).confirmCall(order, await calls.caution(order)),
    run: async (action, order) => {
      if (action === 'sign-in') await signIn();
      if (action === 'sign-in-sandbox') await signIn('sandbox');
      if (action === 'switch-account') await vscode.commands.executeCommand('callDoctor.switchAccount');
      if (action === 'show-diagnosis') await vscode.commands.executeCommand('callDoctor.diagnosis.focus');
      if (action === 'edit-json') {
        const { buildCallRequest } = await import('./platform/callRequest.js');
        await vscode.commands.executeCommand('callDoctor.openPayload', order ? JSON.stringify(buildCallRequest(order.intent).body, null, 2) : undefined);
      }
    },
  });
  const diagnosis = new DiagnosisTree(cases);
  const history = new HistoryTree(attempts);
  const provider = new GenesysAuthenticationProvider(accounts, signIn);
  disposables.push(
    sandbox,
    accounts,
    cases,
    attempts,
    view,
    diagnosis,
    history,
    provider,
    accounts.onDidChange(() => facts.forget()),
    accounts.onDidChange(() => view.reload()),
    vscode.authentication.registerAuthenticationProvider(PROVIDER_ID, 'Genesys Cloud', provider, { supportsMultipleAccounts: true }),
    vscode.window.registerWebviewViewProvider('callDoctor.call', view),
    vscode.window.createTreeView('callDoctor.diagnosis', { treeDataProvider: diagnosis, showCollapseAll: true }),
    vscode.window.createTreeView('callDoctor.history', { treeDataProvider: history }),
    vscode.workspace.registerTextDocumentContentProvider(EXCHANGE_SCHEME, {
      provideTextDocumentContent: async (uri) => (await openDocuments()).provideTextDocumentContent(uri),
    }),
    ...registerCommands(services),
    { dispose: () => void documents?.then((d) => d.dispose()) },
  );
  return disposables;
}
