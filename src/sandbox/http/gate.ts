import { PLACE_AS_SELF } from '../../platform/callRequest.js';
import type { Operation } from '../../platform/operations.js';
import type { Caller, Tokens, Window } from '../oauth/tokens.js';
import type { World } from '../org/world.js';
import { divisionsNamed } from './objects.js';
import {
  AUTHENTICATION_REQUIRED,
  BAD_CREDENTIALS,
  DENIED_BY_RULE,
  isRefusal,
  MISSING_SCOPE,
  MISSING_TRUSTOR_PERMISSIONS,
  missingAnyPermissions,
  missingInDivision,
  missingPermissions,
  NOT_A_USER,
  type Refusal,
  tooManyRequests,
} from './refusals.js';

const MINUTE = 60_000;
/** FACTS §1.3, §10. */
const FOR_ONE_PARTY = 'that a call to one party needs the declared conversation:conference:add';

/** Who sends a request, told from its Authorization header. Whoever lives in another region is unknown here (FACTS §3.2, §5). */
export function identify(world: World, tokens: Tokens, authorization: string | undefined): Caller | Refusal {
  const bearer = /^Bearer\s+(\S+)\s*$/i.exec(authorization ?? '')?.[1];
  if (bearer === undefined) return AUTHENTICATION_REQUIRED;
  const caller = tokens.find(bearer);
  if (isRefusal(caller)) return caller;
  const { elsewhere } = world.access;
  return elsewhere.has(caller.subjectId) || elsewhere.has(caller.client.id) ? BAD_CREDENTIALS : caller;
}

/** The rate limit that a request counts against (FACTS §8). */
export interface Rate {
  readonly window: Window;
  readonly key: string;
}

/** The token of a client has its own limit; those of a user share one with all the user's tokens of the same client. */
export const rateOf = ({ user, window, clientWindow }: Caller): Rate =>
  user ? { window: clientWindow, key: 'org.app.user.rate.per.minute' } : { window, key: 'client.credentials.token.rate.per.minute' };

/** Counts a request, and refuses it where it is one too many. The window is a fixed minute from the first request (assumed). */
export function count({ window, key }: Rate, allowed: number, now = Date.now()): Refusal | undefined {
  if (now - window.startedAt >= MINUTE) {
    window.startedAt = now;
    window.count = 0;
  }
  window.count++;
  return window.count > allowed ? tooManyRequests(key, allowed, MINUTE / 1000, secondsLeft(window, now)) : undefined;
}

const secondsLeft = (window: Window, now: number): number => Math.max(1, Math.ceil((window.startedAt + MINUTE - now) / 1000));

/** The rate headers of every answer (FACTS §8). */
export function rateHeaders(rate: Rate | undefined, allowed: number, now = Date.now()): Record<string, string> {
  const window = rate?.window;
  return {
    'inin-ratelimit-count': String(window?.count ?? 0),
    'inin-ratelimit-allowed': String(allowed),
    'inin-ratelimit-reset': String(window && window.startedAt > 0 ? secondsLeft(window, now) : MINUTE / 1000),
  };
}

/** What is asked for: an operation, the ids in its path, and from where. */
export interface Asked {
  readonly operation: Operation;
  readonly params: Readonly<Record<string, string>>;
  readonly address: string;
}

/**
 * Whether an operation is open to a caller: user context, permissions anywhere, permissions in the divisions of the objects
 * that the path names, rules that override grants, scopes. The order is assumed.
 */
export function admit(world: World, asked: Asked, caller: Caller): Refusal | undefined {
  if (asked.operation.userContext === 'required' && !caller.user) return NOT_A_USER;
  return (
    admitPermissions(world, asked.operation, caller) ??
    admitDivisions(world, asked, caller) ??
    admitRules(world, asked, caller) ??
    admitScope(world, asked.operation, caller)
  );
}

/** What an operation requires that does not hold; empty where it may be done. */
function lacking({ rule, permissions }: Operation, holds: (permission: string) => boolean): readonly string[] {
  if (rule === 'any') return permissions.some(holds) ? [] : permissions;
  return rule === 'all' ? permissions.filter((p) => !holds(p)) : [];
}

function admitPermissions(world: World, operation: Operation, caller: Caller): Refusal | undefined {
  const missing = lacking(operation, (p) => world.holds(caller.subjectId, p));
  if (missing.length === 0) return undefined;
  if (world.access.homes.has(caller.subjectId)) return MISSING_TRUSTOR_PERMISSIONS;
  if (operation.rule === 'all') return missingPermissions(missing);
  const refusal = missingAnyPermissions(missing);
  return operation.path === PLACE_AS_SELF.path ? { ...refusal, assumption: FOR_ONE_PARTY } : refusal;
}

function admitDivisions(world: World, { operation, params }: Asked, caller: Caller): Refusal | undefined {
  for (const divisions of divisionsNamed(world, params, caller)) {
    const missing = lacking(operation, (p) => divisions.some((d) => world.holds(caller.subjectId, p, d.id)));
    if (missing.length === 0) continue;
    const ids = divisions.map((d) => d.id);
    return missingInDivision(operation.rule === 'any' ? 'any' : 'all', missing, ids);
  }
  return undefined;
}

function admitRules(world: World, { operation, address }: Asked, caller: Caller): Refusal | undefined {
  return world.access.rules.some((rule) => rule.subjects.has(caller.subjectId) && rule.denies(operation, address)) ? DENIED_BY_RULE : undefined;
}

/** Scopes bind the tokens of users only, and only where the org enforces them (FACTS §4.3). */
function admitScope(world: World, operation: Operation, caller: Caller): Refusal | undefined {
  if (!world.enforceScopes || !caller.user || operation.scopes.length === 0) return undefined;
  return operation.scopes.some((scope) => caller.client.scopes.includes(scope)) ? undefined : MISSING_SCOPE;
}

/** Tells of a division whether the caller may do an operation there: what a listing shows of it. Grants are judged once a request. */
export function mayWhere(world: World, operation: Operation, caller: Caller): (divisionId: string) => boolean {
  const held = new Map(operation.permissions.map((p) => [p, world.divisionsHolding(caller.subjectId, p)]));
  const where = (divisionId: string | undefined) => (p: string) => {
    const divisions = held.get(p);
    return divisions === 'all' || (divisionId !== undefined && divisions?.has(divisionId) === true);
  };
  if (lacking(operation, where(undefined)).length === 0) return () => true;
  return (divisionId) => lacking(operation, where(divisionId)).length === 0;
}

/** Whether the caller holds what an operation requires in the division of an object that its path does not name. */
export const admitIn = (world: World, operation: Operation, caller: Caller, divisionId: string): Refusal | undefined => {
  const missing = lacking(operation, (p) => world.holds(caller.subjectId, p, divisionId));
  return missing.length === 0 ? undefined : missingInDivision(operation.rule === 'any' ? 'any' : 'all', missing, [divisionId]);
};
