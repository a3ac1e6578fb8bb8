import * as vscode from 'vscode';
import { Accounts } from './accounts/accounts.js';
import { CallbackUris } from './accounts/callbackUris.js';
import { GenesysAuthenticationProvider, PROVIDER_ID } from './accounts/provider.js';
import { SandboxHost } from './accounts/sandboxHost.js';
import { registerCommands } from './commands/register.js';
import type { CommandServices } from './commands/services.js';
import { CallEditor } from './editor/calls/callEditor.js';
import type { ExchangeDocuments } from './editor/exchangeDocuments.js';
import { EXCHANGE_SCHEME } from './editor/scheme.js';
import { Facts } from './facts.js';
import { withoutLinks } from './platform/withoutLinks.js';
import { AttemptLog } from './sidebar/attemptLog.js';
import { LazyCallView } from './sidebar/callForm/lazyCallView.js';
import { CallService } from './sidebar/callService.js';
import { Cases } from './sidebar/cases.js';
import { DiagnosisTree } from './sidebar/diagnosisTree.js';
import { HistoryTree } from './sidebar/historyTree.js';
import { LiveCalls } from './sidebar/liveCalls.js';
import { refusedNumbers } from './sidebar/refusedNumbers.js';

/** Builds the services and hands them to the features. Returns what ends with the extension. Sends and reads nothing. */
export function compose(context: vscode.ExtensionContext, log: () => vscode.LogOutputChannel): vscode.Disposable[] {
  const facts = new Facts(vscode.Uri.joinPath(context.extensionUri, 'dist', 'data').fsPath, {
    folder: vscode.Uri.joinPath(context.globalStorageUri, 'api-facts').fsPath,
    region: async () => (await accounts.active())?.region,
    report: (problem) => void vscode.window.showWarningMessage(withoutLinks(problem)),
  });
  const sandbox = new SandboxHost(facts);
  const accounts = new Accounts({
    secrets: context.secrets,
    workspaceState: context.workspaceState,
    globalState: context.globalState,
    folder: vscode.Uri.joinPath(context.globalStorageUri, 'sign-in').fsPath,
    sandbox,
    log: (e) => log().info(`${e.method} ${e.path} ${e.status} ${e.ms} ms ${e.correlationId}`),
    tell: (notice) => void import('./accounts/notices.js').then(({ showNotice }) => showNotice(notice)),
  });
  const cases = new Cases();
  const attempts = new AttemptLog(vscode.Uri.joinPath(context.globalStorageUri, 'attempts.jsonl').fsPath);
  const disposables: vscode.Disposable[] = [];

  let status: Promise<vscode.Disposable> | undefined;
  const callbacks = new CallbackUris(context.secrets, context.extension.id);
  const signIn: CommandServices['signIn'] = async (way, pasted) => {
    const { SignInFlow } = await import('./accounts/signInFlow.js');
    const signInLog = { note: (line: string) => log().info(line), show: () => log().show() };
    return new SignInFlow({ accounts, sandbox, callbacks, state: context.globalState, log: signInLog }).run(way, pasted);
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
  const live = new LiveCalls();
  live.onChange(() => void vscode.commands.executeCommand('setContext', 'callDoctor.hasLiveCall', live.going.length > 0));
  live.onChange(() => view.refresh());
  const calls = new CallService(facts, attempts, cases, live, async (id, place) => (await openDocuments()).open(id, place), refusedNumbers);
  const country = (): string => vscode.workspace.getConfiguration('callDoctor').get<string>('country', '').toUpperCase();
  const editor = new CallEditor({
    facts,
    accounts,
    sandboxRuns: () => sandbox.isRunning,
    country,
    picked: () => view.picked(),
  });
  const history = new HistoryTree(attempts, live);
  const services: CommandServices = {
    accounts,
    sandbox,
    facts,
    cases,
    attempts,
    history,
    calls,
    live,
    documents: openDocuments,
    editor,
    signIn,
    country,
    showLog: () => log().show(),
  };

  const view = new LazyCallView(context.extensionUri, {
    account: () => accounts.active(),
    client: (account) => accounts.client(account),
    operations: () => facts.operations(),
    country,
    refused: refusedNumbers,
    live,
    place: (order, later) => calls.place(order, later),
    check: (order, wanted) => calls.check(order, wanted),
    caution: (order) => calls.caution(order),
    confirm: async (asked) => (await import('./commands/confirm.js')).confirmCall(asked),
    run: async (action, order) => {
      if (action === 'sign-in') await signIn();
      if (action === 'sign-in-sandbox') await signIn('sandbox');
      if (action === 'switch-account') await vscode.commands.executeCommand('callDoctor.switchAccount');
      if (action === 'show-session') await vscode.commands.executeCommand('callDoctor.showSession');
      if (action === 'show-diagnosis') await vscode.commands.executeCommand('callDoctor.diagnosis.focus');
      if (action === 'create-callback') await vscode.commands.executeCommand('callDoctor.createCallback');
      if (action === 'export-list') await vscode.commands.executeCommand('callDoctor.exportContactList');
      if (action === 'edit-json') {
        const { buildCallRequest } = await import('./platform/callRequest.js');
        await vscode.commands.executeCommand('callDoctor.openPayload', order ? JSON.stringify(buildCallRequest(order.intent).body, null, 2) : undefined);
      }
    },
  });
  const diagnosis = new DiagnosisTree(cases);
  const provider = new GenesysAuthenticationProvider(accounts, signIn);
  disposables.push(
    sandbox,
    accounts,
    cases,
    attempts,
    calls,
    live,
    view,
    diagnosis,
    history,
    provider,
    accounts.onDidFind(() => {
      status ??= import('./sidebar/accountStatus.js').then(({ AccountStatus }) => new AccountStatus(accounts));
    }),
    accounts.onDidChange(() => facts.forget()),
    accounts.onDidChange(() => view.reload()),
    accounts.onDidChange(({ removed }) => live.stop('its sign-in has ended', ({ account }) => removed.some(({ id }) => id === account.id))),
    sandbox.onDidChange(() => live.stop('the sandbox has ended', ({ client }) => client.region.sandbox)),
    editor,
    vscode.authentication.registerAuthenticationProvider(PROVIDER_ID, 'Genesys Cloud', provider, { supportsMultipleAccounts: true }),
    vscode.window.registerUriHandler(callbacks),
    vscode.window.registerWebviewViewProvider('callDoctor.call', view),
    vscode.window.createTreeView('callDoctor.diagnosis', { treeDataProvider: diagnosis, showCollapseAll: true }),
    vscode.workspace.registerTextDocumentContentProvider(EXCHANGE_SCHEME, {
      provideTextDocumentContent: async (uri) => (await openDocuments()).provideTextDocumentContent(uri),
    }),
    ...registerCommands(services),
    { dispose: () => void documents?.then((d) => d.dispose()) },
    { dispose: () => void status?.then((s) => s.dispose()) },
  );
  return disposables;
}
