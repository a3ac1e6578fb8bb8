import type { NamedPermissions } from '../../platform/errorBody.js';
import type { PermissionRule } from '../../platform/operations.js';
import { type Case, placesCall } from '../case.js';
import type { Evidence, Finding } from '../model.js';
import { type Grant, grantsOf, type Known, type OrgFacts, type Person } from '../orgFacts.js';
import { SOURCES } from '../sources.js';
import { atCode, facts, holds, inResponse, inUrl, org, permissionList, type Requirement, said, unchecked } from './requirement.js';

/**
 * missing-permission, missing-division, feature-not-enabled and stale-grant: one question, what the caller may do, answered
 * from the answer's own text and, where an org can be asked, from the caller's grants. Held is provable from any list,
 * missing only from a complete one, and the text alone is evidence, not proof: it is known to name wrong permissions (FACTS §3.4).
 */
export const permission: Requirement = (c) => {
  const need = needOf(c);
  if (!need || c.tokenRequest) return [];
  if (c.accepted) return [holds('missing-permission', 'The caller holds the permission', said(c))];
  const grants = c.facts?.grants;
  if (c.facts && grants?.kind === 'known') return judged(c, need, grants.value, grants.from, c.facts);
  const why =
    grants?.kind === 'unchecked'
      ? org(`${grants.from}: ${grants.why}`)
      : facts('No org was asked. With --org, or signed in, the grants of the caller decide it.');
  return need.refused ? fromText(c, need, why) : fromStatus(c, need, why);
};

/** What is needed, where, and whether the answer itself says that it is missing. */
interface Need {
  readonly rule: 'any' | 'all';
  readonly names: readonly string[];
  readonly divisions: readonly string[];
  readonly refused: boolean;
  readonly divisionRefused: boolean;
  readonly declared: readonly Evidence[];
}

function needOf(c: Case): Need | undefined {
  const named: NamedPermissions | undefined = c.error?.named;
  const divisionRefused = c.code === 'missing.division.permission' || (named?.divisions.length ?? 0) > 0;
  const refused = divisionRefused || c.code === 'missing.permissions' || c.code === 'missing.any.permissions' || (c.status === 403 && named !== undefined);
  const rule: PermissionRule | undefined = c.operation?.rule;
  const declaredNames = c.operation?.permissions ?? [];
  const names = named && named.names.length > 0 ? named.names : declaredNames;
  if (names.length === 0 && !refused) return undefined;
  return {
    rule: named && named.names.length > 0 ? named.rule : rule === 'all' ? 'all' : 'any',
    names,
    divisions: named?.divisions ?? [],
    refused,
    divisionRefused,
    declared: c.operation && rule !== undefined ? declaration(c, named) : [],
  };
}

function declaration(c: Case, named: NamedPermissions | undefined): Evidence[] {
  const { method, path, rule, permissions, asOf } = c.operation as NonNullable<Case['operation']>;
  if (rule === 'unknown') return [facts(`What ${method} ${path} requires is not published in our facts (${asOf}).`)];
  if (rule === 'none') return [facts(`${method} ${path} declares no permission; a service may still refuse (SDK 259.0.0, ${asOf}).`)];
  const evidence = [facts(`${method} ${path} declares ${permissionList(rule, permissions)} (SDK 259.0.0, ${asOf}).`)];
  const odd = named?.names.filter((n) => !permissions.includes(n)) ?? [];
  if (odd.length > 0)
    evidence.push(
      facts(`The answer names ${odd.join(', ')}, which the operation does not declare. Answers are known to name wrong permissions (${SOURCES.engineers}).`),
    );
  if (path === '/api/v2/conversations/calls' && method === 'POST') evidence.push(facts(`That a call to one party is refused without it is not verified.`));
  return evidence;
}

const needs = (need: Need): string => (need.names.length === 0 ? 'a permission that the answer does not name' : permissionList(need.rule, need.names));
const roleFix = (need: Need, who: string): string =>
  need.names.length === 0
    ? `Have an administrator compare the roles of ${who} with what the operation requires.`
    : `Have an administrator give ${who} a role with ${need.rule === 'all' || need.names.length === 1 ? permissionList(need.rule, need.names) : `one of ${need.names.join(', ')}`}.`;
