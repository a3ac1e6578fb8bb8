import { html, type TemplateResult } from 'lit';

/** A codicon for the eye only. The words next to it say the same. */
export const icon = (name: string, tone = ''): TemplateResult => html`<span class="codicon codicon-${name} ${tone}" aria-hidden="true"></span>`;
