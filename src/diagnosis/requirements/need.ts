import type { NamedPermissions } from '../../platform/errorBody.js';
import type { PermissionRule } from '../../platform/operations.js';
import type { Case } from '../case.js';
import type { Evidence, Place } from '../model.js';
import { SOURCES } from '../sources.js';
import { atCode, atMessage, declaredBy, facts, inUrl, permissionList } from './requirement.js';

/** What is needed, where, and whether the answer itself says that it is missing. */
export interface Need {
  readonly rule: 'any' | 'all';
  readonly names: readonly string[];
  readonly divisions: readonly string[];
  readonly refused: boolean;
  readonly divisionRefused: boolean;
  readonly declared: readonly Evidence[];
}

export function needOf(c: Case): Need | undefined {
  const named: NamedPermissions | undefined = c.error?.named;
  const divisionRefused = c.code === 'missing.division.permission' || (named?.divisions.length ?? 0) > 0;
  const refused =
    divisionRefused ||
    c.code === 'missing.permissions' ||
    c.code === 'missing.any.permissions' ||
    (named !== undefined && (c.status === undefined || c.status === 403));
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
  if (rule === 'none') return [facts(`${method} ${path} declares no permission; a service may still refuse (${declaredBy(c.operations)}, ${asOf}).`)];
  const evidence = [facts(`${method} ${path} declares ${permissionList(rule, permissions)} (${declaredBy(c.operations)}, ${asOf}).`)];
  const known = new Set(permissions.map((p) => p.toLowerCase()));
  const odd = named?.names.filter((n) => !known.has(n.toLowerCase())) ?? [];
  if (odd.length > 0)
    evidence.push(
      facts(`The answer names ${odd.join(', ')}, which the operation does not declare. Answers are known to name wrong permissions (${SOURCES.engineers}).`),
    );
  if (path === '/api/v2/conversations/calls' && method === 'POST') evidence.push(facts(`That a call to one party is refused without it is not verified.`));
  return evidence;
}

export const needs = (need: Need): string => (need.names.length === 0 ? 'a permission that the answer does not name' : permissionList(need.rule, need.names));
export const roleFix = (need: Need, who: string): string =>
  need.names.length === 0
    ? `Have an administrator compare the roles of ${who} with what the operation requires.`
    : `Have an administrator give ${who} a role with ${need.rule === 'all' || need.names.length === 1 ? permissionList(need.rule, need.names) : `one of ${need.names.join(', ')}`}.`;
export const placeOf = (c: Case, need: Need): Place => (need.refused ? (atWords(c, need.names[0]) ?? atCode(c)) : inUrl(c.operation?.path));
/** Where the message of the answer says `words`. */
export const atWords = (c: Case, words: string | undefined): Place | undefined =>
  words !== undefined && c.error?.message?.includes(words) ? atMessage(c, words) : undefined;

/** Whether a rule is met, given which of its names are. */
export const suffices = (need: Pick<Need, 'rule' | 'names'>, met: (name: string) => boolean): boolean =>
  need.rule === 'all' ? need.names.every(met) : need.names.some(met);

/** The names that would have to be granted: none where the rule is met, for "any" each of them, for "all" those that are missing. */
export function unmet(need: Pick<Need, 'rule' | 'names'>, met: (name: string) => boolean): readonly string[] {
  if (suffices(need, met)) return [];
  return need.rule === 'all' ? need.names.filter((n) => !met(n)) : need.names;
}
