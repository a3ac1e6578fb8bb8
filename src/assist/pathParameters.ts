import type { IdKind } from '../platform/bodies/bodyModel.js';
import type { Operation } from '../platform/operations.js';

/** A parameter of a path, and the value that stands for it. Offsets are those of the path as it is written. */
export interface PathParameter {
  readonly name: string;
  readonly start: number;
  readonly end: number;
  /** What the id is of, where that is known. */
  readonly kind?: IdKind;
}

/** Parameters that mean the same in every path, and those that do behind one segment. */
const KINDS: Readonly<Record<string, IdKind>> = {
  userId: 'user',
  conversationId: 'conversation',
  participantId: 'participant',
  queueId: 'queue',
};
const BEHIND: Readonly<Record<string, IdKind>> = {
  skills: 'skill',
  languages: 'language',
  wrapupcodes: 'wrap-up-code',
  scripts: 'script',
};

/** The parameters of a concrete path of an operation. */
export function pathParameters(path: string, operation: Operation): PathParameter[] {
  const template = operation.path.split('/');
  const found: PathParameter[] = [];
  let start = 0;
  for (const [i, segment] of path.split('/').entries()) {
    const end = start + segment.length;
    const name = /^\{(\w+)\}$/.exec(template[i] ?? '')?.[1];
    if (name !== undefined) {
      const kind = kindOf(template, i, name);
      found.push({ name, start, end, ...(kind === undefined ? {} : { kind }) });
    }
    start = end + 1;
  }
  return found;
}

/** What the parameter at the end of a template names. */
export function kindOf(template: readonly string[], index: number, name: string): IdKind | undefined {
  const before = template[index - 1] ?? '';
  if (name === 'contactId') return before === 'contacts' && template[index - 2] === 'externalcontacts' ? 'external-contact' : undefined;
  return KINDS[name] ?? (template[index - 2] === 'routing' || before === 'scripts' ? BEHIND[before] : undefined);
}
