import assert from 'node:assert/strict';
import { writeIndex } from '../../../src/platform/operationIndex.js';
import { description } from '../platform/description.js';
import { GUID, operations } from '../platform/facts.js';
import { file, type Ran, run } from './run.js';

interface Printed {
  readonly schema: number;
  readonly operations: readonly {
    readonly method: string;
    readonly path: string;
    readonly permissions: { readonly type: string; readonly names: readonly string[] };
    readonly userContext: string;
    readonly scopes: { readonly confidence: string; readonly names: readonly string[] };
    readonly deprecated: boolean;
    readonly preview: boolean;
    readonly asOf: string;
    readonly source: string;
    readonly related: readonly { readonly relation: string; readonly method: string; readonly path: string }[];
  }[];
  readonly total?: number;
  readonly suggestions?: readonly string[];
}
const permissions = (...args: readonly string[]): Promise<Ran> => run(['permissions', ...args]);
async function printed(...args: readonly string[]): Promise<Printed> {
  const ran = await permissions(...args, '--format', 'json');
  assert.equal(ran.code, 0, ran.err);
  return JSON.parse(ran.out) as Printed;
}
const named = (p: Printed): string[] => p.operations.map((o) => `${o.method} ${o.path}`);

const PLAIN = '/api/v2/conversations/calls';
const ON_BEHALF = 'POST /api/v2/conversations/calls/user/{userId}';

describe('call-doctor permissions', () => {
  // FACTS §1.3, §1.6.
  it('prints what an operation requires, as the contract says', async () => {
    const answer = await printed(ON_BEHALF);
    assert.equal(answer.schema, 1);
    const [operation] = answer.operations;
    assert.deepEqual(
      [operation?.method, operation?.path, operation?.permissions, operation?.userContext, operation?.asOf],
      [
        'POST',
        '/api/v2/conversations/calls/user/{userId}',
        { type: 'any', names: ['conversation:agentlessCall:add', 'conversation:call:add'] },
        'unknown',
        '2026-08-15',
      ],
    );
    assert.deepEqual(
      [operation?.deprecated, operation?.preview, operation?.related],
      [false, false, [{ relation: 'as-oneself', method: 'POST', path: PLAIN }]],
    );
    assert.ok(operation?.source.includes('259.0.0'));
  });

  it('tells the plain call’s permission, its user, its sibling, and what is not verified', async () => {
    const { out, code } = await permissions(`POST ${PLAIN}`);
    assert.equal(code, 0);
    for (const words of ['conversation:conference:add', 'client credentials are answered 400 not.a.user', '2026-08-15', ON_BEHALF, 'not verified'])
      assert.ok(out.includes(words), words);
  });

  it('says which scopes are official, deduced, or not known', async () => {
    const confidence = async (name: string): Promise<string | undefined> => (await printed(name)).operations[0]?.scopes.confidence;
    const of = (from: string): string => {
      const o = [...operations.all()].find((o) => o.scopesFrom === from);
      return `${o?.method} ${o?.path}`;
    };
    assert.deepEqual([await confidence(of('official')), await confidence(of('likely')), await confidence(of('unknown'))], ['official', 'deduced', 'unknown']);
  });

  const same: readonly (readonly [what: string, args: readonly string[]])[] = [
    ['a method in lower case', [`post ${PLAIN}/user/{userId}`]],
    ['words that the shell took apart', ['POST', `${PLAIN}/user/{userId}`]],
    ['an id in its path', [`POST ${PLAIN}/user/${GUID}`]],
    ['a whole URL with a query', [`POST https://api.mypurecloud.com${PLAIN}/user/${GUID}?x=1#y`]],
    ['a host without a scheme', [`POST api.mypurecloud.com${PLAIN}/user/${GUID}`]],
    ['a placeholder for the host', [`POST {{baseUrl}}${PLAIN}/user/{{agent}}`]],
    ['no /api/v2', ['POST /conversations/calls/user/:userId']],
    ['no slash at its start', ['POST conversations/calls/user/x']],
    ['a version alone', ['POST /v2/conversations/calls/user/x']],
    ['what Git’s shell makes of a path', [`POST C:/Program Files/Git${PLAIN}/user/${GUID}`]],
    ['no method', [`${PLAIN}/user/${GUID}/`]],
  ];
  for (const [what, args] of same) it(`knows an operation by ${what}`, async () => assert.deepEqual(named(await printed(...args)), [ON_BEHALF]));

  it('shows every method of a path, and not those of another that fits too', async () => {
    assert.deepEqual(named(await printed(PLAIN)).sort(), [`GET ${PLAIN}`, `POST ${PLAIN}`]);
    assert.deepEqual(named(await printed('users/me')), ['GET /api/v2/users/me']);
  });

  it('says where a word is taken for an id', async () => {
    const { code, out, err } = await permissions('DELETE /api/v2/conversations/calls');
    assert.equal(code, 0);
    assert.ok(out.startsWith('DELETE /api/v2/conversations/{conversationId}\n'));
    assert.match(err, /with a word as an id/);
    assert.equal((await permissions(`DELETE /api/v2/conversations/${GUID}`)).err, '');
  });

  it('prints Markdown', async () => {
    const { out } = await permissions(ON_BEHALF, '--format', 'markdown');
    assert.ok(out.startsWith(`## \`${ON_BEHALF}\`\n`));
    assert.match(out, /^- \*\*permissions\*\*: any of conversation:agentlessCall:add, conversation:call:add$/m);
  });

  it('colours only where a terminal is, or colour is wanted', async () => {
    const colour = '\u001b[';
    assert.ok(!(await permissions(ON_BEHALF)).out.includes(colour));
    assert.ok((await run(['permissions', ON_BEHALF], { env: { FORCE_COLOR: '1' } })).out.includes(colour));
    assert.ok(!(await run(['permissions', ON_BEHALF, '--format', 'json'], { env: { FORCE_COLOR: '1' } })).out.includes(colour));
  });
});

