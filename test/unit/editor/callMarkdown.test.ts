import assert from 'node:assert/strict';
import fc from 'fast-check';
import { codeSpan, helpMarkdown } from '../../../src/editor/calls/helpMarkdown.js';
import { idMarkdown } from '../../../src/editor/calls/idWords.js';

const ASKER = { org: 'Sandbox org', name: 'wfm-tool' };

describe('Help in a hover', () => {
  it('has its title first, then each line as a paragraph, code in backquotes, the source in italics', () => {
    const markdown = helpMarkdown({
      title: 'callQueueId',
      lines: [
        { kind: 'meaning', text: ['The queue to call'] },
        { kind: 'requires', text: ['The permission ', { code: 'a:b:c' }] },
        { kind: 'source', text: ['Source: x'] },
      ],
    });
    assert.equal(markdown, '**callQueueId**\n\nThe queue to call\n\n$(key) The permission `a:b:c`\n\n*Source: x*');
  });

  it('shows text from a file and runs nothing of it', () => {
    const markdown = helpMarkdown({ title: '[x](command:y)', lines: [{ kind: 'meaning', text: ['<img src=x> $(trash) **b** `c`'] }] }) ?? '';
    assert.doesNotMatch(markdown, /(?<!\\)\[x|<img|(?<!\\)\$\(trash|(?<!\\)\*\*b|(?<!\\)`c/);
  });

  it('does not say again what a problem at the same place says', () => {
    const help = {
      title: 'from',
      lines: [
        { kind: 'meaning' as const, text: ['It is no field.'] },
        { kind: 'note' as const, text: ['Write ', { code: 'callerId' }, '.'] },
      ],
    };
    assert.equal(helpMarkdown(help, ['It is no field.']), '**from**\n\n$(info) Write `callerId`\\.');
    assert.equal(helpMarkdown(help, ['It is no field. Write callerId.']), undefined);
    assert.equal(helpMarkdown(help, ['It is no field. Write callerId.'], 'a queue'), '**from**\n\na queue');
  });

  it('keeps every code in its fence', () =>
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('`', 'a', ' ', '\n', '$', '<', '\\') }), (code) => {
        const span = codeSpan(code);
        const content = code.replace(/\s+/g, ' ').trim();
        if (content === '') return assert.equal(span, '');
        // CommonMark §6.1: a code span ends with the first run of as many backquotes as it begins with.
        const fence = /^`+/.exec(span)?.[0] ?? '';
        const runs = [...span.slice(fence.length).matchAll(/`+/g)].filter(([run]) => run.length === fence.length);
        assert.equal(runs.length, 1);
        assert.ok(span.endsWith(fence));
        const inside = span.slice(fence.length, -fence.length);
        assert.equal(/^ .*[^ ].* $/.test(inside) ? inside.slice(1, -1) : inside, content);
        assert.ok(!span.includes('\n'));
      }),
      { numRuns: 500 },
    ));
});

describe('What an id names, in a hover', () => {
  it('is the name, with what tells it apart, and the org that says so', () => {
    const line = idMarkdown('queue', { kind: 'named', name: { name: 'Sales EMEA', details: ['caller ID Example', 'division Sales'] } }, ASKER);
    assert.equal(line, '$(organization) Sandbox org: queue **Sales EMEA** · caller ID Example · division Sales');
  });

  it('is no markup, whatever the thing is called', () => {
    const line = idMarkdown('user', { kind: 'named', name: { name: '<b>[x](command:y)', details: ['$(trash)'] } }, ASKER) ?? '';
    assert.doesNotMatch(line, /<b>|(?<!\\)\[|(?<!\\)\$\(trash/);
  });

  it('says which permission is missing, that there is no such thing, or why it is not known', () => {
    assert.match(
      idMarkdown('queue', { kind: 'forbidden', permissions: ['routing:queue:view'] }, ASKER) ?? '',
      /wfm\\-tool may not read this queue: routing:queue:view$/,
    );
    assert.match(idMarkdown('user', { kind: 'absent' }, ASKER) ?? '', /there is no user with this id/);
    assert.match(idMarkdown('skill', { kind: 'unknown', why: 'answered 503' }, ASKER) ?? '', /could not be read: answered 503/);
    assert.equal(idMarkdown('skill', { kind: 'cancelled' }, ASKER), undefined);
  });
});
