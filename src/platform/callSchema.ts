import { BODY_MODELS } from './bodies/bodies.js';
import type { BodyModel, Field, ObjectModel, OneOf, OperationName } from './bodies/bodyModel.js';
import { CREATE_CALL } from './bodies/createCallRequest.js';
import { fieldHelp, type HelpLine } from './bodies/fieldHelp.js';
import { foreignFieldsOf } from './foreignFields.js';
import { METHODS } from './operationIndex.js';
import { pointerTo } from './pointer.js';

/**
 * The JSON schema of `*.call.json` (draft 7, with VS Code's extensions), from the models: hover, completion, validation. A document is
 * the body of a call request alone, or a request with method, URL and body. The schema tells names, types and what must stand together;
 * what a value is worth (a number, an id, a placeholder) is told by lint, which knows more of it (`SCHEMA_SAYS`).
 */
export function callSchema(): object {
  const keys = keysOf(BODY_MODELS);
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Genesys Cloud call request',
    type: 'object',
    properties: { method: METHOD, url: URL_OF_CALL },
    if: { anyOf: [{ required: ['url'] }, { required: ['method'] }] },
    // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
    then: requestSchema(keys),
    else: { $ref: refTo(keys, CREATE_CALL) },
    definitions: Object.fromEntries(BODY_MODELS.map((model) => [keys.get(model), bodySchema(model)])),
    defaultSnippets: [
      { label: 'Call a number', body: { phoneNumber: '+1' } },
      { label: 'Request with method and URL', body: { method: 'POST', url: '/api/v2/conversations/calls/user/', body: { phoneNumber: '+1' } } },
    ],
  };
}

const OPERATIONS: readonly (OperationName & { readonly model: BodyModel })[] = BODY_MODELS.flatMap((model) => model.operations.map((o) => ({ ...o, model })));

const METHOD = { type: 'string', enum: [...METHODS], markdownDescription: 'The method of the request. Calls are placed with `POST`.' };
const URL_OF_CALL = {
  type: 'string',
  examples: [...new Set(OPERATIONS.map((o) => o.path))],
  markdownDescription: 'The URL of the request, or its path: `/api/v2/conversations/calls/user/{userId}` places a call on the phone of that user.',
};

type Keys = ReadonlyMap<BodyModel, string>;

/** Two models may have one name: that of the SDK's type. */
function keysOf(models: readonly BodyModel[]): Keys {
  const keys = new Map<BodyModel, string>();
  for (const model of models) {
    const taken = [...keys.keys()].filter((m) => m.name === model.name).length;
    keys.set(model, taken === 0 ? model.name : `${model.name}${taken + 1}`);
  }
  return keys;
}

const refTo = (keys: Keys, model: BodyModel): string => `#/definitions/${keys.get(model)}`;

/** `{"method","url","headers","body"}`: the body by the operation; one that is a string is left to lint, which reads it. */
function requestSchema(keys: Keys): object {
  return {
    required: ['method', 'url'],
    properties: {
      method: METHOD,
      url: URL_OF_CALL,
      headers: {
        type: 'object',
        additionalProperties: { type: 'string' },
        markdownDescription: 'Headers of the request. `Authorization` is added when the call is placed: no token belongs into a file.',
      },
      body: { markdownDescription: 'The body of the request, as the operation takes it.' },
    },
    allOf: [
      {
        properties: { method: {}, url: {}, headers: {}, body: {}, query: {}, uri: {}, path: {}, data: {} },
        additionalProperties: false,
        errorMessage: 'A request has method, url, headers and body. What the operation takes stands in “body”.',
      },
      ...OPERATIONS.map(({ method, path, model }) => ({
        if: { required: ['method', 'url'], properties: { method: { pattern: `(?i)^${method}$` }, url: { pattern: patternOf(path) } } },
        // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
        then: { properties: { body: { if: { type: 'string' }, else: { $ref: refTo(keys, model) } } } },
      })),
    ],
  };
}

/** The URLs of a path template: with or without a host or a placeholder before, with any query. */
const patternOf = (path: string): string => `^(?:[A-Za-z]+://)?[^/?#]*${path.replaceAll('.', '\\.').replaceAll(/\{\w+\}/g, '[^/?#]+')}/?(?:[?#].*)?$`;

