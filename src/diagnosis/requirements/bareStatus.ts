import type { Case } from '../case.js';
import type { Finding } from '../model.js';
import { clip, facts, inResponse, type Requirement, response, said } from './requirement.js';

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
  if (!c.response || c.status === undefined || c.error?.named || c.tokenRequest) return [];
  if (c.code !== undefined) return unknownCode(c);
  // What somebody else wrote is told by whoever asks where the answer came from.
  if (!c.answeredByPlatform && c.answer?.kind !== 'empty' && c.answer?.kind !== 'cut') return [];
  const why = c.answer?.kind === 'cut' ? 'and its body is cut off before it says why' : 'and its body does not say why';
  return (MEANINGS[c.status] ?? [])
    .filter(({ cause }) => !(cause === 'missing-permission' && c.operation && c.operation.permissions.length > 0))
    .map((meaning) => ({
      ...meaning,
      verdict: 'possible' as const,
      because: [
        ...(c.error?.message === undefined ? [response(`The answer has status ${c.status}, ${why}.`)] : said(c)),
        facts('The platform gives each reason a code; without it the reason is a guess.'),
      ],
      place: inResponse(''),
    }));
};

/** A code of the platform that none of the facts know: shown, with no more than the kind of error that its status is. */
function unknownCode(c: Case): Finding[] {
  if (!c.answeredByPlatform || KNOWN.test(c.code ?? '') || c.status === undefined) return [];
  const causes: Readonly<Record<number, { readonly cause: Finding['cause']; readonly verdict: 'likely' | 'possible'; readonly title: string }>> = {
    400: { cause: 'invalid-payload', verdict: 'likely', title: `The platform rejects the request: ${clip(c.code ?? '', 100)}` },
    403: { cause: 'access-rule', verdict: 'possible', title: `The platform refuses it for a reason of its own: ${clip(c.code ?? '', 100)}` },
  };
  const meaning = causes[c.status];
  if (!meaning) return [];
  return [
    {
      ...meaning,
      because: [...said(c), facts('This code is in none of the lists that are published; what it means is for its message to say.')],
      fix: ['Read the message; quote the contextId to Genesys support if it does not help.'],
      place: inResponse(c.codeAt),
    },
  ];
}

/** Codes that another requirement speaks of (FACTS §1.4, §3.2). */
const KNOWN =
  /^(?:not\.(?:a\.user|authorized|found)|forbidden|missing\.|authentication\.|bad\.|credentials\.|resource\.not\.found|too\.many\.|conversation\.|chat\.error\.(?:conversation|member)\.state$|providerapi\.|userservice\.|general\.|invalid\.|constraint\.|unsupported\.|re(?:quest|sponse)\.entity\.|service\.unavailable|request\.timeout|internal\.|client\.failed|INVALID_CREDENTIALS|error\.ininedgecontrol)/;
