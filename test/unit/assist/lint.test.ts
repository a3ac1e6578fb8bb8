import assert from 'node:assert/strict';
import fs from 'node:fs';
import fc from 'fast-check';
import { MOST_PROBLEMS } from '../../../src/assist/lint.js';
import { PROBLEM_CODES, type ProblemCode, type Severity } from '../../../src/assist/problem.js';
import { LONGEST_TEXT, type RegionHint } from '../../../src/exchange/regions.js';
import { GUID, OTHER_GUID } from '../platform/facts.js';
import { CALLS, curl, http, isGood, isNotTold, isTold, json, markdown, note, payload, problemsIn, SECRET, script } from './linting.js';

const ON_BEHALF = `${CALLS}/user/${GUID}`;
const REQUEST = `POST ${CALLS}\nAuthorization: Bearer {{token}}\nContent-Type: application/json\n\n`;
const PACT = (body: string): string => `{"interactions": [{"request": {"method": "POST", "path": "/api/v2/conversations/calls", "body": ${body}}}]}`;
const TOKEN_REQUEST = (form: string): string => `curl -u "$ID:$SECRET" https://login.mypurecloud.com/oauth/token -d '${form}'\n`;

type Shown = readonly [code: ProblemCode, severity: Severity, hint: RegionHint, text: string];
/** Each code at the places between « and », and nowhere else. */
const SHOWN: readonly Shown[] = [
  ['not-json', 'error', payload, '{"phoneNumber": "+13175550142" «"label"»: "x"}'],
  ['not-json', 'error', payload, '{"phoneNumber": "+13175550142"«,»'],
  ['not-json', 'error', script, curl('{"phoneNumber": «+13175550142»}')],
  ['json-extras', 'information', payload, '{«// who»\n"phoneNumber": "+13175550142"«,»}'],
  ['json-extras', 'error', script, curl('{"phoneNumber": "+13175550142"«,»}')],
  ['json-extras', 'error', http, `${REQUEST}{"phoneNumber": "+13175550142" «/* who */»}\n`],
  ['not-an-object', 'error', payload, '«[»{"phoneNumber": "+13175550142"}]'],
  ['not-an-object', 'error', script, curl('«[»"+13175550142"]')],
  ['no-body', 'error', script, `«curl» -X POST ${CALLS} -H "Authorization: Bearer $TOKEN"\n`],
  ['no-body', 'error', http, `«POST» ${CALLS}\nAuthorization: Bearer {{token}}\n`],
  ['unneeded-body', 'warning', script, `curl -X GET ${CALLS} -H "Authorization: Bearer $TOKEN" --json '«{»"a": 1}'\n`],
  ['unneeded-body', 'warning', script, curl('«{»"state": "disconnected"}', `https://api.mypurecloud.com/api/v2/conversations/${GUID}/disconnect`)],
  ['unknown-field', 'warning', payload, '{«"phonenumber"»: "+13175550142", "phoneNumber": "+13175550142"}'],
  ['unknown-field', 'warning', payload, '{"participants": [{"address": "+13175550142", «"nane"»: "x"}]}'],
  ['foreign-field', 'warning', payload, `{"phoneNumber": "+13175550142", «"ownerId"»: "${GUID}"}`],
  [
    'answer-only-field',
    'information',
    script,
    curl(`{"participants": [{"address": "+13175550142", «"purpose"»: "customer"}]}`, `${CALLS}/${GUID}/participants`),
  ],
  ['duplicate-field', 'warning', payload, '{"phoneNumber": "+13175550142", «"phoneNumber"»: "+13175550143"}'],
  ['duplicate-field', 'warning', payload, '{"phoneNumber": "+13175550142", "attributes": {"a": "1", «"a"»: "2"}}'],
  ['wrong-type', 'error', payload, '{"phoneNumber": «["+13175550142"]»}'],
  ['wrong-type', 'warning', payload, `{"callQueueId": "${GUID}", "priority": «"5"»}`],
  ['wrong-type', 'warning', payload, '{"phoneNumber": "+13175550142", "attributes": {"ok": "1", "ticket": «4711»}}'],
  ['missing-field', 'error', script, curl(`«{»"queueId": "${GUID}"}`, 'https://api.mypurecloud.com/api/v2/conversations/callbacks')],
  ['missing-field', 'warning', script, curl(`«{»"callbackNumbers": ["+13175550142"]}`, 'https://api.mypurecloud.com/api/v2/conversations/callbacks')],
  ['no-destination', 'error', payload, '«{»"label": "callback"}'],
  ['several-destinations', 'error', payload, `{"phoneNumber": "+13175550142", «"callUserId"»: "${GUID}"}`],
  ['needs-another-field', 'warning', payload, `{"phoneNumber": "+13175550142", «"priority"»: 5, «"languageId"»: "${GUID}", «"routingSkillsIds"»: ["${GUID}"]}`],
  ['placeholder', 'error', payload, '{"phoneNumber": "«{{number}}»"}'],
  ['bad-number', 'error', payload, '{"phoneNumber": «"+15550199"»}'],
  ['bad-number', 'warning', payload, '{"phoneNumber": «"3175550142"»}'],
  ['bad-number', 'warning', payload, '{"phoneNumber": «"+1 (317) 555-0142"»}'],
  ['bad-number', 'error', payload, '{"participants": [{"address": «"+15550100"»}]}'],
  ['not-dialled', 'error', payload, '{"phoneNumber": «"911"»}'],
  ['not-dialled', 'error', payload, '{"phoneNumber": «"+19005550142"»}'],
  ['bad-id', 'error', payload, '{"callUserId": «"3f2504e0-4f89-41d3-9a0c-0305e82c330"»}'],
  ['bad-id', 'error', script, curl('{"phoneNumber": "+13175550142"}', `${CALLS}/user/«3f2504e0-4f89-41d3»`)],
  ['wrong-id-kind', 'error', payload, '{"callUserId": «"+13175550142"»}'],
  ['wrong-id-kind', 'error', payload, '{"callUserId": «"agent7@example.com"»}'],
  ['wrong-id-kind', 'error', payload, `{"phoneNumber": "+13175550142", "callFromQueueId": «"Sales EMEA"»}`],
  ['wrong-id-kind', 'error', payload, `{"phoneNumber": «"${GUID}"»}`],
  ['bad-value', 'error', script, curl('{"state": «"ended"»}', `${CALLS}/${GUID}`).replace('POST', 'PATCH')],
  [
    'bad-value',
    'error',
    script,
    curl(
      `{"queueId": "${GUID}", "callbackNumbers": ["+13175550142"], "callbackScheduledTime": «"tomorrow"»}`,
      'https://api.mypurecloud.com/api/v2/conversations/callbacks',
    ),
  ],
  ['bad-value', 'information', payload, `{"callQueueId": "${GUID}", "routingSkillsIds": «[]»}`],
  ['calls-oneself', 'warning', script, curl(`{"callUserId": «"${GUID}"»}`, ON_BEHALF)],
  ['no-such-operation', 'error', script, `curl https://api.mypurecloud.com«/api/v2/users/${GUID}/impersonate» -H "Authorization: Bearer $TOKEN"\n`],
  ['no-such-operation', 'error', script, `curl https://api.mypurecloud.com«/api/v2/conversation/calls» -H "Authorization: Bearer $TOKEN"\n`],
  ['no-such-operation', 'warning', markdown, 'With Genesys Cloud, use the `«/api/v2/users/{userId}/impersonate»` endpoint first.\n'],
  ['wrong-method', 'error', script, `curl -X «PUT» ${CALLS} -H "Authorization: Bearer $TOKEN" --json '{"phoneNumber": "+13175550142"}'\n`],
  ['not-the-platform', 'error', script, curl('{"phoneNumber": "+13175550142"}', 'https://«login.mypurecloud.com»/api/v2/conversations/calls')],
  ['not-the-platform', 'warning', script, curl('{"phoneNumber": "+13175550142"}', 'https://«apps.mypurecloud.de»/api/v2/conversations/calls')],
  ['not-the-platform', 'warning', script, curl('{"phoneNumber": "+13175550142"}', 'https://«api.mypurecloud.co»/api/v2/conversations/calls')],
  ['not-the-platform', 'warning', script, curl('{"phoneNumber": "+13175550142"}', 'http://«api.mypurecloud.com»/api/v2/conversations/calls')],
  ['not-the-platform', 'information', script, curl('{"phoneNumber": "+13175550142"}', 'https://«gateway.example.com»/api/v2/conversations/calls')],
  ['no-such-scope', 'warning', script, `# needs the scope «conversation:call:write»\n${curl('{"phoneNumber": "+13175550142"}')}`],
  ['no-such-scope', 'warning', script, TOKEN_REQUEST('grant_type=client_credentials&scope=«conversation»')],
  ['no-such-grant', 'error', script, TOKEN_REQUEST('grant_type=«urn:ietf:params:oauth:grant-type:jwt-bearer»')],
  ['no-such-grant', 'warning', markdown, 'For Genesys, use the «jwt-bearer» grant.\n'],
  ['no-token', 'information', script, `«curl» ${CALLS}\n`],
  ['no-token', 'information', http, `«GET» ${CALLS}\n`],
  ['no-token', 'error', script, `curl ${CALLS} -H 'Authorization: «Basic aWQ6c2VjcmV0»'\n`],
  ['foreign-header', 'warning', script, `curl ${CALLS} -H "Authorization: Bearer $TOKEN" -H '«x-genesys-user-id»: ${GUID}'\n`],
  ['wrong-content-type', 'error', script, `curl ${CALLS} -H "Authorization: Bearer $TOKEN" -d '«{»"phoneNumber": "+13175550142"}'\n`],
  ['wrong-content-type', 'error', http, `POST ${CALLS}\nAuthorization: Bearer {{token}}\nContent-Type: «text/plain»\n\n{"phoneNumber": "+13175550142"}\n`],
  ['wrong-content-type', 'error', script, `curl -u "$ID:$SECRET" https://login.mypurecloud.com/oauth/token --json '«{»"grant_type": "client_credentials"}'\n`],
  [
    'body-not-sent-as-json',
    'error',
    script,
    `curl ${CALLS} -H "Authorization: Bearer $T" -H 'Content-Type: application/json' -d '«{"phoneNumber":' -d '"+13175550142"}»'\n`,
  ],
  ['body-not-sent-as-json', 'error', script, `«curl» -X POST -G ${CALLS} -H "Authorization: Bearer $T" -d '{"phoneNumber": "+13175550142"}'\n`],
  ['body-not-sent-as-json', 'error', script, `curl ${CALLS} -H "Authorization: Bearer $T" «-F 'phoneNumber=+13175550142'»\n`],
  ['misread-by-shell', 'error', script, `curl ${CALLS} «\\ »\n  -H "Authorization: Bearer $T"\n`],
  ['misread-by-shell', 'warning', note, `curl ${CALLS} -H «“»Authorization: Bearer abc”\n`],
  ['secret', 'warning', script, `curl ${CALLS} -H 'Authorization: Bearer «${SECRET}»'\n`],
  ['secret', 'warning', script, `curl -u ${GUID}:«${SECRET}» https://login.mypurecloud.com/oauth/token -d grant_type=client_credentials\n`],
  ['secret', 'warning', note, `For Genesys: client_secret=«${SECRET}»\n`],
  [
    'secret',
    'warning',
    script,
    `curl https://login.mypurecloud.com/oauth/token -H 'Authorization: Basic «${btoa(`${GUID}:${SECRET}`)}»' -d grant_type=client_credentials\n`,
  ],
];

