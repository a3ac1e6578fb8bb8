/** Reading JSON that comes from outside, one doubt at a time. */

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The string that `value` is, or nothing. */
export const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** The objects in a list; an answer that claims more than `most` of them is cut there. */
export function records(value: unknown, most = 50): Record<string, unknown>[] {
  return Array.isArray(value) ? value.slice(0, most).filter(isRecord) : [];
}

/** `{ [key]: value }`, or nothing where there is no value: `exactOptionalPropertyTypes` wants absence, not undefined. */
export function optional<K extends string, V>(key: K, value: V | undefined): { [P in K]?: V } {
  return value === undefined ? {} : ({ [key]: value } as { [P in K]?: V });
}
