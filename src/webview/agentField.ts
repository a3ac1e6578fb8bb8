import './combobox.js';
import { html, nothing, type TemplateResult } from 'lit';
import { choiceLines } from './choice.js';
import { field } from './field.js';
import type { FormView } from './formView.js';
import { personChoice, personChoices } from './personChoice.js';

export function agentField({ state, post }: FormView): TemplateResult {
  const { agent } = state;
  return field({
    id: 'agent',
    label: 'Agent',
    control: html`<call-combobox .inputId=${'agent'} .describedBy=${'agent-help'} .placeholder=${'Search by name'}
      .choices=${personChoices(state.agentSearch, 'agent')} .chosenId=${agent?.id ?? ''} .chosenName=${agent?.name ?? ''}
      .search=${(query: string) => post({ type: 'search', field: 'agent', query })}
      .pick=${(id: string) => post({ type: 'pick', field: 'agent', id })}></call-combobox>`,
    help: agent ? choiceLines(personChoice(agent)) : nothing,
  });
}
