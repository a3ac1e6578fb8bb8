import { parsePhoneNumberFromString } from 'libphonenumber-js/min';

/** Stands for the digits that are not shown, however many. */
const HIDDEN = '••';
/** 7 to 15 digits (ITU-T E.164) as people and requests write them; what is part of an id, a word or a longer number is none. */
const NUMBER = /(?<![\w.•-])\+?\(?\d(?:[ ().\u00a0/-]{0,3}\d){6,14}(?![\w-]|\.\d)/g;
/** What looks like a number and is none: a day, an IP address. */
const NONE = /^(?:\d{4}-\d\d-\d\d|\d{1,3}(?:\.\d{1,3}){3})$/;

/** A text whose telephone numbers show their country and their last two digits only: `+1 317 555 0142` becomes `+1 ••42`. */
export const maskNumbers = (text: string): string => text.replace(NUMBER, (number) => (NONE.test(number) ? number : masked(number)));

function masked(number: string): string {
  const code = number.startsWith('+') ? parsePhoneNumberFromString(number)?.countryCallingCode : undefined;
  return `${code === undefined ? '' : `+${code} `}${HIDDEN}${number.replace(/\D/g, '').slice(-2)}`;
}
