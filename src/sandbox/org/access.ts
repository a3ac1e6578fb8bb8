import type { Operation } from '../../platform/operations.js';
import { permissionMatcher } from './catalogue.js';
import { anOperationPattern } from './faults.js';
import { operationMatcher } from './patterns.js';
import { aGuid, aList, anObject, aSet, aString, described, type ShapeProblem } from './shape.js';

/** A rule that overrides what roles grant (FACTS §3.3, item 4): an attribute policy that denies, or an IP allow-list. */
const anAccessRule = anObject(
  { name: aString, subjects: described('Names or ids of users and clients: whom the rule is about.', aSet(aString)) },
  {
    operations: described('What it denies, as `METHOD /template`; every operation where neither this nor `permissions` is there.', aSet(anOperationPattern)),
    permissions: described('It denies what requires one of these permissions, `*` for any part.', aSet(aString)),
    addresses: described('IP addresses from which it does not deny.', aSet(aString)),
  },
);
export const accessRules = described('Rules that deny although the roles grant: attribute policies, IP allow-lists.', aList(anAccessRule));

/** An organization that this org trusts, and who of the users and clients comes from there (FACTS §3.2, missing.trustor.permissions). */
const aTrustee = anObject({ id: aGuid, name: aString, subjects: described('Names or ids of users and clients of this file.', aSet(aString)) }, {});
export const trustees = described('Organizations that this org trusts, and who comes from there.', aList(aTrustee));

/** Users and clients whom this region does not know (FACTS §5). */
export const elsewhere = described('Users and clients, by name or id, that live in another region: nobody knows them here.', aSet(aString));

type AccessRuleEntry = NonNullable<ReturnType<typeof anAccessRule>>;
type TrusteeEntry = NonNullable<ReturnType<typeof aTrustee>>;

export interface AccessRule {
  readonly name: string;
  readonly subjects: ReadonlySet<string>;
  /** Whether it denies a request to an operation that comes from an address. */
  readonly denies: (operation: Operation, address: string) => boolean;
}

/** What decides beside the roles. Subjects are ids of users and clients. */
export interface Access {
  readonly rules: readonly AccessRule[];
  /** The organization that a subject belongs to, where that is not this one. */
  readonly homes: ReadonlyMap<string, { readonly id: string; readonly name: string }>;
  /** Subjects of another region, which nobody knows here (FACTS §5). */
  readonly elsewhere: ReadonlySet<string>;
}

interface AccessSections {
  readonly accessRules?: readonly AccessRuleEntry[];
  readonly trustees?: readonly TrusteeEntry[];
  readonly elsewhere?: readonly string[];
}

/** @param subjectId the id of the user or client that has this id or name */
export function linkAccess(file: AccessSections, subjectId: (idOrName: string) => string | undefined, problems: ShapeProblem[]): Access {
  const ids = (names: readonly string[], pointer: string): readonly string[] =>
    names.flatMap((name, i) => {
      const id = subjectId(name);
      if (id === undefined) problems.push({ pointer: `${pointer}/${i}`, why: `no user or client "${name}"` });
      return id ?? [];
    });
  const homes = new Map<string, { readonly id: string; readonly name: string }>();
  (file.trustees ?? []).forEach(({ id, name, subjects }, i) => {
    for (const subject of ids(subjects, `/trustees/${i}/subjects`)) homes.set(subject, { id, name });
  });
  return {
    rules: (file.accessRules ?? []).map((rule, i) => ({
      name: rule.name,
      subjects: new Set(ids(rule.subjects, `/accessRules/${i}/subjects`)),
      denies: denying(rule),
    })),
    homes,
    elsewhere: new Set(ids(file.elsewhere ?? [], '/elsewhere')),
  };
}

/** A permission that is denied counts as if it were not granted, so an operation that takes any of several wants all of them denied. */
function denying(rule: AccessRuleEntry): AccessRule['denies'] {
  const isNamed = operationMatcher(rule.operations ?? []);
  const isDenied = permissionMatcher(rule.permissions ?? []);
  const isEverything = rule.operations === undefined && rule.permissions === undefined;
  return (operation, address) => {
    if (rule.addresses?.includes(address)) return false;
    if (isEverything || isNamed(`${operation.method} ${operation.path}`)) return true;
    if (operation.permissions.length === 0) return false;
    return operation.rule === 'any' ? operation.permissions.every(isDenied) : operation.permissions.some(isDenied);
  };
}
