import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Help } from '../../../src/assist/help.js';
import { helpAt } from '../../../src/assist/helpAt.js';
import { readWritten } from '../../../src/assist/writtenCall.js';
import type { RegionHint } from '../../../src/exchange/regions.js';
import { BODY_MODELS } from '../../../src/platform/bodies/bodies.js';
import type { ObjectModel } from '../../../src/platform/bodies/bodyModel.js';
import { CREATE_CALL } from '../../../src/platform/bodies/createCallRequest.js';
import { plainText } from '../../../src/platform/bodies/fieldHelp.js';
import { GUID, OTHER_GUID, operations } from '../platform/facts.js';
import { FORMS } from './helpForms.js';

const API = 'https://api.mypurecloud.com';
const CALLS = `${API}/api/v2/conversations/calls`;
const payload: RegionHint = { fileName: 'a.call.json', languageId: 'json' };
const shell: RegionHint = { languageId: 'shellscript' };
const http: RegionHint = { languageId: 'http' };

/** What is shown at a word of a text, one letter into it. */
function at(text: string, hint: RegionHint, word: string, from = 0): { readonly help: Help | undefined; readonly words: string; readonly under: string } {
  const offset = text.indexOf(word, from);
  assert.notEqual(offset, -1, `${word} is not in the text`);
  const help = helpAt(readWritten(text, hint, operations), offset + Math.min(1, word.length - 1), operations);
  const words = help ? [help.title, ...help.lines.map((l) => plainText(l.text))].join('\n') : '';
  return { help, words, under: help ? text.slice(help.range.start, help.range.end) : '' };
}
function says(words: string, ...patterns: readonly (RegExp | string)[]): void {
  for (const p of patterns) assert.ok(typeof p === 'string' ? words.includes(p) : p.test(words), `${p} is not in:\n${words}`);
}

interface Found {
  readonly name: string;
  readonly meaning: string;
  readonly body: object;
}
/** Every field of a model, also of the objects in it, in a body that holds it. */
function fieldsOf(model: ObjectModel, wrap: (inner: object) => object = (inner) => inner): Found[] {
  return model.fields.flatMap((f) => [
    { name: f.name, meaning: f.meaning, body: wrap({ [f.name]: f.example }) },
    ...(f.object ? fieldsOf(f.object, (inner) => wrap({ [f.name]: f.type.endsWith('[]') ? [inner] : inner })) : []),
  ]);
}