describe('call-doctor permissions --search', () => {
  it('lists the best 20, best first', async () => {
    const answer = await printed('--search', 'place call');
    assert.equal(answer.operations.length, 20);
    assert.ok((answer.total ?? 0) > 20);
    assert.equal(named(answer)[0], `POST ${PLAIN}`);
    assert.ok(named(answer).slice(0, 4).includes(ON_BEHALF));
  });

  it('lists all that name a permission', async () => {
    const all = [...operations.all()].filter((o) => o.permissions.includes('routing:queue:view')).length;
    assert.equal((await printed('--search', 'routing:queue:view')).operations.length, all);
    assert.deepEqual(named(await printed('--search', 'conversation:call:add')), [ON_BEHALF]);
  });

  it('takes words that are not quoted', async () => {
    assert.deepEqual(named(await printed('--search', 'place', 'call')), named(await printed('--search', 'place call')));
  });

  it('prints text and Markdown', async () => {
    assert.match(
      (await permissions('--search', 'place call')).out,
      /^\d+ operations, the best 20:\n\nPOST \/api\/v2\/conversations\/calls\n {2}conversation:conference:add/,
    );
    assert.match(
      (await permissions('--search', 'conversation:call:add', '--format', 'markdown')).out,
      /^1 operation names conversation:call:add:\n\n\| operation \|/,
    );
  });
});

describe('call-doctor permissions, where there is no answer', () => {
  const wrong: readonly (readonly [what: string, args: readonly string[], words: RegExp])[] = [
    [
      'an operation that is not there',
      ['POST /api/v2/converations/calls'],
      /is not in the API \(as of 2026-09-16\)[\s\S]*\n {2}POST \/api\/v2\/conversations\/calls\n/,
    ],
    ['folklore', ['POST /api/v2/users/x/impersonate'], /POST \/api\/v2\/users\/x\/impersonate is not in the API/],
    ['a path of something else', ['POST https://login.mypurecloud.com/oauth/token'], /POST \/oauth\/token is not in the API/],
    ['another method', ['POST /api/v2/users/me'], /has no POST \(as of 2026-09-16\)[\s\S]*GET \/api\/v2\/users\/me/],
    ['no method at all', ['FETCH /api/v2/users'], /“FETCH” is no method/],
    ['nothing', [], /name an operation/],
    ['an empty search', ['--search', ' '], /what to search for/],
    ['a search that finds nothing', ['--search', 'xyzzy'], /nothing in the API is like “xyzzy”/],
    ['SARIF', [ON_BEHALF, '--format', 'sarif'], /SARIF/],
    ['an unknown option', ['--find', 'x'], /--find/],
    ['a file that is not there', [ON_BEHALF, '--facts', 'no-such-file.json'], /there is no file no-such-file\.json/],
  ];
  for (const [what, args, words] of wrong)
    it(`says so and ends with 2: ${what}`, async () => {
      const { code, out, err } = await permissions(...args);
      assert.deepEqual([code, out], [2, '']);
      assert.match(err, words);
    });

  it('suggests in JSON too', async () => {
    const ran = await permissions('POST /api/v2/users/me', '--format', 'json');
    assert.equal(ran.code, 2);
    assert.deepEqual(JSON.parse(ran.out), { schema: 1, operations: [], suggestions: ['GET /api/v2/users/me'] });
  });

  it('lets nothing steer the terminal', async () => {
    const { err } = await permissions('GET /api/v2/\u001b[31mx\u202e');
    assert.ok(!err.includes('\u001b') && !err.includes('\u202e'));
  });
});

