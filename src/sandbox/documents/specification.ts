import { PLACE_AS_SELF } from '../../platform/callRequest.js';
import type { Operations } from '../../platform/operations.js';
import type { Specification } from '../org/specification.js';

/** An operation as the document tells of it. */
interface Told {
  readonly method: string;
  readonly path: string;
  readonly type: 'any' | 'all' | 'none';
  readonly permissions: readonly string[];
  readonly scopes: readonly string[];
  readonly deprecated: boolean;
  readonly preview: boolean;
  readonly needsUser: boolean;
}

/**
 * The API description as text, a path at a time: Swagger 2.0 with the platform's extensions (FACTS §2).
 * @param differences in what it is not what the index says
 * @param host as in the request's Host header
 */
export function* specificationText(operations: Operations, differences: Specification, host: string): Generator<string> {
  let length = 0;
  const counted = (text: string): string => {
    length += text.length;
    return text;
  };
  const paths = byPath(operations, differences);
  const tags = [...new Set([...paths.keys()].map(tagOf))].sort();
  yield counted(`${JSON.stringify(head(host, tags)).slice(0, -1)},"paths":{`);
  let separator = '';
  for (const [path, told] of paths) {
    const methods = Object.fromEntries(told.map((t) => [t.method.toLowerCase(), operationDocument(t)]));
    yield counted(`${separator}${JSON.stringify(path)}:${JSON.stringify(methods)}`);
    separator = ',';
  }
  yield counted(`},"definitions":{"ErrorBody":${JSON.stringify(ERROR_BODY)}`);
  for (let n = 1; length < (differences.padding ?? 0); n++) yield counted(`,"Padding${n}":{"type":"object","description":"${'x'.repeat(PADDING_PIECE)}"}`);
  yield '}}';
}

const PADDING_PIECE = 16_000;

function byPath(operations: Operations, { adds = [], removes = [], changes = [] }: Specification): ReadonlyMap<string, readonly Told[]> {
  const removed = new Set(removes);
  const changed = new Map(changes.map((c) => [c.operation, c]));
  const paths = new Map<string, Told[]>();
  const add = (told: Told): void => {
    const known = paths.get(told.path);
    if (known) known.push(told);
    else paths.set(told.path, [told]);
  };
  for (const o of operations.all()) {
    const key = `${o.method} ${o.path}`;
    if (removed.has(key)) continue;
    const { type = o.rule === 'unknown' ? 'none' : o.rule, permissions = o.permissions, scopes = o.scopes } = changed.get(key) ?? {};
    const { method, path, deprecated, preview } = o;
    add({ method, path, type, permissions, scopes, deprecated, preview, needsUser: o.userContext === 'required' });
  }
  for (const { operation, type, permissions = [], scopes = [] } of adds) {
    const [method = '', path = ''] = operation.split(' ');
    const rule = type ?? (permissions.length > 0 ? 'any' : 'none');
    add({ method, path, type: rule, permissions, scopes, deprecated: false, preview: false, needsUser: false });
  }
  return paths;
}

const head = (host: string, tags: readonly string[]): object => ({
  swagger: '2.0',
  info: {
    description: 'What the sandbox org of Call Doctor checks. It is not the platform’s own description.',
    version: 'v2',
    title: 'Genesys Cloud Platform API',
  },
  host,
  tags: tags.map((name) => ({ name })),
  schemes: ['http'],
  consumes: ['application/json'],
  produces: ['application/json'],
  securityDefinitions: { 'PureCloud OAuth': { type: 'oauth2', authorizationUrl: `http://${host}/oauth/authorize`, flow: 'implicit' } },
});

const segmentsOf = (path: string): string[] => path.split('/').slice(3);
const isParameter = (segment: string): boolean => segment.startsWith('{');
const nameOf = (segment: string): string => segment.slice(1, -1);
const capitalized = (segment: string): string => segment.replace(/(?:^|[^A-Za-z0-9]+)([A-Za-z0-9])/g, (_, letter: string) => letter.toUpperCase());
const tagOf = (path: string): string => capitalized(segmentsOf(path)[0] ?? '');

/** The verb and every segment: `getUsersUserIdRoles`. */
const operationId = (method: string, path: string): string =>
  method.toLowerCase() +
  segmentsOf(path)
    .map((s) => capitalized(isParameter(s) ? nameOf(s) : s))
    .join('');

const singular = (word: string): string =>
  /[^aeiou]ies$/.test(word)
    ? `${word.slice(0, -3)}y`
    : /(?:ss|us|ias)$/.test(word)
      ? word
      : /(?:sses|uses|xes|ches)$/.test(word)
        ? word.slice(0, -2)
        : word.replace(/s$/, '');

/** The SDK's name: what is followed by an id is one of them (`getUserRoles`); where that does not show, the id is named. */
function methodName(method: string, path: string): string {
  const segments = segmentsOf(path);
  const words = segments.map((segment, i) => {
    if (isParameter(segment)) {
      const before = segments[i - 1] ?? '';
      return singular(before) === before ? capitalized(nameOf(segment)) : '';
    }
    return capitalized(isParameter(segments[i + 1] ?? '') ? singular(segment) : segment);
  });
  return method.toLowerCase() + words.join('');
}

