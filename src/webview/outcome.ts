import { html, nothing, type TemplateResult } from 'lit';
import type { Activity } from '../sidebar/callForm/protocol.js';
import type { FormView } from './formView.js';
import { icon } from './icon.js';

type Outcome = Exclude<Extract<Activity, { detail: string }>, { kind: 'confirming' }>;

export const isOutcome = (activity: Activity): activity is Outcome => 'detail' in activity && activity.kind !== 'confirming';

const LOOKS: Readonly<Record<Outcome['kind'], { readonly icon: string; readonly tone: string }>> = {
  placed: { icon: 'pass', tone: 'success' },
  checked: { icon: 'checklist', tone: 'info' },
  refused: { icon: 'error', tone: 'error' },
  unknown: { icon: 'question', tone: 'warning' },
  found: { icon: 'search', tone: 'info' },
  failed: { icon: 'warning', tone: 'warning' },
};

/** How the last call or check ended. Both live regions are always there: a screen reader only speaks of a change in one it knows. */
export function outcome(view: FormView): TemplateResult {
  const { activity, live } = view.state;
  // A call that is followed says itself where it is.
  const shown = isOutcome(activity) && !(activity.kind === 'placed' && live) ? box(view, activity) : nothing;
  const refused = activity.kind === 'refused';
  return html`
    <div class="outcome">
      <div role="alert">${refused ? shown : nothing}</div>
      <div role="status" aria-live="polite">${refused ? nothing : shown}</div>
    </div>
  `;
}

function box({ post }: FormView, { kind, text, detail }: Outcome): TemplateResult {
  const look = LOOKS[kind];
  const explained = kind === 'refused' || kind === 'checked';
  return html`
    <div class="result ${look.tone}">
      ${icon(look.icon, look.tone)}
      <div class="result-text">
        <strong>${text}</strong>
        ${detail ? html`<p>${detail}</p>` : nothing}
        ${explained ? html`<button type="button" class="link" @click=${() => post({ type: 'do', action: 'show-diagnosis' })}>Show diagnosis</button>` : nothing}
      </div>
    </div>
  `;
}
