import { header } from '../../exchange/exchange.js';
import { type Case, placesCall } from '../case.js';
import type { Evidence, Finding, Remedy } from '../model.js';
import { type Grant, grantsOf, type Known, type OrgFacts, type Person } from '../orgFacts.js';
import { SOURCES } from '../sources.js';
import { atWords, type Need, needs, placeOf, roleFix, suffices } from './need.js';
import { facts, holds, org, permissionList, said, unchecked } from './requirement.js';

/** What the caller's grants say about a need that they meet somewhere. */
export interface Holding {
  readonly need: Need;
  readonly held: ReadonlyMap<string, readonly Grant[]>;
  readonly granting: readonly Grant[];
  readonly conditional: boolean;
  readonly where: Evidence;
  readonly f: OrgFacts;
  /** The caller, for titles and for sentences. */
  readonly name: string;
  readonly who: string;
}

/** Held, but where? The object's division is the one the answer names, or that of the agent or queue in the request. */
export function divisions(c: Case, h: Holding): Finding[] {
  const { need, where, f } = h;
  const covers = (divisionId: string): boolean =>
    suffices(need, (n) => h.held.get(n)?.some((g) => g.divisionId === '*' || same(g.divisionId, divisionId)) === true);
  const everywhere = covers('*');
  const unread = unreadObjects(c, f);
  const aware =
    f.catalogue.kind !== 'known' ||
    need.names.some((n) => f.catalogue.kind === 'known' && f.catalogue.value.find((p) => same(p.permission, n))?.divisionAware !== false);
  const objects = objectsOf(c, need, f);
  // "in at least one of the following division(s)": one is enough.
  const enough = need.rule === 'any' && need.divisions.length > 1 && objects.some((o) => covers(o.divisionId));
  const outside = everywhere || !aware || enough ? [] : objects.filter((o) => !covers(o.divisionId));
  if (outside.length > 0) return [elsewhere(c, h, outside)];
  if (need.refused)
    return objects.length === 0 && !everywhere && aware
      ? [perhapsElsewhere(c, h, unread)]
      : [holds('missing-division', 'The grant covers the division', [where]), ...refusedThough(c, h)];
  if (everywhere || !aware || (objects.length > 0 && unread.length === 0)) return [holds('missing-division', 'The grant covers the division', [where])];
  return unread.length > 0 ? [unchecked('missing-division', 'Whether the grant covers the division', ...unread, where)] : [];
}

function elsewhere(c: Case, { need, granting, where, f, name, who }: Holding, outside: readonly DivisionObject[]): Finding {
  const first = outside[0] as DivisionObject;
  const proved = need.divisionRefused || (c.status === 403 && need.refused);
  // That the queue in callFromQueueId counts is not verified (FACTS §1.5).
  const queueOnly = outside.every((o) => o.kind === 'from-queue');
  const names = [...new Set(outside.map((o) => o.divisionName))];
  return {
    cause: 'missing-division',
    verdict: queueOnly ? (proved ? 'likely' : 'possible') : proved ? 'confirmed' : 'likely',
    title:
      placesCall(c) && first.kind === 'agent'
        ? `${name} may not call for agents in ${first.divisionName}`
        : `${name} does not hold ${needs(need)} in ${first.divisionName}`,
    because: [
      where,
      ...outside.map((o) => org(o.fact)),
      ...said(c),
      ...need.declared,
      ...(queueOnly ? [facts('Whether the division of the queue in callFromQueueId counts for calls is not verified.')] : []),
    ],
    fix: [
      `Grant ${who} ${roleNames(granting)} in ${names.join(need.rule === 'any' && need.divisions.length > 1 ? ' or ' : ' and ')} as well.`,
      ...(placesCall(c) && first.kind === 'agent' ? ["Or call as the agent, with the agent's own sign-in."] : []),
    ],
    ...remedyOf(f, granting[0], first),
    place: atWords(c, need.divisions[0]) ?? placeOf(c, need),
  };
}

