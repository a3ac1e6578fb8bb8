import { REDACTED } from '../../exchange/exchange.js';
import { findPlaceholders, findPlaceholdersInUrl, type Placeholder, placeholdersInValue } from '../../exchange/placeholders.js';
import { pointerTo } from '../../platform/callPayload.js';
import type { Case } from '../case.js';
import type { Finding, Place } from '../model.js';
import { clip, facts, inHeaders, inRequest, inUrl, type Requirement, request } from './requirement.js';

/** How many values are looked at: enough for any call, bounded for any input. */
const MOST_VALUES = 2000;
const MOST_FOUND = 25;
/** How much of one value is looked at, in characters. */
const MOST_READ = 20_000;

/** unresolved-placeholder: values that somebody or some template should have filled in, and nothing did. */
export const placeholders: Requirement = (c) => {
  if (!c.request) return [];
  return [...inBody(c), ...ofUrl(c), ...inHeader(c)].slice(0, MOST_FOUND);
};

function inBody(c: Case): Finding[] {
  const found: Finding[] = [];
  let left = MOST_VALUES;
  const visit = (value: unknown, at: Path | undefined): void => {
    if (--left < 0) return;
    if (typeof value === 'string') {
      for (const p of placeholdersInValue(value.slice(0, MOST_READ))) {
        const pointer = pointerOf(at);
        found.push(leftIn(p, `the value at ${pointer || 'the top'}`, inRequest(pointer, p.text)));
      }
    } else if (typeof value === 'object' && value !== null) {
      for (const key of Object.keys(value)) visit((value as Record<string, unknown>)[key], { key, within: at });
    }
  };
  if (c.body.kind === 'json') visit(c.body.value, undefined);
  // `"priority": {{priority}}` is no JSON until it is filled in.
  if (c.body.kind === 'not-json')
    for (const p of findPlaceholders((c.request?.body ?? '').slice(0, MOST_READ))) found.push(leftIn(p, 'the body', inRequest('', p.text)));
  return found;
}

/** Where a value is: written out only where there is something to say about it. */
interface Path {
  readonly key: string;
  readonly within: Path | undefined;
}

const pointerOf = (at: Path | undefined): string => (at === undefined ? '' : pointerOf(at.within) + pointerTo(at.key));

function ofUrl(c: Case): Finding[] {
  return findPlaceholdersInUrl(c.request?.url ?? '').map((p) => leftIn(p, 'the URL', inUrl(p.text)));
}

/** In a header a placeholder mostly stands for a token that was taken out before sharing: possible, not proved. */
function inHeader(c: Case): Finding[] {
  return (c.request?.headers ?? []).flatMap(([name, value]) => {
    const secret = /^authorization$/i.test(name);
    const bare = value.replace(/^\s*(?:bearer|basic)\s+/i, '');
    if (bare.trim() === REDACTED) return [];
    return placeholdersInValue(bare).map((p): Finding => {
      const finding = leftIn(p, `the header ${clip(name, 60)}`, inHeaders(p.text));
      if (!secret) return finding;
      return {
        ...finding,
        verdict: c.status === 401 ? 'likely' : 'possible',
        because: [
          ...finding.because,
          ...(c.denied && c.status !== 401
            ? [
                facts(
                  'The platform answers 401 to a token that is none. Another status means that a real token was sent and taken out before sharing, or that something else answered.',
                ),
              ]
            : []),
        ],
        fix: ['Put the access token there, unless it was taken out only for sharing.'],
      };
    });
  });
}

/** What a template or a person should have filled in; a variable of a shell may have been, by the shell that ran the command. */
const leftIn = ({ text, kind }: Placeholder, where: string, place: Place): Finding => {
  const variable = kind === 'shell' || kind === 'percent';
  return {
    cause: 'unresolved-placeholder',
    verdict: variable ? 'possible' : 'confirmed',
    title: variable ? `${text} has to be filled in by the shell` : `${text} was never filled in`,
    because: [
      request(`${text} stands in ${where}.`),
      ...(variable ? [facts('A shell fills in a variable that is set, outside of single quotes only; a file or another program does not.')] : []),
    ],
    fix: ['Put the value there that it stands for.'],
    place,
  };
};
