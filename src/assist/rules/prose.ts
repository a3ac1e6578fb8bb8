import { findPlaceholders } from '../../exchange/placeholders.js';
import { grantProblem } from '../../platform/grants.js';
import type { Operations } from '../../platform/operations.js';
import { hostOf, regionOfHost } from '../../platform/regions.js';
import { type ScopeProblem, scopeProblem } from '../../platform/scopes.js';
import { isAboutAnother, isDenied } from '../comments.js';
import { knownPaths } from '../knownPaths.js';
import type { Problem } from '../problem.js';
import { IMPERSONATE, listOf, NO_IMPERSONATION } from './operation.js';
import { problem } from './rule.js';
import { shownPath, withoutSecret } from './shown.js';
import { GRANT_SEVERITY, grantMessage } from './tokenRequest.js';

/** So many places of each kind are looked at. */
const MOST = 2000;

/** Grants that are named in words, and `grant_type=…`. */
const GRANT =
  /(urn(?::|%3A)ietf(?::|%3A)params(?::|%3A)oauth(?::|%3A)grant-type(?::|%3A)[\w-]{1,60})|(?<![:\w-])(jwt[-_]bearer)(?![\w-])|\bgrant_type["']?[ \t]{0,4}[=:][ \t]{0,4}["']?([a-z][\w-]{1,60})(?![\w:%])/gi;

/** no-such-grant in the words around calls. @param at where `text` begins in the whole */
export function* grantsIn(text: string, at: number): Generator<Problem> {
  let count = 0;
  for (const match of text.matchAll(GRANT)) {
    if (++count > MOST) return;
    const name = match[1] ?? match[2] ?? match[3] ?? '';
    const start = match.index + match[0].length - name.length;
    const found = grantProblem(name.replaceAll(/%3A/gi, ':'));
    if (!found || isDenied(text, start) || isAboutAnother(text, start)) continue;
    const severity = found.kind === 'ending' ? GRANT_SEVERITY.ending : 'warning';
    yield problem('no-such-grant', severity, grantMessage(found, name), { start: at + start, end: at + start + name.length }, { source: found.source });
  }
}

/** A path of the API, with its host where one is written. Angles may be a parameter. */
const ENDPOINT =
  /(?:(https?:\/\/[^\s"'`<>()/]{1,100}))?(\/api\/v2\/(?:[^\s"'`<>()|,;\\]|<[\w -]{1,40}>){1,300})|(?<![\w/}>])(\/users\/[^\s/"'`]{1,60}\/impersonate)\b/g;

/** no-such-operation in the words around calls: a path that no operation has. */
export function* endpointsIn(text: string, at: number, operations: Operations): Generator<Problem> {
  let count = 0;
  for (const match of text.matchAll(ENDPOINT)) {
    if (++count > MOST) return;
    const [whole, host = '', api, folklore] = match;
    const path = (api ?? folklore ?? '').replace(/[?#].*$/s, '').replace(/[.,:!*_…]+$/, '');
    const start = match.index + whole.length - (api ?? folklore ?? '').length;
    if (!isOfPlatform(host) || !isMissing(path, operations, host !== '') || isDenied(text, start) || isAboutAnother(text, start)) continue;
    const range = { start: at + start, end: at + start + path.length };
    const words = IMPERSONATE.test(path) ? NO_IMPERSONATION : 'Look the path up: one of its parts is another one.';
    const missing = `No operation has the path ${shownPath(path)}: it is none of the ${operations.count} known. ${words}`;
    yield problem('no-such-operation', 'warning', missing, range, { source: listOf(operations) });
  }
}

const isOfPlatform = (origin: string): boolean => origin === '' || hostOf(origin).kind !== 'unknown' || regionOfHost(hostOf(origin).host) !== undefined;

function isMissing(path: string, operations: Operations, isTold: boolean): boolean {
  if (/^\/users\//.test(path)) return true;
  if (/[*…]|\.{3}|\$\(/.test(path) || path === '/api/v2/docs/swagger' || operations.find('?', path).kind !== 'unknown-path') return false;
  const known = knownPaths(operations);
  // Without a host, a path of another service looks the same.
  return (isTold || known.hasResource(path)) && !known.isBeginning(path);
}

const SCOPE = /\bscopes?\b/gi;
/** A name of parts, as permissions and invented scopes are. */
const NAME = String.raw`[a-z][\w-]{0,40}(?::[a-z][\w-]{0,40}){1,4}`;
/** Quotation marks, of code too, and brackets: what may stand around a name. */
const OPEN = String.raw`["'\`*“‘([<{]{0,3}`;
const CLOSE = String.raw`["'\`*”’)\]>}]{0,3}`;
const AND = String.raw`(?:,|&|\+|\/|\||%20|-)\s{0,8}(?:and\s{1,4}|or\s{1,4})?|(?:and|or)\s{1,4}(?:the\s{1,4})?`;
const LEAD = String.raw`${CLOSE}[\s|:=>-]{0,20}(?:(?:is|are|of|named|called|like|such as|including|includes?|required|needed|must be)\b[\s:]{0,4})?`;
const FIRST_AFTER = new RegExp(String.raw`^${LEAD}${OPEN}(?:\s{0,4}-\s{0,4})?${OPEN}(${NAME}|[a-z-]{3,40})(?![\w:/])`, 'i');
const NEXT_AFTER = new RegExp(
  String.raw`^${CLOSE}(?:\s{0,4}(?:${AND})|[ \t]{1,4}|\s{0,8}\n[ \t]{0,20}-[ \t]{1,4})${OPEN}(${NAME}|[a-z-]{3,40})(?![\w:/])`,
  'i',
);
const LAST_BEFORE = new RegExp(String.raw`(?<![\w:/.@-])(${NAME})${CLOSE}\s{1,4}(?:oauth\s{1,4})?$`, 'i');
const PREVIOUS_BEFORE = new RegExp(String.raw`(?<![\w:/.@-])(${NAME})${CLOSE}\s{0,4}(?:${AND})$`, 'i');
/** How far a list beside the word is followed, in characters and in names. */
const NEAR = 240;
const MOST_LISTED = 12;

/** no-such-scope in the words around calls: names that are said to be scopes, and the same names elsewhere. */
export function* scopesIn(text: string, at: number, operations: Operations): Generator<Problem> {
  const told = new Map<string, ScopeProblem>();
  const places = new Set<number>();
  let count = 0;
  for (const { index, 0: word } of text.matchAll(SCOPE)) {
    if (++count > MOST) break;
    for (const { name, start } of [...namesBefore(text, index), ...namesAfter(text, index + word.length, operations)]) {
      const found = told.get(name) ?? scopeProblem(name, operations);
      if (!found || !isLikely(found) || places.has(start) || isSaidToBePermission(text, start, name) || isDenied(text, start) || isAboutAnother(text, start))
        continue;
      places.add(start);
      told.set(name, found);
      yield scope(found, at + start);
    }
  }
  for (const found of told.values()) if (found.kind === 'no-such-scope') yield* elsewhere(text, at, found, places);
}

/** A name of another service has no word of this one. */
const isLikely = ({ kind, nearest }: ScopeProblem): boolean => kind === 'permission' || nearest !== undefined;

const scope = (found: ScopeProblem, start: number): Problem =>
  problem('no-such-scope', 'warning', withoutSecret(found.text, found.name), { start, end: start + found.name.length }, { source: found.source });

/** What was called a scope once is meant as one everywhere, unless it is called a permission there. */
function* elsewhere(text: string, at: number, found: ScopeProblem, places: ReadonlySet<number>): Generator<Problem> {
  const { name } = found;
  let count = 0;
  for (let start = text.indexOf(name); start !== -1 && count < MOST; start = text.indexOf(name, start + name.length)) {
    if (places.has(start) || /[\w:/.-]/.test(text[start - 1] ?? ' ') || /^(?:[\w:/-]|\.\w)/.test(text.slice(start + name.length, start + name.length + 2)))
      continue;
    if (isSaidToBePermission(text, start, name) || isDenied(text, start)) continue;
    count++;
    yield scope(found, at + start);
  }
}

const isSaidToBePermission = (text: string, start: number, name: string): boolean =>
  /^["'`*)\]]{0,3}\s+permissions?\b/i.test(text.slice(start + name.length, start + name.length + 40)) ||
  /\bpermissions?\b["'`*:]{0,3}\s*["'`*([]{0,3}$/i.test(text.slice(Math.max(0, start - 30), start));

interface Named {
  readonly name: string;
  readonly start: number;
}

/** “the a:b and c:d scopes” */
function namesBefore(text: string, at: number): Named[] {
  const from = Math.max(0, at - NEAR);
  const found: Named[] = [];
  let before = text.slice(from, at);
  for (let pattern = LAST_BEFORE; found.length < MOST_LISTED; pattern = PREVIOUS_BEFORE) {
    const match = pattern.exec(before);
    if (!match?.[1]) break;
    found.push({ name: match[1], start: from + match.index });
    before = before.slice(0, match.index).replace(/["'`*“‘([<{]{1,3}$/, '');
  }
  return found;
}

/** At the end of the row that heads a table: what comes next is in its first column, not in this one. */
function isLaterColumn(text: string, at: number, after: string): boolean {
  const line = text.slice(Math.max(0, text.lastIndexOf('\n', at - 1) + 1, at - NEAR), at);
  return /[^\s|][^|]*\|/.test(line) && /^[^\n|]{0,40}\|?[ \t]*\r?\n[ \t]*\|?[ \t]*:?-{2,}/.test(after);
}

/** “scopes: a:b, c:d”, “scope=a:b%20c:d”, a row of a table. */
function namesAfter(text: string, at: number, operations: Operations): Named[] {
  const after = text.slice(at, at + NEAR);
  const found: Named[] = [];
  if (isLaterColumn(text, at, after)) return found;
  let offset = 0;
  let pattern = FIRST_AFTER;
  for (let i = 0; i < MOST_LISTED; i++) {
    const match = pattern.exec(after.slice(offset));
    const name = match?.[1];
    if (!match || name === undefined) break;
    offset += match[0].length;
    if (name.includes(':')) found.push({ name, start: at + offset - name.length });
    else if (!operations.scopes.has(name)) break;
    pattern = NEXT_AFTER;
  }
  return found.filter(({ name }) => findPlaceholders(name).length === 0);
}
