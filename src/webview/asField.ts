import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { FormState } from '../sidebar/callForm/protocol.js';
import { breakable } from './breakable.js';
import type { FormView } from './formView.js';

/** In whose name the call is placed, which chooses the operation. */
export function asField(view: FormView): TemplateResult {
  const { state } = view;
  const { allowed, reason } = state.selfAllowed;
  const { line, needs, why } = state.operation;
  return html`
    <div class="field" role="radiogroup" aria-labelledby="as-label" aria-describedby="as-help">
      <span class="label" id="as-label">As</span>
      <div class="control">
        <div class="radios">
          ${radio(view, 'self', 'Me', allowed)}
          ${radio(view, 'on-behalf', state.agent ? `On behalf of ${state.agent.name}` : 'On behalf of the agent', true)}
        </div>
        <div class="help" id="as-help">
          ${allowed || !reason ? nothing : html`<span>${reason}</span>`}
          ${line ? html`<code class="operation">${breakable(line)}</code>` : nothing}
          ${needs ? html`<span>${breakable(needs)}</span>` : nothing}
          ${why ? html`<span class="why">${why}</span>` : nothing}
        </div>
      </div>
    </div>
  `;
}

const radio = ({ state, post }: FormView, value: FormState['as'], label: string, enabled: boolean): TemplateResult => html`
  <label class="radio"><input type="radio" name="as" value=${value} .checked=${live(state.as === value)} ?disabled=${!enabled}
    @change=${() => post({ type: 'as', value })}><span>${label}</span></label>
`;
