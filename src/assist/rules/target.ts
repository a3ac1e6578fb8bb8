import { type Operations, pathOf } from '../../platform/operations.js';
import { type HostKind, hostOf, type Region, regionOfHost } from '../../platform/regions.js';
import { knownPaths } from '../knownPaths.js';
import type { WrittenCall } from '../writtenCall.js';

/**
 * What a call goes to. `operation`: the platform's API, whether or not it has the operation. `token`: its token endpoint. `other`: another
 * service, which is nobody's business here.
 */
export interface Target {
  readonly kind: 'operation' | 'token' | 'other';
  /** Of the URL, also of one without a scheme or with its host in a header. `unreadable` where none is written, or a placeholder. */
  readonly host: { readonly kind: HostKind; readonly host: string; readonly region?: Region };
  readonly path: string;
}

/** Resources of the API that other services have at /api/v2 too (Zendesk, Auth0, Datadog): they tell nothing of whose host it is. */
const SHARED = new Set([
  'alerting',
  'billing',
  'chats',
  'downloads',
  'emails',
  'events',
  'groups',
  'integrations',
  'locations',
  'messaging',
  'organizations',
  'profiles',
  'scim',
  'search',
  'settings',
  'teams',
  'tokens',
  'uploads',
  'usage',
  'users',
]);
/** Hosts whose name says that the platform is meant, without being one of a region. */
const NAMED = /genesys|purecloud|pure\.cloud/;
/** The description of the API, which every region serves without a token. */
const SPECIFICATION = /^\/api\/v2\/docs\/swagger$/;

export function targetOf(call: WrittenCall, operations: Operations): Target {
  const { request, form } = call.region;
  const url = withHost(request.url, call);
  const host = hostOf(url);
  const path = pathOf(url);
  const is = (kind: Target['kind']): Target => ({ kind, host, path });
  if (form === 'payload') return is('operation');
  if (SPECIFICATION.test(path)) return is('other');
  const isToken = /^\/oauth\/(?:token|authorize)\/?$/.test(path);
  if (host.region) return is(isToken ? 'token' : host.kind === 'api' || speaks(call, path) ? 'operation' : 'other');
  const region = regionOfHost(host.host);
  if (region) return is(isToken ? 'token' : speaks(call, path) ? 'operation' : 'other');
  if (host.kind === 'unknown') {
    if (NAMED.test(host.host)) return is(isToken ? 'token' : speaks(call, path) ? 'operation' : 'other');
    const [resource = ''] = path.split('/').slice(3);
    return is(call.lookup.kind === 'found' && !SHARED.has(resource) && path.startsWith('/api/v2/') ? 'operation' : 'other');
  }
  return is(call.lookup.kind !== 'unknown-path' || (path.startsWith('/api/v2/') && knownPaths(operations).hasResource(path)) ? 'operation' : 'other');
}

const speaks = (call: WrittenCall, path: string): boolean => call.lookup.kind !== 'unknown-path' || /^\/(?:platform\/)?api\//.test(path);

/** A URL that can be read: curl takes one without a scheme, and a request line may leave its host to a header. */
function withHost(url: string, { region }: WrittenCall): string {
  if (url.startsWith('/')) {
    const host = region.headers.find((h) => h.name.text.toLowerCase() === 'host')?.value.text.trim();
    return host && /^[\w.:-]+$/.test(host) ? `https://${host}${url}` : url;
  }
  return /^[\w-]+(?:\.[\w-]+)+(?::\d+)?(?:[/?#]|$)/.test(url) ? `https://${url}` : url;
}
