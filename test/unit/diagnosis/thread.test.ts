import assert from 'node:assert/strict';
import { type Diagnosis, failing } from '../../../src/diagnosis/diagnose.js';
import { toJson, toMarkdown, toText } from '../../../src/diagnosis/report.js';
import type { Exchange, HttpRequest } from '../../../src/exchange/exchange.js';
import { locator, renderExchange } from '../../../src/exchange/exchangeDocument.js';
import { readRequest } from '../../../src/exchange/readRequest.js';
import { readResponse } from '../../../src/exchange/readResponse.js';
import { onlyRequest, onlyResponse } from '../exchange/read.js';
import { FIRST_ANSWER_CURL, OWNER_ID_PAYLOAD, QUESTION_CURL, RESPONSE_BODY, SECOND_ANSWER_CURL } from '../exchange/thread.js';
import { GUID } from '../platform/facts.js';
import { API, all, explain, one, table, verdicts, words } from './cases.js';

const response = { ...onlyResponse(readResponse(RESPONSE_BODY)), status: 403 };
const curl = (text: string): HttpRequest => onlyRequest(readRequest(text));
const impersonate = curl(`curl -X POST "${API}/api/v2/users/${GUID}/impersonate" -H "Authorization: Bearer YOUR_ACCESS_TOKEN"`);

/** The five snippets, with the fields of each that the operation does not have. */
const SNIPPETS: readonly (readonly [string, HttpRequest, readonly string[]])[] = [
  ['the question', curl(QUESTION_CURL), ['/to', '/from', '/routing']],
  ['the first answer', curl(FIRST_ANSWER_CURL), ['/from', '/to', '/mediaType', '/routing']],
  ['the second answer', curl(SECOND_ANSWER_CURL), ['/from', '/to', '/wrapUpCode']],
  ['the third answer', curl(OWNER_ID_PAYLOAD), ['/to', '/from', '/ownerId', '/type', '/wrapUpCode', '/monitor', '/record', '/outboundPhoneNumberId']],
];
const unknownFields = (d: Diagnosis) =>
  all(d, 'invalid-payload')
    .filter((f) => f.place?.pointer !== '')
    .map((f) => f.place?.pointer);

describe('the first real input: the question of the thread', () => {
  const exchange: Exchange = { request: curl(QUESTION_CURL), response };
  const d = explain(exchange, { grant: 'client-credentials' });

  it('has two kinds of placeholders that were never filled in', () => {
    const left = all(d, 'unresolved-placeholder');
    assert.deepEqual(
      left.map((f) => `${f.verdict} ${f.place?.part} ${f.place?.pointer} ${f.place?.words}`),
      [
        'confirmed body /to {{agent_user_id}}',
        'confirmed body /from {{outbound_number_id}}',
        'confirmed body /routing/queueId {{queue_id}}',
        'confirmed body /routing/skill/id {{skill_id}}',
        'possible headers  <VALID_OAUTH_TOKEN_WITH_CALL_INITIATE_SCOPE>',
      ],
    );
  });

  it('has three fields that the operation does not have, and no destination', () => {
    assert.deepEqual(unknownFields(d), ['/to', '/from', '/routing']);
    const none = all(d, 'invalid-payload').find((f) => f.place?.pointer === '');
    assert.equal(none?.title, 'The request names no destination');
    for (const f of all(d, 'invalid-payload')) assert.equal(f.verdict, 'confirmed');
  });

  it('cannot be served: a client-credentials token has no user, and another operation needs none', () => {
    const f = one(d, 'no-user-context');
    assert.equal(f.verdict, 'confirmed');
    assert.equal(d.findings[0], f, table(d));
    assert.match(words(f), /POST \/api\/v2\/conversations\/calls\/user\/\{userId\}/);
    assert.match(words(f), /any of conversation:agentlessCall:add, conversation:call:add/);
    assert.match(words(f), /400 not\.a\.user, not 403/);
  });

  it('is no matter of scopes', () => {
    const f = one(d, 'missing-scope');
    assert.equal(f.verdict, 'ruled-out');
    assert.doesNotMatch(JSON.stringify(d.findings.flatMap((x) => x.fix)), /call:outbound:initiate|conversation:call:write/);
  });

  it('was answered by somebody who does not write like the platform', () => {
    const f = one(d, 'not-genesys');
    assert.equal(f.verdict, 'likely');
    assert.match(words(f), /lacks code, message, status, contextId/);
    assert.match(words(f), /stub|mock|gateway/);
  });

  it('proves nothing about permissions', () => {
    assert.equal(one(d, 'missing-permission').verdict, 'possible');
    assert.match(words(one(d, 'missing-permission')), /conversation:conference:add/);
  });

  it('without a word on the grant says what it would mean, and how to say it', () => {
    const f = one(explain(exchange), 'no-user-context');
    assert.equal(f.verdict, 'possible');
    assert.match(words(f), /--grant client-credentials/);
    assert.match(words(f), /POST \/api\/v2\/conversations\/calls\/user\/\{userId\}/);
  });

  it('leads each finding to its own words in the document', () => {
    const text = renderExchange(exchange);
    const locate = locator(text);
    for (const f of failing(d.findings)) {
      if (!f.place) continue;
      const span = locate(f.place);
      assert.ok(span, f.title);
      const shown = text.slice(span.offset, span.offset + span.length);
      if (f.place.words && f.place.part === 'body') assert.equal(shown, f.place.words);
      else if (f.cause === 'invalid-payload' && f.place.pointer) assert.equal(shown, `"${f.place.pointer.slice(1)}"`);
    }
  });
});

