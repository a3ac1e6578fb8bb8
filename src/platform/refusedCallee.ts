import type { CreateCallRequest } from './callRequest.js';
import { refusedAddress } from './dialable.js';
import { isGuid } from './guid.js';
import { isRecord } from './json.js';

/** Fields, in small letters, whose value is rung. What is shown to the other side is not. */
const RUNG: ReadonlySet<string> = new Set(['phonenumber', 'address', 'calluserid', 'callqueueid', 'userid', 'queueid', 'callbacknumbers']);

/**
 * Why a request is not sent: a number that it would ring is refused (DESIGN §7). A request may be of a file: what stands in a field that
 * is rung is judged whatever its type, and an id that is none as a number.
 */
export function refusedCallee(body: CreateCallRequest, refused: readonly string[] = []): string | undefined {
  for (const value of rungBy(body)) {
    const problem = isGuid(value) ? undefined : refusedAddress(value, refused);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function rungBy(body: Readonly<Record<string, unknown>>): readonly string[] {
  return Object.entries(body).flatMap(([name, value]) => {
    const key = name.toLowerCase();
    if (RUNG.has(key)) return scalars(value);
    return key === 'participants' ? all(value).flatMap((party) => (isRecord(party) ? rungBy(party) : [])) : [];
  });
}

const all = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value.flat(Number.POSITIVE_INFINITY) : [value]);

const scalars = (value: unknown): readonly string[] => all(value).flatMap((v) => (typeof v === 'string' || typeof v === 'number' ? [String(v)] : []));