const place = (c: Case, need: Need) =>
  need.refused
    ? need.names[0] !== undefined && c.error?.message?.includes(need.names[0]) && c.answer?.kind === 'platform'
      ? inResponse('/message', need.names[0])
      : atCode(c)
    : inUrl(c.operation?.path);

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
        `Have an administrator grant ${who} the role in ${need.divisions.length > 0 ? `division ${need.divisions.join(', ')}` : 'the division of the object'}. A client has its divisions beside each role in its settings.`,
        'GET /api/v2/authorization/divisionspermitted/paged/me?permission=… lists where the caller holds it.',
      ],
      place: need.divisions[0] !== undefined && c.error?.message?.includes(need.divisions[0]) ? inResponse('/message', need.divisions[0]) : place(c, need),
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
    place: place(c, need),
  });
  if (need.names.length > 0)
    found.push({
      cause: 'feature-not-enabled',
      verdict: 'possible',
      title: `The org may not have ${needs(need)} at all`,
      because: [facts(`A permission of a product, licence or beta that the org lacks is refused whatever the roles are (${SOURCES.engineers}).`), why],
      fix: ['Look for it in GET /api/v2/authorization/permissions; if it is not there, no role can grant it.'],
      place: place(c, need),
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
        place: place(c, need),
      },
    ];
  }
  if (c.status === 403) return [];
  return [unchecked('missing-permission', `Whether the caller holds ${needs(need)}`, why)];
}

/** The caller's complete grants decide. */
function judged(c: Case, need: Need, grants: readonly Grant[], from: string, f: OrgFacts): Finding[] {
  const who = f.caller.kind === 'known' ? (f.caller.value.kind === 'client' ? `the client ${f.caller.value.name}` : f.caller.value.name) : 'the caller';
  const name = nameOf(f);
  const held = new Map(need.names.map((name) => [name, grantsOf(grants, name)]));
  const missing = need.names.filter((name) => held.get(name)?.length === 0);
  const satisfied = need.rule === 'all' ? missing.length === 0 : missing.length < need.names.length;
  const roles = [...new Set(grants.map((g) => `${g.role} in ${g.divisionName}`))];
  const list = org(
    roles.length > 0
      ? `Has ${roles.length === 1 ? 'one role' : `${roles.length} roles`}: ${roles.slice(0, 8).join(', ')}${roles.length > 8 ? ', …' : ''} (${from}).`
      : `Has no role at all (${from}).`,
  );
  if (!satisfied) {
    const absent = catalogued(f, missing);
    if (absent.length > 0 && (need.rule === 'all' || absent.length === need.names.length)) {
      return [
        {
          cause: 'feature-not-enabled',
          verdict: 'confirmed',
          title: `This org does not have ${absent.join(', ')}`,
          because: [org(`It is not in the org's catalogue of permissions (${f.catalogue.from}).`), ...said(c), ...need.declared],
          fix: ['No role can grant it here. Ask Genesys, or whoever manages the subscription, which product, licence or beta brings it.'],
          place: place(c, need),
        },
      ];
    }
    return [
      {
        cause: 'missing-permission',
        verdict: c.operation?.path === '/api/v2/conversations/calls' && !need.refused ? 'likely' : 'confirmed',
        title: `${name} lacks ${permissionList(need.rule, need.rule === 'all' ? missing : need.names)}`,
        because: [...(need.refused ? said(c) : []), list, org(`None of them grants ${missing.join(' or ')}.`), ...need.declared],
        fix: [roleFix(need, who)],
        place: place(c, need),
      },
    ];
  }
  const granting = [...new Set([...held.values()].flat())];
  const where = org(
    `Holds ${[...held]
      .filter(([, g]) => g.length > 0)
      .map(([n, g]) => `${n} in ${placesOf(g)}`)
      .join('; ')} (${from}).`,
  );
  const proof = holds('missing-permission', `${name} holds ${needs(need)}`, [where]);
  return [proof, ...divisions(c, need, granting, where, f, who)];
}

/** For titles: the caller's name, or what it is. */
const nameOf = (f: OrgFacts): string => (f.caller.kind === 'known' && f.caller.value.name !== '' ? f.caller.value.name : 'The caller');