/** Nearly the same, and right. */
const NOT_SHOWN: readonly (readonly [code: ProblemCode, hint: RegionHint, text: string])[] = [
  ['not-json', payload, '{"phoneNumber": "+13175550142", "priority": {{p}}}'],
  ['not-json', script, curl('$(jq -n "{}")')],
  ['not-json', script, `curl ${CALLS} -H "Authorization: Bearer $T" -H 'Content-Type: application/json' -d "$BODY"\n`],
  ['not-json', script, TOKEN_REQUEST('grant_type=client_credentials')],
  ['json-extras', payload, '{"phoneNumber": "+13175550142", "label": "http://x // , }"}'],
  ['not-an-object', payload, '{}'],
  ['no-body', script, `curl -X POST ${CALLS} -H "Authorization: Bearer $TOKEN" -d @body.json\n`],
  ['no-body', script, curl('', `https://api.mypurecloud.com/api/v2/conversations/${GUID}/disconnect`)],
  ['no-body', json, '{"interactions": [{"request": {"method": "POST", "path": "/api/v2/conversations/calls"}}]}'],
  ['unneeded-body', script, `curl -G ${CALLS} -H "Authorization: Bearer $TOKEN" -d pageSize=100\n`],
  ['unknown-field', payload, '{"phoneNumber": "+13175550142", "routingSkillExpression": "x"}'],
  ['foreign-field', script, curl(`{"queueId": "${GUID}", "callbackNumbers": ["+13175550142"]}`, 'https://api.mypurecloud.com/api/v2/conversations/callbacks')],
  ['answer-only-field', script, curl('{"participants": [{"address": "+13175550142", "name": "x"}]}', `${CALLS}/${GUID}/participants`)],
  ['duplicate-field', payload, '{"participants": [{"address": "+13175550142"}, {"address": "+13175550143"}]}'],
  ['wrong-type', payload, `{"callQueueId": "${GUID}", "priority": 5, "label": null}`],
  ['wrong-type', payload, `{"callQueueId": "${GUID}", "priority": "{{p}}"}`],
  ['wrong-type', json, PACT('{"phoneNumber": {"pact:matcher:type": "type", "value": "+13175550142"}}')],
  ['missing-field', script, curl(`{"queueId": "${GUID}", "callbackNumbers": ["+13175550142"]}`, 'https://api.mypurecloud.com/api/v2/conversations/callbacks')],
  ['no-destination', payload, `{"conversationIds": ["${GUID}", "${OTHER_GUID}"]}`],
  ['no-destination', payload, '{"label": "x", '],
  ['no-destination', payload, '{"phoneNumber": {{number}}}'],
  ['several-destinations', payload, `{"phoneNumber": "+13175550142", "callFromQueueId": "${GUID}"}`],
  ['several-destinations', payload, '{"phoneNumber": "+13175550142", "callUserId": null, "callQueueId": ""}'],
  ['needs-another-field', payload, `{"callQueueId": "${GUID}", "priority": 5, "languageId": "${GUID}"}`],
  ['needs-another-field', payload, '{"priority": 5, '],
  ['placeholder', payload, '{"phoneNumber": "+13175550142", "label": "Tom & Jerry <3", "attributes": {"a": "100% of $5"}}'],
  ['placeholder', script, curl('{"phoneNumber": "+13175550142"}')],
  ['bad-number', payload, '{"phoneNumber": "+13175550142", "callerId": "+442079460123"}'],
  ['bad-number', payload, '{"phoneNumber": "+13175550142", "callerId": "anonymous"}'],
  ['bad-number', payload, '{"phoneNumber": "sip:agent7@example.com"}'],
  ['not-dialled', payload, '{"phoneNumber": "+13175550142", "callerId": "911"}'],
  ['bad-id', payload, `{"callUserId": "${GUID.toUpperCase()}"}`],
  ['bad-id', script, curl('{"phoneNumber": "+13175550142"}', `${CALLS}/user/$AGENT`)],
  ['wrong-id-kind', script, curl('{"wrapup": {"code": "ININ-WRAP-UP-TIMEOUT"}}', `${CALLS}/${GUID}/participants/${OTHER_GUID}`).replace('POST', 'PATCH')],
  ['bad-value', script, curl('{"state": "Disconnected"}', `${CALLS}/${GUID}`).replace('POST', 'PATCH')],
  ['calls-oneself', script, curl(`{"callUserId": "${OTHER_GUID}"}`, ON_BEHALF)],
  ['no-such-operation', script, `curl https://api.github.com/users/x/impersonate\ncurl https://acme.zendesk.com/api/v2/tickets\n`],
  ['no-such-operation', script, 'curl https://api.mypurecloud.com/api/v2/docs/swagger\n'],
  ['no-such-operation', script, '# Genesys, and a service of ours\ncurl http://127.0.0.1:3000/api/v2/orders/1\n'],
  ['no-such-operation', markdown, 'Genesys calls our /api/v2/orders/1.\n'],
  ['no-such-operation', script, 'API=https://api.mypurecloud.com/api/v2\ncurl "$API/users/me"\n'],
  ['no-such-operation', markdown, 'Genesys has no /api/v2/users/{userId}/impersonate. All of /api/v2/telephony/… and /api/v2/users/{id}.\n'],
  ['wrong-method', script, `curl -X PATCH ${CALLS}/${GUID} -H "Authorization: Bearer $T" --json '{"state": "disconnected"}'\ncurl -I ${CALLS}\n`],
  ['not-the-platform', script, curl('{"phoneNumber": "+13175550142"}', 'http://127.0.0.1:8080/api/v2/conversations/calls')],
  ['not-the-platform', script, curl('{"phoneNumber": "+13175550142"}', 'https://api.{{region}}/api/v2/conversations/calls')],
  ['not-the-platform', script, TOKEN_REQUEST('grant_type=client_credentials')],
  ['no-such-scope', markdown, 'The Genesys client needs the scopes `conversations` and `users:readonly`, and the permission conversation:call:add.\n'],
  ['no-such-scope', markdown, 'Genesys sends; Slack wants the scope chat:write. There is no scope conversation:call:write.\n'],
  ['no-such-grant', markdown, 'Genesys knows the urn:ietf:params:oauth:grant-type:saml2-bearer grant; there is no jwt-bearer grant.\n'],
  ['no-token', script, `curl ${CALLS} -H @headers.txt\ncurl https://example.com/x\n`],
  ['foreign-header', script, `curl ${CALLS} -H 'x-correlation-id: 1'\n`],
  ['wrong-content-type', script, `curl ${CALLS} -H "Authorization: Bearer $T" --json '{"phoneNumber": "+13175550142"}'\n`],
  [
    'wrong-content-type',
    script,
    `curl ${CALLS} -H "Authorization: Bearer $T" -H 'content-type: application/json; charset=utf-8' -d '{"phoneNumber": "+13175550142"}'\n`,
  ],
  ['wrong-content-type', json, PACT('{"phoneNumber": "+13175550142"}')],
  ['body-not-sent-as-json', script, TOKEN_REQUEST("grant_type=client_credentials' -d 'scope=users")],
  [
    'secret',
    script,
    `curl ${CALLS} -H "Authorization: Bearer $TOKEN"\ncurl -u "$ID:$SECRET" https://login.mypurecloud.com/oauth/token -d grant_type=client_credentials\n`,
  ],
  [
    'secret',
    script,
    `curl ${CALLS} -H 'Authorization: Bearer YOUR_ACCESS_TOKEN_1'\ncurl ${CALLS} -H 'Authorization: Bearer <agent_token_number_1>'\ncurl ${CALLS} -H 'Authorization: Bearer …'\n`,
  ],
  ['secret', note, `Genesys client_id=${GUID}, client_secret=REDACTED, access_token=example-token-1234567890\n`],
  ['misread-by-shell', script, `curl ${CALLS} \\\n  -H "Authorization: Bearer $T" --json '{"callerIdName":"“A” \\\\ "}'\n`],
  ['secret', { languageId: 'typescript' }, `const genesys = 'Bearer ${SECRET}';\n`],
  ['too-large', note, 'Genesys\n'],
  ['more-problems', payload, '{}'],
];

