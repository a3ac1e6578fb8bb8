import { fieldNamed, isGiven, nearestField } from '../bodies/checkBody.js';
import { CREATE_CALL } from '../bodies/createCallRequest.js';
import { FOREIGN_FIELDS } from '../foreignFields.js';
import { isGuid } from '../guid.js';
import { isRecord } from '../json.js';
import { pointerTo } from '../pointer.js';
import { leaveOut, moved, noWishes, type Wishes } from './wishes.js';

/** What a body says, in its own order: fields of the model as they are, others by what those who write them mean. */
export function readWishes(body: Readonly<Record<string, unknown>>): Wishes {
  const wishes = noWishes();
  for (const [name, value] of Object.entries(body)) {
    const pointer = pointerTo(name);
    const reader = Object.hasOwn(READERS, name) ? READERS[name] : undefined;
    if (fieldNamed(CREATE_CALL, name)) wishes.real.set(name, { pointer, value });
    else if (reader) readInto(wishes, reader, name, pointer, value);
    else readOther(wishes, body, name, pointer, value);
  }
  return wishes;
}

/** A field that is neither real nor known from elsewhere: nearly a real one, or nothing. */
function readOther(wishes: Wishes, body: Readonly<Record<string, unknown>>, name: string, pointer: string, value: unknown): void {
  const nearest = FOREIGN_FIELDS.has(name) ? undefined : nearestField(name, CREATE_CALL);
  if (nearest === undefined || Object.hasOwn(body, nearest) || wishes.real.has(nearest)) {
    leaveOut(wishes, pointer, FOREIGN_FIELDS.get(name)?.instead ?? `“${name}” is not a field of this operation.`);
    return;
  }
  wishes.real.set(nearest, { pointer, value });
  moved(wishes, pointer, pointerTo(nearest), `“${name}” is spelt ${nearest}.`);
}

type Reader = (wishes: Wishes, pointer: string, value: unknown) => boolean;

/** Reads one field; what its reader finds nothing in is left out. */
function readInto(wishes: Wishes, reader: Reader, name: string, pointer: string, value: unknown): void {
  if (!isGiven(value)) leaveOut(wishes, pointer, 'It has no value.');
  else if (!reader(wishes, pointer, value)) leaveOut(wishes, pointer, FOREIGN_FIELDS.get(name)?.instead ?? `“${name}” is not a field of this operation.`);
}

/** The text or number that a value is, or that is its `id` or the like. */
function idOf(value: unknown, keys: readonly string[] = ['id']): string | undefined {
  return textOf(value) ?? (isRecord(value) ? keys.map((key) => textOf(value[key])).find((text) => text !== undefined) : undefined);
}

const textOf = (value: unknown): string | undefined =>
  typeof value === 'number' ? String(value) : typeof value === 'string' && value !== '' ? value : undefined;

/** What a value is, by its form and, where it is a placeholder, by its words. */
type Kind = 'number' | 'number-id' | 'user' | 'queue' | 'guid' | 'unknown';

function kindOf(value: string): Kind {
  if (isGuid(value.trim())) return 'guid';
  if (/^(?:tel:)?\+?[\d\s().-]*\d[\d\s().-]*$/i.test(value.trim())) return 'number';
  const words = new Set(
    value
      .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
      .toLowerCase()
      .split(/[^a-z0-9]+/),
  );
  const has = (...some: readonly string[]): boolean => some.some((w) => words.has(w));
  if (has('queue')) return 'queue';
  if (has('number', 'phone', 'did', 'ani', 'tel', 'mobile', 'cell', 'callerid', 'e164')) return has('id', 'guid', 'uuid') ? 'number-id' : 'number';
  return has('user', 'agent', 'owner', 'employee', 'rep') ? 'user' : 'unknown';
}

/** A number without the scheme of a URI. */
const bare = (number: string): string => number.trim().replace(/^tel:/i, '');

const NUMBER_KEYS = ['phoneNumber', 'number', 'address', 'phone', 'e164'];
const USER_KEYS = ['userId', 'agentId', 'ownerId'];

/** Who is to be called: a number, a user or a queue, in a text or in an object. */
const callee: Reader = (wishes, pointer, value) => {
  if (Array.isArray(value) && value.length > 1) return parties(wishes, pointer, value);
  const who = calleeOf(Array.isArray(value) ? value[0] : value);
  if (!who) return false;
  wishes.callees.push({ pointer, ...who });
  return true;
};

function calleeOf(value: unknown): { readonly kind: 'number' | 'user' | 'queue'; readonly value: string } | undefined {
  const inside = isRecord(value) ? value : {};
  const number = idOf(inside, NUMBER_KEYS);
  if (number !== undefined) return { kind: 'number', value: bare(number) };
  const user = idOf(inside, USER_KEYS);
  if (user !== undefined) return { kind: 'user', value: user };
  const queue = idOf(inside, ['queueId']);
  if (queue !== undefined) return { kind: 'queue', value: queue };
  const text = idOf(value);
  if (text === undefined) return undefined;
  const kind = kindOf(text);
  if (kind === 'queue') return { kind, value: text };
  if (kind === 'user' || kind === 'guid' || (kind === 'unknown' && isRecord(value))) return { kind: 'user', value: text };
  return kind === 'number-id' ? undefined : { kind: 'number', value: bare(text) };
}

