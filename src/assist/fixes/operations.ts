import { PLACE_ON_BEHALF } from '../../platform/callRequest.js';
import { isGuid } from '../../platform/guid.js';
import { pathOf } from '../../platform/operations.js';
import { findRegion, hostOf, type Region, regionOfHost } from '../../platform/regions.js';
import { knownPaths } from '../knownPaths.js';
import { IMPERSONATE, NO_IMPERSONATION, nearestRegion } from '../rules/operation.js';
import { type Fixer, fixOf, short } from './fixer.js';
import { requestEdits } from './requestEdits.js';

/** A path that no operation has: the one that is meant, as far as its letters or words tell. */
export const noSuchOperation: Fixer = function* ({ written, call, operations, values }) {
  const { method, url } = call.region.request;
  const path = pathOf(url);
  if (IMPERSONATE.test(path)) {
    const filled = fillTemplate(PLACE_ON_BEHALF.path, path.split('/').filter(isParameter), values.agent?.id);
    yield fixOf(`Use ${PLACE_ON_BEHALF.method} ${PLACE_ON_BEHALF.path}`, requestEdits(written, call, { method: PLACE_ON_BEHALF.method, path: filled }), {
      notes: [NO_IMPERSONATION],
    });
    return;
  }
  const meant = knownPaths(operations).meant(method.toUpperCase(), path);
  if (meant?.kind === 'spelling')
    yield fixOf(`Use ${meant.method} ${short(meant.path, 120)}`, requestEdits(written, call, { method: meant.method, path: meant.path }), { preferred: true });
  else if (meant) {
    const { operation } = meant;
    const filled = fillTemplate(operation.path, path.split('/').filter(isParameter));
    yield fixOf(`Use ${operation.method} ${operation.path}`, requestEdits(written, call, { method: operation.method, path: filled }), {
      notes: ['It is the nearest by its words: see whether it is the one that is meant.'],
    });
  }
};

/** A segment that stands for something: an id, a number, a placeholder. */
const isParameter = (segment: string): boolean => isGuid(segment) || /^\d+$|[{<$%:]/.test(segment);

/** A template with what there is for its parameters, in order. */
function fillTemplate(template: string, values: readonly string[], first?: string): string {
  const left = values.length > 0 || first === undefined ? [...values] : [first];
  return template.replace(/\{\w+\}/g, (parameter) => left.shift() ?? parameter);
}

/** Each method that the path takes, first those that send a body where one is; before them the path that is nearly this one and takes the method. */
export const wrongMethod: Fixer = function* ({ written, call, operations }) {
  const { lookup } = call;
  if (lookup.kind !== 'wrong-method') return;
  const { method: asked, url } = call.region.request;
  const meant = knownPaths(operations).meant(asked.toUpperCase(), pathOf(url));
  const other =
    meant?.kind === 'spelling' && meant.path !== pathOf(url)
      ? fixOf(`Use ${meant.method} ${short(meant.path, 120)}`, requestEdits(written, call, { method: meant.method, path: meant.path }), { preferred: true })
      : undefined;
  yield other;
  const sending = lookup.allowed.filter((m) => m !== 'GET' && m !== 'HEAD' && m !== 'DELETE');
  const likely = call.region.body && sending.length > 0 ? sending : lookup.allowed;
  for (const method of new Set([...likely, ...lookup.allowed]))
    yield fixOf(`Use ${method}`, requestEdits(written, call, { method }), { preferred: !other && likely.length === 1 && method === likely[0] });
};

/** The host of the region that is meant, or of who is signed in. */
export const notThePlatform: Fixer = function* ({ call, values }) {
  const { url, request } = call.region;
  if (!url) return;
  const { kind, host, region } = hostOf(/^[a-z][\w+.-]*:\/\//i.test(request.url) ? request.url : `https://${request.url}`);
  const isToken = /^\/oauth\//.test(pathOf(request.url));
  const hostIn = (r: Region): string => (isToken ? r.login : r.api).replace(/^https?:\/\//, '');
  const [authority = '', scheme = '', name = ''] = /^([a-z][\w+.-]*:\/\/)?([^/?#]*)/i.exec(url.text) ?? [];
  const wanted = new Map<string, Region>();
  const own = region ?? regionOfHost(host) ?? nearestRegion(host);
  if (own && kind !== 'loopback') wanted.set(hostIn(own), own);
  const signedIn = values.api === undefined ? undefined : findRegion(values.api);
  if (signedIn && !isToken) wanted.set(hostIn(signedIn), signedIn);
  for (const [i, [to, { sandbox }]] of [...wanted].entries()) {
    const origin = `${sandbox ? 'http' : 'https'}://${to}`;
    // A URL without a scheme stays one.
    const edit = scheme === '' && !sandbox ? url.edit(0, name.length, to) : url.edit(0, authority.length, origin);
    yield fixOf(to === name ? 'Use https' : `Use ${to}`, [edit], { preferred: i === 0 });
  }
};
