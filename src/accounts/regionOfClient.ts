import type { Http } from '../org/http.js';
import { type ClientCredentials, clientCredentialsToken } from '../org/oauth/tokens.js';
import type { FoundRegion } from '../org/oauth/whichRegion.js';
import { REGIONS, type Region } from '../platform/regions.js';

/**
 * As `findRegionOfToken`, for a client, which exists in one region (FACTS §5): the one that knows it gives a token, or refuses no more
 * than the grant. Id and secret go to login hosts of the table alone, and to none that `agree` did not resolve to.
 */
export async function findRegionOfClient(
  client: ClientCredentials,
  candidates: readonly Region[],
  agree: (regions: readonly Region[]) => Promise<readonly Region[]>,
  http: Http,
  signal?: AbortSignal,
): Promise<FoundRegion> {
  // Hosts are the table's own, whatever the objects that were handed in say.
  const named = (regions: readonly Region[]): readonly Region[] => REGIONS.filter((r) => regions.some(({ name }) => name === r.name));
  const shown = named(candidates);
  const agreed = new Set(named(await agree(shown)));
  const asked = shown.filter((region) => agreed.has(region));
  if (asked.length === 0) return { kind: 'not-agreed' };
  const strangers: Region[] = [];
  const silent: { region: Region; why: string }[] = [];
  for (const region of asked) {
    const answer = await clientCredentialsToken(region, client, http, signal);
    if (answer.kind === 'cancelled' || signal?.aborted) return { kind: 'cancelled' };
    if (answer.kind === 'ok' || (answer.kind === 'refused' && answer.error === 'unauthorized_client')) return { kind: 'found', region };
    if (answer.kind === 'refused' && answer.error === 'invalid_client') strangers.push(region);
    else silent.push({ region, why: answer.why });
  }
  return { kind: 'nowhere', strangers, silent };
}
