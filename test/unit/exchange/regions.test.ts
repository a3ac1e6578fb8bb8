import assert from 'node:assert/strict';
import type { MappedText, SourceRange } from '../../../src/exchange/mappedText.js';
import type { Region } from '../../../src/exchange/region.js';
import { findRegions, LONGEST_TEXT, type RegionHint } from '../../../src/exchange/regions.js';
import { OWNER_ID_PAYLOAD, PROSE, QUESTION_CURL } from './thread.js';

const CALLS = 'https://api.mypurecloud.com/api/v2/conversations/calls';
const shell: RegionHint = { languageId: 'shellscript' };
const markdown: RegionHint = { languageId: 'markdown' };
const http: RegionHint = { languageId: 'http' };
const json: RegionHint = { languageId: 'json' };

function only(text: string, hint?: RegionHint): Region {
  const { regions, declined } = findRegions(text, hint);
  assert.equal(declined, undefined);
  assert.equal(regions.length, 1, JSON.stringify(regions.map((r) => r.request)));
  return regions[0] as Region;
}

const slice = (text: string, range: SourceRange): string => text.slice(range.start, range.end);
const sourceOf = (text: string, mapped: MappedText | undefined): string | undefined => mapped && slice(text, mapped.span);
const urls = (text: string, hint?: RegionHint): string[] => findRegions(text, hint).regions.map((r) => r.request.url);