const operationDocument = (t: Told): object => ({
  tags: [tagOf(t.path)],
  operationId: operationId(t.method, t.path),
  produces: ['application/json'],
  parameters: segmentsOf(t.path)
    .filter(isParameter)
    .map((s) => ({ name: nameOf(s), in: 'path', required: true, type: 'string' })),
  responses: { 200: { description: 'successful operation' }, ...Object.fromEntries(errorsOf(t).map(([status, codes]) => [status, errorResponse(codes)])) },
  security: [{ 'PureCloud OAuth': t.scopes }],
  ...(t.type === 'none' || t.permissions.length === 0 ? {} : { 'x-inin-requires-permissions': { type: t.type.toUpperCase(), permissions: t.permissions } }),
  ...(t.deprecated ? { deprecated: true } : {}),
  ...(t.preview ? { 'x-genesys-preview': true } : {}),
  'x-purecloud-method-name': methodName(t.method, t.path),
});

type Codes = Readonly<Record<string, string>>;
const BAD = 'The request could not be understood by the server due to malformed syntax.';
const NO_TOKEN = 'No authentication bearer token specified in authorization header.';
const NOT_ALLOWED = 'You are not authorized to perform the requested action.';

/** The codes that operations declare, by status, with their templates (FACTS §1.4, §3.2). */
const ERRORS: Readonly<Record<string, Codes>> = {
  400: {
    'bad.request': BAD,
    'invalid.date': 'Dates must be specified as ISO-8601 strings. For example: yyyy-MM-ddTHH:mm:ss.SSSZ',
    'invalid.value': 'Value [%s] is not valid for field type [%s]. Allowable values are: %s',
    'invalid.query.param.value': 'Value [%s] is not valid for the query parameter [%s].',
    'invalid.property': 'Value [%s] is not a valid property for object [%s]',
    'constraint.validation': '%s',
    'invalid.id': 'The id [%s] is not a valid UUID.',
  },
  401: { 'authentication.required': NO_TOKEN, 'bad.credentials': 'Invalid login credentials.' },
  403: {
    'missing.permissions': 'Unable to perform the requested action. You are missing the following permission(s): %s',
    'missing.any.permissions': 'Unable to perform the requested action. You must have at least one of the following permissions assigned: %s',
    'not.authorized': NOT_ALLOWED,
  },
  404: { 'not.found': 'The requested resource was not found.' },
  413: { 'request.entity.too.large': 'The request is larger than the server accepts.' },
  415: { 'unsupported.media.type': 'The content type of the request is not supported.' },
  429: { 'too.many.requests': 'Rate limit exceeded the maximum [%s] requests within [%s] seconds' },
  500: { 'internal.server.error': 'The server encountered an unexpected condition which prevented it from fulfilling the request.' },
  503: { 'service.unavailable': 'Service Unavailable - The server is currently unavailable (because it is overloaded or down for maintenance).' },
  504: { 'request.timeout': 'The request timed out.', 'authentication.request.timeout': 'Authentication request timeout.' },
};
/** FACTS §2: the sign that an operation needs a user. */
const NOT_A_USER: Codes = { 'not.a.user': 'This request requires a user context. Client credentials cannot be used for requests to this resource.' };
/** FACTS §1.4: of the plain call. */
const OF_CALLS: Readonly<Record<string, Codes>> = {
  400: {
    'conversation.error.no.user.station': 'A station is required to place a call.',
    'too.many.create.conversation.parameters': 'Only a single destination can be supplied in a create conversation request.',
  },
  404: { 'resource.not.found': 'The requested resource was not found.' },
  500: {
    'providerapi.error.station.no.active.edge': 'Unable to place call. Could not find an Edge for this station.',
    'providerapi.error.no.station.for.edge': 'A station assignment was found, but no Edge is assigned to it.',
  },
};

function errorsOf(t: Told): (readonly [status: string, codes: Codes])[] {
  const more = t.method === PLACE_AS_SELF.method && t.path === PLACE_AS_SELF.path ? OF_CALLS : {};
  return Object.entries(ERRORS).map(([status, codes]) => [status, { ...codes, ...(status === '400' && t.needsUser ? NOT_A_USER : {}), ...more[status] }]);
}

const errorResponse = (codes: Codes): object => ({
  description: Object.values(codes)[0],
  schema: { $ref: '#/definitions/ErrorBody' },
  'x-inin-error-codes': codes,
});

const ERROR_BODY = {
  type: 'object',
  properties: {
    message: { type: 'string' },
    code: { type: 'string' },
    status: { type: 'integer', format: 'int32' },
    messageWithParams: { type: 'string' },
    messageParams: { type: 'object', additionalProperties: { type: 'string' } },
    contextId: { type: 'string' },
    details: { type: 'array', items: { type: 'object' } },
    errors: { type: 'array', items: { $ref: '#/definitions/ErrorBody' } },
  },
};
