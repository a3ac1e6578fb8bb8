import type { Cause, Finding } from './model.js';

/** Causes that an administrator of the org mends, not the one who sends the request. */
const FOR_ADMINISTRATORS: ReadonlySet<Cause> = new Set([
  'client-rejected',
  'grant-not-allowed',
  'feature-not-enabled',
  'missing-permission',
  'missing-division',
  'missing-scope',
  'access-rule',
  'org-trust',
  'no-station',
  'station-unreachable',
  'no-route',
]);

/** Whether a finding is for an administrator to mend, and part of the request to them. */
export const isForAdministrators = (f: Finding): boolean => FOR_ADMINISTRATORS.has(f.cause) && (f.verdict === 'confirmed' || f.verdict === 'likely');
