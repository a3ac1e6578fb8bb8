import { createScanner } from 'jsonc-parser';
import type { SourceRange } from '../exchange/mappedText.js';
import type { TextKind } from '../exchange/regions.js';

/** jsonc-parser's SyntaxKind (an ambient const enum, which isolated modules cannot import). */
const [LINE_COMMENT, BLOCK_COMMENT, END] = [12, 13, 17];

/** The parts of a text in which people write to people: all of it, or the comments of JSON. In programs none: they are left alone. */
export function proseOf(text: string, kind: TextKind): readonly SourceRange[] {
  if (kind === 'program') return [];
  if (kind !== 'json') return [{ start: 0, end: text.length }];
  if (!/\/[/*]/.test(text.replaceAll('://', ''))) return [];
  const found: SourceRange[] = [];
  const scanner = createScanner(text, false);
  for (let token = scanner.scan() as number; token !== END; token = scanner.scan()) {
    const start = scanner.getTokenOffset();
    if (token === LINE_COMMENT || token === BLOCK_COMMENT) found.push({ start, end: start + scanner.getTokenLength() });
  }
  return found;
}

/** Whether a text is about the platform, though no call stands in it. */
export const isAboutPlatform = (text: string): boolean => /genesys|purecloud|pure\.cloud/i.test(text);

/** How much of what stands beside a word is looked at. */
const NEAR = 160;

/** The sentence, or the line of a script, that stands before a place, as far as it matters. */
export function sentenceBefore(text: string, at: number): string {
  const near = text.slice(Math.max(0, at - NEAR), at);
  const start = Math.max(...['. ', '! ', '? ', '\n\n', '; '].map((mark) => near.lastIndexOf(mark)));
  return start === -1 ? near : near.slice(start + 1);
}

const DENIED_BEFORE =
  /\b(?:no|not|never|isn.t|aren.t|doesn.t|don.t|no such|nonexistent|invented|invents?|instead of|wrong|unlike|avoid|without)\b[^.!?]{0,60}$/i;
const DENIED_AFTER =
  /^[^\n]{0,100}?(?:\*\*false|\b(?:(?:do|does|did)(?: not|n.t) exist|never existed|is false|no such|invented|not an? (?:real |valid )?(?:scope|grant|endpoint|operation|path)|not in the api|unsupported))\b/i;

/** Whether what is named at a place is said not to be: “there is no jwt-bearer grant”, “jwt-bearer does not exist”. */
export const isDenied = (text: string, at: number): boolean =>
  DENIED_BEFORE.test(sentenceBefore(text, at)) || DENIED_AFTER.test(text.slice(at, at + NEAR).split(/[.!?] |\n\n/, 1)[0] ?? '');

/** Whether the sentence is about another service, whose names are its own. */
export const isAboutAnother = (text: string, at: number): boolean =>
  /\b(?:github|gitlab|slack|google|gmail|microsoft|azure|entra|graph|okta|auth0|salesforce|zendesk|zoom|twilio|aws|cognito|hubspot|discord|spotify|jira|atlassian|keycloak)\b/i.test(
    `${sentenceBefore(text, at)}${text.slice(at, at + NEAR).split(/\n\n|[.!?] /, 1)[0]}`,
  );