describe('findRegions: cURL', () => {
  it('gives the places of the parts of the thread', () => {
    const text = `#!/bin/sh\n# place a call\n${QUESTION_CURL}\necho done\n`;
    const region = only(text, shell);
    assert.equal(region.form, 'curl');
    assert.equal(slice(text, region.span), QUESTION_CURL);
    assert.equal(sourceOf(text, region.method), 'POST');
    assert.equal(sourceOf(text, region.url), CALLS);
    assert.equal(sourceOf(text, region.path), '/api/v2/conversations/calls');
    assert.deepEqual(
      region.headers.map((h) => [sourceOf(text, h.name), sourceOf(text, h.value)]),
      [
        ['Authorization', 'Bearer <VALID_OAUTH_TOKEN_WITH_CALL_INITIATE_SCOPE>'],
        ['Content-Type', 'application/json'],
      ],
    );
    assert.equal(region.body?.text, region.request.body);
    assert.equal(text.slice((region.body?.sourceOffset(region.body.text.indexOf('routing')) ?? 0) - 1).slice(0, 9), '"routing"');
    assert.deepEqual([region.shell, region.quoting, region.joined, region.ignored], ['posix', 'single', false, []]);
  });

  it('finds every command of the prose of the thread, and offsets that fit', () => {
    for (const region of findRegions(PROSE).regions) {
      if (region.body) assert.equal(sourceOf(PROSE, region.body), region.body.text);
      assert.match(slice(PROSE, region.span), /^curl/);
    }
    assert.ok(findRegions(PROSE).regions.length > 0);
  });

  const values: readonly (readonly [what: string, command: string, body: string | undefined, sourceOfBody: string | undefined])[] = [
    ['a value of its own', `curl h.x/ -d '{"a":1}'`, '{"a":1}', '{"a":1}'],
    ['a value behind its letter', `curl h.x/ -d'{"a":1}'`, '{"a":1}', '{"a":1}'],
    ['combined short options', `curl h.x/ -sd'{"a":1}'`, '{"a":1}', '{"a":1}'],
    ['double quotes', 'curl h.x/ --data "{\\"a\\":1}"', '{"a":1}', '{\\"a\\":1}'],
    ['adjacent pieces', `curl h.x/ -d 'a'"b"c`, 'abc', `a'"b"c`],
    ['a continued line in double quotes', 'curl h.x/ -d "a\\\nb"', 'ab', 'a\\\nb'],
    ['here-document', `curl h.x/ --data-binary @- <<'E'\n{"a":1}\nE\n`, '{"a":1}\n', '{"a":1}\n'],
    ['here-document without its line breaks', `curl h.x/ -d @- <<E\n{\n"a":1}\nE\n`, '{"a":1}', '{\n"a":1}'],
    ['here-document without its tabs', `curl h.x/ --data-binary @- <<-E\n\t{\n\t\t"a":1}\n\tE\n`, '{\n"a":1}\n', '{\n\t\t"a":1}\n'],
    ['here-document that expands', 'curl h.x/ --data-binary @- <<E\n\\$\\\\n\\x\nE\n', '$\\n\\x\n', '\\$\\\\n\\x\n'],
    ['here-string', `curl h.x/ --json @- <<< '{"a":1}'`, '{"a":1}\n', '{"a":1}'],
    ['nothing', "curl h.x/ -d ''", '', ''],
    ['several --json make one', `curl h.x/ --json '{"a":' --json '1}'`, '{"a":1}', `{"a":' --json '1}`],
    ['form data', "curl h.x/ --data-urlencode 'a=b c'", 'a=b+c', 'a=b c'],
    ['a file', 'curl h.x/ -d @body.json', undefined, undefined],
    ['in the query', 'curl -G h.x/ -d a=1', undefined, undefined],
  ];
  for (const [what, command, body, source] of values) {
    it(`maps the body: ${what}`, () => {
      const region = only(command, shell);
      assert.equal(region.body?.text, body);
      assert.equal(region.request.body, body);
      assert.equal(sourceOf(command, region.body), source);
    });
  }

  it('says that several -d are joined, and by which file a body comes', () => {
    assert.equal(only(`curl h.x/ -d '{"a":1}' -d '{"b":2}'`).joined, true);
    assert.equal(only(`curl h.x/ -d '{"a":1}'`).joined, false);
    for (const option of ['-d @', '--data-binary @', '-d@', '--json @']) {
      const text = `curl h.x/ ${option}./call.json`;
      assert.equal(sourceOf(text, only(text).file), './call.json');
    }
  });

  it('lists what was not understood, with its place', () => {
    const text = `curl --frobnicate --request=POST https://h/p -F 'a=b' -K rc -T up.json -H 'no colon' -k -s --max-time 5`;
    const { ignored } = only(text, shell);
    assert.deepEqual(
      ignored.map((i) => i.text),
      ['--frobnicate', '--request=POST', "-F 'a=b'", '-K rc', '-T up.json', "-H 'no colon'"].sort((a, b) => text.indexOf(a) - text.indexOf(b)),
    );
    for (const i of ignored) {
      assert.equal(slice(text, i), i.text);
      assert.match(i.reason, /^.+\.$/);
    }
  });

  it('takes each transfer for itself', () => {
    const text = `curl -d 1 https://h/a https://h/b --next --bad https://h/c`;
    const { regions } = findRegions(text, shell);
    assert.deepEqual(
      regions.map((r) => [slice(text, r.span), r.request.url, r.ignored.length]),
      [
        ['curl -d 1 https://h/a https://h/b', 'https://h/a', 0],
        ['--bad https://h/c', 'https://h/c', 1],
      ],
    );
    assert.match(regions[0]?.notes.join() ?? '', /1 more URL/);
  });

  const half: readonly (readonly [what: string, text: string, expected: readonly [url: string, body: string | undefined][]])[] = [
    ['no URL yet', `curl -X POST -d '{"a": 1`, [['', '{"a": 1']]],
    [
      'an open quote before the next command',
      `curl https://h/a -d '{"a": 1\n\ncurl https://h/b -d '{}'\n`,
      [
        ['https://h/a', '{"a": 1\n'],
        ['https://h/b', '{}'],
      ],
    ],
    ['an open quote before a blank line', `curl https://h/a -d '{\n"a": \n\necho done\n`, [['https://h/a', '{\n"a": ']]],
    ['an open quote at the end', 'curl https://h/a -d "{\\"a', [['https://h/a', '{"a']]],
    ['an option without its value', 'curl https://h/a -d', [['https://h/a', undefined]]],
    ['a here-document without its end', 'curl https://h/a -d @- <<E\n{"a"', [['https://h/a', '{"a"']]],
  ];
  for (const [what, text, expected] of half) {
    it(`gives what is there of a command that is being typed: ${what}`, () => {
      assert.deepEqual(
        findRegions(text, shell).regions.map((r) => [r.request.url, r.body?.text]),
        expected,
      );
    });
  }

  it('takes no comment for a command, and no talk in a script', () => {
    assert.deepEqual(urls('# curl https://h/a\n  // curl https://h/b\nREM curl https://h/c\n', shell), []);
    assert.deepEqual(urls('echo "curl https://h/a" # see curl https://h/b\n', shell), []);
    assert.deepEqual(urls('if true; then curl https://h/a; fi\nX=$(curl -s https://h/b)\nsudo curl https://h/c | jq .\n', shell), [
      'https://h/a',
      'https://h/b',
      'https://h/c',
    ]);
  });

  it('reads a command for the shell of its file or fence', () => {
    const text = `curl -d '{"a":"O''Brien"}' https://h/p`;
    assert.equal(only(text, { languageId: 'powershell' }).body?.text, '{"a":"O\'Brien"}');
    assert.equal(only(text, { fileName: 'call.ps1' }).shell, 'powershell');
    assert.equal(only(`\`\`\`powershell\n${text}\n\`\`\`\n`, markdown).body?.text, '{"a":"O\'Brien"}');
    assert.equal(only(text, shell).body?.text, '{"a":"OBrien"}');
    assert.equal(only('curl -d "a^b" https://h/p', { languageId: 'bat' }).shell, 'cmd');
    // Only an open @' begins a here-string.
    assert.equal(only("curl 'https://h/'\\''@'").request.url, "https://h/'@");
  });

  it('keeps offsets behind carriage returns, prompts and a byte order mark', () => {
    for (const text of ['\ufeffcurl h.x/ -d \'{"a":1}\'', '$ curl h.x/ \\\n> -d \'{"a":1}\'', '> curl h.x/ \\\r\n> -d \'{"a":1}\'\r\n']) {
      const { body } = only(text);
      assert.equal(body?.text, '{"a":1}');
      assert.equal(text.charAt(body?.sourceOffset(2) ?? 0), 'a');
    }
    const quoted = '$ curl h.x/ -d \'{\n> "a":1}\'\nok\n';
    const { body } = only(quoted);
    assert.equal(body?.text, '{\n"a":1}');
    assert.deepEqual(body?.edit(6, 7, '1,\n"b":2'), { start: quoted.indexOf('1}') + 1, end: quoted.indexOf('1}') + 1, newText: ',\n> "b":2' });
  });
});

