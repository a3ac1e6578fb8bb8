import { html, nothing, type TemplateResult } from 'lit';
import type { AccountView } from '../sidebar/callForm/protocol.js';
import type { FormView } from './formView.js';
import { icon } from './icon.js';

type SignedIn = Extract<AccountView, { kind: 'signed-in' }>;

/** Who calls and in which org. The badge is loud because a person must never wonder whether a call is a real one. */
export function accountHeader({ post }: FormView, account: SignedIn): TemplateResult {
  const who = [account.name, account.grant, account.ending].filter(Boolean).join(' · ');
  return html`
    <header class="account">
      <div class="account-lines">
        <div class="account-org">
          ${account.sandbox ? html`<span class="sandbox-badge">Sandbox</span>` : nothing}
          <span class="account-name" title=${account.org}>${account.org}</span>
          <span class="account-region">${account.region}</span>
        </div>
        <div class="account-who" title=${who}>${who}</div>
      </div>
      <button type="button" class="icon-button" title="Show Session" aria-label="Show Session"
        @click=${() => post({ type: 'do', action: 'show-session' })}>${icon('info')}</button>
      <button type="button" class="icon-button" title="Switch Account…" aria-label="Switch Account…"
        @click=${() => post({ type: 'do', action: 'switch-account' })}>${icon('account')}</button>
    </header>
  `;
}
