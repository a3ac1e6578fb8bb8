const ASCII = /^[\x20-\x7e]*$/;
const INSTEAD: ReadonlyMap<string, string> = new Map([
  ['‘', "'"],
  ['’', "'"],
  ['“', '"'],
  ['”', '"'],
  ['–', '-'],
  ['—', '-'],
  ['…', '...'],
]);

/** A text as the value of a header, which is visible ASCII and spaces (RFC 9110, section 5.5). Any other character becomes its like, or `?`. */
export const headerText = (text: string): string => (ASCII.test(text) ? text : text.replace(/[^\x20-\x7e]/gu, (character) => INSTEAD.get(character) ?? '?'));
