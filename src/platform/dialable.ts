import { type CountryCode, isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/min';

/** What a person typed as a phone number: a number that can be dialled, or why not. `e164` is `+` and digits. */
export type Dialable =
  | { readonly kind: 'number'; readonly e164: string; readonly international: string; readonly country: string }
  | { readonly kind: 'refused'; readonly problem: string }
  | { readonly kind: 'problem'; readonly problem: string };

/** Numbers that this tool never dials, so that no test rings an emergency service. Sources: ITU-T E.161 Annex, national numbering plans. */
const EMERGENCY = new Set([
  '000',
  '100',
  '101',
  '102',
  '103',
  '108',
  '110',
  '111',
  '112',
  '113',
  '115',
  '117',
  '118',
  '119',
  '120',
  '122',
  '123',
  '128',
  '133',
  '144',
  '150',
  '155',
  '158',
  '190',
  '191',
  '192',
  '193',
  '194',
  '195',
  '197',
  '199',
  '911',
  '933',
  '988',
  '995',
  '997',
  '998',
  '999',
]);

/** Premium-rate ranges by country code: national number prefixes. Sources: the numbering plans of the countries. */
const PREMIUM: Readonly<Record<string, RegExp>> = {
  '1': /^(?:900|976)|^\d{3}976/,
  '31': /^90[069]/,
  '32': /^90/,
  '33': /^89/,
  '34': /^(?:80[367]|905|907)/,
  '39': /^(?:89|144|166)/,
  '41': /^90[016]/,
  '43': /^9[0-39]/,
  '44': /^(?:9|87)/,
  '46': /^(?:900|939|944)/,
  '47': /^82[09]/,
  '48': /^70/,
  '49': /^(?:900|137)/,
  '61': /^(?:190)/,
  '64': /^900/,
  '81': /^990/,
};

/**
 * Reads a number as typed: international (`+…` or `00…`), or national when `country` (ISO 3166-1 alpha-2) is given.
 * The judgement is libphonenumber's; emergency, short and premium-rate numbers are refused (DESIGN §7).
 */
export function readDialable(typed: string, country?: string): Dialable {
  const text = typed.trim();
  if (text === '') return { kind: 'problem', problem: 'Enter a number.' };
  if (/[a-z]/i.test(text)) return { kind: 'problem', problem: 'Enter digits, as in +1 317 555 0142.' };
  const digits = text.replace(/\D/g, '');
  if (isEmergency(text, digits)) return { kind: 'refused', problem: `${text} is an emergency or service number. Call Doctor does not dial it.` };
  const home = country && isSupportedCountry(country) ? (country as CountryCode) : undefined;
  const international = text.startsWith('+') ? text : text.startsWith('00') ? `+${digits.slice(2)}` : text;
  if (!international.startsWith('+') && !home) return { kind: 'problem', problem: 'Begin with + and the country code, as in +1 317 555 0142.' };
  const number = parsePhoneNumberFromString(international, home);
  if (!number) return { kind: 'problem', problem: `${text} is not a phone number.` };
  const national = number.nationalNumber;
  if (EMERGENCY.has(national)) return { kind: 'refused', problem: `${text} is an emergency or service number. Call Doctor does not dial it.` };
  if (PREMIUM[number.countryCallingCode]?.test(national))
    return { kind: 'refused', problem: `${number.formatInternational()} is a premium-rate number. Call Doctor does not dial it.` };
  if (!number.isPossible()) return { kind: 'problem', problem: lengthProblem(text, national) };
  return { kind: 'number', e164: number.number, international: number.formatInternational(), country: number.country ?? '' };
}

function isEmergency(text: string, digits: string): boolean {
  if (digits.length <= 4 && !text.startsWith('+')) return EMERGENCY.has(digits) || EMERGENCY.has(digits.replace(/^[09]/, ''));
  return false;
}

const lengthProblem = (text: string, national: string): string =>
  national.length < 8 ? `${text} is too short for a phone number of its country.` : `${text} does not have the length of a phone number of its country.`;
