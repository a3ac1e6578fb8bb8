import { readDialable } from '../../platform/dialable.js';
import { correctNumber, LIKELY_COUNTRIES, numberCandidates } from '../../platform/numbers.js';
import type { FillValues } from '../fix.js';
import { nodeAt, valueEdit } from './bodyPlace.js';
import { type Fixer, fixOf } from './fixer.js';

const MOST = 6;

/** A number in E.164: one fix for each number that may have been meant. None for what nobody can have. */
export const badNumber: Fixer = function* ({ call, problem, values }) {
  const node = nodeAt(call.tree, problem.pointer ?? '');
  if (node?.type !== 'string') return;
  const all = numbersMeant(node.value as string, values);
  for (const [i, { e164, international, country }] of all.entries()) {
    const where = countryName(country);
    yield fixOf(`Write ${international}${where === '' ? '' : ` (${where})`}`, [valueEdit(call, node, e164)], {
      notes: all.length > 1 && where !== '' ? [`The number is read as one of ${where}.`] : [],
      preferred: i === 0 && (all.length === 1 || country === values.country),
    });
  }
};

/** The numbers that may have been meant, those of the country that is set first. */
function numbersMeant(typed: string, { country }: FillValues) {
  const countries = country === undefined ? LIKELY_COUNTRIES : [country, ...LIKELY_COUNTRIES.filter((c) => c !== country)];
  const found = numberCandidates(typed, countries);
  const own = correctNumber(typed, country);
  // A number whose form is right may be one that nobody has: it is still better written so.
  if (found.length === 0 && own.kind === 'number' && own.e164 !== typed) found.push(own);
  return found.filter((n) => readDialable(n.e164).kind === 'number').slice(0, MOST);
}

let names: Intl.DisplayNames | undefined;

function countryName(country: string): string {
  if (country === '') return '';
  names ??= new Intl.DisplayNames(['en'], { type: 'region' });
  return names.of(country) ?? country;
}