describe('call-doctor permissions --facts', () => {
  const API = description({
    'POST /api/v2/conversations/teleport': { all: ['conversation:teleport:add', 'conversation:call:add'], scopes: ['conversations'] },
  });

  it('reads an API description, from a file or standard input', async () => {
    const args = ['conversations/teleport', '--format', 'json', '--facts'];
    const text = JSON.stringify(API);
    for (const ran of [await permissions(...args, file(text)), await run(['permissions', ...args, '-'], { input: text })]) {
      assert.equal(ran.code, 0, ran.err);
      const [operation] = (JSON.parse(ran.out) as Printed).operations;
      assert.deepEqual(operation?.permissions, { type: 'all', names: ['conversation:teleport:add', 'conversation:call:add'] });
      assert.deepEqual(operation?.scopes, { confidence: 'official', names: ['conversations'] });
      assert.equal(operation?.asOf, new Date().toISOString().slice(0, 10));
    }
  });

  it('knows what is not in it any more', async () => {
    const { code, err } = await permissions('GET /api/v2/users/me', '--facts', file(JSON.stringify(API)));
    assert.equal(code, 2);
    assert.match(err, /GET \/api\/v2\/users\/me is not in the API/);
  });

  it('takes the name of a permission for what to search', async () => {
    const [named, searched, prefix] = await Promise.all([
      permissions('routing:queue:edit'),
      permissions('--search', 'routing:queue:edit'),
      permissions('routing:queue'),
    ]);
    assert.match(named.out, /PUT \/api\/v2\/routing\/queues\/\{queueId\}/);
    assert.deepEqual(named, searched);
    assert.equal(prefix.code, 0, prefix.err);
  });

  it('reads an index as it is stored', async () => {
    const entry = [...operations.all()].find((o) => o.path === PLAIN);
    assert.ok(entry);
    const index = writeIndex({ source: 'A test.', asOf: '2026-11-20', asOfUndocumented: '2026-11-20', scopes: [] }, [{ ...entry, asOf: '2026-11-20' }]);
    const [operation] = (await printed(`${entry.method} ${PLAIN}`, '--facts', file(index))).operations;
    assert.deepEqual([operation?.asOf, operation?.source], ['2026-11-20', 'A test.']);
  });

  const bad: readonly (readonly [what: string, content: string | Buffer, words: RegExp])[] = [
    ['HTML', '<html></html>', /cannot be used: it is an HTML or XML page, not JSON\./],
    ['gzip', Buffer.from([0x1f, 0x8b, 8, 0]), /cannot be used: it is packed with gzip: unpack it first\./],
    ['a description that was cut off', JSON.stringify(API).slice(0, 1000), /cannot be used: it ends in the middle/],
    ['another document', '{"message":"x"}', /cannot be used: it is JSON and no API description/],
    ['an index that is damaged', '{"source":"x","tree":{}}', /cannot be used: it is no index of operations\./],
    ['nothing', '', /cannot be used: it is empty\./],
  ];
  for (const [what, content, words] of bad)
    it(`says what is wrong with ${what}`, async () => {
      const { code, err } = await permissions(ON_BEHALF, '--facts', file(content));
      assert.equal(code, 2);
      assert.match(err, words);
    });
});
