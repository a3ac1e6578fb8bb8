import type { Case } from '../case.js';
import type { Finding } from '../model.js';
import { facts, inResponse, type Requirement, response } from './requirement.js';

/** What a status alone can mean, in the platform's own use of it (FACTS §3.2). */
const MEANINGS: Readonly<Record<number, readonly Pick<Finding, 'cause' | 'title' | 'fix'>[]>> = {
  400: [
    {
      cause: 'invalid-payload',
      title: 'The request may not be what the operation takes',
      fix: ['Keep the body of the answer: its code and message name the value or the field.'],
    },
  ],
  403: [
    {
      cause: 'missing-permission',
      title: 'The caller may lack a permission',
      fix: ['Keep the body of the answer: its code says whether a permission, a division or another rule is behind it, and its message names it.'],
    },
    {
      cause: 'access-rule',
      title: 'A rule other than permissions may forbid it',
      fix: ['Ask an administrator for access policies and for the allow-list of the OAuth client.'],
    },
  ],
  404: [{ cause: 'wrong-id', title: 'An id in the request may be wrong', fix: ['Check each id: its kind, and that it belongs to this org and region.'] }],
};

/** The last resort: an answer that says no more than its status, when nothing else has been found about the same cause. */
export const bareStatus: Requirement = (c: Case) => {
  if (!c.response || c.status === undefined || c.code !== undefined || c.error?.named || c.tokenRequest) return [];
  // What somebody else wrote is told by whoever asks where the answer came from.
  if (!c.answeredByPlatform && c.answer?.kind !== 'empty' && c.answer?.kind !== 'cut') return [];
  const why = c.answer?.kind === 'cut' ? 'and its body is cut off before it says why' : 'and its body does not say why';
  return (MEANINGS[c.status] ?? [])
    .filter(({ cause }) => !(cause === 'missing-permission' && c.operation && c.operation.permissions.length > 0))
    .map((meaning) => ({
      ...meaning,
      verdict: 'possible' as const,
      because: [response(`The answer has status ${c.status}, ${why}.`), facts('The platform gives each reason a code; without it the reason is a guess.')],
      place: inResponse(''),
    }));
};
