import { randomUUID } from 'node:crypto';
import { isRecord } from '../../platform/json.js';
import { abilityDocument, wrapUpCodeDocument } from '../documents/routing.js';
import { aName, anId, aText, type Field, listOf, readFields, violated } from '../http/fields.js';
import { byName, thingFilter } from '../http/filters.js';
import { BAD_REQUEST, isRefusal, NOT_FOUND, type Refusal } from '../http/refusals.js';
import { type Answer, done, listing, named, ok, type Route, type Visit, valuesOf, withNamed } from '../http/route.js';
import type { Division, Named, Queue, WrapUpCode } from '../org/types.js';
import type { World } from '../org/world.js';
import { withQueue } from './queues.js';

const LARGE = 500;
const EMPTY = 'status of a success without a body';
const CODES = '/api/v2/routing/wrapupcodes';
const OF_QUEUE = '/api/v2/routing/queues/{queueId}/wrapupcodes';

const taken = (things: ReadonlyMap<string, Named>, name: string, except?: Named): boolean =>
  [...things.values()].some((t) => t !== except && t.name.toLowerCase() === name.toLowerCase());

/** Skills and languages of the org: the same operations under two names. */
const abilities = (kind: 'skill' | 'language', of: (world: World) => ReadonlyMap<string, Named>): readonly Route[] => {
  const list = `/api/v2/routing/${kind}s`;
  const one = `${list}/{${kind}Id}`;
  const withOne = (v: Visit, use: (thing: Named) => Answer): Answer => withNamed(v, `${kind}Id`, of(v.world), use);
  const show = (thing: Named): object => abilityDocument(`${kind}s`, thing);
  return [
    {
      operation: `GET ${list}`,
      answer: (v) => {
        const found = [...of(v.world).values()].filter(thingFilter(v.query));
        return listing(v, v.query.has('sortOrder') ? byName(v.query, found) : found, show, LARGE);
      },
    },
    {
      operation: `POST ${list}`,
      answer: (v) => {
        const fields = readFields(v.body, { name: aName }, {});
        if (isRefusal(fields)) return fields;
        if (taken(of(v.world), fields.name)) return violated(`name: there is a ${kind} "${fields.name}"`);
        const thing = { id: randomUUID(), name: fields.name };
        v.world.add(kind, thing);
        return ok(show(thing));
      },
    },
    { operation: `GET ${one}`, answer: (v) => withOne(v, (thing) => ok(show(thing))) },
    {
      operation: `DELETE ${one}`,
      answer: (v) =>
        withOne(v, (thing) => {
          v.world.remove(kind, thing);
          return done(EMPTY);
        }),
    },
  ];
};

export const ROUTING: readonly Route[] = [
  ...abilities('skill', (world) => world.skills),
  ...abilities('language', (world) => world.languages),
  { operation: `GET ${CODES}`, answer: codes },
  { operation: `GET ${CODES}/divisionviews`, answer: codes },
  { operation: `POST ${CODES}`, answer: makeCode },
  { operation: `GET ${CODES}/{codeId}`, answer: (v) => withCode(v, (w) => ok(wrapUpCodeDocument(w))) },
  { operation: `GET ${CODES}/divisionviews/{codeId}`, answer: (v) => withCode(v, (w) => ok(wrapUpCodeDocument(w))) },
  { operation: `PUT ${CODES}/{codeId}`, answer: (v) => withCode(v, (w) => changeCode(v, w)) },
  { operation: `DELETE ${CODES}/{codeId}`, answer: (v) => withCode(v, (w) => deleteCode(v, w)) },
  { operation: `GET ${OF_QUEUE}`, answer: (v) => withQueue(v, (q) => listing(v, byName(v.query, codesOf(v, q)), wrapUpCodeDocument)) },
  { operation: `POST ${OF_QUEUE}`, answer: (v) => withQueue(v, (q) => addCodes(v, q)) },
  {
    operation: `DELETE ${OF_QUEUE}/{codeId}`,
    answer: (v) =>
      withQueue(v, (q) =>
        withCode(v, (w) => {
          if (!q.wrapUpCodes?.has(w)) return NOT_FOUND;
          v.world.change('queue', q, { wrapUpCodes: new Set([...q.wrapUpCodes].filter((x) => x !== w)) });
          return done(EMPTY);
        }),
      ),
  },
];

const withCode = (v: Visit, use: (code: WrapUpCode) => Answer): Answer => withNamed(v, 'codeId', v.world.wrapUpCodes, use);

/** Those that the org still has. */
const codesOf = (v: Visit, q: Queue): WrapUpCode[] => [...(q.wrapUpCodes ?? [])].filter((w) => v.world.wrapUpCodes.has(w.id));

function codes(v: Visit): Answer {
  const divisions = valuesOf(v.query, 'divisionId');
  const wanted = thingFilter(v.query);
  const found = [...v.world.wrapUpCodes.values()].filter((w) => wanted(w) && (divisions.length === 0 || !w.division || divisions.includes(w.division.id)));
  return listing(v, byName(v.query, found), wrapUpCodeDocument, LARGE);
}

/** `{"id": …}` of a division, or of every one. */
const aStarrable: Field<string> = (value) => (isRecord(value) ? (value['id'] === '*' ? '*' : anId(value['id'])) : undefined);
const OPTIONAL = { description: aText, division: aStarrable };

const divisionOf = (v: Visit, id: string): Division | undefined | Refusal => (id === '*' ? undefined : named(v.world.divisions, id));

function makeCode(v: Visit): Answer {
  const fields = readFields(v.body, { name: aName }, OPTIONAL);
  if (isRefusal(fields)) return fields;
  const division = divisionOf(v, fields.division ?? '*');
  if (division && isRefusal(division)) return division;
  if (taken(v.world.wrapUpCodes, fields.name)) return violated(`name: there is a wrap-up code "${fields.name}"`);
  const code: WrapUpCode = { id: randomUUID(), name: fields.name, division, description: fields.description };
  v.world.add('wrapUpCode', code);
  return ok(wrapUpCodeDocument(code));
}

function changeCode(v: Visit, code: WrapUpCode): Answer {
  const fields = readFields(v.body, { name: aName }, OPTIONAL);
  if (isRefusal(fields)) return fields;
  const division = fields.division === undefined ? code.division : divisionOf(v, fields.division);
  if (division && isRefusal(division)) return division;
  if (taken(v.world.wrapUpCodes, fields.name, code)) return violated(`name: there is a wrap-up code "${fields.name}"`);
  v.world.change('wrapUpCode', code, { name: fields.name, division, description: fields.description ?? code.description });
  return ok(wrapUpCodeDocument(code));
}

function deleteCode(v: Visit, code: WrapUpCode): Answer {
  v.world.remove('wrapUpCode', code);
  return done(EMPTY);
}

function addCodes(v: Visit, q: Queue): Answer {
  const ids = listOf((entry) => (isRecord(entry) ? anId(entry['id']) : undefined), 100)(v.body);
  if (!ids) return BAD_REQUEST;
  const added = ids.flatMap((id) => v.world.wrapUpCodes.get(id) ?? []);
  if (added.length < ids.length) return NOT_FOUND;
  v.world.change('queue', q, { wrapUpCodes: new Set([...codesOf(v, q), ...added]) });
  return ok(added.map(wrapUpCodeDocument));
}
