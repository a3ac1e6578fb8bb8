import assert from 'node:assert/strict';
import fs from 'node:fs';
import { getLanguageService, type JSONSchema, TextDocument } from 'vscode-json-languageservice';
import { nearest } from '../../../src/sandbox/org/nearest.js';
import { orgSchema } from '../../../src/sandbox/org/schema.js';
import { startSandbox } from '../../../src/sandbox/sandbox.js';
import { operations, orgCopy } from './harness.js';

type Org = ReturnType<typeof orgCopy>;

async function problemOf(org: unknown): Promise<string> {
  const result = await startSandbox({ operations, org });
  if (result.ok) await result.sandbox.stop();
  assert.ok(!result.ok, 'it started');
  return result.problem;
}

describe('an org file that is wrong in its meaning', () => {
  const wrong: readonly [what: string, change: (org: Org) => unknown, problem: RegExp][] = [
    [
      'a permission pattern with a misspelt entity',
      (o) => o.permissions.lacks.push('conversation:cal:*'),
      /at \/permissions\/lacks\/\d+: "conversation:cal:\*" matches no permission of the platform \(did you mean "conversation:call:\*"\?\)/,
    ],
    [
      'a permission with a misspelt action',
      (o) => o.permissions.divisionAware.push('routing:queue:veiw'),
      /"routing:queue:veiw" matches no permission of the platform \(did you mean "routing:queue:view"\?\)/,
    ],
    [
      'a permission pattern of two parts',
      (o) => o.permissions.lacks.push('conversation:call'),
      /at \/permissions\/lacks\/\d+: expected a permission such as routing:queue:view, with \* for any part, found "conversation:call"/,
    ],
    [
      'a permission that is like none',
      (o) => o.permissions.lacks.push('kitchen:sink:wash'),
      /"kitchen:sink:wash" matches no permission of the platform(?! \(did)/,
    ],
    [
      'a fault of an operation that does not exist',
      (o) => Object.assign(o, { faults: [{ operations: ['POST /api/v2/conversations/call'], kind: 'html' }] }),
      /at \/faults\/0\/operations\/0: "POST \/api\/v2\/conversations\/call" is no operation of the platform \(did you mean "POST \/api\/v2\/conversations\/calls"\?\)/,
    ],
    [
      'a fault of a concrete path',
      (o) => Object.assign(o, { faults: [{ operations: ['GET /api/v2/users/1234'], kind: 'html' }] }),
      /did you mean "GET \/api\/v2\/users\/\{userId\}"\?/,
    ],
    [
      'a fault of operations of which there is none',
      (o) => Object.assign(o, { faults: [{ operations: ['* /api/v3/*'], kind: 'html' }] }),
      /"\* \/api\/v3\/\*" matches no operation of the platform/,
    ],
    [
      'a misspelt scope',
      (o) => o.clients.find((c) => c.name === 'call-desk')?.scopes?.push('conversation'),
      /at \/clients\/4\/scopes\/\d+: "conversation" is no known scope \(did you mean "conversations"\?\)/,
    ],
    [
      'a scope of folklore (FACTS §4.5)',
      (o) => o.clients.find((c) => c.name === 'call-desk')?.scopes?.push('conversation:call:write'),
      /expected a scope such as conversations or users:readonly, found "conversation:call:write"/,
    ],
    [
      'a redirect URI that is no URL',
      (o) => o.clients.find((c) => c.name === 'call-desk')?.redirectUris?.push('localhost:8085'),
      /at \/clients\/4\/redirectUris\/\d+: expected an absolute URL without a fragment, found "localhost:8085"/,
    ],
    [
      'a redirect URI with a fragment (RFC 6749, section 3.1.2)',
      (o) => o.clients.find((c) => c.name === 'call-desk')?.redirectUris?.push('http://localhost:8085/#done'),
      /expected an absolute URL without a fragment/,
    ],
    ['a member twice', (o) => o.queues[0]?.members.push('Sales Agent 1'), /at \/queues\/0\/members\/9: "Sales Agent 1" is already at \/queues\/0\/members\/0/],
    [
      'a member by name and by id',
      (o) => o.queues[0]?.members.push(o.users.find((u) => u.name === 'Sales Agent 1')?.id ?? ''),
      /at \/queues\/0\/members\/9: Sales Agent 1 is there already/,
    ],
    [
      'a grant twice',
      (o) => o.clients[0]?.roleDivisions?.push({ role: 'Dialer', division: '*' }),
      /at \/clients\/0\/roleDivisions\/3: this role is granted there already/,
    ],
    [
      'an e-mail address of two people',
      (o) => Object.assign(o.users[1] ?? {}, { email: (o.users[0]?.email ?? '').toUpperCase() }),
      /at \/users\/1\/email: Sales Agent 7 has it already/,
    ],
    [
      'a name that is nearly one',
      (o) => Object.assign(o.users[3] ?? {}, { division: 'Sale' }),
      /no division has the id or name "Sale" \(did you mean "Sales"\?\)/,
    ],
    ['a presence that is nearly one', (o) => Object.assign(o.users[3] ?? {}, { presence: 'Availabel' }), /found "Availabel" \(did you mean "Available"\?\)/],
    [
      'made-up people that are no number',
      (o) => Object.assign(o, { generated: { users: '5' } }),
      /at \/generated\/users: expected a whole number from 0 to 1000000/,
    ],
  ];
  for (const [what, change, problem] of wrong)
    it(`says where, and what was meant: ${what}`, async () => {
      const org = orgCopy();
      change(org);
      assert.match(await problemOf(org), problem);
    });

  it('takes a scope that the facts do not have, since their list is not complete', async () => {
    assert.ok(!operations.scopes.has('notifications'));
    const org = orgCopy();
    assert.ok(org.clients.some((c) => c.scopes?.includes('notifications')));
    const result = await startSandbox({ operations, org: { ...org, $schema: './org.schema.json' } });
    assert.ok(result.ok, 'the built-in org, with the field $schema');
    await result.sandbox.stop();
  });
});

describe('the nearest name', () => {
  const cases: readonly [wanted: string, candidates: readonly string[], found: string | undefined][] = [
    ['sales', ['Care', 'Sales'], 'Sales'],
    ['precence', ['presence', 'phone'], 'presence'],
    ['recieve', ['receive'], 'receive'],
    ['Moon', ['Home', 'Sales'], undefined],
    ['ab', ['cd'], undefined],
    ['', ['a'], 'a'],
    ['queues', [], undefined],
  ];
  for (const [wanted, candidates, found] of cases) it(`of "${wanted}" is ${found}`, () => assert.equal(nearest(wanted, candidates), found));
});

describe('the JSON schema of *.org.json in VS Code', () => {
  const schema = JSON.parse(JSON.stringify(orgSchema())) as JSONSchema;
  const service = getLanguageService({});
  service.configure({ validate: true, schemas: [{ uri: 'org://schema', fileMatch: ['*.org.json'], schema }] });
  const open = (org: unknown) => {
    const document = TextDocument.create('file:///a.org.json', 'json', 1, JSON.stringify(org));
    return { document, json: service.parseJSONDocument(document) };
  };
  const problems = async (org: unknown): Promise<string[]> => {
    const { document, json } = open(org);
    return (await service.doValidation(document, json)).map((d) => String(d.message));
  };

  it('is the one that ships, of draft 7, and that the extension contributes', () => {
    assert.deepEqual(JSON.parse(fs.readFileSync('schemas/org.schema.json', 'utf8')), schema);
    assert.equal(schema.$schema, 'http://json-schema.org/draft-07/schema#');
    const { contributes } = JSON.parse(fs.readFileSync('package.json', 'utf8')) as { contributes: { jsonValidation: { fileMatch: string; url: string }[] } };
    assert.ok(contributes.jsonValidation.some((v) => v.fileMatch === '*.org.json' && v.url === './schemas/org.schema.json'));
    assert.ok(fs.readFileSync('.vscodeignore', 'utf8').split('\n').includes('!schemas/*.json'));
  });

  it('has nothing against the built-in org', async () => assert.deepEqual(await problems(orgCopy()), []));

  const wrong: readonly [what: string, change: (org: Org) => unknown][] = [
    ['a typing error', (o) => Object.assign(o.users[0] ?? {}, { precence: 'Busy' })],
    ['something missing', (o) => delete (o as Partial<Org>).divisions],
    ['an id that is none', (o) => Object.assign(o.queues[1] ?? {}, { id: 'queue-1' })],
    ['a value that is not one of those', (o) => Object.assign(o.stations[0] ?? {}, { type: 'cup-and-string' })],
    ['a number that is too large', (o) => Object.assign(o, { rateLimitPerMinute: 10_000_000 })],
    ['an empty name', (o) => Object.assign(o.queues[1] ?? {}, { name: ' ' })],
    ['something twice', (o) => o.queues[0]?.members.push('Sales Agent 1')],
    ['a permission of two parts', (o) => o.permissions.lacks.push('conversation:call')],
  ];
  for (const [what, change] of wrong)
    it(`and the sandbox alike refuse ${what}`, async () => {
      const org = orgCopy();
      change(org);
      assert.equal((await problems(org)).length, 1);
      await problemOf(org);
    });

  it('describes every section on hover', async () => {
    const { document, json } = open({ generated: {} });
    const shown = await service.doHover(document, document.positionAt(3), json);
    assert.match(JSON.stringify(shown?.contents), /The same seed makes the same people/);
  });
});