describe('the help at a field', () => {
  for (const model of BODY_MODELS)
    for (const { method, path } of model.operations)
      it(`says what it is, for every field of the body of ${method} ${path}`, () => {
        const url = API + path.replace(/\{\w+\}/g, GUID);
        for (const { name, meaning, body } of fieldsOf(model)) {
          const json = JSON.stringify(body, null, 2);
          const text = `{"method": "${method}", "url": "${url}", "body": ${json}}`;
          const { words, under } = at(text, payload, `"${name}":`, text.indexOf('"body"') + 8);
          says(words, meaning, /Source: .*\d{4}-\d\d-\d\d/);
          assert.equal(under, `"${name}"`);
        }
      });

  for (const form of FORMS)
    it(`says what it is in ${form.name}, for every field of CreateCallRequest and its value`, () => {
      for (const { name, meaning, body } of fieldsOf(CREATE_CALL)) {
        const text = form.write('POST', CALLS, JSON.stringify(body));
        const { words, under } = at(text, form.hint, name, text.indexOf('calls') + 5);
        says(words, meaning);
        assert.ok(under.includes(name) && under.length <= name.length + 6, under);
      }
    });

  const FOLKLORE: readonly (readonly [field: string, meant: RegExp])[] = [
    ['from', /calls/],
    ['to', /number or person to call/],
    ['routing', /queue and skills/],
    ['queueId', /queue of the call/],
    ['skill', /skill to route by/],
    ['ownerId', /on whose behalf/],
    ['type', /internal or an external/],
    ['mediaType', /medium/],
    ['wrapUpCode', /wrap-up code/],
    ['monitor', /listens in/],
    ['record', /recording/],
    ['outboundPhoneNumberId', /number that is shown/],
  ];
  for (const [field, meant] of FOLKLORE)
    it(`says of ${field} what those who write it mean, at its name and its value`, () => {
      const text = FORMS[0]?.write('POST', CALLS, `{"phoneNumber":"+13175550142","${field}":"x-y"}`) ?? '';
      says(at(text, shell, field, text.indexOf('-d')).words, `“${field}” is not a field of this operation`, meant);
      says(at(text, shell, 'x-y').words, `“${field}” is not a field of this operation`);
    });

  it('explains what stands inside of a field of folklore', () => {
    const text = '{"phoneNumber":"+13175550142","routing":{"queueId":"q-1","skill":"s-1","deep":[1]}}';
    says(at(text, payload, 'queueId').words, '“queueId” is not a field', 'callFromQueueId');
    says(at(text, payload, 's-1').words, '“skill” is not a field', 'routingSkillsIds');
    says(at(text, payload, 'deep').words, '“routing” is not a field');
    assert.equal(at(text, payload, 'deep').under, '"deep"');
  });

  it('names what the id in a value is of, also at the name of the field, and in lists and nested objects', () => {
    const body = `{"callFromQueueId": "${GUID}", "conversationIds": ["${OTHER_GUID}"], "participants": [{"userId": "${GUID}"}], "label": "${GUID}", "callUserId": "bob"}`;
    assert.deepEqual(at(body, payload, 'callFromQueueId').help?.id, { kind: 'queue', id: GUID });
    assert.deepEqual(at(body, payload, GUID).help?.id, { kind: 'queue', id: GUID });
    assert.deepEqual(at(body, payload, OTHER_GUID).help?.id, { kind: 'conversation', id: OTHER_GUID });
    assert.deepEqual(at(body, payload, GUID, body.indexOf('userId')).help?.id, { kind: 'user', id: GUID });
    assert.equal(at(body, payload, 'label').help?.id, undefined);
    assert.equal(at(body, payload, 'bob').help?.id, undefined);
  });

  it('reads a phone number: how it is said and where it is, or why it is none', () => {
    const of = (number: string): string => at(`{"phoneNumber": "${number}"}`, payload, number).words;
    says(of('+442079460102'), '+44 20 7946 0102', 'United Kingdom');
    says(of('+1 (317) 555-0142'), 'United States', 'In E.164: +13175550142');
    says(of('+15550199'), /too short: after \+1 come 10 digits/);
    says(of('3175550142'), /country code/);
  });

  it('says of a placeholder what belongs there and who fills it', () => {
    const body = '{"callFromQueueId":"{{QUEUE}}","label":"$LABEL","attributes":{"a":"<TICKET_ID>"}}';
    const [inSingle, , inDouble, , , , inHttp, inPact] = FORMS.map((f) => ({ ...f, text: f.write('POST', CALLS, body) }));
    assert.ok(inSingle && inDouble && inHttp && inPact);
    says(at(inSingle.text, shell, '{{QUEUE').words, /^\{\{QUEUE\}\}/, 'id of a queue', /Nobody fills it/, 'on whose behalf');
    says(at(inSingle.text, shell, '$LABEL').words, /takes it as text/);
    says(at(inSingle.text, shell, '<TICKET').words, /Nobody fills it/, 'a string');
    // Behind an escape it is text in double quotes too.
    says(at(inDouble.text, shell, '$LABEL').words, /takes it as text/);
    says(at(inDouble.text.replace('\\$LABEL', '$LABEL'), shell, '$LABEL').words, /shell fills it when the command runs/);
    says(at(inHttp.text, http, '{{QUEUE').words, /defines no @QUEUE/);
    says(at(inPact.text, { languageId: 'json' }, '{{QUEUE').words, /Pact fills no template/);
    says(
      at('curl -d "{\\"label\\":\\"%X_LABEL%\\"}" https://api.mypurecloud.com/api/v2/conversations/calls', { languageId: 'bat' }, '%X_L').words,
      /cmd fills it/,
    );
  });

  it('is there for what is typed so far', () => {
    for (const half of ['{"phoneNumber"', '{"phoneNumber":', '{"label":"x","phoneNumber', '{"phoneNumber":"+1'])
      says(at(half, payload, 'phoneNumber').words, 'The number to dial.');
    says(at('{"participants":[{"address":', payload, 'address').words, 'The number to dial.');
    says(at('{"phoneNumber":"+1317', payload, '+1317').words, 'The number to dial.');
    says(at('{"attributes":{"a', payload, '"a', 15).words, 'Attributes');
  });

  it('is about the whole body at its braces: what it does and requires', () => {
    const text = `{"phoneNumber": "+13175550142"}`;
    says(at(text, payload, '{').words, 'CreateCallRequest', 'Exactly one of', 'conversation:conference:add', /User context: required/, /not verified/i);
    assert.equal(at(text, payload, '{').under, '{');
    assert.equal(at(text, payload, ': ').help, undefined);
  });
});

