import type { FillValues } from '../../assist/fix.js';
import { optional } from '../../platform/json.js';
import type { AssistServices } from './assistServices.js';

/** What placeholders can be filled with now: what is picked in the form, what is set, and where the signed-in account's org is. Asks no org. */
export async function fillValues(services: AssistServices): Promise<FillValues> {
  const [account, picked] = await Promise.all([services.accounts.active(), services.picked()]);
  const way = account && (account.how !== 'sandbox' || services.sandboxRuns()) ? await services.accounts.client(account) : undefined;
  return {
    ...picked,
    ...optional('country', services.country() || undefined),
    ...optional('api', way?.kind === 'ok' ? way.client.region.api : undefined),
  };
}
