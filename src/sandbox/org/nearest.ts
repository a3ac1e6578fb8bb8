import { edits } from '../../platform/edits.js';

/** How many letters differ, at most, between a name and the one that was most likely meant. */
const tolerance = (name: string): number => Math.max(1, Math.min(4, Math.floor(name.length / 4)));

/** The candidate that `wanted` is most likely a misspelling of, letter case aside; undefined where none is near. */
export function nearest(wanted: string, candidates: Iterable<string>): string | undefined {
  const text = wanted.toLowerCase();
  let best: string | undefined;
  let least = tolerance(text) + 1;
  for (const candidate of candidates) {
    const distance = edits(text, candidate.toLowerCase(), least);
    if (distance < least) [best, least] = [candidate, distance];
  }
  return best;
}

/** What is said beside a name that leads nowhere. */
export const didYouMean = (name: string | undefined): string => (name === undefined ? '' : ` (did you mean "${name}"?)`);

/** What is said beside a name that leads nowhere, where one of the candidates is near. */
export const suggestion = (wanted: string, candidates: Iterable<string>): string => didYouMean(nearest(wanted, candidates));