describe('the help at an operation', () => {
  const ON_BEHALF = `curl -X POST ${CALLS}/user/${GUID}?expand=x -d '{}'`;

  it('says what it requires, how sure that is, and as of when', () => {
    for (const word of ['curl', 'POST', '/api/v2']) {
      const { words } = at(ON_BEHALF, shell, word);
      says(words, /^POST \/api\/v2\/conversations\/calls\/user\/\{userId\}/, 'conversation:agentlessCall:add', 'conversation:call:add');
      says(words, /User context: not verified/, /Scopes: conversations \(deduced\)/, /Divisions: /, /Not verified: which grants it accepts/, /2026-08-15/);
    }
    says(at(`POST ${CALLS}\n`, http, 'POST').words, /User context: required/, 'conversation:conference:add', 'calls/user/{userId}');
    says(at(`GET ${API}/api/v2/authorization/divisionspermitted/me\n`, http, 'GET').words, /deprecated/);
  });

  it('says whose id stands in the path', () => {
    const { help, words, under } = at(ON_BEHALF, shell, GUID);
    assert.deepEqual(help?.id, { kind: 'user', id: GUID });
    assert.equal(under, GUID);
    says(words, /not the person who is called/);
    const of = (path: string): Help['id'] => at(`GET ${API}${path}\n`, http, GUID).help?.id;
    assert.deepEqual(of(`/api/v2/routing/queues/${GUID}`), { kind: 'queue', id: GUID });
    assert.deepEqual(of(`/api/v2/conversations/${GUID}`), { kind: 'conversation', id: GUID });
    assert.deepEqual(of(`/api/v2/externalcontacts/contacts/${GUID}`), { kind: 'external-contact', id: GUID });
    assert.equal(of(`/api/v2/outbound/contactlists/${OTHER_GUID}/contacts/${GUID}`), undefined);
    says(at(`POST ${CALLS}/user/{{agent}}\n`, http, '{{agent').words, 'id of a user', /defines no @agent/);
  });

  it('says what there is where the path or the method does not exist', () => {
    says(
      at(`POST ${API}/api/v2/users/${GUID}/impersonate\n`, http, 'impersonate').words,
      'no such path',
      /impersonates a user/,
      'calls/user/{userId}',
      /2026-09-16/,
    );
    says(at(`POST ${API}/api/v2/conversation/calls\n`, http, '/api/v2').words, 'no such path', 'POST /api/v2/conversations/calls');
    says(at(`PUT ${CALLS}/history\n`, http, 'PUT').words, /has no PUT/, 'GET');
  });

  it('says of a host which region it is, or that it is none', () => {
    says(at('POST https://api.mypurecloud.ie/api/v2/conversations/calls\n', http, 'api.my').words, 'eu-west-1');
    says(at('POST https://login.usw2.pure.cloud/oauth/token\n', http, 'login').words, 'us-west-2', /Tokens come from it/);
    says(at('POST https://apps.mypurecloud.com/api/v2/conversations/calls\n', http, 'apps').words, 'https://api.mypurecloud.com');
    says(at('POST https://api.genesyscloud.com/api/v2/conversations/calls\n', http, 'api.gen').words, /No host of a Genesys Cloud region/);
    says(at('POST {{host}}/api/v2/conversations/calls\n', http, '{{host').words, /API host of your region/);
  });

  it('says nothing of other services', () => {
    const text = 'POST https://example.com/v1/users/7\nAuthorization: Bearer abc\nContent-Type: application/json\n\n{"phoneNumber": "+1"}\n';
    for (let offset = 0; offset <= text.length; offset++) assert.equal(helpAt(readWritten(text, http, operations), offset, operations), undefined);
  });

  it('says of the query what is known of it', () => {
    says(at(ON_BEHALF, shell, 'expand').words, 'other services');
    says(at(`GET ${API}/api/v2/users?pageSize=5&x=1\n`, http, 'x=1').words, /not part of the facts/);
    assert.equal(at(`GET ${API}/api/v2/users?pageSize=5&x=1\n`, http, 'pageSize').under, 'pageSize=5');
  });
});

