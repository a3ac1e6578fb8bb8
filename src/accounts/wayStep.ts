import type * as vscode from 'vscode';
import { askPick } from './quickSteps.js';
import { type OfferedWay, type WayId, waysFor } from './ways.js';
import { windowEnvironment } from './windowEnvironment.js';

const GIVES: Readonly<Record<OfferedWay['way']['gives'], string>> = { user: 'a user', application: 'an application', either: 'a user or an application' };

/** Has a way in chosen, among those that can work in this window. @param keyring whether secrets outlive the window */
export async function pickWay(keyring: boolean): Promise<WayId | undefined> {
  const offered = waysFor(await windowEnvironment(keyring));
  const items = offered.map(({ way, notes }): vscode.QuickPickItem & { readonly id: WayId } => ({
    id: way.id,
    label: `$(${way.icon}) ${way.title}`,
    description: [way.id === 'sandbox' ? 'no account needed' : GIVES[way.gives], way.cannot].filter(Boolean).join(' · '),
    detail: notes[0] ?? way.detail,
  }));
  const picked = await askPick({
    title: 'Sign in to Genesys Cloud',
    back: false,
    placeholder: keyring ? 'How do you want to sign in?' : 'How do you want to sign in? There is no keyring: it lasts until this window closes.',
    items,
  });
  return picked.kind === 'next' ? picked.value.id : undefined;
}
