import { html, nothing, type TemplateResult } from 'lit';
import type { FormView } from './formView.js';
import { section } from './section.js';

/** What else there is where this sign-in may not call for an agent. */
export function otherWays(view: FormView): TemplateResult | typeof nothing {
  const { otherWays: ways } = view.state;
  if (ways.length === 0) return nothing;
  return section(view, {
    name: 'ways',
    title: 'Other ways',
    body: () => html`
      <p class="ways-why">This sign-in may not place the call. These may:</p>
      <ul class="ways">
        ${ways.map(
          ({ title, needs, label, action }) => html`
          <li><strong>${title}</strong><p>${needs}</p>
            <button type="button" class="link" @click=${() => view.post({ type: 'do', action })}>${label}</button></li>`,
        )}
      </ul>
    `,
  });
}
