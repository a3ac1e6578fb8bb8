import { PLACE_AS_SELF } from '../../platform/callRequest.js';
import type { Operation } from '../../platform/operations.js';
import type { Caller, Tokens, Window } from '../oauth/tokens.js';
import type { World } from '../org/world.js';
import {
  AUTHENTICATION_REQUIRED,
  MISSING_SCOPE,
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

/** Who sends a request, told from its Authorization header. */
export function identify(tokens: Tokens, authorization: string | undefined): Caller | Refusal {
  const bearer = /^Bearer\s+(\S+)\s*$/i.exec(authorization ?? '')?.[1];
  return bearer === undefined ? AUTHENTICATION_REQUIRED : tokens.find(bearer);
}

/** Counts a request, and refuses it where it is one too many. The window is a fixed minute from the first request (assumed). */
export function count(window: Window, allowed: number, now = Date.now()): Refusal | undefined {
  if (now - window.startedAt >= MINUTE) {
    window.startedAt = now;
    window.count = 0;
  }
  window.count++;
  return window.count > allowed ? tooManyRequests(allowed, MINUTE / 1000, secondsLeft(window, now)) : undefined;
}

const secondsLeft = (window: Window, now: number): number => Math.max(1, Math.ceil((window.startedAt + MINUTE - now) / 1000));

/** The rate headers of every answer (FACTS §8). */
export function rateHeaders(window: Window | undefined, allowed: number, now = Date.now()): Record<string, string> {
  return {
    'inin-ratelimit-count': String(window?.count ?? 0),
    'inin-ratelimit-allowed': String(allowed),
    'inin-ratelimit-reset': String(window && window.startedAt > 0 ? secondsLeft(window, now) : MINUTE / 1000),
  };
}

/**
 * Whether an operation is open to a caller as far as its declaration says: user context, permissions anywhere, scopes. Where
 * it names an object, the code that knows the object asks `admitIn` too.
 */
export function admit(world: World, operation: Operation, caller: Caller): Refusal | undefined {
  if (operation.userContext === 'required' && !caller.user) return NOT_A_USER;
  const held = (permission: string): boolean => world.holds(caller.subjectId, permission);
  if (operation.permissions.length === 0) return admitScope(world, operation, caller);
  if (operation.rule === 'any' && !operation.permissions.some(held)) {
    const refusal = missingAnyPermissions(operation.permissions);
    return operation.path === PLACE_AS_SELF.path ? { ...refusal, assumption: FOR_ONE_PARTY } : refusal;
  }
  if (operation.rule === 'all') {
    const missing = operation.permissions.filter((p) => !held(p));
    if (missing.length > 0) return missingPermissions(missing);
  }
  return admitScope(world, operation, caller);
}

/** Scopes bind the tokens of users only, and only where the org enforces them (FACTS §4.3). */
function admitScope(world: World, operation: Operation, caller: Caller): Refusal | undefined {
  if (!world.enforceScopes || !caller.user || operation.scopes.length === 0) return undefined;
  return operation.scopes.some((scope) => caller.client.scopes.includes(scope)) ? undefined : MISSING_SCOPE;
}

/** Whether the caller holds what an operation requires in the division of the object that the request names. */
export function admitIn(world: World, operation: Operation, caller: Caller, divisionId: string): Refusal | undefined {
  const held = (permission: string): boolean => world.holds(caller.subjectId, permission, divisionId);
  if (operation.rule === 'any' && !operation.permissions.some(held)) return missingInDivision('any', operation.permissions, divisionId);
  if (operation.rule === 'all') {
    const missing = operation.permissions.filter((p) => !held(p));
    if (missing.length > 0) return missingInDivision('all', missing, divisionId);
  }
  return undefined;
}
