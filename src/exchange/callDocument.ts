import { applyEdits, format } from 'jsonc-parser';
import { findRegions } from './regions.js';

/** A request as a `*.call.json` says it: no host and no headers, since both are those of whoever is signed in. */
export interface DocumentRequest {
  readonly method: string;
  /** A path with its query. */
  readonly url: string;
  /** JSON, also with comments and trailing commas. */
  readonly body?: string;
}

/**
 * The text of a `*.call.json`: the body alone where that says all, else `{ "method", "url", "body" }`. The body stays as it is written
 * (numbers, duplicate names, comments); what has no layout gets one, and of a layout the indentation that all of it has is taken off.
 */
export function callDocument(request: DocumentRequest): string {
  const { method, url, body } = request;
  const laidOut = body === undefined ? undefined : layOut(body.trim());
  if (laidOut !== undefined && isPayload(request, laidOut)) return `${laidOut}\n`;
  const members = [`"method": ${JSON.stringify(method)}`, `"url": ${JSON.stringify(url)}`];
  if (laidOut !== undefined) members.push(`"body": ${member(laidOut)}`);
  return `{\n  ${members.join(',\n  ')}\n}\n`;
}

const PLACE_A_CALL = '/api/v2/conversations/calls';

/** A body is one alone only where it is read as one: it may itself look like a request. */
function isPayload({ method, url }: DocumentRequest, body: string): boolean {
  if (method !== 'POST' || url !== PLACE_A_CALL || !body.startsWith('{')) return false;
  const { regions } = findRegions(body, { languageId: 'json', fileName: 'x.call.json' });
  return regions.length === 1 && regions[0]?.form === 'payload';
}

/** A string or null as a member would be read as something else: their JSON is written as a string, which is the body as it is. */
const member = (body: string): string => (/^["n]/.test(body) ? JSON.stringify(body) : body.replaceAll('\n', '\n  '));

function layOut(body: string): string {
  const inside = body.split('\n').slice(1, -1);
  const isFlat = inside.some((line) => /[{[]\s*$/.test(line)) && new Set(inside.map((line) => /^\s*/.exec(line)?.[0])).size === 1;
  // One line, or what pasting into a forum leaves of several.
  if (isFlat || !body.includes('\n')) return applyEdits(body, format(body, undefined, { tabSize: 2, insertSpaces: true, eol: '\n' }));
  const own = /\n([ \t]+)[}\]]$/.exec(body)?.[1];
  return own === undefined ? body : body.replaceAll(`\n${own}`, '\n');
}
