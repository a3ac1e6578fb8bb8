import { pathOf } from '../operations.js';

/** A request as text has it: a URL or a path, in which anything may be a placeholder. */
export interface CallLike {
  readonly method: string;
  readonly url: string;
  readonly body: unknown;
}

/** A request whose operation was changed. `url` keeps what stood before and after the path. */
export interface ChangedCall {
  readonly method: string;
  readonly url: string;
  readonly path: string;
  readonly body: unknown;
}

const SEGMENT = '[^/?#]+';
const CALLS = '/api/v2/conversations/calls';
/** The operations that have a sibling on behalf of a user (FACTS §1.6), and how they look with it. */
const FAMILY: readonly { readonly method: string; readonly plain: RegExp; readonly onBehalf: RegExp }[] = /* @__PURE__ */ family([
  ['POST', CALLS],
  ['POST', `${CALLS}/${SEGMENT}/participants`],
  ['PATCH', `${CALLS}/${SEGMENT}/participants/${SEGMENT}`],
]);

function family(plain: readonly (readonly [string, string])[]): { method: string; plain: RegExp; onBehalf: RegExp }[] {
  return plain.map(([method, path]) => ({ method, plain: new RegExp(`^${path}/?$`), onBehalf: new RegExp(`^(${path})/user/(${SEGMENT})/?$`) }));
}

/** What a request on behalf of a user says in its path. */
export interface OnBehalf {
  /** The path of the sibling for the caller's own. */
  readonly plain: string;
  /** As it stands in the path, or the placeholder in its place. */
  readonly userId: string;
}

/** The user on whose behalf a request is, where its operation is one that has a sibling for the caller's own. */
export function onBehalfOf({ method, url }: Omit<CallLike, 'body'>): OnBehalf | undefined {
  const path = pathOf(url);
  for (const { method: verb, onBehalf } of FAMILY) {
    const [, plain, userId] = (verb === method.toUpperCase() && onBehalf.exec(path)) || [];
    if (plain !== undefined && userId !== undefined) return { plain, userId };
  }
  return undefined;
}

/** Whether a request is for the caller's own, and there is a sibling of its operation on behalf of a user. */
export const mayBeOnBehalf = ({ method, url }: Omit<CallLike, 'body'>): boolean =>
  FAMILY.some((f) => f.method === method.toUpperCase() && f.plain.test(pathOf(url)));

/**
 * The same request on behalf of a user; nothing where its operation has no such sibling.
 * @param userId an id or a placeholder. Without it, `{userId}` stands in the path, to be filled
 */
export function toOnBehalf(request: CallLike, userId = '{userId}'): ChangedCall | undefined {
  const on = onBehalfOf(request);
  if (!on && !mayBeOnBehalf(request)) return undefined;
  return withPath(request, `${(on?.plain ?? pathOf(request.url)).replace(/\/$/, '')}/user/${inPath(userId)}`);
}

/** The same request for the owner of the token; nothing where it is not on behalf of a user. */
export function toPlain(request: CallLike): ChangedCall | undefined {
  const on = onBehalfOf(request);
  return on && withPath(request, on.plain);
}

function withPath({ method, url, body }: CallLike, path: string): ChangedCall {
  const old = pathOf(url);
  const scheme = url.indexOf('://');
  const at = url.indexOf(old, scheme < 0 ? 0 : scheme + 3);
  return { method: method.toUpperCase(), url: url.slice(0, at) + path + url.slice(at + old.length), path, body };
}

/** What would end a path's segment is encoded; the brackets of placeholders are not, so that they stay such. */
const inPath = (id: string): string => id.replaceAll(/[\s/?#%\\"]/g, encodeURIComponent);