/** The grant that would do: a role, in the division where it is missing. */
export function remedyOf(
  f: OrgFacts,
  role: { readonly roleId: string; readonly role: string } | undefined,
  where: Pick<DivisionObject, 'divisionId' | 'divisionName'> | undefined,
): { remedy?: Remedy } {
  if (f.caller.kind !== 'known' || f.caller.value.id === '' || !role || role.roleId === '' || !where) return {};
  const { id, name, kind } = f.caller.value;
  const { divisionId, divisionName } = where;
  return { remedy: { kind: 'grant', subjectId: id, subjectName: name, subjectKind: kind, roleId: role.roleId, roleName: role.role, divisionId, divisionName } };
}

const perhapsElsewhere = (c: Case, { need, where, name, who }: Holding, unread: readonly Evidence[]): Finding => ({
  cause: 'missing-division',
  verdict: 'likely',
  title: `${name} holds ${needs(need)}, but perhaps not in the division of the object`,
  because: [where, ...said(c), ...(unread.length > 0 ? unread : [org('The division of the object could not be told.')])],
  fix: [`Grant ${who} the role in the division of the object.`],
  place: placeOf(c, need),
});

/** Why the division of what the path names is not known. */
function unreadObjects(c: Case, f: OrgFacts): Evidence[] {
  const named = [c.params['userId'] === undefined ? undefined : f.agent, c.params['queueId'] === undefined ? undefined : f.queue];
  return named.flatMap((fact) => (fact?.kind === 'unchecked' ? [org(`The division of the object is not known (${fact.from}: ${fact.why}).`)] : []));
}

/** The platform refuses what the caller holds where it is needed: a condition, a wrong name in the answer, or a change on its way. */
function refusedThough(c: Case, { need, conditional, where, f, name, who, granting }: Holding): Finding[] {
  if (conditional)
    return [
      {
        cause: 'access-rule',
        verdict: 'likely',
        title: `The condition under which ${name} holds ${needs(need)} does not seem to be met`,
        because: [where, org(`The role grants it under a condition only (${f.grants.from}).`), ...said(c)],
        fix: ['Look at the condition in the permission policy of the role, or give a role without one.'],
        place: placeOf(c, need),
      },
    ];
  const { operation } = c;
  const declared = { rule: operation?.rule === 'all' ? 'all' : 'any', names: operation?.permissions ?? [] } as const;
  const grants = f.grants.kind === 'known' ? f.grants.value : undefined;
  if (grants && declared.names.length > 0 && !suffices(declared, (n) => grantsOf(grants, n).length > 0))
    return [
      {
        cause: 'missing-permission',
        verdict: 'likely',
        title: `${name} lacks ${permissionList(declared.rule, declared.names)}, which the operation declares`,
        because: [where, ...said(c), ...need.declared],
        fix: [roleFix({ ...need, ...declared }, who)],
        place: placeOf(c, need),
      },
    ];
  return refusedWhatIsHeld(c, { need, where, granting });
}

/** Minutes that a change of permissions takes to apply, at most (FACTS §3.4). */
const DELAY = 5;