describe('every snippet of the thread', () => {
  for (const [name, request, fields] of SNIPPETS)
    for (const grant of [undefined, 'client-credentials'] as const)
      it(`${name}${grant ? ` with ${grant}` : ''} has foreign fields and no destination`, () => {
        const d = explain({ request, response }, grant ? { grant } : {});
        assert.deepEqual(unknownFields(d), fields, table(d));
        assert.ok(all(d, 'invalid-payload').some((f) => f.title === 'The request names no destination'));
        assert.equal(one(d, 'no-user-context').verdict, grant ? 'confirmed' : 'possible');
        assert.equal(verdicts(d)['missing-scope'], grant ? 'ruled-out' : 'possible');
        assert.equal(one(d, 'not-genesys').verdict, 'likely');
        for (const f of all(d, 'invalid-payload').filter((x) => x.place?.pointer)) assert.match(words(f), /Those who write it mean/);
      });

  it('the third answer leaves two ids to be filled in', () => {
    const d = explain({ request: curl(OWNER_ID_PAYLOAD), response });
    assert.deepEqual(
      all(d, 'unresolved-placeholder').map((f) => f.place?.pointer),
      ['/ownerId', '/outboundPhoneNumberId'],
    );
  });

  it('the fourth answer asks for an operation that does not exist', () => {
    const f = one(explain({ request: impersonate }), 'no-such-operation');
    assert.equal(f.verdict, 'confirmed');
    assert.match(f.title, /is not in the API/);
    assert.match(f.fix.join(), /calls\/user\/\{userId\}/);
  });

  it('is never explained by what is false: scopes, ownerId, jwt-bearer, impersonation', () => {
    for (const [, request] of SNIPPETS)
      for (const d of [explain({ request, response }), explain({ request, response }, { grant: 'client-credentials' })]) {
        const advice = d.findings.flatMap((f) => f.fix).join('\n');
        assert.doesNotMatch(advice, /conversation:call:write|call:outbound:initiate|jwt-bearer|\/impersonate/);
        assert.doesNotMatch(advice, /(?:add|set|use) ownerId/i);
      }
  });

  it('is explained the same in every format', () => {
    const d = explain({ request: curl(QUESTION_CURL), response }, { grant: 'client-credentials' });
    for (const f of failing(d.findings)) {
      assert.ok(toText(d).includes(f.title), f.title);
      assert.ok(JSON.stringify(toJson(d)).includes(JSON.stringify(f.title).slice(1, -1)), f.title);
    }
    assert.match(toMarkdown(d), /not in|has no user/);
  });
});
