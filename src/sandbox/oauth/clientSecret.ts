import { createHash, timingSafeEqual } from 'node:crypto';
import type { Client } from '../org/oauthClients.js';
import type { World } from '../org/world.js';

/** Whether two texts are the same, in a time that tells nothing about where they differ. */
export function same(a: string, b: string): boolean {
  const hash = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(hash(a), hash(b));
}

/** The client with this id, if it may sign anybody in: it is active, and of this region (FACTS §4.1, §5). */
export function activeClient(world: World, id: string): Client | undefined {
  const client = world.clients.get(id);
  return client?.state === 'active' && !world.access.elsewhere.has(id) ? client : undefined;
}

/**
 * The client whose id and secret are in a Basic header (FACTS §4.1). They count as they are, which is how the platform's SDKs
 * send them, and form-encoded, as RFC 6749, section 2.3.1, has it; an id and a secret of the platform read the same both ways.
 */
export function authenticate(world: World, authorization: string | undefined): Client | undefined {
  const basic = /^Basic +([A-Za-z0-9+/_-]+={0,2}) *$/i.exec(authorization ?? '')?.[1];
  if (basic === undefined) return undefined;
  const pair = Buffer.from(basic, 'base64').toString('utf8');
  const colon = pair.indexOf(':');
  if (colon < 0) return undefined;
  const [id, secret] = [pair.slice(0, colon), pair.slice(colon + 1)];
  const client = activeClient(world, id) ?? activeClient(world, formDecoded(id) ?? id);
  if (!client) return undefined;
  const decoded = formDecoded(secret);
  return same(client.secret, secret) || (decoded !== undefined && same(client.secret, decoded)) ? client : undefined;
}

function formDecoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return undefined;
  }
}
