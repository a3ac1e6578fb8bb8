import type { Operations } from '../../platform/operations.js';
import { permissionList } from '../../platform/operationWords.js';
import type { Case } from '../case.js';
import type { Evidence, Finding, Place } from '../model.js';

export { permissionList };

/** One row, or a few rows that hang together, of the truth table: looks at a case and says what of it holds. */
export type Requirement = (c: Case) => readonly Finding[];

export const inUrl = (words?: string): Place => ({ document: 'request', part: 'url', pointer: '', ...(words ? { words } : {}) });
export const inHeaders = (words?: string): Place => ({ document: 'request', part: 'headers', pointer: '', ...(words ? { words } : {}) });
export const inRequest = (pointer: string, words?: string): Place => ({ document: 'request', part: 'body', pointer, ...(words ? { words } : {}) });
export const inResponse = (pointer: string, words?: string): Place => ({ document: 'response', part: 'body', pointer, ...(words ? { words } : {}) });

/** The place of the code in the response, or of the message, or all of the response where it has neither. */
export const atCode = (c: Case): Place => inResponse(c.codeAt);
/** The place of the message in the response, or of words in it. */
export const atMessage = (c: Case, words?: string): Place => inResponse(c.messageAt, words);

export const response = (fact: string): Evidence => ({ source: 'response', fact });
export const request = (fact: string): Evidence => ({ source: 'request', fact });
export const org = (fact: string): Evidence => ({ source: 'org', fact });
export const facts = (fact: string): Evidence => ({ source: 'facts', fact });

/** What the response said, as evidence: status, code and message as far as there are any. */
export function said(c: Case): Evidence[] {
  const { code, message, explanation, limit } = c.error ?? {};
  const status = c.status === undefined ? '' : `${c.status} `;
  if (!code && !message) {
    if (c.status !== undefined) return [response(`The answer has status ${c.status}.`)];
    return c.accepted ? [response('The answer is an object of the platform, not an error.')] : [];
  }
  const more = explanation === undefined ? '' : ` (${clip(explanation, 300)})`;
  const words = response(`${status}${code === undefined ? '' : clip(code, 100)}${code && message ? ': ' : ''}${message ? clip(message, 400) : ''}${more}`);
  return limit ? [words, response(limitWords(limit))] : [words];
}

function limitWords({ key, namespace, value }: NonNullable<NonNullable<Case['error']>['limit']>): string {
  const where = namespace === undefined ? '' : ` of ${clip(namespace, 100)}`;
  return `The limit is ${clip(key, 100)}${where}${value === undefined ? '' : `: ${clip(value, 40)}`}.`;
}

export const clip = (text: string, most: number): string => (text.length > most ? `${text.slice(0, most - 1)}…` : text);

/** The requirement was not looked at, and this is why. */
export const unchecked = (cause: Finding['cause'], title: string, ...why: readonly Evidence[]): Finding => ({
  cause,
  verdict: 'unchecked',
  title,
  because: why,
  fix: [],
});
export const holds = (cause: Finding['cause'], title: string, because: readonly Evidence[]): Finding => ({
  cause,
  verdict: 'ruled-out',
  title,
  because,
  fix: [],
});

/** Where the declarations of the operations come from, in a few words: the SDK that ships, or what has been read since. */
export const declaredBy = ({ source }: Operations): string =>
  source.startsWith('Permissions: purecloud-platform-client-v2') ? 'SDK 259.0.0' : source.replace(/\.$/, '');
