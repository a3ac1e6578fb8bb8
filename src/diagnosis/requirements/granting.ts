import { type Case, placesCall } from '../case.js';
import type { Evidence, Remedy } from '../model.js';
import { allowsEverything, type OrgFacts, type RoleFact } from '../orgFacts.js';
import { type DivisionObject, objectsOf, remedyOf } from './division.js';
import { type Need, roleFix, suffices } from './need.js';
import { org } from './requirement.js';

/** How many roles are named before the rest is only counted. */
const SHOWN = 5;

/**
 * Which roles of the org would grant what is missing, and the smallest grant that suffices.
 * @param missing what the caller lacks @param absent what the org does not have, and no role can grant
 */
export function grantable(
  c: Case,
  f: OrgFacts,
  need: Need,
  missing: readonly string[],
  absent: readonly string[],
  who: string,
): { readonly because: readonly Evidence[]; readonly fix: readonly string[]; readonly remedy?: Remedy } {
  const wanted: Need = { ...need, names: (need.rule === 'all' ? missing : need.names).filter((n) => !absent.includes(n)) };
  const fix = [roleFix(wanted, who)];
  if (!f.roles) return { because: [], fix };
  if (f.roles.kind === 'unchecked') return { because: [org(`Which roles grant it could not be asked (${f.roles.from}: ${f.roles.why}).`)], fix };
  const { value, from } = f.roles;
  const roles = value.filter((r) => suffices(wanted, (n) => r.grants.includes(n))).sort((a, b) => a.size - b.size || a.name.localeCompare(b.name));
  const [smallest] = roles;
  if (!smallest) {
    const partly =
      value.length === 0
        ? ''
        : ` Parts of it: ${value
            .slice(0, SHOWN)
            .map((r) => `${r.name} grants ${r.grants.join(', ')}`)
            .join('; ')}.`;
    return { because: [org(`No role of this org grants ${wanted.names.length > 1 && need.rule === 'all' ? 'all of it' : 'it'} (${from}).${partly}`)], fix };
  }
  if (allowsEverything(smallest))
    return {
      because: [
        org(
          `Only ${roles.length === 1 ? `the role ${smallest.name} grants` : 'roles grant'} it that allow everything: ${roles
            .slice(0, SHOWN)
            .map((r) => r.name)
            .join(', ')} (${from}).`,
        ),
      ],
      fix,
    };
  const where = placeFor(c, need, f);
  const words = where ? ` in ${where.divisionName}` : ' in the division of what it is for';
  return {
    because: [org(`${counted(roles)} (${from}).`)],
    fix: [`Grant ${who} the role ${smallest.name}${words}.`, ...fix],
    ...remedyOf(f, { roleId: smallest.id, role: smallest.name }, where),
  };
}

function counted(roles: readonly RoleFact[]): string {
  const names = roles.slice(0, SHOWN).map((r) => r.name);
  if (roles.length === 1) return `One role of this org grants it: ${names[0]}`;
  return `${roles.length} roles of this org grant it: ${names.join(', ')}${roles.length > SHOWN ? ', …' : ''}; the smallest is ${names[0]}`;
}

/** Where the grant would have to be: in the division of the object or, for a call of one's own, of the caller. */
function placeFor(c: Case, need: Need, f: OrgFacts): Pick<DivisionObject, 'divisionId' | 'divisionName'> | undefined {
  const object = objectsOf(c, need, f)[0];
  if (object) return object;
  const own = placesCall(c) && f.agent?.kind === 'known' ? f.agent.value : undefined;
  return own && own.divisionId !== '' ? own : undefined;
}
