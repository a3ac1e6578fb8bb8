import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { AGENT, append, entry, hasHistory, QUEUE, states } from './historyFile.js';
import { openText, until } from './waiting.js';

const window = vscode.window as { -readonly [K in keyof typeof vscode.window]: unknown };

/** What a person answers to whatever asks, in the order; `undefined` is Escape. Undone after each test. */
const answers: { picks: ((items: readonly vscode.QuickPickItem[], title: string) => unknown)[]; saveTo?: vscode.Uri; texts: string[] } = {
  picks: [],
  texts: [],
};
const asked: string[] = [];
const told: string[] = [];
const STUBBED = ['showQuickPick', 'showInputBox', 'showSaveDialog', 'showInformationMessage', 'showWarningMessage', 'showErrorMessage'] as const;
const real = STUBBED.map((name) => [name, vscode.window[name]] as const);
const unstub = (): void => {
  for (const [name, own] of real) window[name] = own;
};

function stub(): void {
  answers.picks = [];
  answers.texts = [];
  asked.length = 0;
  told.length = 0;
  window.showQuickPick = async (items: readonly vscode.QuickPickItem[], options: vscode.QuickPickOptions) => {
    asked.push(`${options.title ?? ''}\n${(await items).map((i) => [i.label, i.description, i.detail].filter(Boolean).join(' | ')).join('\n')}`);
    return answers.picks.shift()?.(await items, options.title ?? '');
  };
  window.showInputBox = async (options: vscode.InputBoxOptions) => {
    const text = answers.texts.shift();
    asked.push(options.title ?? '');
    if (text !== undefined) told.push(JSON.stringify(await options.validateInput?.(text)));
    return text;
  };
  window.showSaveDialog = async () => answers.saveTo;
  for (const name of ['showInformationMessage', 'showWarningMessage', 'showErrorMessage'] as const)
    window[name] = async (message: string, ...rest: unknown[]) => {
      told.push(message);
      const buttons = rest.filter((r) => typeof r === 'string');
      return buttons.includes('Clear') ? 'Clear' : undefined;
    };
}

const labelled = (label: string) => (items: readonly vscode.QuickPickItem[]) => items.find((i) => i.label.includes(label));
const inWorkspace = (name: string): vscode.Uri => vscode.Uri.joinPath(vscode.workspace.workspaceFolders?.[0]?.uri as vscode.Uri, name);
const read = async (uri: vscode.Uri): Promise<string> => new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
const run = (command: string, ...args: unknown[]): Thenable<unknown> => vscode.commands.executeCommand(`callDoctor.${command}`, ...args);

