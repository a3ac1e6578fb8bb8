import { type CallField, FIELD_NAMES, FIELDS } from './callRequest.js';
import { edits } from './edits.js';
import { isGuid } from './guid.js';
import { isRecord } from './json.js';

/** One thing in a body that the request model does not allow. `pointer` is a JSON pointer into the body. */
export type PayloadProblem = { readonly pointer: string } & (
  | { readonly kind: 'not-an-object' }
  | { readonly kind: 'unknown-field'; readonly name: string; readonly nearest?: string }
  | { readonly kind: 'wrong-type'; readonly field: CallField }
  | { readonly kind: 'no-destination' }
  | { readonly kind: 'several-destinations'; readonly names: readonly string[] }
  | { readonly kind: 'without-queue'; readonly field: CallField }
  | { readonly kind: 'not-an-id'; readonly field: CallField; readonly value: string }
);

const DESTINATIONS = FIELDS.filter((f) => f.destination).map((f) => f.name);

/** How many problems are told: enough for any call, bounded for any input. */
const MOST_PROBLEMS = 50;

/** Compares the body of a call request with its model (FACTS §1.1). In the order of the body, then what is missing. */
export function checkCallPayload(body: unknown): PayloadProblem[] {
  if (!isRecord(body)) return [{ kind: 'not-an-object', pointer: '' }];
  const problems: PayloadProblem[] = [];
  for (const [name, value] of Object.entries(body)) {
    if (problems.length >= MOST_PROBLEMS) break;
    const pointer = pointerTo(name);
    const field = FIELD_NAMES.get(name);
    if (!field) {
      const nearest = nearestField(name);
      problems.push({ kind: 'unknown-field', pointer, name, ...(nearest ? { nearest } : {}) });
    } else if (value !== null && !fits(field, value)) problems.push({ kind: 'wrong-type', pointer, field });
    else {
      if (field.format === 'guid') problems.push(...notIds(field, value, pointer));
      if (field.onlyWith && given(value) && !given(body[field.onlyWith])) problems.push({ kind: 'without-queue', pointer, field });
    }
  }
  const destinations = DESTINATIONS.filter((name) => given(body[name]));
  if (destinations.length > 1) problems.push({ kind: 'several-destinations', pointer: pointerTo(destinations[1] as string), names: destinations });
  if (destinations.length === 0 && !given(body['conversationIds'])) problems.push({ kind: 'no-destination', pointer: '' });
  return problems;
}

export const pointerTo = (...segments: readonly (string | number)[]): string =>
  segments.map((s) => `/${String(s).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');

const given = (value: unknown): boolean => value !== undefined && value !== null && value !== '' && !(Array.isArray(value) && value.length === 0);

function fits(field: CallField, value: unknown): boolean {
  switch (field.type) {
    case 'string':
      return typeof value === 'string';
    case 'int32':
      return typeof value === 'number' && Number.isInteger(value) && Math.abs(value) < 2 ** 31;
    case 'string[]':
      return Array.isArray(value) && value.every((v) => typeof v === 'string');
    case 'map<string,string>':
      return isRecord(value) && Object.values(value).every((v) => typeof v === 'string');
    case 'Destination[]':
      return Array.isArray(value) && value.every(isRecord);
  }
}

/** Ids that are no GUIDs. Placeholders are another problem and told by whoever looks for them. */
function notIds(field: CallField, value: unknown, pointer: string): PayloadProblem[] {
  const one = (v: unknown, at: string): PayloadProblem[] =>
    typeof v === 'string' && v !== '' && !isGuid(v) ? [{ kind: 'not-an-id', pointer: at, field, value: v }] : [];
  return Array.isArray(value) ? value.flatMap((v, i) => one(v, pointer + pointerTo(i))) : one(value, pointer);
}

/** The real field whose name is at most two edits away. */
function nearestField(name: string): string | undefined {
  let best: string | undefined;
  let least = 3;
  for (const field of FIELD_NAMES.keys()) {
    const distance = edits(name.toLowerCase(), field.toLowerCase(), least);
    if (distance < least) {
      least = distance;
      best = field;
    }
  }
  return best;
}
