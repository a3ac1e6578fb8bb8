import { PLACE_AS_SELF } from '../../platform/callRequest.js';
import type { Case } from '../case.js';
import type { Evidence, Finding } from '../model.js';
import { type Grant, grantsOf, type OrgFacts, onlyConditionally, type Permitted } from '../orgFacts.js';
import { SOURCES } from '../sources.js';
import { divisions } from './division.js';
import { grantable } from './granting.js';
import { atWords, type Need, needOf, needs, placeOf, roleFix, suffices } from './need.js';
import { atCode, facts, holds, org, permissionList, type Requirement, said, unchecked } from './requirement.js';

/**
 * missing-permission, missing-division, feature-not-enabled and stale-grant: one question, what the caller may do, answered
 * from the answer's own text and, where an org can be asked, from the caller's grants. Held is provable from any list,
 * missing only from a complete one, and the text alone is evidence, not proof: it is known to name wrong permissions (FACTS §3.4).
 */
export const permission: Requirement = (c) => {
  const need = needOf(c);
  // Rights in a trusting org are another question: org-trust.
  if (!need || c.tokenRequest || c.code === 'missing.trustor.permissions') return [];
  if (c.accepted) return [holds('missing-permission', 'The caller holds the permission', said(c))];
  const grants = c.facts?.grants;
  const rights = c.facts && rightsOf(c.facts);
  if (c.facts && rights) return judged(c, need, rights, c.facts);
  const why =
    grants?.kind === 'unchecked'
      ? org(`${grants.from}: ${grants.why}`)
      : facts('No org was asked. With --org, or signed in, the grants of the caller decide it.');
  return need.refused ? fromText(c, need, why) : fromStatus(c, need, why);
};

/** What the caller holds, from a list in which what is missing is not held. */
interface Rights {
  readonly grants: readonly Grant[];
  readonly from: string;
  /** True where each permission was asked for by itself, so that the roles behind it are not known. */
  readonly byName: boolean;
}

function rightsOf(f: OrgFacts): Rights | undefined {
  if (f.grants.kind === 'known') return { grants: f.grants.value, from: f.grants.from, byName: false };
  if (f.permitted?.kind === 'known') return { grants: f.permitted.value.flatMap(asGrants), from: f.permitted.from, byName: true };
  return undefined;
}

/** What the org permits, as if an unnamed role granted it. */
function asGrants({ permission, everywhere, divisions }: Permitted): Grant[] {
  const [domain = '', entity = '', action = ''] = permission.split(':');
  const policies = [{ domain, entity, actions: [action], conditional: false }];
  const places = everywhere ? [{ id: '*', name: 'all divisions' }] : divisions;
  return places.map(({ id, name }) => ({ role: '', roleId: '', divisionId: id, divisionName: name, policies }));
}

/** The answer names it, and nobody was asked. */
function fromText(c: Case, need: Need, why: Evidence): Finding[] {
  const who =
    c.grant?.kind === 'client-credentials'
      ? 'the OAuth client'
      : c.grant?.kind === 'user'
        ? 'the user'
        : 'the caller (the user, or the OAuth client under client credentials)';
  const found: Finding[] = [];
  if (need.divisionRefused) {
    found.push({
      cause: 'missing-division',
      verdict: 'likely',
      title: `The permission is not granted in the division of the object${need.names.length > 0 ? `: ${needs(need)}` : ''}`,
      because: [...said(c), ...need.declared, why],
      fix: [
        `Have an administrator grant ${who} ${need.names.length > 0 ? `a role with ${needs(need)}` : 'the role'} in ${need.divisions.length > 0 ? `division ${need.divisions.join(', ')}` : 'the division of the object'}. A client has its divisions beside each role in its settings.`,
        'GET /api/v2/authorization/divisionspermitted/paged/me?permission=… lists where the caller holds it.',
      ],
      place: atWords(c, need.divisions[0]) ?? placeOf(c, need),
    });
  }
  found.push({
    cause: 'missing-permission',
    verdict: need.divisionRefused ? 'possible' : 'likely',
    title: `The caller lacks ${needs(need)}`,
    because: [...said(c), ...need.declared, why],
    fix: [
      roleFix(need, who),
      ...(c.grant?.kind === 'client-credentials'
        ? ['For client credentials the role belongs on the OAuth client (Admin, Integrations, OAuth), not on any user.']
        : []),
    ],
    place: placeOf(c, need),
  });
  // Who is told of a division has the permission somewhere, so the org has it.
  if (need.names.length > 0 && !need.divisionRefused)
    found.push({
      cause: 'feature-not-enabled',
      verdict: 'possible',
      title: `The org may not have ${needs(need)} at all`,
      because: [facts(`A permission of a product, licence or beta that the org lacks is refused whatever the roles are (${SOURCES.engineers}).`), why],
      fix: ['Look for it in GET /api/v2/authorization/permissions; if it is not there, no role can grant it.'],
      place: placeOf(c, need),
    });
  return found;
}

