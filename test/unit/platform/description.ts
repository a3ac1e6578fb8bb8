/** An operation as a test wants the API to describe it. */
export interface Described {
  readonly any?: readonly string[];
  readonly all?: readonly string[];
  readonly scopes?: readonly string[];
  readonly errors?: readonly string[];
  readonly deprecated?: boolean;
  /** Members of the operation that come last, and win. */
  readonly more?: object;
}

const body = (code: string, codes: readonly string[]): object => ({
  description: 'The request could not be understood by the server due to malformed syntax.',
  schema: { $ref: '#/definitions/ErrorBody' },
  'x-inin-error-codes': Object.fromEntries([code, ...codes].map((c) => [c, 'Words with “quotes”, \\ and é.'])),
});

/** The description of an operation, in the shape of the platform's (FACTS §2; SDK 22.0.0's swagger.json). */
export function described({ any, all, scopes = [], errors = [], deprecated, more }: Described): object {
  return {
    tags: ['Users'],
    summary: 'Does something {with} braces, [brackets] and "quotes"',
    description: '',
    operationId: 'doSomething',
    produces: ['application/json'],
    parameters: [{ name: 'expand', in: 'query', required: false, type: 'array', items: { type: 'string', enum: ['a', 'b'] }, collectionFormat: 'multi' }],
    responses: {
      '200': { description: 'successful operation', schema: { $ref: '#/definitions/User' } },
      '400': body('bad.request', errors),
      '403': body('not.authorized', []),
    },
    security: [{ 'PureCloud OAuth': scopes }],
    ...(any ? { 'x-inin-requires-permissions': { type: 'ANY', permissions: any } } : {}),
    ...(all ? { 'x-inin-requires-permissions': { type: 'ALL', permissions: all } } : {}),
    'x-purecloud-method-name': 'doSomething',
    ...(deprecated ? { deprecated } : {}),
    ...more,
  };
}

/** A description of the API with these operations, by `METHOD /path`, in their order. */
export function description(operations: Readonly<Record<string, Described>>): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const [name, one] of Object.entries(operations)) {
    const [method = '', path = ''] = name.split(' ');
    paths[path] = { ...paths[path], [method.toLowerCase()]: described(one) };
  }
  return {
    swagger: '2.0',
    info: { version: 'v2', title: 'Platform API' },
    host: 'api.mypurecloud.com',
    tags: [{ name: 'Users', description: 'Me, {routing}, [roles]' }],
    schemes: ['https'],
    paths,
    securityDefinitions: { 'PureCloud OAuth': { type: 'oauth2', flow: 'implicit', scopes: { all: 'All' } } },
    definitions: { User: { type: 'object', properties: { id: { type: 'string' }, paths: { type: 'object', properties: {} } } } },
  };
}
