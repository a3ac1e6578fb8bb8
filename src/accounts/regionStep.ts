import type * as vscode from 'vscode';
import { findRegion, REGIONS, type Region } from '../platform/regions.js';
import { askPick, askText, type Stepped } from './quickSteps.js';

type Item = vscode.QuickPickItem & { readonly region?: Region };

/** Asks which region the org is in. A sandbox is an address on this machine, and nothing else is one. @param last name of the one chosen last */
export async function askRegion(title: string, back: boolean, last: string | undefined): Promise<Stepped<Region>> {
  const items: Item[] = REGIONS.map((region) => ({ label: region.label, description: region.name, detail: region.domain, region }));
  const sandbox: Item = { label: '$(beaker) A sandbox on this machine…', description: 'call-doctor sandbox', detail: 'http://127.0.0.1:PORT' };
  items.push(sandbox);
  const before = last === undefined ? undefined : (items.find((i) => i.region?.name === last) ?? sandbox);
  for (;;) {
    const placeholder = 'Region of the org: the domain in the address of Genesys Cloud tells it';
    const picked = await askPick({ title, back, placeholder, items, first: before });
    if (picked.kind !== 'next') return picked;
    if (picked.value.region) return { kind: 'next', value: picked.value.region };
    const origin = await askText({
      title,
      back: true,
      prompt: 'Address of the sandbox. call-doctor sandbox prints it when it starts.',
      placeholder: 'http://127.0.0.1:8080',
      ...(last !== undefined && sandboxAt(last) ? { value: last } : {}),
      judge: (text) => (sandboxAt(text) ? {} : { problem: 'A sandbox is on this machine: http://127.0.0.1:PORT. No other address is accepted.' }),
    });
    if (origin.kind === 'stop') return origin;
    const region = origin.kind === 'next' ? sandboxAt(origin.value) : undefined;
    if (region) return { kind: 'next', value: region };
  }
}

function sandboxAt(text: string): Region | undefined {
  const region = findRegion(text);
  return region?.sandbox ? region : undefined;
}

/** How accounts name a region: by its name, or by the origin of a sandbox. */
export const placeOf = (region: Region): string => (region.sandbox ? region.api : region.name);