describe('edits of a body in a command', () => {
  const edits: readonly (readonly [what: string, command: string, start: number, end: number, put: string, edited: string | undefined, hint?: RegionHint])[] = [
    ['an escape goes as a whole', 'curl h.x/ -d "{\\"a\\":1}"', 1, 4, '', 'curl h.x/ -d "{:1}"'],
    ['as little as differs', `curl h.x/ -d '{"a":1}'`, 0, 7, '{"a":2}', `curl h.x/ -d '{"a":2}'`],
    ['no variable is made', 'curl h.x/ -d "a$b"', 2, 3, '(c', 'curl h.x/ -d "a\\$(c"'],
    ['a variable stays one', 'curl h.x/ -d "a $X b"', 0, 1, 'c', 'curl h.x/ -d "c $X b"'],
    ['no escape is made', 'curl h.x/ -d "\\y"', 1, 2, '"', 'curl h.x/ -d "\\\\\\""'],
    ['no comment is made', 'curl h.x/ -d a#b', 0, 1, '', "curl h.x/ -d '#b'"],
    ['no file is made', 'curl h.x/ -d ab', 0, 0, '@', undefined],
    ['but text where that is said', 'curl h.x/ --data-raw ab', 0, 0, '@', 'curl h.x/ --data-raw @ab'],
    ['nothing is an argument too', 'curl h.x/ -d a', 0, 1, '', "curl h.x/ -d ''"],
    ['no delimiter is made', 'curl h.x/ --data-binary @- <<E\na\nE\n', 0, 1, 'E', undefined],
    ['no number grows', "curl h.x/ -d $'\\x4'", 1, 1, '1', "curl h.x/ -d $'\\0041'"],
    ['typographic quotes become straight', 'curl h.x/ -d ‘a’', 1, 1, '’', "curl h.x/ -d 'a’'"],
    ['no quote is left open in cmd', 'curl h.x/ -d "x" -H "A: a&b"', 0, 0, '"', 'curl h.x/ -d ^"\\^"x^" -H "A: a&b"', { languageId: 'bat' }],
    ['what follows is read as before in cmd', 'curl h.x/ -d "x" -H A:a^&b', 0, 0, '"', 'curl h.x/ -d ^"\\^"x^" -H A:a^&b', { languageId: 'bat' }],
    ['NUL is in no command', "curl h.x/ -d 'a'", 0, 0, '\0', undefined],
  ];
  for (const [what, command, start, end, put, edited, hint] of edits) {
    it(`${what}: ${command.replaceAll('\n', '⏎')}`, () => {
      const edit = only(command, hint).body?.edit(start, end, put);
      assert.equal(edit && command.slice(0, edit.start) + edit.newText + command.slice(edit.end), edited);
    });
  }

  const escapes: readonly (readonly [command: string, escape: string, hint?: RegionHint])[] = [
    ['curl h.x/ -d "{\\"a\\":1}"', '\\"'],
    ['curl h.x/ -d {\\"a\\":1}', '\\"'],
    ['curl h.x/ -d "{\\"a\\":1}"', '\\"', { languageId: 'bat' }],
    ['curl h.x/ -d "{""a"":1}"', '""', { languageId: 'bat' }],
    ['curl h.x/ -d ^"{\\^"a\\^":1}^"', '\\^"', { languageId: 'bat' }],
    ['curl h.x/ -d "{`"a`":1}"', '`"', { languageId: 'powershell' }],
    ['curl h.x/ -d "{""a"":1}"', '""', { languageId: 'powershell' }],
    ['curl h.x/ -d \'{\\"a\\":1}\'', '\\"', { languageId: 'powershell' }],
  ];
  for (const [command, written, hint] of escapes) {
    it(`takes an escape as a whole: ${command}`, () => {
      const { body } = only(command, hint);
      assert.equal(body?.text, '{"a":1}');
      assert.equal(slice(command, body.sourceRange(1, 2)), written);
      assert.equal(slice(command, body.sourceRange(3, 4)), written);
      assert.equal(slice(command, body.sourceRange(2, 3)), 'a');
    });
  }

  it('go across the words of several --json', () => {
    const command = `curl h.x/ --json '{"a":' --json "1}"`;
    const edit = only(command).body?.edit(3, 6, 'b":2');
    assert.equal(edit && command.slice(0, edit.start) + edit.newText + command.slice(edit.end), `curl h.x/ --json '{"ab":2' --json "}"`);
  });
});

