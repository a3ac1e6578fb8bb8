import { aList, anInteger, anObject, aPattern, aSet, aString, described, oneOf, type ShapeProblem } from './shape.js';

/** Each kind of fault, and the fields that it has beside those of every fault. */
const FIELDS = {
  delay: ['milliseconds', 'jitterMilliseconds', 'seed'],
  'reset-before': [],
  'reset-after': [],
  cut: ['bytes'],
  'slow-bytes': ['bytesPerSecond'],
  huge: ['bytes'],
  html: ['status'],
  status: ['status', 'code', 'message', 'body', 'work'],
  'rate-limit': ['retryAfterSeconds'],
  'wrong-type': ['contentType'],
  empty: [],
} as const;
type FaultKind = keyof typeof FIELDS;
const KINDS = Object.keys(FIELDS) as FaultKind[];

/** Names that these kinds had in earlier org files. */
const FORMER = { lost: 'reset-after', unavailable: 'status', slow: 'delay' } as const;
type FormerKind = keyof typeof FORMER;
const isFormer = (kind: string): kind is FormerKind => Object.hasOwn(FORMER, kind);

/** `METHOD /template`, of which the method may be `*` and the template may end in `*`. */
export const anOperationPattern = aPattern(
  '^(?:\\*|[A-Z]+) /[^\\s*]*\\*?$',
  'a method and a path template, as in GET /api/v2/users/{userId}; the method may be *, and the template may end in *',
);

export const aFault = anObject(
  {
    operations: described(
      'As `METHOD /template`. The method may be `*`, and the template may end in `*`. `POST /oauth/token` is one too.',
      aSet(anOperationPattern),
    ),
    kind: described(
      [
        '`delay`: the answer comes late. `reset-before`, `reset-after`: the connection is reset before the work is done, or after it.',
        '`cut`: the answer ends in the middle. `slow-bytes`: it trickles. `huge`: it is padded. `html`: a proxy answers.',
        '`status`: the platform fails. `rate-limit`: 429 with Retry-After. `wrong-type`: another content type. `empty`: no body.',
      ].join(' '),
      oneOf(...KINDS, ...(Object.keys(FORMER) as FormerKind[])),
    ),
  },
  {
    times: described('How many requests it happens to; all of them where it is absent.', anInteger(1, 1_000_000)),
    after: described('How many requests pass unharmed before.', anInteger(0, 1_000_000)),
    milliseconds: described('Of a delay; 15,000 where it is absent.', anInteger(0, 600_000)),
    jitterMilliseconds: described('Of a delay: up to this much more, drawn anew for each answer.', anInteger(0, 600_000)),
    seed: described('Of the draws: the same seed makes the same delays.', anInteger(0, 2_147_483_647)),
    bytes: described('Size of a huge answer (20,000,000), or where it is cut (in the middle).', anInteger(0, 200_000_000)),
    bytesPerSecond: described('Of slow bytes; 64 where it is absent.', anInteger(1, 100_000_000)),
    status: described('Of an error (503) or of a page of HTML (403).', anInteger(400, 599)),
    code: described('Of the body; the platform’s own for the status where it is absent.', aString),
    message: aString,
    body: described('The platform’s error body, or none.', oneOf('platform', 'empty')),
    work: described('Whether the work is done although the answer is an error.', oneOf('done', 'not-done')),
    retryAfterSeconds: described('60 where it is absent.', anInteger(0, 86_400)),
    contentType: described('`text/plain` where it is absent.', aString),
  },
);
export const faultList = aList(aFault);

type FaultEntry = NonNullable<ReturnType<typeof aFault>>;
/** What goes wrong on the way to some operations and back. */
export type OrgFault = Omit<FaultEntry, 'kind'> & { readonly kind: FaultKind };

const COMMON = ['operations', 'kind', 'times', 'after'];

/** Looks at the faults once more: their kinds get their present names, and a field that its kind does not have is a problem. */
export function linkFaults(entries: readonly FaultEntry[], pointer: string, problems: ShapeProblem[]): readonly OrgFault[] {
  return entries.map((entry, i) => {
    const kind = isFormer(entry.kind) ? FORMER[entry.kind] : entry.kind;
    const allowed: readonly string[] = [...COMMON, ...FIELDS[kind]];
    for (const field of Object.keys(entry))
      if (!allowed.includes(field)) problems.push({ pointer: `${pointer}/${i}/${field}`, why: `a fault of the kind "${kind}" does not have this field` });
    return { ...entry, kind };
  });
}
