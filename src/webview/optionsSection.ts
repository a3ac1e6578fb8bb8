import { html, nothing, type TemplateResult } from 'lit';
import { OPTION_NAMES, type OptionName } from '../sidebar/callForm/protocol.js';
import { problem } from './field.js';
import type { FormView } from './formView.js';
import { hostText } from './hostText.js';
import { icon } from './icon.js';
import { section } from './section.js';

interface Option {
  readonly label: string;
  readonly help: string;
  readonly placeholder?: string;
  readonly mode?: 'tel' | 'numeric';
  readonly lines?: number;
}

const OPTIONS: Readonly<Record<OptionName, Option>> = {
  callerId: { label: 'Caller ID', help: 'The number to present. The trunk may present another one.', placeholder: '+1 317 555 0100', mode: 'tel' },
  callerIdName: { label: 'Caller ID name', help: 'The name to present. A name set on the external trunk wins.' },
  label: { label: 'Label', help: 'The utilization label of the conversation.' },
  uuiData: { label: 'User-to-user data', help: 'Sent along in SIP as UUI.' },
  externalContactId: { label: 'External contact', help: 'The id of the contact to associate.' },
  attributes: { label: 'Attributes', help: 'Put on the customer. One name=value a line.', placeholder: 'caseId=4711', lines: 3 },
  priority: { label: 'Priority', help: 'A whole number.', mode: 'numeric' },
  routingSkillsIds: { label: 'Skills', help: 'Ids of skills, separated by commas or spaces.' },
  languageId: { label: 'Language', help: 'The id of the language skill.' },
};

/** Options that do nothing unless a queue is called (FACTS §1.1). */
const QUEUE_ONLY: readonly OptionName[] = ['priority', 'routingSkillsIds', 'languageId'];

export function optionsSection(view: FormView): TemplateResult {
  const { options, to } = view.state;
  const used = OPTION_NAMES.filter((name) => options[name].trim() !== '' && (to.kind === 'queue' || !QUEUE_ONLY.includes(name))).length;
  const wrong = OPTION_NAMES.some((name) => options.problems[name]);
  const note = html`${used > 0 ? html`<span class="section-note">${used} set</span>` : nothing}${
    wrong ? html`${icon('error', 'error')}<span class="visually-hidden">has a problem</span>` : nothing
  }`;
  return section(view, { name: 'options', title: 'Options', note, body: () => body(view) });
}

const body = (view: FormView): TemplateResult => html`
  ${OPTION_NAMES.filter((name) => !QUEUE_ONLY.includes(name)).map((name) => optionField(view, name))}
  <fieldset ?disabled=${view.state.to.kind !== 'queue'}>
    <legend>Routing${view.state.to.kind === 'queue' ? nothing : html` <span class="legend-note">only when you call a queue</span>`}</legend>
    ${QUEUE_ONLY.map((name) => optionField(view, name))}
  </fieldset>
`;

function optionField({ state, post }: FormView, name: OptionName): TemplateResult {
  const { label, help } = OPTIONS[name];
  const id = `option-${name}`;
  const wrong = state.options.problems[name];
  return html`
    <div class="field stacked ${OPTIONS[name].lines ? 'wide' : ''}">
      <label for=${id}>${label}</label>
      <div class="control">
        ${box(id, OPTIONS[name], state.options[name], wrong !== undefined && wrong !== '', (value) => post({ type: 'option', name, value }))}
        <div class="help" id="${id}-help">${wrong ? problem(wrong) : html`<span>${help}</span>`}</div>
      </div>
    </div>
  `;
}

function box(id: string, { placeholder = '', mode, lines }: Option, value: string, invalid: boolean, send: (value: string) => void): TemplateResult {
  const wrong = invalid ? 'true' : nothing;
  if (lines) {
    return html`<textarea class="input" id=${id} rows=${lines} spellcheck="false" placeholder=${placeholder} aria-describedby="${id}-help"
      aria-invalid=${wrong} ${hostText(value, send)}></textarea>`;
  }
  return html`<input class="input" id=${id} type="text" inputmode=${mode ?? nothing} autocomplete="off" spellcheck="false" placeholder=${placeholder}
    aria-describedby="${id}-help" aria-invalid=${wrong} ${hostText(value, send)}>`;
}
