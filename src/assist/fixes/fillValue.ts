import type { Field, IdKind } from '../../platform/bodies/bodyModel.js';
import { isGuid } from '../../platform/guid.js';
import type { FillValues } from '../fix.js';

/** A value to fill in: as it is written, and as people know it. */
export interface FillValue {
  readonly text: string;
  readonly shown: string;
}

/** What is picked for a kind of id. */
export function idFor(kind: IdKind | undefined, { agent, queue }: FillValues): FillValue | undefined {
  if (kind === 'user' && agent) return { text: agent.id, shown: agent.name };
  return kind === 'queue' && queue ? { text: queue.id, shown: queue.name } : undefined;
}

/** The number shown is not the number called. */
const SHOWN = /^caller/;

/** What is picked for a field: the agent for a user, the queue, the number to call. */
export function valueFor(field: Pick<Field, 'name' | 'format' | 'idOf'>, values: FillValues): FillValue | undefined {
  if (field.format === 'guid') return idFor(field.idOf, values);
  const { phoneNumber } = values;
  return field.format === 'phone' && phoneNumber !== undefined && !SHOWN.test(field.name) ? { text: phoneNumber, shown: phoneNumber } : undefined;
}

/** What a placeholder says of itself: `{{agent_user_id}}`, `<QUEUE_ID>`, `YOUR_PHONE_NUMBER`. */
export function valueNamed(placeholder: string, values: FillValues): FillValue | undefined {
  const words = new Set(
    placeholder
      .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
      .toLowerCase()
      .split(/[^a-z0-9]+/),
  );
  const has = (...some: readonly string[]): boolean => some.some((w) => words.has(w));
  if (has('queue')) return idFor('queue', values);
  const isNumber = has('number', 'phone', 'tel', 'mobile');
  if (isNumber && !has('id', 'caller', 'from', 'outbound')) return valueFor({ name: 'phoneNumber', format: 'phone' }, values);
  return !isNumber && has('user', 'agent', 'owner') ? idFor('user', values) : undefined;
}

/** What an id is of, where it is one that is picked. */
export function kindOfPicked(id: string, { agent, queue }: FillValues): IdKind | undefined {
  if (!isGuid(id)) return undefined;
  const same = (other: { readonly id: string } | undefined): boolean => other?.id.toLowerCase() === id.toLowerCase();
  return same(queue) ? 'queue' : same(agent) ? 'user' : undefined;
}