describe('the help at a header', () => {
  const of = (value: string): string => at(`POST ${CALLS}\nAuthorization: ${value}\n\n{}\n`, http, 'Authorization').words;

  it('says what kind of token it is and what such a one may do', () => {
    says(of('Bearer {{token}}'), /from \{\{token\}\}/, /client credentials has no user/);
    says(of('Bearer aBcD1234efGH5678ijKL'), /pasted/, /20 characters/, '/api/v2/tokens/me');
    says(of('Bearer eyJhbGciOi.eyJzdWIiOi.c2lnbmF0'), /form of a JWT/, /not verified/);
    says(of('Basic aWQ6c2VjcmV0'), /id and the secret/, /Only \/oauth\/token/);
    says(of('aBcD1234efGH5678ijKL'), /without a scheme/);
    says(of('Bearer'), /missing/);
    says(of('Digest username="x"'), /scheme that the API does not take/);
    const inShell = `curl ${CALLS} -H "Authorization: Bearer $TOKEN" -d '{}'`;
    says(at(inShell, shell, 'Bearer').words, /from \$TOKEN/, /shell fills it/);
  });

  it('never shows a part of a token', () => {
    const letters = [...'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.~+/='];
    const token = fc.array(fc.constantFrom(...letters), { minLength: 20, maxLength: 120 }).map((l) => l.join(''));
    const write = fc.constantFrom(
      (t: string): [string, RegionHint] => [`POST ${CALLS}\nAuthorization: Bearer ${t}\n\n{}\n`, http],
      (t: string): [string, RegionHint] => [`POST ${CALLS}\nAuthorization: ${t}\n\n{}\n`, http],
      (t: string): [string, RegionHint] => [`@t = ${t}\nPOST ${CALLS}\nAuthorization: Bearer {{t}}\n\n{}\n`, http],
      (t: string): [string, RegionHint] => [`curl ${CALLS} -H 'Authorization: Basic ${t}' -d '{}'`, shell],
      (t: string): [string, RegionHint] => [`curl '${CALLS}?access_token=${t}' -d '{}'`, shell],
      (t: string): [string, RegionHint] => [`POST https://login.mypurecloud.com/oauth/token\n\ngrant_type=refresh_token&refresh_token=${t}\n`, http],
      (t: string): [string, RegionHint] => [`POST https://login.mypurecloud.com/oauth/token\n\ngrant_type=client_credentials&client_secret=${t}\n`, http],
    );
    fc.assert(
      fc.property(token, write, (secret, form) => {
        const [text, hint] = form(secret);
        const written = readWritten(text, hint, operations);
        const shown = new Set<string>();
        for (let offset = 0; offset <= text.length; offset++) {
          const help = helpAt(written, offset, operations);
          if (help) shown.add([help.title, ...help.lines.map((l) => plainText(l.text)), help.id?.id ?? ''].join('\n'));
        }
        const all = [...shown].join('\n');
        for (let i = 0; i + 6 <= secret.length; i++) assert.ok(!all.includes(secret.slice(i, i + 6)), `${secret.slice(i, i + 6)} is in:\n${all}`);
      }),
      { numRuns: 300 },
    );
  });

  it('says what a header does that people invent', () => {
    says(at(`POST ${CALLS}\nx-genesys-user-id: ${GUID}\n\n{}\n`, http, 'x-genesys').words, /no such header/);
    says(at(`POST ${CALLS}\nContent-Type: text/plain\n\n{}\n`, http, 'Content-Type').words, 'application/json', '415');
  });
});