describe('The history', () => {
  before(function () {
    if (!hasHistory()) this.skip();
    append(entry(), entry({ id: 'unknown', state: 'unknown', at: new Date(Date.now() - 7_200_000).toISOString(), exchange: { request: callbackRequest() } }));
  });
  beforeEach(stub);
  afterEach(async () => {
    unstub();
    await vscode.commands.executeCommand('notifications.clearAll');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('opens the answer of an entry with its diagnosis, with nobody signed in', async () => {
    await run('openExchange', 'refused');
    await until('the answer', () => (vscode.window.activeTextEditor?.document.uri.query === 'refused' ? true : undefined));
    await run('copyDiagnosis');
    assert.match(await vscode.env.clipboard.readText(), /conversation:call:add/);
  });

  it('says that whoever sent a call is signed out, and sends nothing', async () => {
    const before = [...states().keys()];
    await run('repeatCall', 'refused');
    assert.match(told.join(), /signed out/);
    await run('settleCall', 'refused');
    assert.deepEqual([...states().keys()], before);
  });

  it('writes what it lists, with masked numbers and without a word of the caller', async () => {
    answers.saveTo = inWorkspace('history.json');
    answers.picks.push(labelled('JSON'));
    await run('exportHistory');
    const text = await read(answers.saveTo);
    assert.match(text, /\+1 ••42/);
    assert.doesNotMatch(text, /555|canary/);
    assert.match(text, /missing\.permissions/);
    assert.match(told.join(), /masked numbers/);
  });

  it('writes whole numbers only where they were chosen', async () => {
    answers.saveTo = inWorkspace('history.csv');
    answers.picks.push((items) => items.find((i) => i.label.includes('CSV') && i.description?.includes('whole')));
    await run('exportHistory');
    const text = await read(answers.saveTo);
    assert.match(text, /'\+1 317 555 0142/);
    assert.doesNotMatch(text, /canary/);
  });

  it('keeps what may have rung lately when it is cleared', async () => {
    append(entry({ id: 'lately', state: 'unknown', at: new Date().toISOString() }));
    await run('clearHistory');
    await until('the rest to go', () => (states().has('refused') ? undefined : true));
    assert.deepEqual([...states()], [['lately', 'unknown']]);
  });
});

const lostRequest = (): object => ({
  method: 'POST',
  url: `http://127.0.0.1:1/api/v2/conversations/calls/user/${AGENT}`,
  headers: [],
  body: JSON.stringify({ phoneNumber: '+13175550177' }),
});

const callbackRequest = (): object => ({
  method: 'POST',
  url: 'http://127.0.0.1:1/api/v2/conversations/callbacks',
  headers: [],
  body: JSON.stringify({
    callbackNumbers: ['+13175550142'],
    routingData: { queueId: QUEUE, routingFlags: ['AGENT_OWNED_CALLBACK'], scoredAgents: [{ agent: { id: AGENT }, score: 100 }] },
  }),
});

describe('The history, signed in to the sandbox', () => {
  before(async function () {
    this.timeout(60_000);
    if (!hasHistory()) this.skip();
    const done = run('signIn', 'sandbox');
    await until('the sign-in', async () => {
      await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
      return (await vscode.authentication.getAccounts('genesys-cloud'))[0];
    });
    await done;
  });
  after(async () => {
    const done = run('signOut');
    await until('nobody', async () => {
      await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
      return (await vscode.authentication.getAccounts('genesys-cloud')).length === 0 ? true : undefined;
    });
    await done;
  });
  beforeEach(stub);
  afterEach(async () => {
    unstub();
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('repeats a call only once it was confirmed, as a new attempt', async () => {
    append(entry({ id: 'again', at: new Date(Date.now() - 3_600_000).toISOString() }));
    const before = states().size;
    answers.picks.push(labelled('Cancel'));
    await run('repeatCall', 'again');
    assert.match(asked.join(), /Call \+1 317 555 0142 for Sales Agent 7\?/);
    assert.equal(states().size, before, 'nothing is sent without');
    answers.picks.push(labelled('Place call'));
    await run('repeatCall', 'again');
    assert.equal(states().size, before + 1);
    assert.equal([...states().values()].at(-1), 'placed');
  }).timeout(40_000);

  it('looks for a call of which nobody knows, and tells what it found', async () => {
    const at = new Date(Date.now() - 3_600_000).toISOString();
    append(entry({ id: 'lost', state: 'unknown', at, agent: 'Sales Agent 7', to: '+1 317 555 0177', exchange: { request: lostRequest() } }));
    await run('settleCall', 'lost');
    assert.match(told.join('\n'), /still not known whether it rang/);
    assert.equal(states().get('lost'), 'unknown');
  }).timeout(40_000);

  it('sends an agent-owned callback once, with everything in view before, and tells its refusal', async () => {
    append(entry({ id: 'callback', state: 'refused', exchange: { request: callbackRequest() } }));
    const before = states().size;
    answers.picks.push(labelled('Create callback'));
    await run('repeatCall', 'callback');
    const shown = asked.join();
    for (const part of [
      /Create a callback to \+1 317 555 0142 for Sales Agent 7\?/,
      /Queue \| Sales EMEA/,
      /Due \| now/,
      /conversation:callback:create/,
      /Sandbox org/,
    ])
      assert.match(shown, part);
    assert.equal(states().size, before + 1, told.join('\n'));
    assert.equal([...states().values()].at(-1), 'refused', 'dialer-service may not create callbacks');
    assert.match(told.join('\n'), /No callback was created\. .*conversation:callback:create/);
  }).timeout(40_000);
});

describe('A list of numbers', () => {
  beforeEach(stub);
  afterEach(async () => {
    unstub();
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('becomes the file that a contact list imports, and what was left out is told', async () => {
    await openText('people.csv', 'Name,Mobile\nAnna,(317) 555-0142\nBert,911\n=1+1,+44 20 7946 0102\n');
    await vscode.commands.executeCommand('editor.action.selectAll');
    answers.saveTo = inWorkspace('contact-list.csv');
    answers.picks.push((items) => items.filter((i) => i.picked));
    answers.texts.push('US');
    await run('exportContactList');
    assert.equal(await read(answers.saveTo), "Name,Mobile\r\nAnna,+13175550142\r\n'=1+1,+442079460102\r\n");
    assert.match(told.join('\n'), /2 contacts in contact-list\.csv; 1 left out\. Nothing was uploaded/);
  });

  it('is not made of what has no number', async () => {
    await openText('words.txt', 'Anna\nBert\n');
    await vscode.commands.executeCommand('editor.action.selectAll');
    await run('exportContactList');
    assert.match(told.join('\n'), /no list of numbers/);
  });
});