describe('findRegions: where to look', () => {
  it('leaves the strings and templates of programs alone', () => {
    const text = "const x = `\ncurl -X POST https://h/p -d '{}'\n`;";
    for (const languageId of ['javascript', 'typescript', 'python', 'java', 'csharp', 'handlebars', 'html']) assert.deepEqual(urls(text, { languageId }), []);
    for (const fileName of ['a.js', 'a.ts', 'a.py', 'a.hbs']) assert.deepEqual(urls(text, { fileName }), []);
  });

  it('leaves the strings of JSON alone', () => {
    const text = JSON.stringify({ scripts: { call: "curl -X POST https://h/p -d '{}'" }, method: 'x', template: 'POST https://h/p' });
    assert.deepEqual(urls(text, json), []);
    assert.deepEqual(urls(text), []);
  });

  it('finds what fences and indented code of Markdown hold, no sentence', () => {
    const text = `# Calls\n\nUse curl https://h/no for that.\n\n    curl https://h/indented\n\n1. first\n   \`\`\`sh\n   curl https://h/fence\n   \`\`\`\n\n~~~http\nPOST https://h/http\n\n{"a": 1}\n~~~\n\n\`\`\`json\n{"method": "GET", "url": "https://h/json"}\n\`\`\`\n\n\`\`\`json\n{"phoneNumber": "+13175550142"}\n\`\`\`\n`;
    assert.deepEqual(urls(text, markdown), ['https://h/indented', 'https://h/fence', 'https://h/http', 'https://h/json']);
    const { regions } = findRegions(text, { ...markdown, payload: true });
    assert.equal(regions.at(-1)?.form, 'payload');
    assert.equal(regions.at(-1)?.body?.text.trim(), '{"phoneNumber": "+13175550142"}');
    for (const region of regions) if (region.body) assert.equal(sourceOf(text, region.body), region.body.text);
  });

  it('finds requests in plain text by how it looks', () => {
    assert.deepEqual(urls('I send this: curl https://h/a and it fails'), ['https://h/a']);
    assert.deepEqual(urls('This is what I send:\n\nPOST https://h/p\n\n{}\n'), ['https://h/p']);
    assert.deepEqual(urls('GET https://h/p\n'), ['https://h/p']);
    assert.deepEqual(urls('{"method":"GET","url":"/p"}'), ['/p']);
    assert.deepEqual(urls(''), []);
    assert.deepEqual(urls('hello'), []);
  });

  it('declines a very long text in a sentence', () => {
    const { regions, declined } = findRegions('curl https://h/p\n'.repeat(LONGEST_TEXT / 16));
    assert.deepEqual(regions, []);
    assert.match(declined ?? '', /^This text is longer than 5 million characters.*\.$/);
    assert.equal(findRegions(' '.repeat(LONGEST_TEXT)).declined, undefined);
    assert.match(findRegions(`{"request":${'['.repeat(1_000_000)}`, json).declined ?? 'read', /nested too deeply|^read$/);
  });
});