describe('the help in a request for a token', () => {
  const text = (form: string): string => `POST https://login.mypurecloud.com/oauth/token\nContent-Type: application/x-www-form-urlencoded\n\n${form}\n`;

  it('says what a grant gives, and of one that does not exist what does', () => {
    says(at(text('grant_type=client_credentials'), http, 'client_cred').words, /no user/, /not\.a\.user/);
    says(at(text('grant_type=authorization_code&code=x'), http, 'grant_type').words, /user who signed in/);
    says(at(text('grant_type=urn:ietf:params:oauth:grant-type:jwt-bearer'), http, 'jwt').words, /no jwt-bearer grant/, 'calls/user/{userId}');
    says(at(text('grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer'), http, 'jwt').words, /no jwt-bearer grant/);
  });

  it('says of each scope what it is', () => {
    const scopes = text('grant_type=client_credentials&scope=conversation:call:write+conversations:readonly%20call:outbound:initiate');
    says(at(scopes, http, 'conversation:call:write').words, /no scope “conversation:call:write”/, /client credentials/);
    says(at(scopes, http, 'conversations:readonly').words, 'The scope conversations:readonly', /read only/);
    assert.equal(at(scopes, http, 'call:outbound').under, 'call:outbound:initiate');
  });
});

describe('the help anywhere', () => {
  it('never throws, and its range holds the offset', () => {
    const body = `{\n  "phoneNumber": "+1 317",, "participants": [{"address": "$X", "userId": ${GUID}}],\n "attributes": {"a\\u0062": "it's \\"q\\" {{z}}"}, "wrapUpCode": tru, `;
    const texts = FORMS.flatMap((f) => [
      [f.write('POST', `${CALLS}/user/{userId}?a=b&&=c#d`, body), f.hint] as const,
      [f.write('BREW', 'https://api.mypurecloud.ie/', '{}'), f.hint] as const,
    ]);
    for (const [text, hint] of [...texts, [body, payload] as const]) {
      const written = readWritten(text, hint, operations);
      for (let offset = 0; offset <= text.length; offset++) {
        const help = helpAt(written, offset, operations);
        if (help) assert.ok(help.range.start <= offset && offset <= help.range.end && help.lines.length > 0, `${offset} of ${text}`);
      }
    }
  });

  it('never throws on what somebody types', () => {
    const parts = [
      '{',
      '}',
      '[',
      ']',
      ':',
      ',',
      '"',
      "'",
      '\\',
      '"phoneNumber"',
      '"participants"',
      `"${GUID}"`,
      '"+1317"',
      '{{x}}',
      '$X',
      '1',
      'true',
      '\n',
      ' ',
      '//',
      '"a"',
    ];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...parts), { maxLength: 25 }), fc.constantFrom(...FORMS), (pieces, form) => {
        const text = form.write('POST', CALLS, pieces.join(''));
        const written = readWritten(text, form.hint, operations);
        for (let offset = 0; offset <= text.length; offset++) {
          const help = helpAt(written, offset, operations);
          if (help) assert.ok(help.range.start <= offset && offset <= help.range.end);
        }
      }),
      { numRuns: 200 },
    );
  });
});
