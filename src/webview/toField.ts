import './combobox.js';
import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { FormState } from '../sidebar/callForm/protocol.js';
import { unbroken } from './breakable.js';
import { conference } from './conference.js';
import { countryName } from './country.js';
import { field, problem } from './field.js';
import type { FormView } from './formView.js';
import { hostText } from './hostText.js';
import { personChoices } from './personChoice.js';
import { queueChoices, queueName } from './queueChoice.js';

type Kind = FormState['to']['kind'];
const KINDS: readonly (readonly [Kind, string])[] = [
  ['phone', 'Phone'],
  ['user', 'User'],
  ['queue', 'Queue'],
  ['conference', 'Conference'],
];

/** Where the call goes: exactly one of four kinds (FACTS §1.1). */
export function toField(view: FormView): TemplateResult {
  const { state } = view;
  const parts = { phone, user, queue, conference }[state.to.kind](view);
  return field({ id: 'to', label: 'To', control: html`${kinds(view)}${parts.control}`, help: parts.help });
}

const kinds = ({ state, post }: FormView): TemplateResult => html`
  <div class="segments" role="radiogroup" aria-label="Kind of destination">
    ${KINDS.map(
      ([value, label]) => html`
      <label class="segment"><input type="radio" name="to-kind" value=${value} .checked=${live(state.to.kind === value)}
        @change=${() => post({ type: 'to-kind', value })}><span>${label}</span></label>`,
    )}
  </div>
`;

interface Parts {
  readonly control: TemplateResult;
  readonly help: TemplateResult | typeof nothing;
}

function phone({ state, post }: FormView): Parts {
  const { text, international, country, problem: wrong } = state.to.phone;
  return {
    control: html`<input class="input" id="to" type="tel" inputmode="tel" autocomplete="off" spellcheck="false" placeholder="+1 317 555 0142"
      aria-describedby="to-help" aria-invalid=${wrong ? 'true' : nothing} ${hostText(text, (t) => post({ type: 'phone', text: t }))}>`,
    help: wrong ? problem(wrong) : html`<span>${international ? reading(text, international, country) : 'Start with + and the country code.'}</span>`,
  };
}

/** How the number was understood: written out unless it is already, and its country. */
const reading = (text: string, international: string, country: string): string =>
  [text.trim() === international ? '' : unbroken(international), countryName(country)].filter(Boolean).join(' · ');

function user({ state, post }: FormView): Parts {
  return {
    control: html`<call-combobox .inputId=${'to'} .describedBy=${'to-help'} .placeholder=${'Search by name'}
      .choices=${personChoices(state.agentSearch, 'callee')} .chosenId=${state.to.userId} .chosenName=${state.to.userName}
      .search=${(query: string) => post({ type: 'search', field: 'callee', query })}
      .pick=${(id: string) => post({ type: 'pick', field: 'callee', id })}></call-combobox>`,
    help: nothing,
  };
}

function queue({ state, post }: FormView): Parts {
  const { queues, to } = state;
  return {
    control: html`<call-combobox .inputId=${'to'} .describedBy=${'to-help'} .placeholder=${queues.state === 'loading' ? 'Loading queues…' : 'Choose a queue'}
      .choices=${queueChoices(queues)} .chosenId=${to.queueId} .chosenName=${queueName(queues, to.queueId, '')}
      .pick=${(id: string) => post({ type: 'to-queue', id })}></call-combobox>`,
    help: nothing,
  };
}
