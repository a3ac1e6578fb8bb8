import '@vscode-elements/elements/dist/vscode-button/index.js';
import { html, nothing, type TemplateResult } from 'lit';
import type { Activity, FormAction } from '../sidebar/callForm/protocol.js';
import type { FormView } from './formView.js';
import { icon } from './icon.js';

/** The bottom of the form, always in view: what is going on, the call that was placed, and the two buttons. */
export function actions(view: FormView, live: TemplateResult): TemplateResult {
  const { activity } = view.state;
  return html`
    <footer class="actions">
      <div class="progress" ?hidden=${!isBusy(activity)} aria-hidden="true"></div>
      ${live}
      <p class="busy-text" role="status">${isBusy(activity) ? activity.text : nothing}</p>
      ${activity.kind === 'confirming' ? confirmation(view, activity.text, activity.detail) : buttons(view)}
    </footer>
  `;
}

const isBusy = (activity: Activity): activity is Extract<Activity, { kind: 'checking' | 'placing' }> =>
  activity.kind === 'checking' || activity.kind === 'placing';

function buttons(view: FormView): TemplateResult {
  const { blocked, activity } = view.state;
  const busy = isBusy(activity);
  return html`
    ${blocked && !busy ? html`<p class="blocked" id="blocked">${icon('info', 'info')}<span>${blocked}</span></p>` : nothing}
    <div class="buttons">
      ${button(view, { id: 'check', action: 'check', label: 'Check', secondary: true, enabled: !busy })}
      ${button(view, { id: 'place', action: 'place', label: 'Place call', enabled: !busy && !blocked, describedBy: blocked && !busy ? 'blocked' : '' })}
    </div>
  `;
}

/** Nothing is dialled before this is answered (DESIGN §7). It opens with the focus on Cancel (`attention.ts`), so that Enter does not dial. */
function confirmation(view: FormView, text: string, detail: string): TemplateResult {
  return html`
    <div class="confirmation" role="alertdialog" aria-labelledby="confirm-text" aria-describedby="confirm-detail"
      @keydown=${(e: KeyboardEvent) => e.key === 'Escape' && view.post({ type: 'do', action: 'cancel' })}>
      <p class="confirm-text" id="confirm-text">${icon('call-outgoing')}<strong>${text}</strong></p>
      <p class="confirm-detail" id="confirm-detail">${detail}</p>
      <div class="buttons">
        ${button(view, { id: 'cancel', action: 'cancel', label: 'Cancel', secondary: true, enabled: true })}
        ${button(view, { id: 'confirm', action: 'confirm', label: 'Place call', enabled: view.armed, once: true })}
      </div>
    </div>
  `;
}

interface ButtonParts {
  readonly id: string;
  readonly action: FormAction;
  readonly label: string;
  readonly secondary?: boolean;
  readonly enabled: boolean;
  readonly describedBy?: string;
  /** Answers one press only, however often the person presses before the host has reacted. */
  readonly once?: boolean;
}

/**
 * A button that cannot be pressed keeps its place in the tab order, so that the reason can be heard. `tabindex` is written out because
 * vscode-button sets its own only after a moment, and the focus may come before.
 */
function button(view: FormView, { id, action, label, secondary = false, enabled, describedBy = '', once = false }: ButtonParts): TemplateResult {
  const press = (e: Event): void => {
    const target = e.currentTarget;
    if (!enabled || !(target instanceof HTMLElement) || target.dataset['pressed']) return;
    if (once) target.dataset['pressed'] = 'true';
    view.post({ type: 'do', action });
  };
  return html`<vscode-button id=${id} tabindex="0" ?secondary=${secondary} aria-disabled=${enabled ? nothing : 'true'} aria-describedby=${describedBy || nothing}
    @click=${press} @keydown=${(e: KeyboardEvent) => e.key === ' ' && e.preventDefault()}>${label}</vscode-button>`;
}
