import assert from 'node:assert/strict';
import { readRequest } from '../../../src/exchange/readRequest.js';
import { onlyRequest, problem, read } from './read.js';
import { FIRST_ANSWER_CURL, PROSE, QUESTION_CURL, SECOND_ANSWER_CURL } from './thread.js';

const URL = 'https://api.mypurecloud.com/api/v2/conversations/calls';
const FORM: readonly [string, string] = ['Content-Type', 'application/x-www-form-urlencoded'];

describe('readRequest of a cURL command', () => {
  it('reads the three commands of the thread with their bodies byte for byte', () => {
    for (const [curl, authorization] of [
      [QUESTION_CURL, 'Bearer <VALID_OAUTH_TOKEN_WITH_CALL_INITIATE_SCOPE>'],
      [FIRST_ANSWER_CURL, 'Bearer YOUR_ACCESS_TOKEN'],
      [SECOND_ANSWER_CURL, 'Bearer <agent_impersonation_token>'],
    ] as const) {
      const result = read(readRequest(curl));
      assert.equal(result.form, 'curl');
      assert.deepEqual(result.notes, []);
      assert.deepEqual(onlyRequest(result), {
        method: 'POST',
        url: URL,
        headers: [
          ['Authorization', authorization],
          ['Content-Type', 'application/json'],
        ],
        body: curl.slice(curl.indexOf("-d '") + 4, -1),
      });
    }
  });

  it('finds the commands in the prose of the thread, in order', () => {
    const { exchanges } = read(readRequest(PROSE));
    assert.deepEqual(
      exchanges.map((e) => e.request),
      [onlyRequest(readRequest(QUESTION_CURL)), onlyRequest(readRequest(FIRST_ANSWER_CURL))],
    );
  });

  const cases: readonly (readonly [what: string, curl: string, expected: Partial<ReturnType<typeof onlyRequest>>])[] = [
    ['GET is the default', 'curl https://h/p', { method: 'GET', url: 'https://h/p', headers: [] }],
    ['data makes it POST with a form type', "curl https://h/p -d 'a=1' --data b=2", { method: 'POST', headers: [FORM], body: 'a=1&b=2' }],
    ['-X wins', 'curl -XPUT -d x https://h/p', { method: 'PUT', body: 'x' }],
    ['combined flags with a glued method', 'curl -sSLXPATCH https://h/p', { method: 'PATCH' }],
    ['combined flags with the method next', 'curl -kvX DELETE https://h/p', { method: 'DELETE' }],
    ['-I is HEAD', 'curl -I https://h/p', { method: 'HEAD' }],
    [
      '-G puts data into the query',
      "curl -G https://h/p?z=1#f -d a=1 --data-urlencode 'b=x y'",
      { method: 'GET', url: 'https://h/p?z=1&a=1&b=x+y#f', headers: [] },
    ],
    [
      '--json sets both headers and joins without &',
      `curl --json '{"a":' --json '1}' https://h/p`,
      {
        method: 'POST',
        body: '{"a":1}',
        headers: [
          ['Content-Type', 'application/json'],
          ['Accept', 'application/json'],
        ],
      },
    ],
    [
      '--json leaves a given type',
      "curl --json x -H 'content-type: text/plain' https://h/p",
      {
        headers: [
          ['content-type', 'text/plain'],
          ['Accept', 'application/json'],
        ],
      },
    ],
    ['-u is Basic', 'curl -u id:secret https://h/p', { headers: [['Authorization', 'Basic aWQ6c2VjcmV0']] }],
    ['-u with placeholders stays readable', "curl -u '{{id}}:{{secret}}' https://h/p", { headers: [['Authorization', 'Basic {{id}}:{{secret}}']] }],
    ['-u with shell variables stays readable', 'curl -u "$ID:$SECRET" https://h/p', { headers: [['Authorization', 'Basic $ID:$SECRET']] }],
    ['--oauth2-bearer', 'curl --oauth2-bearer $T https://h/p', { headers: [['Authorization', 'Bearer $T']] }],
    ['a given Authorization beats -u', "curl -u a:b -H 'Authorization: Bearer x' https://h/p", { headers: [['Authorization', 'Bearer x']] }],
    [
      'agent, referrer and cookies',
      "curl -A ua -e 'http://r;auto' -b a=1 -b b=2 https://h/p",
      {
        headers: [
          ['User-Agent', 'ua'],
          ['Referer', 'http://r'],
          ['Cookie', 'a=1;b=2'],
        ],
      },
    ],
    ['empty and removed headers', "curl -H 'X-Empty;' -H 'Content-Type:' -d x https://h/p", { headers: [['X-Empty', '']], body: 'x' }],
    [
      'options that take an argument swallow it',
      "curl -o out.json -w '%{http_code}' --max-time 5 -x http://proxy:1 --cacert ca.pem https://h/p",
      { url: 'https://h/p' },
    ],
    ['--url', 'curl --url https://h/p -X POST', { method: 'POST', url: 'https://h/p' }],
    ['a unique beginning of an option', 'curl --oauth2 T https://h/p', { headers: [['Authorization', 'Bearer T']] }],
    ['--data-raw keeps @', "curl --data-raw '@x' https://h/p", { body: '@x' }],
    ['a here-document on standard input', 'curl https://h/p --data-binary @- <<\'EOF\'\n{\n "a": 1\n}\nEOF\necho done', { body: '{\n "a": 1\n}\n' }],
    ['a here-string', `curl https://h/p -d @- <<< '{"a":1}'`, { body: '{"a":1}' }],
    ['redirections and pipes end it', 'curl -s https://h/p 2>/dev/null > out.json | jq .', { url: 'https://h/p' }],
    ['a command substitution around it', 'TOKEN=$(curl -s https://h/p -d a=1)', { body: 'a=1' }],
    [
      'variables of every shell stay text',
      'curl "https://h/$ID/${ID}/%ID%/{{id}}/<ID>" -H "Authorization: Bearer $(cat "my token")"',
      { url: 'https://h/$ID/${ID}/%ID%/{{id}}/<ID>', headers: [['Authorization', 'Bearer $(cat "my token")']] },
    ],
    [
      'an angle placeholder outside of quotes',
      'curl https://h/users/<userId>/x -H Authorization:<TOKEN>',
      { url: 'https://h/users/<userId>/x', headers: [['Authorization', '<TOKEN>']] },
    ],
    ['a URL without scheme as written', 'curl api.mypurecloud.com/api/v2/users/me', { url: 'api.mypurecloud.com/api/v2/users/me' }],
    ['a comment ends the words', 'curl https://h/p#frag # -X POST', { method: 'GET', url: 'https://h/p#frag' }],
    ['the path of the program', '/usr/bin/curl https://h/p', { url: 'https://h/p' }],
    ['a URL in a sentence loses its full stop', 'First run curl https://h/p. Then wait.', { url: 'https://h/p' }],
    ['inline code in a sentence', 'Use `curl -X POST https://h/p` and wait.', { method: 'POST', url: 'https://h/p' }],
    ['the prompt of root', '# curl -X POST https://h/p', { method: 'POST', url: 'https://h/p' }],
    ['a Markdown fence ends an open quote', "```sh\ncurl https://h/p -d 'x\n```\nIt's over", { body: 'x' }],
    ['typographic quotes and dashes', 'curl –X POST “https://h/p” —data ‘a=1’', { method: 'POST', url: 'https://h/p', body: 'a=1' }],
    ['below the address of a page', 'https://community.example/t/1\n\ncurl -X POST https://h/p', { method: 'POST', url: 'https://h/p' }],
    ['second prompts', '$ curl -X POST \\\n> https://h/p \\\n> -d \'{\n> "a": 1}\'', { url: 'https://h/p', body: '{\n"a": 1}' }],
    ['CRLF continuations', 'curl -X POST \\\r\n  https://h/p \\\r\n  -d x\r\necho', { url: 'https://h/p', body: 'x' }],
    ['a blank behind the continuation', 'curl -X POST \\ \n https://h/p', { method: 'POST', url: 'https://h/p' }],
  ];
  for (const [what, curl, expected] of cases) {
    it(`reads it: ${what}`, () => {
      const request = onlyRequest(readRequest(curl));
      assert.deepEqual({ ...request, ...expected }, request);
    });
  }

  const quoted: readonly (readonly [what: string, curl: string, body: string])[] = [
    ['single quotes keep everything', `curl h.x/ -d '{"a": "b\\n  $c \`d\`"}'`, '{"a": "b\\n  $c `d`"}'],
    ["an apostrophe as '\\''", `curl h.x/ -d '{"a":"O'\\''Brien"}'`, '{"a":"O\'Brien"}'],
    ['double quotes with escapes', 'curl h.x/ -d "{\\"a\\": \\"b\\\\n\\", \\$x, \\y}"', '{"a": "b\\n", $x, \\y}'],
    ['double quotes over lines', 'curl h.x/ -d "{\n  \\"a\\": 1 \\\n}"', '{\n  "a": 1 }'],
    ["$'…' with its escapes", "curl h.x/ -d $'{\"a\":\\'\\u00e9\\x41\\n\\t\\101\\xc3\\xa9\\''", '{"a":\'éA\n\tAé\''],
    ['several quotings in one word', `curl h.x/ -d a"b"'c'\\ d$'e'`, 'abc de'],
    ['cmd: carets, continuation and \\"', 'curl -X POST ^\r\n  "https://h.x/?a=1&b=2" ^\r\n  -d "{\\"a\\": \\"b c\\"}"', '{"a": "b c"}'],
    ['cmd: as browsers copy it', 'curl ^"https://h.x/^" ^\n  --data-raw ^"^{^\\^"a^\\^": ^\\^"b ^& c^\\^"^}^"', '{"a": "b & c"}'],
    ['cmd: doubled quotes', 'C:\\>curl h.x/ -d "{""a"": ""b c""}"', '{"a": "b c"}'],
    ['cmd: %X% stays', 'curl.exe "https://h.x/%ID%" -d "{\\"a\\":\\"%TOKEN%\\"}"', '{"a":"%TOKEN%"}'],
    ['PowerShell: backtick continuation and doubled single quotes', 'curl.exe -X POST `\n  https://h.x/ `\n  -d \'{"a": "O\'\'Brien"}\'', '{"a": "O\'Brien"}'],
    ['PowerShell: backtick before a quote', 'PS C:\\> curl.exe h.x/ -d "{`"a`": `"$b`"}"', '{"a": "$b"}'],
    ['PowerShell: \\" for the old argument passing', 'curl.exe h.x/ -d \'{\\"a\\": 1}\'', '{"a": 1}'],
    ['PowerShell: here-string', 'curl.exe h.x/ -d @\'\n{\n "a": 1\n}\n\'@', '{\n "a": 1\n}'],
  ];
  for (const [what, curl, body] of quoted) {
    it(`keeps the body exact: ${what}`, () => assert.equal(onlyRequest(readRequest(curl)).body, body));
  }

  const noted: readonly (readonly [what: string, curl: string, note: RegExp])[] = [
    ['a form type was added', 'curl -d x https://h/p', /application\/x-www-form-urlencoded/],
    ['a file was not read', 'curl -d @/tmp/payload.json https://h/p', /payload\.json, which was not read/],
    ['multipart is not represented', 'curl -F a=b https://h/p', /multipart/],
    ['an unknown option', 'curl --frobnicate https://h/p', /no option --frobnicate/],
    ['= is not for curl', 'curl --request=POST https://h/p', /wants a blank, not =/],
    ['a header without colon', "curl -H 'Authorization Bearer x' https://h/p", /no colon/],
    ['no scheme', 'curl h.x/p', /no scheme/],
    ['an & that ends the command', 'curl https://h/p?a=1&b=2', /Put the URL in quotes/],
    ['words that belong nowhere', 'curl https://h/p -d {"a": "b"}', /belongs? to no option/],
    ['single quotes in cmd', 'curl -d \'{"a":1}\' ^\n https://h/p', /Single quotes do not quote in cmd/],
    ['double quotes in PowerShell', 'curl.exe https://h/p -d \'{"a":1}\'', /before 7\.3/],
    ['an open quote after the URL', 'curl https://h/p -d \'{"a":1}', /line 1, column 21 is never closed/],
    ['the number of the command', 'curl https://h/p\ncurl -d x https://h/q', /^Command 2: No Content-Type/],
  ];
  for (const [what, curl, note] of noted) {
    it(`says: ${what}`, () => assert.match(read(readRequest(curl)).notes.join('\n'), note));
  }

  it('reads an exchange for each URL, each --next and each command, and skips comments where there are others', () => {
    const urls = (curl: string) => read(readRequest(curl)).exchanges.map((e) => `${e.request?.method} ${e.request?.url}`);
    assert.deepEqual(urls('curl https://h/a https://h/b'), ['GET https://h/a', 'GET https://h/b']);
    assert.deepEqual(urls('curl -d x https://h/a --next https://h/b'), ['POST https://h/a', 'GET https://h/b']);
    assert.deepEqual(urls('#!/bin/sh\n# curl https://h/old\ncurl https://h/a && curl -I https://h/b; sudo curl https://h/c'), [
      'GET https://h/a',
      'HEAD https://h/b',
      'GET https://h/c',
    ]);
  });

  it('leaves talk about curl alone', () => {
    for (const text of [
      'curl is a tool.',
      'The curl -k option is bad.',
      'Here is the cURL example: https://x.y',
      'See libcurl https://x.y',
      'curl --version',
    ]) {
      assert.equal(readRequest(text).ok, false, text);
    }
  });

  it('says where an open quote stands when no URL is known', () => {
    const found = problem(readRequest("\ncurl -X POST \\\n -H 'a: b"));
    assert.deepEqual([found.line, found.column], [3, 5]);
    assert.match(found.problem, /never closed/);
  });

  it('gives no body where the data is a file, but the method and type that curl sends', () => {
    assert.deepEqual(onlyRequest(readRequest('curl -d @x.json https://h/p')), { method: 'POST', url: 'https://h/p', headers: [FORM] });
  });
});
