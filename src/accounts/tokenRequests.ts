import { Client, type LogEntry } from '../org/client.js';
import { send } from '../org/http.js';
import { clientCredentialsToken, refreshedToken } from '../org/oauth/tokens.js';
import { optional } from '../platform/json.js';
import type { TokenPorts } from './tokenKeeper.js';

/** What a keeper of tokens asks of login hosts and of the platform. */
export const tokenRequests = (log: (entry: LogEntry) => void): Pick<TokenPorts, 'ask' | 'refresh' | 'isGood'> => ({
  ask: (region, secret) => clientCredentialsToken(region, secret, send),
  refresh: (region, { clientId, clientSecret, refreshToken }) =>
    refreshedToken(region, { clientId, ...optional('clientSecret', clientSecret) }, refreshToken, send),
  isGood: async (region, token) => {
    const answer = await new Client(region, async () => ({ kind: 'ok', token }), send, log).read('GET', '/api/v2/tokens/me', () => true);
    if (answer.kind === 'ok') return true;
    return answer.kind === 'failed' && answer.status === 401 ? false : undefined;
  },
});
