import type { Field, ObjectModel } from './bodies/bodyModel.js';
import { CREATE_CALL } from './bodies/createCallRequest.js';
import { fieldHelp, type HelpLine } from './bodies/fieldHelp.js';
import { FOREIGN_FIELDS } from './foreignFields.js';
import { pointerTo } from './pointer.js';

const GUID = '^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$';

/** The JSON schema of `*.call.json` (draft 7, with VS Code's extensions), from the model: hover, completion, validation. */
export function callSchema(): object {
  const foreign = Object.fromEntries(
    [...FOREIGN_FIELDS.values()].map((f) => {
      const text = `“${f.name}” is not a field of this operation. Those who write it mean ${f.meant}. ${f.instead}`;
      return [f.name, { not: {}, errorMessage: text, doNotSuggest: true, markdownDescription: text }];
    }),
  );
  const { fields, source, asOf } = CREATE_CALL;
  const destinations = fields.filter((f) => f.destination).map((f) => f.name);
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Genesys Cloud call request',
    description: `The body of POST /api/v2/conversations/calls and of POST /api/v2/conversations/calls/user/{userId}. Source: ${source}, ${asOf}.`,
    type: 'object',
    properties: { ...properties(CREATE_CALL, ''), ...foreign },
    additionalProperties: false,
    // Each rule is a `not`, since only that is reported in the words of `errorMessage`: an `anyOf` of `required` would be told as
    // "Missing property phoneNumber", and `dependencies` as if callQueueId had to be added.
    allOf: [
      never({ allOf: [...destinations, 'conversationIds'].map((name) => ({ not: { required: [name] } })) }, `Name one destination: ${list(destinations)}.`),
      never(
        { anyOf: pairs(destinations).map((both) => ({ required: both })) },
        `Only one destination is allowed in a call request: keep one of ${list(destinations)}.`,
      ),
      ...fields.flatMap((f) =>
        f.onlyWith
          ? [
              never(
                { required: [f.name], not: { required: [f.onlyWith] } },
                `“${f.name}” does nothing without ${f.onlyWith}: it applies when a queue is called.`,
              ),
            ]
          : [],
      ),
    ],
    defaultSnippets: [{ label: 'Call a number', body: { phoneNumber: '+1' } }],
  };
}

/** A rule about an object: it must not be like `schema`. What is no object is another problem. */
const never = (schema: object, errorMessage: string): object => ({ not: { type: 'object', ...schema }, errorMessage });
const list = (names: readonly string[]): string => `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`;

const properties = (object: ObjectModel, at: string): object => Object.fromEntries(object.fields.map((f) => [f.name, property(f, at + pointerTo(f.name))]));

function property(f: Field, pointer: string): object {
  const lines = fieldHelp(CREATE_CALL, pointer)?.lines ?? [];
  return { markdownDescription: lines.map(markdown).join('\n\n'), description: f.meaning, ...shape(f, pointer), examples: [f.example] };
}

/** The texts are the project's own; angles are kept from being HTML. */
function markdown({ kind, text }: HelpLine): string {
  const line = text.map((part) => (typeof part === 'string' ? part.replaceAll('<', '&lt;') : `\`${part.code}\``)).join('');
  return kind === 'source' ? `*${line}*` : line;
}

function shape(f: Field, pointer: string): object {
  if (f.object) {
    const one = { type: 'object', additionalProperties: false, properties: properties(f.object, f.type.endsWith('[]') ? `${pointer}/0` : pointer) };
    return f.type.endsWith('[]') ? { type: 'array', ...(f.destination ? { minItems: 1 } : {}), items: one } : one;
  }
  const one = oneShape(f);
  switch (f.type) {
    case 'int32':
      return { type: 'integer', minimum: -(2 ** 31), maximum: 2 ** 31 - 1 };
    case 'boolean':
      return { type: 'boolean' };
    case 'string[]':
      return { type: 'array', items: one };
    case 'map<string,string>':
      return { type: 'object', additionalProperties: { type: 'string' } };
    default:
      return one;
  }
}

function oneShape(f: Field): object {
  if (f.format === 'guid')
    return { type: 'string', pattern: GUID, patternErrorMessage: 'An id is a GUID: eight, four, four, four and twelve hexadecimal digits.' };
  return { type: 'string', ...(f.values ? { enum: f.values } : {}), ...(f.destination ? { minLength: 1 } : {}) };
}

const pairs = (names: readonly string[]): [string, string][] => names.flatMap((a, i) => names.slice(i + 1).map((b): [string, string] => [a, b]));
