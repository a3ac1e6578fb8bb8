import table from '../../data/regions.json';

/** One Genesys Cloud deployment. `login` and `api` are origins without a trailing slash. Source: FACTS §5. */
export interface Region {
  readonly name: string;
  readonly label: string;
  readonly domain: string;
  readonly login: string;
  readonly api: string;
  /** True for a sandbox on loopback, which serves login and API from one origin. */
  readonly sandbox: boolean;
}

export const REGIONS: readonly Region[] = table.regions.map(({ name, label, domain }) => ({
  name,
  label,
  domain,
  login: `https://login.${domain}`,
  api: `https://api.${domain}`,
  sandbox: false,
}));

export const REGIONS_AS_OF = table.asOf;

const LOOPBACK = /^http:\/\/(?:127\.0\.0\.1|localhost|\[::1\]):(\d{1,5})\/?$/;

/**
 * The region that a person's words mean: an AWS region (`us-east-1`, `us_east_1`), a domain (`mypurecloud.com`,
 * `api.mypurecloud.com`), or a sandbox's loopback origin. Anything else is `undefined`: a token never leaves for a host
 * that is not in the table.
 */
export function findRegion(words: string): Region | undefined {
  const text = words.trim();
  const loopback = LOOPBACK.exec(text);
  if (loopback) {
    const origin = text.replace(/\/$/, '');
    return Number(loopback[1]) > 65535 ? undefined : sandboxRegion(origin);
  }
  const name = text.toLowerCase().replaceAll('_', '-');
  const domain = text
    .toLowerCase()
    .replace(/^https:\/\//, '')
    .replace(/\/$/, '')
    .replace(/^(?:api|login|apps)\./, '');
  return REGIONS.find((r) => r.name === name || r.domain === domain);
}

export function sandboxRegion(origin: string): Region {
  return { name: 'sandbox', label: 'Sandbox', domain: new URL(origin).host, login: origin, api: origin, sandbox: true };
}

/** The region whose domain a host has, though it is neither its API nor its login: `apps.mypurecloud.com`, `usw2.pure.cloud`. */
export const regionOfHost = (host: string): Region | undefined => REGIONS.find((r) => host === r.domain || host.endsWith(`.${r.domain}`));

/** What kind of host a URL names: the API or login of a region, something on loopback, a stranger, or nothing readable. */
export type HostKind = 'api' | 'login' | 'loopback' | 'unknown' | 'unreadable';

/** Which region and which of its hosts `url` calls. `host` is lower case, without port. */
export function hostOf(url: string): { readonly kind: HostKind; readonly host: string; readonly region?: Region } {
  // A backslash ends the host for some readers and not for others (WHATWG, curl): such a URL names no host for sure.
  const host = /^https?:\/\/(?:[^/@?#\\]*@)?(\[[^\]]*\]|[^/:?#]+)/i.exec(url)?.[1]?.toLowerCase();
  if (host === undefined || /[{}<>$\\@]/.test(host)) return { kind: 'unreadable', host: host ?? '' };
  for (const region of REGIONS) {
    if (host === `api.${region.domain}`) return { kind: 'api', host, region };
    if (host === `login.${region.domain}`) return { kind: 'login', host, region };
  }
  return { kind: /^(?:127\.\d+\.\d+\.\d+|localhost|\[::1\])$/.test(host) ? 'loopback' : 'unknown', host };
}
