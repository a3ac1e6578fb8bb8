import assert from 'node:assert/strict';
import fc from 'fast-check';
import { checkCallPayload } from '../../../src/platform/callPayload.js';
import { buildCallRequest } from '../../../src/platform/callRequest.js';
import { agentView, queueView } from '../../../src/sidebar/callForm/agentView.js';
import { NO_OPTIONS, type OptionTexts, readOptions } from '../../../src/sidebar/callForm/options.js';
import { OPTION_NAMES } from '../../../src/sidebar/callForm/protocol.js';

const GUID = '3f2504e0-4f89-41d3-9a0c-0305e82c3301';
const read = (texts: Partial<OptionTexts>) => readOptions({ ...NO_OPTIONS, ...texts });

describe('callForm/options', () => {
  const good: readonly [texts: Partial<OptionTexts>, options: object][] = [
    [{}, {}],
    [{ label: '   ' }, {}],
    [{ label: ' a b ' }, { label: 'a b' }],
    [{ priority: '5' }, { priority: 5 }],
    [{ priority: '-3' }, { priority: -3 }],
    [{ languageId: ` ${GUID} ` }, { languageId: GUID }],
    [{ routingSkillsIds: `${GUID}, ${GUID}\n${GUID}` }, { routingSkillsIds: [GUID, GUID, GUID] }],
    [{ attributes: 'a=1\r\n\n b = x=y \nc=' }, { attributes: { a: '1', b: 'x=y', c: '' } }],
  ];
  for (const [texts, options] of good) it(`reads ${JSON.stringify(texts)}`, () => assert.deepEqual(read(texts), { options, problems: {} }));

  const bad: readonly [texts: Partial<OptionTexts>, name: string, problem: RegExp][] = [
    [{ priority: 'high' }, 'priority', /whole number/],
    [{ priority: '1.5' }, 'priority', /whole number/],
    [{ priority: '99999999999' }, 'priority', /whole number/],
    [{ priority: '1e3' }, 'priority', /whole number/],
    [{ externalContactId: 'Bob' }, 'externalContactId', /GUID/],
    [{ languageId: `${GUID}x` }, 'languageId', /GUID/],
    [{ routingSkillsIds: `${GUID}; billing` }, 'routingSkillsIds', /is not an id/],
    [{ attributes: 'a' }, 'attributes', /“a” is not name=value/],
    [{ attributes: '=1' }, 'attributes', /“=1” is not name=value/],
    [{ attributes: 'a=1\n  =2' }, 'attributes', /“=2” is not name=value/],
  ];
  for (const [texts, name, problem] of bad)
    it(`says what is wrong with ${JSON.stringify(texts)}, and leaves it out`, () => {
      const { options, problems } = read(texts);
      assert.deepEqual([options, Object.keys(problems)], [{}, [name]]);
      assert.match(Object.values(problems)[0] ?? '', problem);
    });

  it('makes a body that the request model allows out of anything that has no problem', () => {
    const texts = fc.record(
      Object.fromEntries(OPTION_NAMES.map((n) => [n, fc.oneof(fc.constant(''), fc.string({ maxLength: 40 }), fc.constantFrom(GUID, '7', 'a=b'))])),
    );
    fc.assert(
      fc.property(texts, (typed) => {
        const { options } = readOptions(typed as OptionTexts);
        const { body } = buildCallRequest({ as: 'self', destination: { kind: 'queue', queueId: GUID }, options });
        assert.deepEqual(checkCallPayload(JSON.parse(JSON.stringify(body))), []);
      }),
      { numRuns: 500 },
    );
  });

  it('lets no attribute reach a prototype', () => {
    const { options } = read({ attributes: '__proto__=x\nconstructor=y' });
    assert.deepEqual(Object.keys(options.attributes ?? {}), ['__proto__', 'constructor']);
    assert.equal(Object.getPrototypeOf({}), Object.prototype);
  });
});

describe('callForm/agentView', () => {
  const agent = { id: 'u', name: 'Anna', divisionId: 'd', division: 'Sales', presence: 'Available', routing: '', station: 'web-anna' };
  const cases: readonly [more: Partial<typeof agent> | { station: undefined }, kind: string, obstacle: RegExp][] = [
    [{}, 'available', /^$/],
    [{ presence: 'On Queue' }, 'available', /^$/],
    [{ presence: 'MEETING' }, 'busy', /^$/],
    [{ presence: 'Away' }, 'away', /^$/],
    [{ presence: 'Offline' }, 'offline', /^Is offline/],
    [{ presence: '' }, 'unknown', /^$/],
    [{ presence: 'constructor' }, 'unknown', /^$/],
    [{ presence: '__proto__' }, 'unknown', /^$/],
    [{ station: '' }, 'available', /^Has no station/],
    [{ station: undefined }, 'available', /^$/],
  ];
  for (const [more, kind, obstacle] of cases)
    it(`shows ${JSON.stringify({ ...more })} as ${kind}`, () => {
      const view = agentView({ ...agent, ...more });
      assert.equal(view.presenceKind, kind);
      assert.match(view.obstacle, obstacle);
    });

  it('shows a queue with what it presents', () => {
    const queue = { id: 'q', name: 'Q', division: 'D', callingPartyName: 'Shop', callingPartyNumber: '+1' };
    assert.deepEqual([queueView(queue).callerId, queueView({ ...queue, callingPartyName: '' }).callerId], ['Shop +1', '+1']);
  });
});
