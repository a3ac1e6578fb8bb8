import { isRecord } from '../../platform/json.js';
import type { World } from '../org/world.js';
import type { ScenarioRequest } from './scenario.js';

/** The ids of things of an org, by their names. */
export function idOf(world: World, name: string): string | undefined {
  for (const things of [world.people, world.clients, world.queues, world.stations, world.roles, world.divisions, world.dataActions])
    for (const thing of things.values()) if (thing.name === name) return thing.id;
  return undefined;
}

const FILLED = /\{([^{}]+)\}/g;

/** A request of a scenario with ids where its names were. A name that leads nowhere stays. */
export function resolved(request: ScenarioRequest, idOfName: (name: string) => string | undefined): ScenarioRequest {
  const fill = (text: string): string => text.replace(FILLED, (whole, name: string) => idOfName(name) ?? whole);
  const fillAll = (value: unknown): unknown => {
    if (typeof value === 'string') return fill(value);
    if (Array.isArray(value)) return value.map(fillAll);
    return isRecord(value) ? Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, fillAll(inner)])) : value;
  };
  return { ...request, path: fill(request.path), ...(request.body === undefined ? {} : { body: fillAll(request.body) }) };
}

/** What a JSON pointer of plain names leads to, as text. */
export function textAt(json: unknown, pointer: string): string | undefined {
  const found = pointer
    .split('/')
    .slice(1)
    .reduce<unknown>((value, name) => (isRecord(value) ? value[name] : undefined), json);
  return typeof found === 'string' ? found : undefined;
}
