import assert from 'node:assert/strict';
import { FOREIGN_FIELDS } from '../../../src/platform/foreignFields.js';
import { FIRST_ANSWER_CURL, OWNER_ID_PAYLOAD, QUESTION_CURL, SECOND_ANSWER_CURL } from '../exchange/thread.js';
import { isNotTold, isTold, note, payload, problemsIn, script } from './linting.js';

/** “code severity text”, in the order of the text. */
const told = (text: string, hint: Parameters<typeof problemsIn>[1]): string[] =>
  problemsIn(text, hint).map(({ code, severity, range }) => `${code} ${severity} ${text.slice(range.start, range.end)}`);

/** What the question and the answers of the thread get, from FACTS §1.1, §4.5 and the numbering plan of +1. */
describe('lint: the thread', () => {
  it('tells what is wrong with the question', () => {
    assert.deepEqual(told(QUESTION_CURL, script), [
      'placeholder information <VALID_OAUTH_TOKEN_WITH_CALL_INITIATE_SCOPE>',
      'no-destination error {',
      'foreign-field warning "to"',
      'placeholder error {{agent_user_id}}',
      'foreign-field warning "from"',
      'placeholder error {{outbound_number_id}}',
      'foreign-field warning "routing"',
      'placeholder error {{queue_id}}',
      'placeholder error {{skill_id}}',
    ]);
  });

  it('tells what is wrong with the first answer', () => {
    assert.deepEqual(told(FIRST_ANSWER_CURL, script), [
      'placeholder information YOUR_ACCESS_TOKEN',
      'no-destination error {',
      'foreign-field warning "from"',
      'placeholder error AGENT_USER_ID',
      'foreign-field warning "to"',
      'bad-number error "+1234567890"',
      'foreign-field warning "mediaType"',
      'foreign-field warning "routing"',
      'bad-number error "+1234567890"',
    ]);
  });

  it('tells what is wrong with the second answer', () => {
    assert.deepEqual(told(SECOND_ANSWER_CURL, script), [
      'placeholder information <agent_impersonation_token>',
      'no-destination error {',
      'foreign-field warning "from"',
      'foreign-field warning "to"',
      'foreign-field warning "wrapUpCode"',
    ]);
  });

  it('tells what is wrong with the third answer', () => {
    assert.deepEqual(told(OWNER_ID_PAYLOAD, payload), [
      'no-destination error {',
      'foreign-field warning "to"',
      'bad-number error "+15550199"',
      'foreign-field warning "from"',
      'bad-number error "+15550100"',
      'foreign-field warning "ownerId"',
      'placeholder error the-agent-id-you-are-acting-for',
      'foreign-field warning "type"',
      'foreign-field warning "wrapUpCode"',
      'foreign-field warning "monitor"',
      'foreign-field warning "record"',
      'foreign-field warning "outboundPhoneNumberId"',
      'placeholder error your-outbound-phone-number-id',
    ]);
  });

  it('says why +15550199 cannot be dialled', () => {
    assert.match(
      isTold('bad-number', 'error', '{"phoneNumber": «"+15550199"»}', payload).message,
      /^\+15550199 is too short: after \+1 come 10 digits, here are 7\.$/,
    );
  });

  const prose = `POST /api/v2/conversations/calls 403 Forbidden on behalf of agent

The token is generated via client credentials flow with the «call:outbound:initiate» scope.
It lacks the specific «conversation:call:write» scope. Ensure your OAuth token includes «conversation:call:write» and «user:read».

Requirement Value
Scope «conversation:call:write»
User Role Agent

rather than just missing the conversation:call:write permission, you might need the «user:read» and «conversation:call:write» scopes.
`;
  it('tells scopes that do not exist in the words of the thread, and not where they are called permissions', () => {
    isTold('no-such-scope', 'warning', `Genesys\n${prose}`, note);
  });

  it('tells the grant and the endpoint that do not exist', () => {
    const words = 'Genesys: switch to «urn:ietf:params:oauth:grant-type:jwt-bearer» to impersonate the agent directly.\n';
    assert.match(isTold('no-such-grant', 'warning', words, note).message, /no jwt-bearer grant/);
    const endpoint = 'You must use the «/api/v2/users/{userId}/impersonate» endpoint first. Genesys then lets you call /api/v2/conversations/calls.\n';
    assert.match(isTold('no-such-operation', 'warning', endpoint, note).message, /calls\/user\/\{userId\}/);
  });
});

describe('lint: folklore', () => {
  const issue = 'from to routing queueId skill ownerId type mediaType wrapUpCode monitor record outboundPhoneNumberId'.split(' ');
  for (const name of new Set([...issue, ...FOREIGN_FIELDS.keys()]))
    it(`says of ${name} what it was meant to do, and what does it here`, () => {
      const { message } = isTold('foreign-field', 'warning', `{"phoneNumber": "+13175550142", «"${name}"»: null}`, payload);
      const foreign = FOREIGN_FIELDS.get(name);
      assert.ok(foreign && message.includes(foreign.meant) && message.includes(foreign.instead));
      isNotTold('foreign-field', `{"attributes": {"${name}": "x"}, "phoneNumber": "+13175550142"}`, payload);
    });
});
