import type { OrgFacts } from '../diagnosis/orgFacts.js';
import { type Exchange, header } from '../exchange/exchange.js';
import { Client, type TokenSource } from '../org/client.js';
import { gatherFacts } from '../org/evidence.js';
import { send } from '../org/http.js';
import { readEnvironment } from '../org/oauth/environment.js';
import { explainProblem } from '../org/oauth/problems.js';
import { clientCredentialsToken } from '../org/oauth/tokens.js';
import type { Operations } from '../platform/operations.js';
import { findRegion, REGIONS, type Region } from '../platform/regions.js';
import { Unusable } from './input.js';

/** Asks the org named on the command line what a request depends on. Credentials come from the environment only (DESIGN §6). */
export async function askOrg(
  words: string,
  exchange: Exchange,
  operations: Operations,
): Promise<{ kind: 'asked'; facts: OrgFacts } | { kind: 'unreachable'; why: string }> {
  const region = regionNamed(words);
  const source = await tokenFromEnvironment(region);
  if (source.kind === 'unreachable') return source;
  const facts = await gatherFacts(new Client(region, source.token, send), exchange, operations);
  const unanswered = facts.caller.kind === 'unchecked' && !facts.caller.why.startsWith('answered');
  return unanswered && facts.caller.kind === 'unchecked'
    ? { kind: 'unreachable', why: `${region.api} cannot be asked: ${facts.caller.why}.` }
    : { kind: 'asked', facts: { ...facts, senderAssumed: !(await isSentWith(source.token, exchange)) } };
}

/** Whether the request shows the very token that the org was asked with. */
async function isSentWith(source: TokenSource, { request }: Exchange): Promise<boolean> {
  const sent =
    request &&
    header(request.headers, 'authorization')
      ?.replace(/^\s*bearer\s+/i, '')
      .trim();
  const ours = await source();
  return ours.kind === 'ok' && sent === ours.token;
}

function regionNamed(words: string): Region {
  const region = findRegion(words);
  if (region) return region;
  throw new Unusable(
    `--org: “${words}” is no region of Genesys Cloud and no sandbox on this machine. Regions: ${REGIONS.map((r) => r.name).join(', ')}; a sandbox is http://127.0.0.1:PORT.`,
  );
}

async function tokenFromEnvironment(region: Region): Promise<{ kind: 'ok'; token: TokenSource } | { kind: 'unreachable'; why: string }> {
  const found = readEnvironment(process.env);
  if (found.kind === 'none' || found.kind === 'unusable') {
    const needed = '--org needs credentials: set GENESYSCLOUD_ACCESS_TOKEN, or GENESYSCLOUD_OAUTHCLIENT_ID and GENESYSCLOUD_OAUTHCLIENT_SECRET.';
    throw new Unusable(found.kind === 'none' ? needed : `${needed} ${found.why}`);
  }
  const { region: other } = found;
  if (other && !region.sandbox && other.domain !== region.domain)
    throw new Unusable(
      `--org is ${region.name}, and GENESYSCLOUD_REGION is ${other.name}: credentials of one region are not sent to another. Make them agree.`,
    );
  if (found.kind === 'token') return { kind: 'ok', token: async () => ({ kind: 'ok', token: found.token }) };
  const answer = await clientCredentialsToken(region, found, send);
  if (answer.kind === 'ok') return { kind: 'ok', token: async () => ({ kind: 'ok', token: answer.token }) };
  if (answer.kind === 'refused') {
    const { reasons, fix } = explainProblem(answer.problem);
    throw new Unusable([`${region.login} does not accept the client credentials (${answer.why}).`, ...reasons, ...fix].join(' '));
  }
  return { kind: 'unreachable', why: `${region.login} cannot be reached: ${answer.kind === 'unreachable' ? answer.why : 'cancelled'}.` };
}
