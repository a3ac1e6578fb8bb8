import * as vscode from 'vscode';
import type { Region } from '../platform/regions.js';
import { readTokenText } from '../platform/tokenText.js';
import { withoutLinks } from '../platform/withoutLinks.js';
import { judgeClientId, judgeClientSecret, LARGEST_ASSERTION, readAssertion } from './clientText.js';
import type { DraftStep } from './draftSteps.js';
import { askText } from './quickSteps.js';
import { askRegion, placeOf } from './regionStep.js';
import type { Remembered } from './remembered.js';
import type { WayId } from './ways.js';

/** What the steps of a way ask for, one after another. */
export interface Draft {
  region?: Region;
  clientId?: string;
  clientSecret?: string;
  orgName?: string;
  assertion?: string;
  token?: string;
}

/** What somebody has already, from a file that it is to be moved out of: it is not asked for again. */
export type Pasted = Readonly<Pick<Draft, 'region' | 'clientId' | 'clientSecret' | 'token'>>;

/** The steps that the ways are made of. Each puts what it asks for into a draft. */
export class SignInSteps {
  constructor(private readonly remembered: Remembered) {}

  region(title: string, draft: Draft): DraftStep {
    return async (back) => {
      const answer = await askRegion(title, back, draft.region ? placeOf(draft.region) : this.remembered.region);
      if (answer.kind === 'next') draft.region = answer.value;
      return answer.kind;
    };
  }

  clientId(title: string, draft: Draft, way: WayId, prompt: string): DraftStep {
    return async (back) => {
      const value = draft.clientId ?? (draft.region && this.remembered.clientId(placeOf(draft.region), way));
      const answer = await askText({
        title: `${title} · ${draft.region?.label ?? ''}`,
        back,
        prompt,
        placeholder: '3f2504e0-4f89-41d3-9a0c-0305e82c3301',
        ...(value === undefined ? {} : { value }),
        judge: judgeClientId,
      });
      if (answer.kind === 'next') draft.clientId = answer.value;
      return answer.kind;
    };
  }

  secret(title: string, draft: Draft): DraftStep {
    return async (back) => {
      const answer = await askText({
        title: `${title} · ${draft.region?.label ?? ''}`,
        back,
        prompt: 'Client secret. It goes into the secret store of VS Code and nowhere else.',
        password: true,
        judge: (text) => judgeClientSecret(text, draft.clientId ?? ''),
      });
      if (answer.kind === 'next') draft.clientSecret = answer.value;
      return answer.kind;
    };
  }

  token(title: string, draft: Draft): DraftStep {
    return async (back) => {
      const answer = await askText({
        title,
        back,
        prompt: `Access token for ${draft.region?.label ?? ''}. It goes into the secret store of VS Code and nowhere else.`,
        password: true,
        judge: (text) => {
          const read = readTokenText(text);
          if (read.kind !== 'token') return { problem: read.why };
          return read.note === undefined ? {} : { note: read.note };
        },
      });
      if (answer.kind !== 'next') return answer.kind;
      const read = readTokenText(answer.value);
      if (read.kind === 'token') draft.token = read.token;
      return 'next';
    };
  }

  orgName(title: string, draft: Draft): DraftStep {
    return async (back) => {
      const before = draft.region && this.remembered.orgName(placeOf(draft.region));
      const prompt = 'Short name of the org, as people type it at the login page';
      const answer = await askText({ title, back, prompt, ...(before === undefined ? {} : { value: before }), judge: () => ({}) });
      if (answer.kind === 'next') draft.orgName = answer.value;
      return answer.kind;
    };
  }

  /** A file that is not one leads back, with the reason. */
  assertion(draft: Draft): DraftStep {
    return async () => {
      const read = await pickAssertion();
      if (read?.kind === 'no') void vscode.window.showErrorMessage(withoutLinks(read.why));
      if (read?.kind === 'ok') draft.assertion = read.assertion;
      return read?.kind === 'ok' ? 'next' : read ? 'back' : 'stop';
    };
  }
}

/** Has a file with an assertion chosen and reads it. */
async function pickAssertion(): Promise<ReturnType<typeof readAssertion> | undefined> {
  const [file] = (await vscode.window.showOpenDialog({ title: 'SAML2 assertion: XML, or base64 of it', openLabel: 'Sign In', canSelectMany: false })) ?? [];
  if (!file) return undefined;
  try {
    if ((await vscode.workspace.fs.stat(file)).size > LARGEST_ASSERTION) return { kind: 'no', why: 'The file is too large for an assertion.' };
    return readAssertion(new TextDecoder().decode(await vscode.workspace.fs.readFile(file)));
  } catch (e) {
    return { kind: 'no', why: `The file cannot be read: ${e instanceof Error ? e.message : String(e)}` };
  }
}
