import { getCountries, getCountryCallingCode, Metadata, parsePhoneNumberFromString } from 'libphonenumber-js/min';
import { readDialable } from './dialable.js';

/** A number as it should be written, or why it cannot be told. `e164` is `+` and digits, `international` is for people. */
export type CorrectedNumber =
  | { readonly kind: 'number'; readonly e164: string; readonly international: string; readonly country: string }
  | { readonly kind: 'problem'; readonly problem: string };

/** What a number may have been meant as. */
export interface NumberCandidate {
  readonly e164: string;
  readonly international: string;
  /** ISO 3166-1 alpha-2; empty where the number has a code of no country. */
  readonly country: string;
}

/** The countries with a region of the platform (FACTS §5), the likeliest homes of its callers. */
export const LIKELY_COUNTRIES: readonly string[] = ['US', 'GB', 'DE', 'AU', 'CA', 'JP', 'IE', 'BR', 'MX', 'IN', 'SG', 'KR', 'CH', 'AE'];

/**
 * Writes a number as the platform wants it (E.164): spaces, brackets and `tel:` go, `00` and the prefix for calls abroad become
 * a plus sign, and a national number gets the code of `country` (ISO 3166-1 alpha-2).
 */
export function correctNumber(text: string, country?: string): CorrectedNumber {
  const typed = text.trim().replace(/^tel:/i, '');
  const read = readDialable(typed, country);
  if (read.kind !== 'number') return { kind: 'problem', problem: read.kind === 'problem' ? (lengthProblem(typed, country) ?? read.problem) : read.problem };
  return { kind: 'number', e164: read.e164, international: read.international, country: read.country };
}

/**
 * The numbers that a text may have been meant as, for a choice: as it is, with the plus sign that was forgotten, and as a
 * national number of each of `countries`. Each one once, the likelier first; numbers that nobody can have are not among them.
 */
export function numberCandidates(text: string, countries: readonly string[] = LIKELY_COUNTRIES): NumberCandidate[] {
  const typed = text.trim().replace(/^tel:/i, '');
  const found = new Map<string, NumberCandidate>();
  const add = (read: CorrectedNumber, of?: string): void => {
    if (read.kind !== 'number' || read.e164 === typed || (of !== undefined && read.country !== of)) return;
    if (!found.has(read.e164) && parsePhoneNumberFromString(read.e164)?.isValid())
      found.set(read.e164, { e164: read.e164, international: read.international, country: read.country });
  };
  add(correctNumber(typed));
  if (typed.startsWith('+') || typed.startsWith('00')) return [...found.values()];
  for (const country of countries) add(correctNumber(typed, country), country);
  // Digits that begin with a country code, without the plus sign.
  if (typed.replaceAll(/\D/g, '').length > 9) add(correctNumber(`+${typed}`));
  return [...found.values()];
}

/** How many digits there are and should be, or that no country has the code, where that is what is wrong with a number. */
function lengthProblem(typed: string, country?: string): string | undefined {
  const digits = typed.replaceAll(/\D/g, '').replace(/^00/, '');
  const isInternational = typed.startsWith('+') || typed.startsWith('00');
  const known = getCountries();
  const code = isInternational
    ? known.map((c) => getCountryCallingCode(c) as string).find((c) => digits.startsWith(c))
    : known.filter((c) => c === country).map((c) => getCountryCallingCode(c) as string)[0];
  const home = known.find((c) => getCountryCallingCode(c) === code);
  if (digits === '' || !/^[+\d\s().-]+$/.test(typed)) return undefined;
  if (code === undefined && isInternational) return `No country has a code that ${typed} begins with.`;
  if (code === undefined || home === undefined) return undefined;
  const count = isInternational ? digits.length - code.length : digits.length;
  const metadata = new Metadata();
  metadata.selectNumberingPlan(home);
  const lengths = metadata.numberingPlan?.possibleLengths() ?? [];
  const least = Math.min(...lengths);
  const most = Math.max(...lengths);
  if (lengths.length === 0 || lengths.includes(count)) return undefined;
  const should = least === most ? String(least) : `${least} to ${most}`;
  return `${typed} is too ${count < least ? 'short' : count > most ? 'long' : 'short or too long'}: after +${code} come ${should} digits, here are ${count}.`;
}
