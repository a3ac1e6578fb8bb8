import type { Problem, ProblemCode } from './problem.js';

/** What VS Code's own JSON service tells of a `*.call.json` with our schema (schemas/call-request.schema.json). */
export const SCHEMA_SAYS: ReadonlySet<ProblemCode> = new Set<ProblemCode>([
  'not-json',
  'not-an-object',
  'duplicate-field',
  'unknown-field',
  'foreign-field',
  'answer-only-field',
  'wrong-type',
  'missing-field',
  'no-destination',
  'several-destinations',
  'needs-another-field',
]);

/**
 * Whether that service tells a problem of such a document: whoever shows problems there leaves it out, so that nothing is underlined
 * twice. Of a request with a URL that is so too, unless its body is a string: the service does not look into one.
 */
export function schemaSays({ code, call }: Problem): boolean {
  if (!call || !SCHEMA_SAYS.has(code)) return false;
  const { form, body } = call.region;
  return form === 'payload' || (form === 'json' && body !== undefined && body.encode('"', 0) === '"');
}
