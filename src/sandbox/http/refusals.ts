/** An answer of the platform that is not success, before it has a correlation id. Source of the texts: FACTS §1.4, §3.2. */
export interface Refusal {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  readonly messageWithParams?: string;
  readonly messageParams?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly limit?: { readonly key: string; readonly namespace: string; readonly value: number };
  readonly details?: readonly Readonly<Record<string, string>>[];
  readonly errors?: readonly Refusal[];
  /** What no source says about this answer; ends up in `x-sandbox-assumption`. */
  readonly assumption?: string;
}

export const isRefusal = (value: object): value is Refusal => 'code' in value && 'status' in value && 'message' in value;

/** The platform's ErrorBody (FACTS §3.1), in the order in which it was seen on the wire (FACTS §1.6). */
export function errorBody(refusal: Refusal, contextId: string): Record<string, unknown> {
  return {
    message: refusal.message,
    code: refusal.code,
    status: refusal.status,
    ...(refusal.messageWithParams === undefined ? {} : { messageWithParams: refusal.messageWithParams }),
    ...(refusal.messageParams === undefined ? {} : { messageParams: refusal.messageParams }),
    contextId,
    details: refusal.details ?? [],
    errors: (refusal.errors ?? []).map((inner) => errorBody(inner, contextId)),
    ...(refusal.limit === undefined ? {} : { limit: refusal.limit }),
  };
}

const list = (names: readonly string[]): string => `[${names.join(', ')}]`;

// 400
export const BAD_REQUEST: Refusal = { status: 400, code: 'bad.request', message: 'The request could not be understood by the server due to malformed syntax.' };
export const NOT_A_USER: Refusal = {
  status: 400,
  code: 'not.a.user',
  message: 'This request requires a user context. Client credentials cannot be used for requests to this resource.',
};
export const NO_USER_STATION: Refusal = { status: 400, code: 'conversation.error.no.user.station', message: 'A station is required to place a call.' };
export const TOO_MANY_DESTINATIONS: Refusal = {
  status: 400,
  code: 'too.many.create.conversation.parameters',
  message: 'Only a single destination can be supplied in a create conversation request.',
};
export const invalidValue = (value: string, type: string, allowed: readonly string[]): Refusal => ({
  status: 400,
  code: 'invalid.value',
  message: `Value [${value}] is not valid for field type [${type}]. Allowable values are: ${allowed.join(', ')}`,
});
export const invalidId = (value: string): Refusal => ({
  status: 400,
  code: 'invalid.id',
  message: `The id [${value}] is not a valid UUID.`,
  assumption: 'text of invalid.id',
});
export const invalidQuery = (name: string, value: string): Refusal => ({
  status: 400,
  code: 'invalid.query.param.value',
  message: `Value [${value}] is not valid for the query parameter [${name}].`,
  assumption: 'text of invalid.query.param.value',
});

// 401
export const AUTHENTICATION_REQUIRED: Refusal = {
  status: 401,
  code: 'authentication.required',
  message: 'No authentication bearer token specified in authorization header.',
};
export const BAD_CREDENTIALS: Refusal = { status: 401, code: 'bad.credentials', message: 'Invalid login credentials.' };
export const CREDENTIALS_EXPIRED: Refusal = {
  status: 401,
  code: 'credentials.expired',
  message: 'The supplied credentials are expired and cannot be used.',
};

// 403
export const missingPermissions = (names: readonly string[]): Refusal => ({
  status: 403,
  code: 'missing.permissions',
  message: `Unable to perform the requested action. You are missing the following permission(s): ${list(names)}`,
});
export const missingAnyPermissions = (names: readonly string[]): Refusal => ({
  status: 403,
  code: 'missing.any.permissions',
  message: `Unable to perform the requested action. You must have at least one of the following permissions assigned: ${list(names)}`,
});
/**
 * The two forms in which a division was seen in a denial (FACTS §3.2); which of them goes with which code is not known.
 * @param divisionIds of the object; in any of them the permission would do
 */
export const missingInDivision = (rule: 'any' | 'all', names: readonly string[], divisionIds: readonly string[]): Refusal => ({
  status: 403,
  code: 'missing.division.permission',
  message:
    rule === 'any'
      ? `${missingAnyPermissions(names).message} in at least one of the following division(s): ${list(divisionIds)}`
      : missingPermissions(names.flatMap((name) => divisionIds.map((id) => `${name}:${id}`))).message,
  assumption: 'which wording goes with missing.division.permission',
});
export const NOT_AUTHORIZED: Refusal = { status: 403, code: 'not.authorized', message: 'You are not authorized to perform the requested action.' };
export const DENIED_BY_RULE: Refusal = { ...NOT_AUTHORIZED, assumption: 'body of a refusal by an access rule' };
export const MISSING_TRUSTOR_PERMISSIONS: Refusal = {
  status: 403,
  code: 'missing.trustor.permissions',
  message: 'Missing required permission(s)',
  assumption: 'that whoever comes from a trusted organization gets this code for any permission that they lack',
};
export const MISSING_SCOPE: Refusal = { ...NOT_AUTHORIZED, assumption: 'body of a scope refusal' };
export const forbidden = (type: string, id: string): Refusal => ({
  status: 403,
  code: 'not.authorized',
  message: `Access to ${type} ${id} is forbidden.`,
  messageWithParams: 'Access to {type} {id} is forbidden.',
  messageParams: { id, type },
});