/** Held, but where? The object's division is the one the answer names, or that of the agent or queue in the request. */
function divisions(c: Case, need: Need, granting: readonly Grant[], where: Evidence, f: OrgFacts, who: string): Finding[] {
  const name = nameOf(f);
  const everywhere = granting.some((g) => g.divisionId === '*');
  const aware =
    f.catalogue.kind !== 'known' ||
    need.names.some((n) => f.catalogue.kind === 'known' && f.catalogue.value.find((p) => p.permission === n)?.divisionAware !== false);
  const objects = objectsOf(c, need, f);
  const outside = everywhere || !aware ? [] : objects.filter((o) => !granting.some((g) => g.divisionId === o.divisionId));
  if (outside.length > 0) {
    const first = outside[0] as DivisionObject;
    return [
      {
        cause: 'missing-division',
        verdict: need.divisionRefused || (c.status === 403 && need.refused) ? 'confirmed' : 'likely',
        title:
          placesCall(c) && first.kind === 'agent'
            ? `${name} may not call for agents in ${first.divisionName}`
            : `${name} does not hold ${needs(need)} in ${first.divisionName}`,
        because: [where, ...outside.map((o) => org(o.fact)), ...said(c), ...need.declared],
        fix: [
          `Grant ${who} ${roleNames(granting)} in ${outside.map((o) => o.divisionName).join(' and ')} as well.`,
          ...(placesCall(c) ? ["Or call as the agent, with the agent's own sign-in."] : []),
        ],
        place:
          need.divisions.length > 0 && need.divisions[0] && c.error?.message?.includes(need.divisions[0])
            ? inResponse('/message', need.divisions[0])
            : place(c, need),
      },
    ];
  }
  if (need.refused) {
    if (objects.length === 0 && !everywhere && aware)
      return [
        {
          cause: 'missing-division',
          verdict: 'likely',
          title: `${name} holds ${needs(need)}, but perhaps not in the division of the object`,
          because: [where, ...said(c), org('The division of the object could not be told.')],
          fix: [`Grant ${who} the role in the division of the object.`],
          place: place(c, need),
        },
      ];
    return [
      holds('missing-division', 'The grant covers the division', [where]),
      {
        cause: 'stale-grant',
        verdict: 'likely',
        title: 'The platform refuses what the caller holds',
        because: [where, ...said(c), facts(`A change of permissions takes up to about five minutes to apply (${SOURCES.delay}).`)],
        fix: ['If the role was given just now, try again in five minutes, with a new token.', 'Otherwise quote the contextId to Genesys support.'],
        place: place(c, need),
      },
    ];
  }
  return objects.length > 0 || everywhere ? [holds('missing-division', 'The grant covers the division', [where])] : [];
}

interface DivisionObject {
  readonly kind: 'agent' | 'queue' | 'named';
  readonly divisionId: string;
  readonly divisionName: string;
  readonly fact: string;
}

function objectsOf(c: Case, need: Need, f: OrgFacts): DivisionObject[] {
  const names = new Map<string, string>();
  const add = (kind: 'agent' | 'queue', fact: Known<Person | undefined> | undefined): DivisionObject[] => {
    if (fact?.kind !== 'known' || !fact.value) return [];
    const { name, divisionId, divisionName } = fact.value;
    names.set(divisionId, divisionName);
    return [{ kind, divisionId, divisionName, fact: `${kind === 'queue' ? 'Queue ' : ''}${name} is in division ${divisionName} (${fact.from}).` }];
  };
  const onBehalf = c.params['userId'] !== undefined;
  const known = [...(onBehalf ? add('agent', f.agent) : []), ...add('queue', f.queue)];
  const said = need.divisions.filter((id) => !known.some((k) => k.divisionId === id));
  const named = said.map((divisionId): DivisionObject => {
    const name = divisionNames(f).get(divisionId) ?? `division ${divisionId}`;
    return { kind: 'named', divisionId, divisionName: name, fact: `The answer names ${name}.` };
  });
  return need.divisions.length > 0 ? [...known.filter((k) => need.divisions.includes(k.divisionId)), ...named] : known;
}

function divisionNames(f: OrgFacts): Map<string, string> {
  return new Map(f.grants.kind === 'known' ? f.grants.value.map((g) => [g.divisionId, g.divisionName]) : []);
}

const catalogued = (f: OrgFacts, names: readonly string[]): string[] => {
  if (f.catalogue.kind !== 'known') return [];
  const known = new Set(f.catalogue.value.map((p) => p.permission));
  return names.filter((n) => !known.has(n));
};
const placesOf = (grants: readonly Grant[]): string => {
  const divisions = [...new Set(grants.map((g) => (g.divisionId === '*' ? 'all divisions' : g.divisionName)))];
  const roles = [...new Set(grants.map((g) => g.role))];
  return `${divisions.join(', ')}${divisions.length === 1 && divisions[0] !== 'all divisions' ? ' only' : ''} (role ${roles.join(', ')})`;
};
const roleNames = (grants: readonly Grant[]): string => `role ${[...new Set(grants.map((g) => g.role))].join(' or ')}`;
