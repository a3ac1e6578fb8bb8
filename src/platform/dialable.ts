import { type CountryCode, getCountries, getCountryCallingCode, isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/min';

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

/** What is dialled before a number to get out of a house or a country: of a PBX, a trunk, or an international exchange. */
const BEFORE: readonly string[] = ['', '0', '9', '8', '1', '00', '90', '99', '01', '91', '011', '0011', '9011', '900'];

/** No number of a country is so short; what is dialled with so few digits is a service. */
const SHORT = 6;

/** Premium-rate ranges by country code: national number prefixes. Sources: the numbering plans of the countries; 979: ITU-T E.169.2. */
const PREMIUM: Readonly<Record<string, RegExp>> = {
  '1': /^(?:900|976)|^\d{3}976/,
  '7': /^809/,
  '27': /^86[24]/,
  '30': /^90/,
  '31': /^90[069]/,
  '32': /^90/,
  '33': /^89/,
  '34': /^(?:80[367]|905|907)/,
  '36': /^9[01]/,
  '39': /^(?:89|144|166)/,
  '40': /^90/,
  '41': /^90[016]/,
  '43': /^9[0-39]/,
  '44': /^(?:9|87)/,
  '45': /^90/,
  '46': /^(?:900|939|944)/,
  '47': /^82[09]/,
  '48': /^70/,
  '49': /^(?:900|137|118)/,
  '52': /^900/,
  '55': /^900/,
  '61': /^190/,
  '64': /^900/,
  '65': /^1900/,
  '66': /^1900/,
  '81': /^990/,
  '82': /^60/,
  '90': /^900/,
  '351': /^(?:60[178]|76[0-2])/,
  '352': /^90/,
  '353': /^15[1-9]/,
  '358': /^(?:600|700)/,
  '370': /^900/,
  '371': /^90/,
  '372': /^900/,
  '385': /^6[01]/,
  '386': /^90/,
  '420': /^90/,
  '421': /^900/,
  '852': /^900/,
  '972': /^19/,
  '979': /^/,
};

/**
 * Reads a number as typed: international (`+…` or `00…`), or national when `country` (ISO 3166-1 alpha-2) is given. The judgement is
 * libphonenumber's; emergency, short and premium-rate numbers are refused (DESIGN §7).
 * @param refused beginnings of numbers in E.164 (`+882`) that are refused as well; it can only make this stricter
 */
export function readDialable(typed: string, country?: string, refused: readonly string[] = []): Dialable {
  // (+1) 317 … begins with the plus.
  const text = inAscii(typed)
    .trim()
    .replace(/^[\s(]+(?=\+)/, '');
  if (text === '') return { kind: 'problem', problem: 'Enter a number.' };
  if (/[a-z]/i.test(text)) return { kind: 'problem', problem: 'Enter digits, as in +1 317 555 0142.' };
  const digits = text.replace(/\D/g, '');
  if (isEmergency(digits, text.startsWith('+'))) return emergency(text);
  if (!text.startsWith('+') && digits.length > 0 && digits.length <= SHORT)
    return { kind: 'refused', problem: `${text} is a short code, or not complete. Call Doctor dials whole numbers only.` };
  const home = country && isSupportedCountry(country) ? (country as CountryCode) : undefined;
  const international = text.startsWith('+') ? text : digits.startsWith('00') ? `+${digits.slice(2)}` : text;
  if (!international.startsWith('+') && !home) return { kind: 'problem', problem: 'Begin with + and the country code, as in +1 317 555 0142.' };
  const number = parsePhoneNumberFromString(international, home);
  if (!number) return { kind: 'problem', problem: `${text} is not a phone number.` };
  const national = number.nationalNumber;
  if (isEmergency(national, false) || (number.countryCallingCode === '1' && /^[2-9]11/.test(national))) return emergency(text);
  if (PREMIUM[number.countryCallingCode]?.test(national))
    return { kind: 'refused', problem: `${number.formatInternational()} is a premium-rate number. Call Doctor does not dial it.` };
  const prefix = refused.find((r) => number.number.startsWith(r));
  if (prefix !== undefined)
    return { kind: 'refused', problem: `${number.formatInternational()} begins with ${prefix}, which the setting callDoctor.refusedNumbers refuses.` };
  if (!number.isPossible()) return { kind: 'problem', problem: lengthProblem(text, national) };
  return { kind: 'number', e164: number.number, international: number.formatInternational(), country: number.country ?? '' };
}

/**
 * Why an address that stands in a request is not dialled; nothing where nobody knows it for a number that is refused. Takes what the
 * platform takes: E.164, `tel:`, and SIP addresses, whose part before the @ may be a number.
 */
export function refusedAddress(address: string, refused: readonly string[] = []): string | undefined {
  for (const reading of readingsOf(address)) {
    const read = readDialable(reading, undefined, refused);
    if (read.kind === 'refused') return read.problem;
  }
  return undefined;
}

/** What a dialler may take an address for: without its scheme, name, password and host, what is sent once somebody answers, and as a vanity number. */
function readingsOf(address: string): readonly string[] {
  const named = inAscii(unescaped(address));
  const bare = (/<([^<>]*)>/.exec(named)?.[1] ?? named)
    .trim()
    .replace(/^(?:[a-z][a-z0-9+.-]*:[/\s]*)+/i, '')
    .replace(/[;@:?].*$/s, '');
  const dialledFirst = /^[+\d\s().-]*\d(?=\s*(?:ext|[,#*xpw]))/i.exec(bare)?.[0];
  const outOfAmerica = /^011\s*\d/.test(bare) ? `+${bare.slice(3)}` : undefined;
  const vanity = /^\+[\d\s().-]*[a-z]/i.test(bare) ? bare.replace(/[a-z]/gi, onKeypad) : undefined;
  return [bare, dialledFirst, outOfAmerica, vanity].filter((reading) => reading !== undefined);
}

function unescaped(address: string): string {
  try {
    return decodeURIComponent(address);
  } catch {
    return address;
  }
}

/** The digit that a letter is on (ITU-T E.161). */
const onKeypad = (letter: string): string => '22233344455566677778889999'.charAt(letter.toLowerCase().charCodeAt(0) - 97);

const emergency = (text: string): Dialable => ({ kind: 'refused', problem: `${text} is an emergency or service number. Call Doctor does not dial it.` });

/** Digits of other scripts, which a keyboard may have written, as ASCII; without characters that nobody sees, which copying brings along. */
const inAscii = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/\p{Cf}/gu, '')
    .replace(/\p{Nd}/gu, (digit) => String(digitOf(digit.codePointAt(0) ?? 0)));

/** The ten digits of a script follow each other (Unicode §4.6). */
function digitOf(digit: number): number {
  let zero = digit;
  while (/\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero -= 1;
  return (digit - zero) % 10;
}

const CALLING_CODES: ReadonlySet<string> = new Set(getCountries().map((c) => getCountryCallingCode(c) as string));

/** Whether digits are an emergency number, perhaps after what is dialled to get out, or after a country code. */
function isEmergency(digits: string, international: boolean): boolean {
  const after = (rest: string): boolean => BEFORE.some((b) => rest.startsWith(b) && EMERGENCY.has(rest.slice(b.length)));
  if (digits.length <= 7 && after(digits)) return true;
  if (!international && !digits.startsWith('00')) return false;
  const own = international ? digits : digits.slice(2);
  return [1, 2, 3].some((n) => CALLING_CODES.has(own.slice(0, n)) && own.length - n <= 7 && after(own.slice(n)));
}

const lengthProblem = (text: string, national: string): string =>
  national.length < 8 ? `${text} is too short for a phone number of its country.` : `${text} does not have the length of a phone number of its country.`;