/** A grant that is still on its way or, where that is long past, something that overrides grants. */
function refusedWhatIsHeld(c: Case, { need, where, granting }: Pick<Holding, 'need' | 'where' | 'granting'>): Finding[] {
  const place = placeOf(c, need);
  const asked = Date.parse(c.facts?.at ?? '');
  const answered = Date.parse((c.response && header(c.response.headers, 'date')) ?? '');
  const made = Math.max(...granting.map((g) => Date.parse(g.madeAt ?? '')).filter(Number.isFinite));
  const known = Number.isFinite(made);
  const refusedAt = Number.isFinite(answered) ? answered : asked;
  const settled = made + DELAY * 60_000;
  const old = known && Number.isFinite(refusedAt) && refusedAt > settled;
  const when = known
    ? [org(`The newest of these grants was made at ${clock(made)}${Number.isFinite(answered) ? `, the answer at ${clock(answered)}` : ''}.`)]
    : [];
  const stale: Finding = {
    cause: 'stale-grant',
    verdict: old ? 'possible' : 'likely',
    title: 'The platform refuses what the caller holds',
    because: [where, ...when, ...said(c), facts(`A change of permissions takes up to about five minutes to apply (${SOURCES.delay}).`)],
    fix: [
      !known
        ? 'If the role was given just now, try again in five minutes, with a new token.'
        : old
          ? 'The grant is old enough to have applied: try once more with a new token.'
          : `Try again after ${clock(settled)}, when the minutes that a change takes are over, with a new token.`,
      'If it stays, quote the contextId to Genesys support.',
    ],
    place,
  };
  const catalogue = c.facts?.catalogue;
  const unknown =
    catalogue?.kind === 'unchecked'
      ? [unchecked('feature-not-enabled', 'Whether this org has the permission at all', org(`${catalogue.from}: ${catalogue.why}`))]
      : [];
  if (!old) return [stale, ...unknown];
  const rule: Finding = {
    cause: 'access-rule',
    verdict: 'possible',
    title: 'A rule that overrides grants may forbid it',
    because: [where, ...when, ...said(c), facts(`An attribute policy or an IP allow-list refuses whatever the roles are (${SOURCES.codes}).`)],
    fix: ['Ask an administrator for access policies and for the allow-list of the OAuth client, and quote the contextId.'],
    place,
  };
  return [stale, rule, ...unknown];
}

/** `2026-11-22 14:02 UTC` */
const clock = (milliseconds: number): string => `${new Date(milliseconds).toISOString().slice(0, 16).replace('T', ' ')} UTC`;

/** What the request is about, and where it is. `from-queue`: the queue in callFromQueueId. */
export interface DivisionObject {
  readonly kind: 'agent' | 'queue' | 'from-queue' | 'named';
  readonly divisionId: string;
  readonly divisionName: string;
  readonly fact: string;
}

export function objectsOf(c: Case, need: Need, f: OrgFacts): DivisionObject[] {
  const add = (kind: 'agent' | 'queue' | 'from-queue', fact: Known<Person | undefined> | undefined): DivisionObject[] => {
    if (fact?.kind !== 'known' || !fact.value?.divisionId) return [];
    const { name, divisionId, divisionName } = fact.value;
    return [{ kind, divisionId, divisionName, fact: `${kind === 'agent' ? '' : 'Queue '}${name} is in division ${divisionName} (${fact.from}).` }];
  };
  const onBehalf = c.params['userId'] !== undefined;
  const known = [...(onBehalf ? add('agent', f.agent) : []), ...add(c.params['queueId'] === undefined ? 'from-queue' : 'queue', f.queue)];
  const said = need.divisions.filter((id) => !known.some((k) => same(k.divisionId, id)));
  const named = said.map((divisionId): DivisionObject => {
    const name = divisionNames(f).get(divisionId.toLowerCase()) ?? `division ${divisionId}`;
    return { kind: 'named', divisionId, divisionName: name, fact: `The answer names ${name}.` };
  });
  return need.divisions.length > 0 ? [...known.filter((k) => need.divisions.some((id) => same(id, k.divisionId))), ...named] : known;
}

function divisionNames(f: OrgFacts): Map<string, string> {
  const told = f.divisionNames?.kind === 'known' ? f.divisionNames.value : [];
  const held = f.grants.kind === 'known' ? f.grants.value.map((g) => [g.divisionId, g.divisionName] as const) : [];
  return new Map([...told, ...held].map(([id, name]) => [id.toLowerCase(), name]));
}

const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();
const roleNames = (grants: readonly Grant[]): string => {
  const names = [...new Set(grants.map((g) => g.role))].filter(Boolean);
  return names.length === 0 ? 'the role' : `role ${names.join(' or ')}`;
};
