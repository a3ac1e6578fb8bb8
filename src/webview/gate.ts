import '@vscode-elements/elements/dist/vscode-button/index.js';
import { html, type TemplateResult } from 'lit';
import type { AccountView, FormAction } from '../sidebar/callForm/protocol.js';
import type { FormView } from './formView.js';
import { icon } from './icon.js';

type NotSignedIn = Exclude<AccountView, { kind: 'signed-in' }>;

/** What stands in place of the form until somebody is signed in. */
export function gate(view: FormView, account: NotSignedIn): TemplateResult {
  switch (account.kind) {
    case 'signed-out':
      return welcome(view);
    case 'loading':
      return loading();
    case 'failed':
      return failed(view, account.title, account.message);
  }
}

const button = ({ post }: FormView, action: FormAction, label: string, secondary = false): TemplateResult =>
  html`<vscode-button block ?secondary=${secondary} @click=${() => post({ type: 'do', action })}>${label}</vscode-button>`;

const welcome = (view: FormView): TemplateResult => html`
  <div class="gate">
    <p>Place a Genesys Cloud call for an agent, and when it is refused, see which requirement failed.</p>
    ${button(view, 'sign-in', 'Sign In…')}
    ${button(view, 'sign-in-sandbox', 'Try the Sandbox Org', true)}
    <p class="hint">The sandbox runs on this computer. It needs no account and rings no phone.</p>
  </div>
`;

const loading = (): TemplateResult => html`
  <div class="progress" aria-hidden="true"></div>
  <div class="gate">
    <p role="status" class="visually-hidden">Loading the account…</p>
    <div class="skeleton" aria-hidden="true"><i class="wide"></i><i class="half"></i><i class="box"></i><i class="box"></i><i class="box"></i></div>
  </div>
`;

const failed = (view: FormView, title: string, message: string): TemplateResult => html`
  <div class="gate">
    <div class="result error" role="alert">
      ${icon('error', 'error')}
      <div class="result-text"><strong>${title}</strong><p>${message}</p></div>
    </div>
    ${button(view, 'reload', 'Retry')}
    ${button(view, 'sign-in', 'Sign In…', true)}
  </div>
`;
