import { html, nothing, type TemplateResult } from 'lit';
import { icon } from './icon.js';

export interface FieldParts {
  readonly id: string;
  readonly label: string;
  readonly control: TemplateResult;
  /** Below the control; the control points to it with aria-describedby="{id}-help". */
  readonly help?: TemplateResult | typeof nothing;
}

/** A label, its control and what is said about it. `id` is the control's. */
export const field = ({ id, label, control, help = nothing }: FieldParts): TemplateResult => html`
  <div class="field">
    <label for=${id} id="${id}-label">${label}</label>
    <div class="control">${control}<div class="help" id="${id}-help">${help}</div></div>
  </div>
`;

/** A problem in words; the colour is in the icon because no theme promises that its error colour is readable as text. */
export const problem = (text: string): TemplateResult => html`<span class="problem">${icon('error', 'error')}<span>${text}</span></span>`;
