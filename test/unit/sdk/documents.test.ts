import assert from 'node:assert/strict';
import { ROUTES } from '../../../src/sandbox/routes/all.js';
import { orgCopy, type Reply, type Running, start } from '../sandbox/harness.js';
import { ADMINISTRATION } from './examples/administration.js';
import { CALLS } from './examples/calls.js';
import { ADMIN, type Example, type Examples, type Ids } from './examples/example.js';
import { ORGANIZATION } from './examples/organization.js';
import { PEOPLE } from './examples/people.js';
import { misfits, readSdkTypes, type SdkTypes } from './sdkTypes.js';

const EXAMPLES: Examples = { ...PEOPLE, ...CALLS, ...ADMINISTRATION, ...ORGANIZATION };

/** Misfits that are meant, each with its reason. */
const MEANT: Readonly<Record<string, RegExp>> = {
  'FACTS §4.4: seen on the wire, and not in the types': /\/authenticatedUser: TokenInfo does not have it$/,
  'the sandbox knows no locations': /\/location: Site requires it$/,
  'the sandbox knows no base settings of phones': /\/phoneBaseSettings: Phone requires it$/,
};

const operations = ROUTES.map((route) => route.operation);

/** The ids of everything in an org file that has a name: `section/name` → id. */
function idsByName(section: string, value: unknown): [string, string][] {
  if (Array.isArray(value))
    return value.flatMap((thing: { id?: string; name?: string; systemPresence?: string }) => [
      ...(thing?.id === undefined ? [] : [[`${section}/${thing.name ?? thing.systemPresence}`, thing.id] satisfies [string, string]]),
      ...idsByName(section, thing),
    ]);
  return typeof value === 'object' && value !== null ? Object.entries(value).flatMap(([name, part]) => idsByName(name, part)) : [];
}

describe('every document of the sandbox has the shape that the official SDK declares', function () {
  this.timeout(20_000);
  let types: SdkTypes;
  let shared: Running;
  const ids = idsByName('', orgCopy());
  /** Puts ids where `section/name` or `{placeholder}` stands. */
  const withIds = (text: string, params: Ids): string =>
    ids
      .filter(([name]) => text.includes(name))
      .sort(([a], [b]) => b.length - a.length)
      .reduce((so, [name, id]) => so.replaceAll(name, id), text)
      .replace(/\{(\w+)\}/g, (placeholder, name: string) => params[name] ?? placeholder);

  const prepared = (rateLimitPerMinute: number): Promise<Running> => start({ org: { ...orgCopy(), rateLimitPerMinute, ringMilliseconds: 20 } });

  before(async () => {
    types = readSdkTypes();
    shared = await prepared(1_000_000);
  });

  it('and the SDK knows the operations that the sandbox implements', () => {
    assert.deepEqual(
      operations.filter((operation) => !types.answers.has(operation)),
      [],
    );
    assert.equal(new Set(operations).size, operations.length, 'an operation is implemented twice');
  });

  it('and there is an example of each operation, and of nothing else', () => {
    assert.deepEqual(
      operations.filter((operation) => !EXAMPLES[operation]),
      [],
    );
    assert.deepEqual(
      Object.keys(EXAMPLES).filter((operation) => !operations.includes(operation)),
      [],
    );
  });

  async function ask(operation: string, { who = ADMIN, params = {}, query, body, given }: Example): Promise<Reply> {
    const running = operation.startsWith('GET ') && !given ? shared : await prepared(300);
    const all = { ...params, ...(await given?.(running)) };
    const path = operation.replace(/\{(\w+)\}/g, (placeholder) => encodeURIComponent(withIds(withIds(placeholder, all), all)));
    assert.doesNotMatch(path, /%7B|%2F/, `the example lacks something for ${path}`);
    const request = query === undefined ? path : `${path}?${withIds(query, all)}`;
    return running.send(who, request, body === undefined ? undefined : withIds(JSON.stringify(body), all));
  }

  for (const [operation, example] of Object.entries(EXAMPLES)) {
    it(operation, async () => {
      const reply = await ask(operation, example);
      assert.ok(reply.status >= 200 && reply.status < 300, `${reply.status} ${reply.text}`);
      const type = types.answers.get(operation);
      assert.ok(type);
      const isEmpty = reply.text === '';
      const found = misfits(types, isEmpty ? { kind: 'void' } : type, isEmpty ? undefined : reply.json);
      const problems = found.filter((problem) => !Object.values(MEANT).some((meant) => meant.test(problem)));
      // The same of every item of a list is one thing to repair.
      assert.deepEqual([...new Set(problems.map((problem) => problem.replace(/\/\d+(?=[/:])/g, '/*')))], []);
      if (isEmpty) assert.ok(['void', 'object', 'string'].includes(type.kind), `the SDK expects ${JSON.stringify(type)} and the answer is empty`);
    });
  }
});
