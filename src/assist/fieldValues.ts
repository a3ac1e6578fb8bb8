import type { Field } from '../platform/bodies/bodyModel.js';
import type { Completion } from './completion.js';
import type { FillValues } from './fix.js';

/** A value that a field can have. */
export interface Value {
  readonly label: string;
  readonly json: string;
  readonly from: Completion['from'];
  readonly detail: string;
}

/**
 * The values that are known for a field: what is picked, the only ones that there are, and an example where one can stand as it is.
 * @param isItem whether for an item of the field's list
 */
export function valuesFor(field: Field, isItem: boolean, picked: FillValues): Value[] {
  const { type, format, values, example, object } = field;
  const wrap = type.endsWith('[]') && !isItem ? (json: string): string => `[${json}]` : (json: string): string => json;
  const found = pickedFor(field, picked).map(({ json, ...value }) => ({ ...value, json: wrap(json) }));
  const model = (label: string, json: string, detail: string): void => {
    if (!found.some((v) => v.json === json)) found.push({ label, json, from: 'model', detail });
  };
  for (const value of values ?? []) model(value, wrap(JSON.stringify(value)), 'value');
  if (type === 'boolean') for (const value of ['true', 'false']) model(value, value, 'value');
  const shown = isItem && Array.isArray(example) ? example[0] : example;
  const json = JSON.stringify(shown);
  const isUsable = format === 'phone' || format === 'country' || type === 'date-time' || object !== undefined;
  if (isUsable && json !== undefined) model(json, json, 'example');
  return found;
}

function pickedFor({ format, idOf }: Field, { agent, queue, phoneNumber, country }: FillValues): Value[] {
  const one = (label: string, value: string, detail: string): Value[] => [{ label, json: JSON.stringify(value), from: 'picked', detail }];
  if (idOf === 'user' && agent) return one(agent.name, agent.id, 'picked agent');
  if (idOf === 'queue' && queue) return one(queue.name, queue.id, 'picked queue');
  if (format === 'phone' && phoneNumber !== undefined) return one(phoneNumber, phoneNumber, 'picked number');
  return format === 'country' && country !== undefined ? one(country, country, 'your country') : [];
}
