import { findPlaceholders, placeholderOf } from '../../exchange/placeholders.js';
import { isGuid } from '../../platform/guid.js';

/** More characters of a value are not shown. */
const LONGEST = 60;

/** A value as a message may show it: short, and without what may be a secret. */
export function shown(value: string): string {
  if (mayBeSecret(value)) return 'This value';
  const line = value.replace(/\s+/g, ' ');
  return `“${line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line}”`;
}

/** A path as a message may show it. */
export function shownPath(path: string): string {
  const safe = path
    .split('/')
    .map((segment) => (mayBeSecret(segment) ? '…' : segment))
    .join('/');
  return safe.length > 160 ? `${safe.slice(0, 160)}…` : safe;
}

/** A sentence that names a value, without the value where it may be a secret. */
export const withoutSecret = (message: string, value: string): string => (mayBeSecret(value) ? message.replaceAll(value, '…') : message);

/** Whether a value is better not shown. The id that is nearly one is, and so is a placeholder that is named in words. */
function mayBeSecret(value: string): boolean {
  if (!/[\w.~+/=-]{20}/.test(value) || !/\d/.test(value) || !/[A-Za-z]/.test(value)) return false;
  if (/^[0-9a-f]{8}-[0-9a-f-]{8,40}$/i.test(value)) return false;
  return placeholderOf(value) === undefined || looksSecret(value.replace(/^[<{[$%\s]+|[>}\]%\s]+$/g, ''));
}

/** Words of values that only look like secrets: in examples, in tests, and where one was taken out. */
const DUMMY = /redacted|dummy|example|sample|placeholder|change|your|fake|mock|token|secret|password|bearer|x{4}|\*{3}|1234|abcd|0{6}|\.{3}|…/i;

/**
 * Whether a text has the form of a token or a client secret: long, of letters and digits in no order. Names, ids (GUIDs), placeholders
 * and what examples have instead do not.
 */
export function looksSecret(value: string): boolean {
  if (value.length < 20 || value.length > 4000 || !/^[\w.~+/=-]+$/.test(value) || !/\d/.test(value) || !/[A-Za-z]/.test(value)) return false;
  if (isGuid(value) || DUMMY.test(value)) return false;
  return new Set(value).size >= 10 && !isWords(value) && placeholderOf(value) === undefined && findPlaceholders(value).length === 0;
}

/** `my-service-v2-staging-2026`: words and numbers with marks between them. */
const isWords = (value: string): boolean =>
  /^(?:[A-Za-z]?[a-z]{1,20}|[A-Z]{1,20}|\d{1,4})(?:[-_./](?:[A-Za-z]?[a-z]{1,20}|[A-Z]{1,20}|v?\d{1,4}))+$/.test(value);
