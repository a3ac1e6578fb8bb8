import * as vscode from 'vscode';
import type { CopyShell } from '../exchange/writeCurl.js';

interface ShellItem extends vscode.QuickPickItem {
  readonly shell: CopyShell;
}

const SHELLS: readonly ShellItem[] = [
  { shell: 'bash', label: 'bash', description: 'also sh and zsh' },
  { shell: 'powershell', label: 'PowerShell', description: '7.3 and later' },
  { shell: 'cmd', label: 'cmd', description: 'Command Prompt of Windows' },
];

const ALWAYS: vscode.QuickInputButton = { iconPath: new vscode.ThemeIcon('pin'), tooltip: 'Always use this shell (setting callDoctor.shell)' };

/** The shell that a command is copied for: that of the setting, or asked, with that of the machine first. */
export async function copyShell(): Promise<CopyShell | undefined> {
  const settings = vscode.workspace.getConfiguration('callDoctor');
  const set = settings.get<string>('shell', 'ask');
  const known = SHELLS.find(({ shell }) => shell === set);
  if (known) return known.shell;
  const first = vscode.env.shell.toLowerCase();
  const likely: CopyShell = /cmd(?:\.exe)?$/.test(first) ? 'cmd' : /(?:pwsh|powershell)(?:\.exe)?$/.test(first) ? 'powershell' : 'bash';
  const pick = vscode.window.createQuickPick<ShellItem>();
  pick.title = 'Copy as cURL';
  pick.placeholder = 'For which shell? They quote differently.';
  pick.items = [...SHELLS].sort((a, b) => Number(b.shell === likely) - Number(a.shell === likely)).map((item) => ({ ...item, buttons: [ALWAYS] }));
  try {
    return await new Promise((resolve) => {
      pick.onDidAccept(() => resolve(pick.activeItems[0]?.shell));
      pick.onDidTriggerItemButton(async ({ item }) => {
        await settings.update('shell', item.shell, vscode.ConfigurationTarget.Global);
        resolve(item.shell);
      });
      pick.onDidHide(() => resolve(undefined));
      pick.show();
    });
  } finally {
    pick.dispose();
  }
}

/** What was copied, for the status bar. */
export const copiedWords = (shell: CopyShell): string =>
  `Copied as cURL for ${SHELLS.find((i) => i.shell === shell)?.label}. The token is ${{ bash: '$GENESYSCLOUD_ACCESS_TOKEN', powershell: '$env:GENESYSCLOUD_ACCESS_TOKEN', cmd: '%GENESYSCLOUD_ACCESS_TOKEN%' }[shell]}.`;
