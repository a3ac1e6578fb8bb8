import fs from 'node:fs';
import path from 'node:path';
import { ENUMERATIONS } from './enumerations.js';

/** A type as the SDK's declarations write it. They have no enumerations: those are `string` there. */
type SdkType =
  | { readonly kind: 'string' | 'number' | 'boolean' | 'object' | 'void' }
  | { readonly kind: 'list' | 'map'; readonly of: SdkType }
  | { readonly kind: 'model'; readonly name: string };

interface Property {
  readonly type: SdkType;
  readonly required: boolean;
}

/** What the official SDK says that the platform answers. */
export interface SdkTypes {
  readonly models: ReadonlyMap<string, ReadonlyMap<string, Property>>;
  /** `METHOD /template` → what a success answers. */
  readonly answers: ReadonlyMap<string, SdkType>;
}

const FOLDER = path.join('node_modules', 'purecloud-platform-client-v2');

/** Reads the declarations and the methods of the installed SDK. TypeScript's own compiler API is not there to do it (TypeScript 7). */
export function readSdkTypes(): SdkTypes {
  const declarations = fs.readFileSync(path.join(FOLDER, 'index.d.ts'), 'utf8');
  const methods = fs.readFileSync(path.join(FOLDER, 'dist', 'node', 'purecloud-platform-client-v2.js'), 'utf8');
  return { models: readModels(declarations), answers: readAnswers(declarations, methods) };
}

function readModels(declarations: string): SdkTypes['models'] {
  const models = new Map<string, Map<string, Property>>();
  const text = declarations.slice(declarations.indexOf('declare namespace Models'));
  for (const [, name = '', body = ''] of text.matchAll(/^\texport interface (\w+) \{\s*\n([\s\S]*?)^\t\}/gm)) {
    const properties = [...body.matchAll(/^\t\t"([^"]+)"(\??): (.+);\s*$/gm)];
    models.set(name, new Map(properties.map(([, key = '', optional, type = '']) => [key, { type: readType(type), required: optional === '' }])));
  }
  return models;
}

function readType(text: string): SdkType {
  const list = /^Array<(.+)>$/.exec(text)?.[1];
  if (list !== undefined) return { kind: 'list', of: readType(list) };
  const map = /^\{ \[key: string\]: (.+); \}$/.exec(text)?.[1];
  if (map !== undefined) return { kind: 'map', of: readType(map) };
  const model = /^Models\.(\w+)$/.exec(text)?.[1];
  if (model !== undefined) return { kind: 'model', name: model };
  if (text === 'string' || text === 'number' || text === 'boolean' || text === 'object' || text === 'void') return { kind: text };
  throw new Error(`The SDK's declarations have a type that is not read here: ${text}`);
}

/** The declarations know what a method answers, the code which operation it is. */
function readAnswers(declarations: string, code: string): SdkTypes['answers'] {
  const byMethod = new Map([...declarations.matchAll(/^ {2}\t(\w+)\(.*\): Promise<(.+)>;$/gm)].map(([, name, type = '']) => [name, readType(type)]));
  const answers = new Map<string, SdkType>();
  for (const [, name, template, method] of code.matchAll(/^\t(\w+)\([^)]*\) \{ *\n(?:(?!\n\t\})[\s\S])*?callApi\(\s*'([^']+)',\s*'([A-Z]+)'/gm)) {
    const type = byMethod.get(name);
    if (type) answers.set(`${method} ${template}`, type);
  }
  return answers;
}

/**
 * What of `value` does not fit `type`: properties that the type does not have, other types, required ones that are absent.
 * @returns one line each, `pointer: what is wrong`
 */
export function misfits(types: SdkTypes, type: SdkType, value: unknown, pointer = ''): string[] {
  const wrong = (expected: string): string[] => [`${pointer || '/'}: ${JSON.stringify(value) ?? 'nothing'} is no ${expected}`];
  switch (type.kind) {
    case 'void':
      return value === undefined ? [] : wrong('empty answer');
    case 'object':
      return value === undefined || value === null ? wrong('object') : [];
    case 'string':
    case 'number':
    case 'boolean':
      return typeof value === type.kind ? [] : wrong(type.kind);
    case 'list':
      return Array.isArray(value) ? value.flatMap((item, i) => misfits(types, type.of, item, `${pointer}/${i}`)) : wrong('list');
    case 'map':
      return isPlain(value) ? Object.entries(value).flatMap(([key, item]) => misfits(types, type.of, item, `${pointer}/${key}`)) : wrong('map');
    case 'model': {
      const model = types.models.get(type.name);
      if (!model) throw new Error(`The SDK's declarations do not declare ${type.name}`);
      if (!isPlain(value)) return wrong(type.name);
      const required = isReference(value) && pointer !== '' ? [] : [...model].filter(([, p]) => p.required);
      const absent = required.filter(([key]) => value[key] === undefined).map(([key]) => `${pointer}/${key}: ${type.name} requires it`);
      const present = Object.entries(value).flatMap(([key, item]) => {
        const property = model.get(key);
        if (!property) return [`${pointer}/${key}: ${type.name} does not have it`];
        return [...misfits(types, property.type, item, `${pointer}/${key}`), ...notAmong(`${type.name}.${key}`, item, `${pointer}/${key}`)];
      });
      return [...absent, ...present];
    }
  }
}

/**
 * An entity that another document only mentions. What the types require of such a model is what a request that writes it needs
 * (of User: its `version`).
 */
const isReference = (value: Readonly<Record<string, unknown>>): boolean => 'id' in value && Object.keys(value).every((key) => REFERENCE.has(key));
const REFERENCE: ReadonlySet<string> = new Set(['id', 'name', 'selfUri']);

const isPlain = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

function notAmong(property: string, value: unknown, pointer: string): string[] {
  const values = ENUMERATIONS.get(property);
  return values === undefined || values.includes(String(value)) ? [] : [`${pointer}: ${JSON.stringify(value)} is none of ${property}: ${values.join(', ')}`];
}
