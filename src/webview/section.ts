import { html, nothing, type TemplateResult } from 'lit';
import type { FormView, SectionName } from './formView.js';
import { icon } from './icon.js';

export interface SectionParts {
  readonly name: SectionName;
  readonly title: string;
  /** A few words after the title, always in view. */
  readonly note?: TemplateResult | typeof nothing;
  /** Buttons at the right end of the header. */
  readonly actions?: TemplateResult | typeof nothing;
  readonly body: () => TemplateResult;
}

/** A header that expands and collapses what is below it. */
export function section(view: FormView, { name, title, note = nothing, actions = nothing, body }: SectionParts): TemplateResult {
  const open = view.isOpen(name);
  return html`
    <section class="section">
      <div class="section-header">
        <button type="button" class="disclosure" aria-expanded=${open} aria-controls="${name}-body" @click=${() => view.toggle(name)}>
          ${icon(open ? 'chevron-down' : 'chevron-right')}<span class="section-title">${title}</span>${note}
        </button>
        ${actions}
      </div>
      <div class="section-body" id="${name}-body" ?hidden=${!open}>${open ? body() : nothing}</div>
    </section>
  `;
}
