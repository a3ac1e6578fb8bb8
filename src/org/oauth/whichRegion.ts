import { REGIONS, type Region } from '../../platform/regions.js';
import { Client } from '../client.js';
import type { Http } from '../http.js';
import { readTokenInfo } from '../parse.js';

export type FoundRegion =
  | { readonly kind: 'found'; readonly region: Region }
  | {
      readonly kind: 'nowhere';
      /** They answered, and do not know the token. */
      readonly strangers: readonly Region[];
      /** They could not say: why, as words that continue a sentence about the host. */
      readonly silent: readonly { readonly region: Region; readonly why: string }[];
    }
  /** The person agreed to none. */
  | { readonly kind: 'not-agreed' }
  | { readonly kind: 'cancelled' };

/**
 * Finds the region that knows a token, by asking one after the other until one does. The token goes to API hosts of the table alone,
 * and to none that `agree` did not resolve to.
 * @param agree shown the regions that would get the token; resolves to those that the person agreed to
 */
export async function findRegionOfToken(
  token: string,
  candidates: readonly Region[],
  agree: (regions: readonly Region[]) => Promise<readonly Region[]>,
  http: Http,
  signal?: AbortSignal,
): Promise<FoundRegion> {
  // Hosts are the table's own, whatever the objects that were handed in say.
  const named = (regions: readonly Region[]): readonly Region[] => [...new Set(regions)].flatMap(({ name }) => REGIONS.filter((r) => r.name === name));
  const shown = named(candidates);
  const agreed = new Set(named(await agree(shown)));
  const asked = shown.filter((region) => agreed.has(region));
  if (asked.length === 0) return { kind: 'not-agreed' };
  const strangers: Region[] = [];
  const silent: { readonly region: Region; readonly why: string }[] = [];
  for (const region of asked) {
    const client = new Client(region, async () => ({ kind: 'ok', token }), http);
    const answer = await client.read('GET', '/api/v2/tokens/me', readTokenInfo, signal ? { signal } : {});
    if (answer.kind === 'cancelled' || signal?.aborted) return { kind: 'cancelled' };
    if (answer.kind === 'ok') return { kind: 'found', region };
    // Only the platform's own 401 tells anything about the token.
    if (answer.status === 401 && answer.code !== undefined) strangers.push(region);
    else silent.push({ region, why: answer.why });
  }
  return { kind: 'nowhere', strangers, silent };
}
