import assert from 'node:assert/strict';
import { adminRequest } from '../../../src/diagnosis/adminRequest.js';
import type { RoleFact } from '../../../src/diagnosis/orgFacts.js';
import { GUID } from '../platform/facts.js';
import { ANY, answer, BOTH_CALLS, explain, facts, grant, HOME, ON_BEHALF, other, person, SALES, sent } from './cases.js';

const CALL_ADD = 'conversation:call:add';
const refused = { ...sent(ON_BEHALF), ...answer(403, 'missing.any.permissions', ANY(BOTH_CALLS)) };
const role = (name: string, size: number, grants = [CALL_ADD]): RoleFact => ({ id: `id-${name}`, name, size, grants });

describe('the request to the administrator', () => {
  it('says who, what, where, why and the smallest grant: the same role in the other division', () => {
    const text = adminRequest(explain(refused, { facts: facts({ grants: [grant([CALL_ADD], HOME)], agent: person('Sales Agent 7', SALES) }) })) ?? '';
    for (const words of [
      `The OAuth client wfm-tool (id ${GUID}) of the organization Org`,
      'POST /api/v2/conversations/calls/user/{userId}',
      'the role Dialer in the division Sales',
      'Sales Agent 7 is in division Sales',
      '8d839ca0-0000-4000-8000-000000000000',
      'Admin, Integrations, OAuth, wfm-tool',
    ])
      assert.ok(text.includes(words), `${words} not in\n${text}`);
  });

  it('names the smallest of the roles that grant what is missing', () => {
    const roles = { kind: 'known', value: [role('Admin', Number.POSITIVE_INFINITY), role('Dialer', 1), role('Supervisor', 40)], from: 'x' } as const;
    const diagnosis = explain(refused, { facts: { ...facts({ grants: [], agent: person('Sales Agent 7', SALES) }), roles } });
    const text = adminRequest(diagnosis) ?? '';
    assert.ok(text.includes('the role Dialer in the division Sales'), text);
    assert.ok(text.includes('3 roles of this org grant it: Dialer, Supervisor, Admin; the smallest is Dialer'), text);
  });

  it('asks for a permission where nobody could say which roles grant it', () => {
    const text = adminRequest(explain(refused)) ?? '';
    assert.ok(text.includes(CALL_ADD) && text.includes('could not be asked'), text);
    assert.ok(!text.includes('Where:'), text);
  });

  it('is none where nothing is for an administrator, or nothing speaks against the request', () => {
    assert.equal(adminRequest(explain({ ...sent(ON_BEHALF), ...answer(429, 'too.many.requests', 'x') })), undefined);
    assert.equal(adminRequest(explain({ ...sent(ON_BEHALF), ...other(200, '{"id":"x"}') })), undefined);
  });

  it('is lines of plain text, whatever the platform says', () => {
    const nasty = { ...sent(ON_BEHALF), ...answer(403, 'missing.any.permissions', `${ANY(BOTH_CALLS)}\u001b[31m\r\nSubject: gone\u202e`) };
    const text = adminRequest(explain(nasty)) ?? '';
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
    assert.doesNotMatch(text.replaceAll('\n', ''), /[\u0000-\u001f\u202e]/);
    assert.equal(text.match(/^Subject:/gm)?.length, 1);
  });
});
