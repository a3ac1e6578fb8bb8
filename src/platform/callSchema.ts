import { type CallField, FIELDS, FIELDS_AS_OF, FIELDS_SOURCE } from './callRequest.js';
import { FOREIGN_FIELDS } from './foreignFields.js';

const GUID = '^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$';

/** The JSON schema of `*.call.json` (draft 7, with VS Code's extensions), from the model: hover, completion, validation. */
export function callSchema(): object {
  const foreign = Object.fromEntries(
    [...FOREIGN_FIELDS.values()].map((f) => {
      const text = `“${f.name}” is not a field of this operation. Those who write it mean ${f.meant}. ${f.instead}`;
      return [f.name, { not: {}, errorMessage: text, doNotSuggest: true, markdownDescription: text }];
    }),
  );
  const destinations = FIELDS.filter((f) => f.destination).map((f) => f.name);
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Genesys Cloud call request',
    description: `The body of POST /api/v2/conversations/calls and of POST /api/v2/conversations/calls/user/{userId}. Source: ${FIELDS_SOURCE}, ${FIELDS_AS_OF}.`,
    type: 'object',
    properties: { ...Object.fromEntries(FIELDS.map((f) => [f.name, property(f)])), ...foreign },
    additionalProperties: false,
    // Each rule is a `not`, since only that is reported in the words of `errorMessage`: an `anyOf` of `required` would be told as
    // "Missing property phoneNumber", and `dependencies` as if callQueueId had to be added.
    allOf: [
      never({ allOf: [...destinations, 'conversationIds'].map((name) => ({ not: { required: [name] } })) }, `Name one destination: ${list(destinations)}.`),
      never(
        { anyOf: pairs(destinations).map((both) => ({ required: both })) },
        `Only one destination is allowed in a call request: keep one of ${list(destinations)}.`,
      ),
      ...FIELDS.filter((f) => f.onlyWith).map((f) =>
        never({ required: [f.name], not: { required: [f.onlyWith] } }, `“${f.name}” does nothing without ${f.onlyWith}: it applies when a queue is called.`),
      ),
    ],
    defaultSnippets: [{ label: 'Call a number', body: { phoneNumber: '+1' } }],
  };
}

/** A rule about an object: it must not be like `schema`. What is no object is another problem. */
const never = (schema: object, errorMessage: string): object => ({ not: { type: 'object', ...schema }, errorMessage });
const list = (names: readonly string[]): string => `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`;

function property(f: CallField): object {
  const lines = [f.meaning];
  if (f.note) lines.push(f.note);
  if (f.destination) lines.push(`One of the destinations: a request has exactly one.`);
  if (f.onlyWith) lines.push(`Only matters together with \`${f.onlyWith}\`.`);
  lines.push(`Type \`${f.type}\`${f.format === 'guid' ? ', a GUID' : ''}. Example: \`${JSON.stringify(f.example)}\``);
  lines.push(`*${f.since ? `Since ${f.since}. ` : ''}Source: ${FIELDS_SOURCE}, ${FIELDS_AS_OF}*`);
  return { markdownDescription: lines.join('\n\n'), description: f.meaning, ...shape(f), examples: [f.example] };
}

function shape(f: CallField): object {
  const id = { type: 'string', pattern: GUID, patternErrorMessage: 'An id is a GUID: eight, four, four, four and twelve hexadecimal digits.' };
  const one = f.format === 'guid' ? id : { type: 'string', ...(f.destination ? { minLength: 1 } : {}) };
  switch (f.type) {
    case 'string':
      return one;
    case 'int32':
      return { type: 'integer', minimum: -(2 ** 31), maximum: 2 ** 31 - 1 };
    case 'string[]':
      return { type: 'array', items: one };
    case 'map<string,string>':
      return { type: 'object', additionalProperties: { type: 'string' } };
    case 'Destination[]':
      return {
        type: 'array',
        minItems: 1,
        items: {
          type: 'object',
          additionalProperties: false,
          properties: {
            address: { type: 'string', markdownDescription: 'Number or address to dial.' },
            name: { type: 'string', markdownDescription: 'Name to show for this party.' },
            userId: { ...id, markdownDescription: 'User to call.' },
            queueId: { ...id, markdownDescription: 'Queue to call.' },
          },
        },
      };
  }
}

const pairs = (names: readonly string[]): [string, string][] => names.flatMap((a, i) => names.slice(i + 1).map((b): [string, string] => [a, b]));