function bodySchema(model: BodyModel): object {
  const { source, asOf, operations, fields, meaning } = model;
  const sent = operations.map((o) => `${o.method} ${o.path}`).join(', ');
  const markdownDescription = `${meaning}\n\nThe body of ${sent}.\n\n*Source: ${source}, ${asOf}*`;
  return fields.length === 0 ? { markdownDescription } : { markdownDescription, ...objectSchema(model, model, '') };
}

function objectSchema(object: ObjectModel, model: BodyModel, at: string): object {
  const { fields, oneOf, answerOnly = [] } = object;
  const required = fields.filter((f) => f.required).map((f) => f.name);
  const foreign = foreignFieldsOf(object).map((f): [string, object] => [
    f.name,
    refused(`“${f.name}” is not a field of this operation. Those who write it mean ${f.meant}. ${f.instead}`),
  ]);
  const answers = answerOnly.map((name): [string, object] => [name, refused(`“${name}” is in answers. No source says that this request reads it.`)]);
  const rules = [...(oneOf ? oneOfRules(oneOf) : []), ...fields.flatMap(withAnother)];
  return {
    type: 'object',
    properties: {
      ...Object.fromEntries([...answers, ...foreign]),
      ...Object.fromEntries(fields.map((f) => [f.name, property(f, model, at + pointerTo(f.name))])),
    },
    additionalProperties: false,
    ...(required.length > 0 ? { required } : {}),
    ...(rules.length > 0 ? { allOf: rules } : {}),
  };
}

/** A field that is explained and not offered. */
const refused = (text: string): object => ({ not: {}, errorMessage: text, doNotSuggest: true, markdownDescription: escaped(text) });

/**
 * Each rule is a `not`, since only that is reported in the words of `errorMessage`: an `anyOf` of `required` would be told as "Missing
 * property phoneNumber". A second destination is told at itself.
 */
function oneOfRules({ names, only, orElse = [] }: OneOf): object[] {
  const none = {
    not: { type: 'object', allOf: [...names, ...orElse].map((name) => ({ not: { required: [name] } })) },
    errorMessage: only ? `Name one destination: ${list(names)}.` : `One of ${list(names)} is needed.`,
  };
  const message = `Only one destination is allowed in a call request: keep one of ${list(names)}.`;
  if (!only) return [none];
  return [none, ...names.slice(1).map((name, i) => onlyIf({ not: { anyOf: names.slice(0, i + 1).map((n) => ({ required: [n] })) } }, name, message))];
}

const withAnother = ({ name, onlyWith }: Field): object[] =>
  onlyWith === undefined ? [] : [onlyIf({ required: [onlyWith] }, name, `“${name}” does nothing without ${onlyWith}: it applies when a queue is called.`)];

/** A rule about the object that has a property; it is told at the property. */
const onlyIf = (condition: object, name: string, errorMessage: string): object => ({
  if: condition,
  else: { properties: { [name]: { not: {}, errorMessage, doNotSuggest: true } } },
});

const list = (names: readonly string[]): string => `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`;

function property(f: Field, model: BodyModel, pointer: string): object {
  const lines = fieldHelp(model, pointer)?.lines ?? [];
  return {
    markdownDescription: lines.map(markdown).join('\n\n'),
    ...shape(f, model, pointer),
    examples: f.values && !f.type.endsWith('[]') ? f.values : [f.example],
  };
}

/** The texts are the project's own; angles are kept from being HTML. */
function markdown({ kind, text }: HelpLine): string {
  const line = text.map((part) => (typeof part === 'string' ? escaped(part) : `\`${part.code}\``)).join('');
  return kind === 'source' ? `*${line}*` : line;
}

const escaped = (text: string): string => text.replaceAll('<', '&lt;');

function shape(f: Field, model: BodyModel, pointer: string): object {
  const least = f.destination ? { minItems: 1 } : {};
  if (f.object) {
    if (!f.type.endsWith('[]')) return objectSchema(f.object, model, pointer);
    return { type: 'array', ...least, items: objectSchema(f.object, model, `${pointer}/0`) };
  }
  switch (f.type) {
    case 'int32':
      return { type: 'integer', minimum: -(2 ** 31), maximum: 2 ** 31 - 1 };
    case 'boolean':
      return { type: 'boolean' };
    case 'string[]':
      return { type: 'array', ...least, items: { type: 'string' } };
    case 'map<string,string>':
      return { type: 'object', additionalProperties: { type: 'string' } };
    default:
      return { type: 'string', ...(f.destination ? { minLength: 1 } : {}) };
  }
}