/** Several who are to be called at once are a conference. */
function parties(wishes: Wishes, pointer: string, values: readonly unknown[]): boolean {
  const who = values.map(calleeOf);
  if (who.includes(undefined)) return false;
  const KEYS = { number: 'address', user: 'userId', queue: 'queueId' } as const;
  wishes.callees.push({ pointer, kind: 'conference', value: who.flatMap((w) => (w ? [{ [KEYS[w.kind]]: w.value }] : [])) });
  return true;
}

/** Who or what calls: an agent, a number to show, or a queue. */
const caller: Reader = (wishes, pointer, value) => {
  const inside = isRecord(value) ? value : {};
  const number = idOf(inside, [...NUMBER_KEYS, 'callerId']);
  const user = idOf(inside, USER_KEYS);
  const queue = idOf(inside, ['queueId']);
  if (number !== undefined) wishes.callerIds.push({ pointer, value: bare(number) });
  if (queue !== undefined) wishes.queues.push({ pointer, value: queue });
  if (user !== undefined) wishes.agents.push({ pointer, value: user });
  // The name beside a number is the one to show; beside an agent it is the agent's.
  const name = idOf(inside, ['name', 'callerIdName', 'displayName']);
  if (name !== undefined && number !== undefined) wishes.callerNames.push({ pointer: `${pointer}/name`, value: name });
  const text = idOf(value);
  if (text === undefined) return [number, queue, user].some((said) => said !== undefined);
  const kind = kindOf(text);
  if (kind === 'number-id') leaveOut(wishes, pointer, NUMBER_ID);
  else if (kind === 'queue') wishes.queues.push({ pointer, value: text });
  else if (kind === 'user' || kind === 'guid' || isRecord(value)) wishes.agents.push({ pointer, value: text });
  else wishes.callerIds.push({ pointer, value: bare(text) });
  return true;
};

const NUMBER_ID = 'It is the id of a number, and no field takes one: callerId takes the number itself. A queue in callFromQueueId brings its own.';

const into =
  (list: 'agents' | 'queues' | 'languages', keys: readonly string[]): Reader =>
  (wishes, pointer, value) => {
    const id = idOf(value, keys);
    if (id === undefined) return false;
    wishes[list].push({ pointer, value: id });
    return true;
  };

const skills: Reader = (wishes, pointer, value) => {
  const ids = (Array.isArray(value) ? value : [value]).map((v: unknown) => idOf(v));
  if (ids.length === 0 || ids.includes(undefined)) return false;
  for (const id of ids) if (id !== undefined) wishes.skills.push({ pointer, value: id });
  return true;
};

/** A number is the caller ID; the id of a number is nothing that a field takes. */
const shownNumber: Reader = (wishes, pointer, value) => {
  const text = idOf(value, NUMBER_KEYS);
  if (text === undefined || kindOf(text) !== 'number') return false;
  wishes.callerIds.push({ pointer, value: bare(text) });
  return true;
};

const metadata: Reader = (wishes, pointer, value) => {
  if (!isRecord(value) || Object.keys(value).length === 0) return false;
  for (const [name, inside] of Object.entries(value)) {
    if (typeof inside === 'string' || typeof inside === 'number' || typeof inside === 'boolean') {
      wishes.attributes.push({ pointer, name, value: String(inside) });
    } else leaveOut(wishes, pointer + pointerTo(name), 'An attribute is a text; this is none.');
  }
  return true;
};

const routing: Reader = (wishes, pointer, value) => {
  if (!isRecord(value) || Object.keys(value).length === 0) return false;
  for (const [name, inside] of Object.entries(value)) {
    const at = pointer + pointerTo(name);
    const reader = Object.hasOwn(IN_ROUTING, name) ? IN_ROUTING[name] : undefined;
    if (reader) readInto(wishes, reader, name, at, inside);
    else leaveOut(wishes, at, 'No field of this operation says how the call is routed, other than by its queue, skills, language and priority.');
  }
  return true;
};

const agent = into('agents', ['id', ...USER_KEYS]);
const queue = into('queues', ['id', 'queueId']);
const language = into('languages', ['id', 'languageId']);

const IN_ROUTING: Readonly<Record<string, Reader>> = {
  to: callee,
  from: caller,
  queueId: queue,
  queue,
  skill: skills,
  skills,
  skillId: skills,
  skillIds: skills,
  routingSkillsIds: skills,
  language,
  languageId: language,
  priority: (wishes, pointer, value) => wishes.priorities.push({ pointer, value }) > 0,
};

const READERS: Readonly<Record<string, Reader>> = {
  to: callee,
  from: caller,
  routing,
  queueId: queue,
  queue,
  skill: skills,
  skills,
  skillId: skills,
  skillIds: skills,
  language,
  ownerId: agent,
  agentId: agent,
  userId: agent,
  outboundPhoneNumberId: shownNumber,
  metadata,
};