describe('findRegions: .http', () => {
  const text = `@host = https://api.mypurecloud.com\n@number=+13175550142\n\n### Place\n# a comment\nPOST {{host}}/api/v2/conversations/calls\n  ?expand=a\n  &x=1 HTTP/1.1\nAuthorization: Bearer {{token}}\n\n{\n  "phoneNumber": "{{number}}",\n  "label": "{{label}}"\n}\n\n\nHTTP/1.1 403 Forbidden\n\n{"code": "x"}\n\n### who\nGET https://h/me\nA: b\n\n###\ncurl https://h/c -d '{}'\n\n###\nPOST https://h/f\n\n< ./body.json\n`;

  it('gives the places of each request, variables filled in', () => {
    const { regions } = findRegions(text, http);
    assert.deepEqual(
      regions.map((r) => r.form),
      ['http', 'http', 'curl', 'http'],
    );
    const first = regions[0] as Region;
    assert.equal(first.request.url, 'https://api.mypurecloud.com/api/v2/conversations/calls?expand=a&x=1');
    assert.equal(sourceOf(text, first.url), '{{host}}/api/v2/conversations/calls\n  ?expand=a\n  &x=1');
    assert.equal(sourceOf(text, first.path), '/api/v2/conversations/calls');
    assert.equal(first.body?.text, '{\n  "phoneNumber": "+13175550142",\n  "label": "{{label}}"\n}');
    assert.deepEqual(
      first.headers.map((h) => [h.name.text, h.value.text]),
      [['Authorization', 'Bearer {{token}}']],
    );
    assert.ok(slice(text, first.span).startsWith('POST {{host}}') && slice(text, first.span).endsWith('\n}'));
    assert.equal(first.response?.response.status, 403);
    assert.match(slice(text, first.response?.span ?? { start: 0, end: 0 }), /^HTTP\/1\.1 403/);
    assert.equal(sourceOf(text, regions[3]?.file), './body.json');
  });

  it('takes a filled variable as a whole', () => {
    const { body } = findRegions(text, http).regions[0] as Region;
    const at = body?.text.indexOf('+1317') ?? 0;
    const range = { start: text.indexOf('{{number}}'), end: text.indexOf('{{number}}') + 10 };
    assert.deepEqual(body?.sourceRange(at + 3, at + 5), range);
    assert.equal(body?.textOffset(range.start + 4), at);
    assert.deepEqual(body?.edit(at + 11, at + 12, '3'), { ...range, newText: '+13175550143' });
  });

  it('edits a method, a URL and a header', () => {
    const region = findRegions(text, http).regions[1] as Region;
    assert.deepEqual(region.method?.edit(0, 3, 'HEAD'), {
      start: text.indexOf('GET https://h/me'),
      end: text.indexOf('GET https://h/me') + 3,
      newText: 'HEAD',
    });
    const edit = region.path?.edit(0, 3, '/you');
    assert.equal(edit && text.slice(0, edit.start) + edit.newText + text.slice(edit.end), text.replace('h/me', 'h/you'));
    assert.equal(region.headers[0]?.value.edit(0, 1, 'c\n\nd'), undefined);
  });
});

