import { AGENT, AS_AGENT, asClient, OWN_CALL, ownCall, tokenRequest, withClient } from './parts.js';
import type { Scenario } from './scenario.js';

/** Scenarios of tokens and of those who ask for them. */
export const SIGN_IN: readonly Scenario[] = [
  {
    name: 'token-missing',
    title: 'No bearer token',
    cause: 'token-missing',
    who: null,
    needs: [],
    signIn: 'Do not sign in.',
    attempt: 'Send any request without an Authorization header.',
    requests: [ownCall(null)],
  },
  {
    name: 'token-expired',
    title: 'The token is expired',
    cause: 'token-invalid',
    ...AS_AGENT,
    ...OWN_CALL,
    patch: (org) => ({ ...org, expired: [...(org.expired ?? []), AGENT] }),
  },
  {
    name: 'wrong-region',
    title: 'The client and the user live in another region',
    cause: 'wrong-region',
    ...asClient('wfm-tool', AGENT),
    attempt: `Signing in with wfm-tool fails, and the token of ${AGENT} is good for nothing here.`,
    requests: [tokenRequest('wfm-tool'), ownCall()],
    patch: (org) => ({ ...org, elsewhere: [...(org.elsewhere ?? []), 'wfm-tool', AGENT] }),
  },
  {
    name: 'client-disabled',
    title: 'The OAuth client is disabled',
    cause: 'client-rejected',
    ...asClient('wfm-tool'),
    attempt: 'Signing in fails.',
    requests: [tokenRequest('wfm-tool')],
    patch: withClient('wfm-tool', (c) => ({ ...c, state: 'disabled' })),
  },
  {
    name: 'grant-not-allowed',
    title: 'The OAuth client is not for this grant',
    cause: 'grant-not-allowed',
    ...asClient('call-desk'),
    signIn: 'Ask for client credentials with the client call-desk, which is for users.',
    attempt: 'Signing in fails.',
    requests: [tokenRequest('call-desk')],
  },
  {
    name: 'token-request-malformed',
    title: 'The token request has no grant_type',
    cause: 'token-request-malformed',
    ...asClient('wfm-tool'),
    signIn: 'Ask for a token with the client wfm-tool, and leave out grant_type.',
    attempt: 'Signing in fails.',
    requests: [tokenRequest('wfm-tool', { scope: 'conversations' })],
  },
];