describe('lint: every code', () => {
  for (const [code, severity, hint, text] of SHOWN)
    it(`tells ${code} (${severity}) of ${text.trim().replaceAll('\n', '⏎').slice(0, 150)}`, () => {
      const { message } = isTold(code, severity, text, hint);
      assert.match(message, /^[\p{Lu}“+{/0-9a-z$-].*[.?]$/su);
      assert.ok(!message.includes(SECRET));
    });
  for (const [code, hint, text] of NOT_SHOWN)
    it(`does not tell ${code} of ${text.trim().replaceAll('\n', '⏎').slice(0, 150)}`, () => isNotTold(code, text, hint));

  it('declines a text that is too long, in a sentence', () => {
    const [only, ...rest] = problemsIn('x'.repeat(LONGEST_TEXT + 1), note);
    assert.deepEqual([only?.code, only?.severity, rest.length], ['too-large', 'information', 0]);
  });

  it('tells how many of very many it tells', () => {
    const found = problemsIn(`{${'"phoneNumber": "+13175550142", '.repeat(MOST_PROBLEMS + 10)}"label": "x"}`, payload);
    assert.equal(found.length, MOST_PROBLEMS + 1);
    assert.deepEqual([found.at(-1)?.code, found.filter((p) => p.code === 'more-problems').length], ['more-problems', 1]);
  });

  it('has no severity here that the document does not name', () => {
    const rows = fs.readFileSync('docs/lint.md', 'utf8').matchAll(/^\| `([a-z-]+)` \| ([a-z, ]+?) \|/gm);
    const named = new Map(Array.from(rows, (r): [string, readonly string[]] => [r[1] ?? '', (r[2] ?? '').split(', ')]));
    for (const [code, severity] of SHOWN) assert.ok(named.get(code)?.includes(severity), `${code}: ${severity}`);
  });

  it('shows and does not show each of the codes here', () => {
    const whole: readonly ProblemCode[] = ['too-large', 'more-problems'];
    assert.deepEqual([...new Set([...SHOWN.map(([code]) => code), ...whole])].sort(), [...PROBLEM_CODES].sort());
    // A placeholder, a secret and so on stand in many more tests of their own.
    assert.deepEqual([...new Set(NOT_SHOWN.map(([code]) => code))].sort(), [...PROBLEM_CODES].sort());
  });
});

describe('lint: what is right', () => {
  const good: readonly (readonly [what: string, hint: RegionHint, text: string])[] = [
    ['a payload', payload, `{"phoneNumber": "+13175550142", "callFromQueueId": "${GUID}", "callerId": "+13175550100", "label": "callback"}`],
    ['a conference', payload, `{"participants": [{"address": "+13175550142", "name": "Customer"}, {"userId": "${GUID}"}]}`],
    [
      'a script with variables',
      script,
      `curl -X POST "$API/api/v2/conversations/calls/user/$AGENT" -H "Authorization: Bearer $TOKEN" --json "{\\"phoneNumber\\": \\"$NUMBER\\"}"\n`,
    ],
    ['a variable between quotes', script, curl(`{"phoneNumber": "'"$NUMBER"'"}`)],
    [
      'a .http file',
      http,
      `@host = https://api.mypurecloud.com\n@agent = ${GUID}\n### place\nPOST {{host}}/api/v2/conversations/calls/user/{{agent}}\nAuthorization: Bearer {{login.response.body.access_token}}\nContent-Type: application/json\n\n{"phoneNumber": "+442079460123"}\n`,
    ],
    ['a Pact file', json, PACT('{"phoneNumber": "+13175550142"}')],
    [
      'a Markdown document',
      markdown,
      `# Genesys Cloud\nNeeds \`conversation:call:add\`.\n\`\`\`sh\n${curl('{"phoneNumber": "+13175550142"}', `${CALLS}/user/{userId}`)}\`\`\`\n`,
    ],
    ['a sign-in', script, TOKEN_REQUEST('grant_type=client_credentials')],
    [
      'calls to others',
      script,
      `curl https://hooks.example.com/x -d '{"to": "{{x}}", "from": 3,}'\ncurl -X POST https://api.example.com/api/v2/users -d '{'\n`,
    ],
    ['a workflow', { languageId: 'yaml' }, `# Genesys\n- run: |\n    curl ${CALLS} -H "Authorization: Bearer \${{ secrets.GENESYS_TOKEN }}"\n`],
    ['a program', { languageId: 'javascript' }, `// genesys scope conversation:call:write\nfetch('https://api.mypurecloud.com/api/v2/users/x/impersonate')`],
    ['a note about something else', note, 'The scope conversation:call:write, the jwt-bearer grant and /api/v2/users/x/impersonate.'],
  ];
  for (const [what, hint, text] of good) it(`says nothing against ${what}`, () => isGood(text, hint));

  it('leaves calls to other services alone altogether', () => {
    assert.deepEqual(problemsIn(`curl https://hooks.example.com/x -d '{"to": "{{x}}",}'\n`, script), []);
  });

  it('takes a HAR for a record: what it says of bodies is for information', () => {
    const har = JSON.stringify({
      log: {
        entries: [
          {
            request: {
              method: 'POST',
              url: CALLS,
              headers: [{ name: 'Authorization', value: `Bearer ${SECRET}` }],
              postData: { text: '{"to": "+15550199"}' },
            },
          },
          {
            request: {
              method: 'GET',
              url: 'https://api.mypurecloud.com/api/v2/private/things',
              headers: [{ name: 'Authorization', value: `Bearer ${SECRET}` }],
            },
          },
        ],
      },
    });
    const found = problemsIn(har, { fileName: 'x.har' });
    assert.deepEqual(found.map((p) => `${p.code} ${p.severity}`).sort(), [
      'bad-number information',
      'foreign-field information',
      'no-destination information',
      'secret warning',
    ]);
  });
});

describe('lint: any text', function () {
  this.timeout(60_000);
  const snippet = fc.constantFrom(
    curl('{"phoneNumber": "+15550199", "to": "{{x}}", "to": 1,}'),
    `{"interactions": [{"request": {"method": "POST", "path": "/api/v2/conversations/calls", "body": {"a": [`,
    REQUEST,
    '{"phoneNumber": {{x}}, "attributes": {"a": 1, "b": "$X"}}',
    'scope conversation:call:write, user:read and ',
    'urn:ietf:params:oauth:grant-type:jwt-bearer',
    ' /api/v2/users/{userId}/impersonate ',
    'genesys "\'`{}[]\\',
    '\ufeff',
    '😀',
    '```sh\n',
  );
  const text = fc.array(fc.oneof(snippet, fc.string({ unit: 'grapheme', maxLength: 12 })), { maxLength: 12 }).map((parts) => parts.join(''));
  const hint = fc.constantFrom<RegionHint>({}, payload, script, http, markdown, json, note, { languageId: 'yaml' }, { fileName: 'a.har' }, { payload: true });

  it('is never too much for it, and every place is in the text, in order', () => {
    fc.assert(
      fc.property(text, hint, (written, how) => {
        const found = problemsIn(written, how);
        let before = 0;
        for (const { range, message } of found) {
          assert.ok(range.start >= before && range.start < range.end && range.end <= written.length, `${JSON.stringify(range)} of ${written.length}`);
          assert.ok(message.length > 0);
          before = range.start;
        }
      }),
      { numRuns: 500 },
    );
  });

  const secret = fc
    .string({ unit: fc.constantFrom(...'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'), minLength: 43, maxLength: 43 })
    .filter((s) => /\d/.test(s) && /[a-z]/i.test(s));
  it('has no secret in any message', () => {
    fc.assert(
      fc.property(secret, (s) => {
        const places = [
          curl(`{"callUserId": "${s}", "phoneNumber": "${s}", "${s}": 1, "to": "${s}"}`, `${CALLS}/user/${s}?access_token=${s}`),
          `curl -u ${GUID}:${s} https://login.mypurecloud.com/oauth/token -d 'grant_type=${s}&scope=${s}&client_secret=${s}'\n`,
          `curl -X PUT https://${s}@api.mypurecloud.com/api/v2/nothing/${s} -H 'Authorization: Bearer ${s}' -H 'X-${s}: {{${s}}}'\n`,
          `genesys scope a:${s} /api/v2/users/${s}/impersonate jwt-bearer ${s}\n`,
        ].join('\n');
        for (const how of [script, note, markdown]) for (const p of problemsIn(places, how)) assert.ok(!p.message.includes(s), `${p.code}: ${p.message}`);
      }),
      { numRuns: 20 },
    );
  });

  it('reads what is nested deeper than any body is', () => {
    for (const body of [
      `{"participants":${'['.repeat(200_000)}`,
      `{"participants":${'['.repeat(3000)}${']'.repeat(3000)}}`,
      `${'{"a":'.repeat(3000)}1${'}'.repeat(3000)}`,
    ])
      assert.ok(problemsIn(body, payload).length > 0);
  });
});