/** Only the status, or nothing, speaks; nobody was asked. */
function fromStatus(c: Case, need: Need, why: Evidence): Finding[] {
  if (c.status === 403 && !c.code) {
    return [
      {
        cause: 'missing-permission',
        verdict: 'possible',
        title: `The caller may lack ${needs(need)}`,
        because: [...said(c), ...need.declared, why],
        fix: [roleFix(need, 'the caller')],
        place: atCode(c),
      },
    ];
  }
  if (c.status === 403) return [];
  return [unchecked('missing-permission', `Whether the caller holds ${needs(need)}`, why)];
}

/** The caller's complete grants decide. */
function judged(c: Case, need: Need, { grants, from, byName }: Rights, f: OrgFacts): Finding[] {
  if (need.names.length === 0) return fromText(c, need, org('The answer names no permission, so there is nothing to compare the grants of the caller with.'));
  const who = f.caller.kind === 'known' ? (f.caller.value.kind === 'client' ? `the client ${f.caller.value.name}` : f.caller.value.name) : 'the caller';
  const name = nameOf(f);
  const held = new Map(need.names.map((name) => [name, grantsOf(grants, name)]));
  const missing = need.names.filter((name) => held.get(name)?.length === 0);
  const satisfied = suffices(need, (n) => !missing.includes(n));
  const roles = [...new Set(grants.map((g) => `${g.role} in ${g.divisionName}`))];
  const list = org(
    byName
      ? `The org was asked for each of them (${from}).`
      : roles.length > 0
        ? `Has ${roles.length === 1 ? 'one role' : `${roles.length} roles`}: ${roles.slice(0, 8).join(', ')}${roles.length > 8 ? ', …' : ''} (${from}).`
        : `Has no role at all (${from}).`,
  );
  if (!satisfied) {
    const absent = uncatalogued(f, missing);
    if (!suffices(need, (n) => !absent.includes(n))) return [notInOrg(c, need, f, absent)];
    const { because, ...remedies } = grantable(c, f, need, missing, absent, who);
    return [
      {
        cause: 'missing-permission',
        verdict: need.refused ? 'confirmed' : gotFurther(c) ? 'possible' : c.operation?.path === PLACE_AS_SELF.path ? 'likely' : 'confirmed',
        title: `${name} lacks ${permissionList(need.rule, need.rule === 'all' ? missing : need.names)}`,
        because: [
          ...(need.refused ? said(c) : []),
          list,
          org(byName ? `It permits ${missing.join(' or ')} in no division.` : `None of them grants ${missing.join(' or ')}.`),
          ...because,
          ...need.declared,
        ],
        ...remedies,
        place: placeOf(c, need),
      },
    ];
  }
  // A role with a wildcard holds what the org cannot grant, too.
  const absent = uncatalogued(f, need.names);
  if (absent.length > 0 && !suffices(need, (n) => !absent.includes(n))) return [notInOrg(c, need, f, absent)];
  const granting = [...new Set([...held.values()].flat())];
  const where = org(
    `Holds ${[...held]
      .filter(([, g]) => g.length > 0)
      .map(([n, g]) => `${n} in ${placesOf(g)}`)
      .join('; ')} (${from}).`,
  );
  const conditional = !suffices(need, (n) => held.get(n)?.some((g) => !onlyConditionally(g, n)) === true);
  const proof = conditional
    ? unchecked('missing-permission', `Whether ${name} holds ${needs(need)} here: a condition of the role decides it`, where)
    : holds('missing-permission', `${name} holds ${needs(need)}`, [where]);
  return [proof, ...divisions(c, { need, held, granting, conditional, where, f, name, who })];
}

/** The platform answered with something that it mostly says only to who has the permission (FACTS §3.4: not.found proves it). */
const gotFurther = (c: Case): boolean => c.answeredByPlatform && c.denied && c.status !== 403;

const notInOrg = (c: Case, need: Need, f: OrgFacts, absent: readonly string[]): Finding => ({
  cause: 'feature-not-enabled',
  // An answer that names no permission may have another reason.
  verdict: need.refused || !c.response ? 'confirmed' : 'likely',
  title: `This org does not have ${absent.join(', ')}`,
  because: [org(`It is not in the org's catalogue of permissions (${f.catalogue.from}).`), ...said(c), ...need.declared],
  fix: ['No role can grant it here. Ask Genesys, or whoever manages the subscription, which product, licence or beta brings it.'],
  place: placeOf(c, need),
});

/** For titles: the caller's name, or what it is. */
export const nameOf = (f: OrgFacts): string => (f.caller.kind === 'known' && f.caller.value.name !== '' ? f.caller.value.name : 'The caller');

/** Those of `names` that the org's catalogue, where it is known, does not have. */
const uncatalogued = (f: OrgFacts, names: readonly string[]): string[] => {
  if (f.catalogue.kind !== 'known') return [];
  const known = new Set(f.catalogue.value.map((p) => p.permission.toLowerCase()));
  return names.filter((n) => !known.has(n.toLowerCase()));
};
const placesOf = (grants: readonly Grant[]): string => {
  const divisions = [...new Set(grants.map((g) => (g.divisionId === '*' ? 'all divisions' : g.divisionName)))];
  const roles = [...new Set(grants.map((g) => g.role))];
  const only = divisions.length === 1 && divisions[0] !== 'all divisions' ? ' only' : '';
  return `${divisions.join(', ')}${only}${roles.some(Boolean) ? ` (role ${roles.join(', ')})` : ''}`;
};