// 404 and above
export const NOT_FOUND: Refusal = { status: 404, code: 'not.found', message: 'The requested resource was not found.' };
export const CONVERSATION_NOT_FOUND: Refusal = { ...NOT_FOUND, code: 'conversation.not.found' };
export const wrongMethod = (allowed: readonly string[]): Refusal => ({
  status: 405,
  code: 'method.not.allowed',
  message: 'The method is not allowed for the requested resource.',
  headers: { Allow: allowed.join(', ') },
  assumption: 'code and text of a 405',
});
export const STATION_TAKEN: Refusal = { status: 409, code: 'userservice.stationalreadyassociated', message: 'Station is already associated.' };
export const REQUEST_TOO_LARGE: Refusal = {
  status: 413,
  code: 'request.entity.too.large',
  message: 'The request is larger than the server accepts.',
  headers: { Connection: 'close' },
  assumption: 'text of a 413, and a limit of 1 MB',
};
export const UNSUPPORTED_MEDIA_TYPE: Refusal = {
  status: 415,
  code: 'unsupported.media.type',
  message: 'The content type of the request is not supported.',
  assumption: 'text of a 415',
};
/** @param key of the limit (FACTS §8) @param retryAfter seconds */
export const tooManyRequests = (key: string, allowed: number, seconds: number, retryAfter: number): Refusal => ({
  status: 429,
  code: 'too.many.requests',
  message: `Rate limit exceeded the maximum [${allowed}] requests within [${seconds}] seconds`,
  headers: { 'Retry-After': String(retryAfter) },
  limit: { key, namespace: 'platform.api', value: allowed },
  assumption: 'the namespace of the limit',
});
export const NO_ACTIVE_EDGE: Refusal = {
  status: 500,
  code: 'providerapi.error.station.no.active.edge',
  message: 'Unable to place call. Could not find an Edge for this station.',
};
export const NO_EDGE_FOR_STATION: Refusal = {
  status: 500,
  code: 'providerapi.error.no.station.for.edge',
  message: 'A station assignment was found, but no Edge is assigned to it.',
  assumption: 'text of providerapi.error.no.station.for.edge',
};
export const INTERNAL_ERROR: Refusal = {
  status: 500,
  code: 'internal.server.error',
  message: 'The server encountered an unexpected condition which prevented it from fulfilling the request.',
  assumption: 'a defect of the sandbox',
};
export const notImplemented = (operation: string): Refusal => ({
  status: 501,
  code: 'sandbox.not.implemented',
  message: `The sandbox allows ${operation} for this caller, but does not implement it.`,
});
export const HEADERS_TOO_LARGE: Refusal = {
  status: 431,
  code: 'bad.request',
  message: 'The headers of the request are larger than the server accepts.',
  assumption: 'answer to headers that are too large',
};
export const REQUEST_INCOMPLETE: Refusal = {
  status: 408,
  code: 'request.timeout',
  message: 'The request did not arrive in time.',
  assumption: 'answer to a request that does not end',
};
export const SERVICE_UNAVAILABLE: Refusal = {
  status: 503,
  code: 'service.unavailable',
  message: 'Service Unavailable - The server is currently unavailable (because it is overloaded or down for maintenance).',
  assumption: 'text of service.unavailable',
};
const GATEWAY_TIMEOUT: Refusal = {
  status: 504,
  code: 'request.timeout',
  message: 'The request timed out.',
  assumption: 'text of request.timeout',
};
const CONFLICT: Refusal = {
  status: 409,
  code: 'general.conflict',
  message: 'The request conflicts with the state of the resource.',
  assumption: 'text of a 409',
};

const BY_STATUS: ReadonlyMap<number, Refusal> = new Map(
  [BAD_REQUEST, BAD_CREDENTIALS, NOT_AUTHORIZED, NOT_FOUND, CONFLICT, UNSUPPORTED_MEDIA_TYPE, SERVICE_UNAVAILABLE, GATEWAY_TIMEOUT].map((r) => [r.status, r]),
);

/** What the platform says with a status, as far as the facts have a code for it (FACTS §3.2). */
export const refusalOf = (status: number): Refusal =>
  BY_STATUS.get(status) ?? {
    status,
    code: status >= 500 ? INTERNAL_ERROR.code : BAD_REQUEST.code,
    message: status >= 500 ? INTERNAL_ERROR.message : BAD_REQUEST.message,
    assumption: `code and text of a ${status}`,
  };
