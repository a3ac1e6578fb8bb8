import type { CreateCallRequest } from './callRequest.js';
import { refusedAddress } from './dialable.js';
import { records, text } from './json.js';

/** Why a request is not sent: a number that it would ring is refused (DESIGN §7). What is shown to the other side is not dialled. */
export function refusedCallee(body: CreateCallRequest, refused: readonly string[] = []): string | undefined {
  const addresses = [text(body['phoneNumber']), ...records(body['participants'], Number.POSITIVE_INFINITY).map((p) => text(p['address']))];
  for (const address of addresses) {
    const problem = address === undefined ? undefined : refusedAddress(address, refused);
    if (problem !== undefined) return problem;
  }
  return undefined;
}
