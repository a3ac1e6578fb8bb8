import { html, nothing, type TemplateResult } from 'lit';
import type { AgentView } from '../sidebar/callForm/protocol.js';
import { icon } from './icon.js';

/** One thing to choose in a combobox: a person or a queue. */
export interface Choice {
  readonly id: string;
  readonly name: string;
  /** The second line. */
  readonly detail: string;
  /** The presence, as a coloured dot before the second line. */
  readonly dot?: AgentView['presenceKind'];
  /** The third line: what stands in the way. */
  readonly warning: string;
}

export interface Choices {
  readonly state: 'idle' | 'loading' | 'ready' | 'failed';
  /** What was asked for; empty asks for everything. */
  readonly query: string;
  readonly items: readonly Choice[];
  readonly message: string;
}

/** What an option says below its name, and what the field says below itself once it is chosen. */
export function choiceLines({ detail, dot, warning }: Choice): TemplateResult {
  return html`
    ${detail ? html`<span class="detail">${dot ? html`<i class="dot ${dot}"></i>` : nothing}<span class="detail-text">${detail}</span></span>` : nothing}
    ${warning ? html`<span class="detail obstacle">${icon('warning', 'warning')}<span class="detail-text">${warning}</span></span>` : nothing}
  `;
}
