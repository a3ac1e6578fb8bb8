import { html, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { PartyView } from '../sidebar/callForm/protocol.js';
import { countryName } from './country.js';
import { problem } from './field.js';
import type { FormView } from './formView.js';
import { hostText } from './hostText.js';
import { icon } from './icon.js';
import { personChoices } from './personChoice.js';

/** The parties of a conference: numbers and users, added one by one. */
export function conference({ state, post }: FormView): { readonly control: TemplateResult; readonly help: TemplateResult } {
  const { parties, party } = state.to;
  const add = (): void => post({ type: 'do', action: 'add-party' });
  return {
    control: html`
      <ul class="parties" aria-label="Parties">${repeat(
        parties,
        (p) => p.id,
        (p) => row(p, () => post({ type: 'remove-party', id: p.id })),
      )}</ul>
      <div class="party-number">
        <input class="input" id="to" type="tel" inputmode="tel" autocomplete="off" spellcheck="false" placeholder="Add a number"
          aria-label="Number to add" aria-describedby="to-help" aria-invalid=${party.problem ? 'true' : 'false'}
          @keydown=${(e: KeyboardEvent) => e.key === 'Enter' && add()} ${hostText(party.text, (text) => post({ type: 'party', text }))}>
        <button type="button" class="icon-button" title="Add Number" aria-label="Add Number" @click=${add}>${icon('add')}</button>
      </div>
      <label class="visually-hidden" for="to-user" id="to-user-label">User to add</label>
      <call-combobox .inputId=${'to-user'} .describedBy=${'to-help'} .placeholder=${'Add a user by name'}
        .choices=${personChoices(state.agentSearch, 'callee')} .chosenId=${''} .chosenName=${''}
        .search=${(query: string) => post({ type: 'search', field: 'callee', query })}
        .pick=${(id: string) => post({ type: 'pick', field: 'callee', id })}></call-combobox>`,
    help: html`${party.problem ? problem(party.problem) : ''}<span>2 to 10 parties. A conference also needs conversation:<wbr>conference:<wbr>add.</span>`,
  };
}

const row = ({ kind, name, country }: PartyView, remove: () => void): TemplateResult => html`
  <li class="party">
    ${icon(kind === 'phone' ? 'device-mobile' : 'account')}
    <span class="party-name">${name}${country ? html` <span class="party-country">${countryName(country)}</span>` : ''}</span>
    <button type="button" class="icon-button" title="Remove" aria-label="Remove ${name}" @click=${remove}>${icon('close')}</button>
  </li>
`;
