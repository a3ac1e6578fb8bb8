import type { Region } from './regions.js';

/**
 * Whether the address of a notification channel (`connectUri`) belongs to a region: `wss://streaming.DOMAIN/…` as it was seen on
 * the wire (community sources), any host of the region's domain, or the sandbox's own origin. No other is connected to: who knows
 * the address hears what happens in the org.
 */
export function isStreamingUri(region: Region, uri: string): boolean {
  if (!URL.canParse(uri)) return false;
  const { protocol, hostname, host, port, username, password } = new URL(uri);
  if (username !== '' || password !== '') return false;
  if (region.sandbox) return protocol === 'ws:' && host === new URL(region.api).host;
  return protocol === 'wss:' && port === '' && hostname.endsWith(`.${region.domain}`);
}