describe('findRegions: JSON documents', () => {
  const pact = (interactions: unknown[], indent = 2): string => JSON.stringify({ consumer: { name: 'c' }, interactions }, null, indent);

  it('finds the requests of a Pact file of any version, messages left alone', () => {
    const text = pact([
      { description: 'v2', request: { method: 'get', path: '/a', query: 'x=1', headers: { A: 'b' } }, response: { status: 403, body: { code: 'x' } } },
      { description: 'v3', request: { method: 'POST', path: '/b', query: { x: ['1 2'] }, body: { a: '\u00e9' } } },
      {
        type: 'Synchronous/HTTP',
        request: { method: 'POST', path: '/c', headers: { A: ['b', 'c'] }, body: { content: { a: 1 }, contentType: 'application/json', encoded: false } },
      },
      {
        type: 'Synchronous/HTTP',
        request: { method: 'POST', path: '/d', body: { content: 'eyJhIjoxfQ==', contentType: 'application/json', encoded: 'base64' } },
      },
      { type: 'Asynchronous/Messages', contents: {}, request: { method: 'POST', path: '/no' } },
      { type: 'Synchronous/Messages', request: { contents: {} }, response: [] },
      { request: { method: 'POST', path: '/e', body: null } },
    ]);
    const { regions } = findRegions(text, json);
    assert.deepEqual(
      regions.map((r) => [r.form, r.request.method, r.request.url, r.body?.text]),
      [
        ['pact', 'GET', '/a?x=1', undefined],
        ['pact', 'POST', '/b?x=1%202', '{\n          "a": "é"\n        }'],
        ['pact', 'POST', '/c', '{\n            "a": 1\n          }'],
        ['pact', 'POST', '/d', '{"a":1}'],
        ['pact', 'POST', '/e', undefined],
      ],
    );
    assert.deepEqual(regions[2]?.request.headers, [
      ['A', 'b'],
      ['A', 'c'],
      ['Content-Type', 'application/json'],
    ]);
    assert.equal(sourceOf(text, regions[0]?.path), '/a');
    assert.deepEqual(regions[0]?.response?.response.status, 403);
    assert.deepEqual(JSON.parse(slice(text, regions[0]?.response?.span ?? { start: 0, end: 0 })), { status: 403, body: { code: 'x' } });
    assert.deepEqual(JSON.parse(slice(text, regions[1]?.span ?? { start: 0, end: 0 })).path, '/b');
    const edit = regions[3]?.body?.edit(5, 6, '22');
    assert.equal(edit && Buffer.from(edit.newText, 'base64').toString(), '{"a":22}');
  });

  it('finds the requests of a HAR file', () => {
    const text = JSON.stringify({
      log: {
        entries: [
          {
            request: {
              method: 'POST',
              url: 'https://h/p?x=1',
              headers: [
                { name: ':path', value: '/p' },
                { name: 'A', value: 'b' },
              ],
              postData: { text: '{"a":"é\n"}' },
            },
            response: { status: 403, headers: [], content: { text: 'no' } },
          },
          { request: { method: 'GET', url: 'https://h/q', headers: [] }, response: { status: 0 } },
        ],
      },
    });
    const [first, second] = findRegions(text, { fileName: 'x.har' }).regions;
    assert.equal(first?.body?.text, '{"a":"é\n"}');
    assert.equal(sourceOf(text, first?.body), '{\\"a\\":\\"é\\n\\"}');
    assert.deepEqual(
      first?.headers.map((h) => h.name.text),
      ['A'],
    );
    assert.equal(sourceOf(text, first?.path), '/p');
    assert.equal(first?.response?.response.body, 'no');
    assert.deepEqual([second?.request.url, second?.response], ['https://h/q', undefined]);
  });

  it('finds request JSON, pairs and lists, also with comments and while it is typed', () => {
    assert.deepEqual(urls('[{"method":"GET","url":"/a"},{"request":{"method":"GET","path":"/b"},"response":{"status":1}}]', json), ['/a', '/b']);
    const text = '// a call\n{"method": "POST", "url": "/a", // here\n "body": {"a": 1,},}';
    assert.equal(only(text, json).body?.text, '{"a": 1,}');
    const typed = '{"method": "POST", "url": "/a", "headers": {"A": "b"}, "body": {"phoneNumber": "+1';
    const region = only(typed, json);
    assert.deepEqual([region.body?.text, region.headers.length], ['{"phoneNumber": "+1', 1]);
    assert.equal(only('{"method": "POST", "url": "/a", "body": "{\\"a\\": ', json).body?.text, '{"a": ');
  });

  it('takes *.call.json, or what was asked for, as a payload; comments, errors and all', () => {
    for (const text of [OWNER_ID_PAYLOAD, '// me\n{ "phoneNumber": "+1", }', '{"phoneNumber": ', '{}']) {
      for (const hint of [{ fileName: '/x/first.call.json' }, { fileName: 'a.call.json', languageId: 'json' }, { languageId: 'jsonc', payload: true }]) {
        const region = only(text, hint);
        assert.deepEqual([region.form, region.body?.text, region.request.url], ['payload', text, '/api/v2/conversations/calls']);
        assert.deepEqual(region.body?.edit(0, 1, '[\n'), { start: 0, end: 1, newText: '[\n' });
      }
    }
    assert.deepEqual(findRegions(OWNER_ID_PAYLOAD, json).regions, []);
    assert.equal(only('{"method":"POST","url":"/a","body":{}}', { fileName: 'a.call.json' }).form, 'json');
  });
});
