import type { MappedText, SourceRange } from '../../exchange/mappedText.js';
import { edits } from '../../platform/edits.js';
import { METHODS } from '../../platform/operationIndex.js';
import type { Operations } from '../../platform/operations.js';
import { REGIONS, REGIONS_AS_OF, regionOfHost } from '../../platform/regions.js';
import { knownPaths } from '../knownPaths.js';
import type { Problem } from '../problem.js';
import type { WrittenCall } from '../writtenCall.js';
import { errorIfSent, problem, type Rule, startOf } from './rule.js';
import { shownPath } from './shown.js';

/** not-the-platform: a host that does not answer operations, or not safely. FACTS §5. */
export const host: Rule = function* (subject) {
  const { call, target } = subject;
  if (target.kind === 'other' || call.region.form === 'payload') return;
  const { kind, host: name, region } = target.host;
  const range = hostRange(call, name) ?? startOf(call);
  const say = (severity: Problem['severity'], message: string): Problem =>
    problem('not-the-platform', severity, message, range, { call, source: REGION_SOURCE });
  if (kind === 'loopback' || kind === 'unreadable') return;
  if (kind === 'login' && target.kind === 'operation' && region)
    yield say('error', `${name} gives tokens, and answers no operations. Send this to ${region.api}.`);
  else if (kind === 'api' && target.kind === 'token' && region) yield say('warning', `Tokens come from ${region.login}, not from ${name}.`);
  else if (kind === 'unknown') {
    const of = regionOfHost(name);
    const wanted = target.kind === 'token' ? 'login' : 'api';
    if (of) yield say('warning', `${name} is a host of the region ${of.label}, and not the one that answers this. Send it to ${of[wanted]}.`);
    else {
      const near = nearestRegion(name);
      const isGateway = near === undefined && !/genesys|purecloud|pure\.cloud/.test(name);
      yield say(
        isGateway ? 'information' : 'warning',
        `${name} is no host of a Genesys Cloud region.${near ? ` ${near[wanted]} is meant, as far as the letters tell.` : ''}${
          isGateway ? ' If it is a gateway in front of the platform, it may answer by itself.' : ''
        }`,
      );
    }
  }
  if ((kind === 'api' || kind === 'login') && /^http:/i.test(call.region.request.url))
    yield say('warning', 'The platform is asked over https only: over http a token travels where everybody can read it.');
};

const REGION_SOURCE = `PureCloudRegionHosts of purecloud-platform-client-v2 262.0.0, ${REGIONS_AS_OF}`;

/** The region whose domain a host has nearly. */
export function nearestRegion(name: string): (typeof REGIONS)[number] | undefined {
  const domain = name.replace(/^(?:api|login|apps)\./, '');
  let best: (typeof REGIONS)[number] | undefined;
  let least = 3;
  for (const region of REGIONS) {
    const distance = edits(domain, region.domain, least);
    if (distance < least) [best, least] = [region, distance];
  }
  return best;
}

function hostRange({ region }: WrittenCall, name: string): SourceRange | undefined {
  const inside = (part: MappedText | undefined): SourceRange | undefined => {
    const at = part && name !== '' ? part.text.toLowerCase().indexOf(name) : -1;
    return part && at !== -1 ? part.sourceRange(at, at + name.length) : undefined;
  };
  return inside(region.url) ?? inside(region.headers.find((h) => h.name.text.toLowerCase() === 'host')?.value);
}

/** Paths that forums recommend and that never were (FACTS §4.5). */
export const IMPERSONATE = /\/impersonat/i;
export const NO_IMPERSONATION =
  'No operation impersonates a user. To call on behalf of one: POST /api/v2/conversations/calls/user/{userId}. To act as one: sign in as that user.';

/** no-such-operation, wrong-method. */
export const operation: Rule = function* (subject) {
  const { call, target, operations } = subject;
  const { lookup, region } = call;
  if (target.kind !== 'operation' || lookup.kind === 'found' || target.path === '/' || !isWhole(target.path)) return;
  const method = region.request.method.toUpperCase();
  const range = (region.path ?? region.url)?.span ?? startOf(call);
  const source = listOf(operations);
  const path = shownPath(target.path);
  if (lookup.kind === 'wrong-method') {
    // What HEAD and OPTIONS do is not in the list; a method may be a placeholder.
    if (!METHODS.has(method) || method === 'HEAD' || method === 'OPTIONS') return;
    const only = lookup.allowed.join(' or ');
    const where = region.method?.span ?? range;
    const other = knownPaths(operations).meant(method, target.path, false);
    const words = other?.kind === 'spelling' && other.path !== target.path ? ` Is ${other.method} ${shownPath(other.path)} meant?` : '';
    yield problem('wrong-method', errorIfSent(subject), `${path} takes ${only}, not ${method}.${words}`, where, { call, source });
    return;
  }
  if (IMPERSONATE.test(target.path)) {
    yield problem('no-such-operation', errorIfSent(subject), `There is no ${method} ${path}. ${NO_IMPERSONATION}`, range, { call, source });
    return;
  }
  const meant = knownPaths(operations).meant(method, target.path, subject.searches.left-- > 0);
  const near = meant?.kind === 'spelling';
  const words = near
    ? ` Is ${method} ${shownPath(meant.path)} meant?`
    : meant
      ? ` The nearest by its words is ${meant.operation.method} ${meant.operation.path}.`
      : '';
  const missing = `${method} ${path} is none of the ${operations.count} operations known.`;
  yield problem('no-such-operation', near ? errorIfSent(subject) : 'warning', missing + words, range, { call, source });
};

export const listOf = (operations: Operations): string => `Operations of the API as of ${operations.listedAsOf}`;

/** A path that ends in the middle, at a variable or a slash, may go on. */
const isWhole = (path: string): boolean => !/\/$|\$\(|\$\w+$|\/\/|`/.test(path);
