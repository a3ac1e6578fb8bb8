import assert from 'node:assert/strict';
import fc from 'fast-check';
import { completionText } from '../../../src/editor/calls/completionText.js';

/** A text with `|` where the cursor is. */
const at = (marked: string): { text: string; cursor: number } => ({ text: marked.replace('|', ''), cursor: marked.indexOf('|') });
const applied = (text: string, { start, end, newText }: { start: number; end: number; newText: string }): string =>
  text.slice(0, start) + newText + text.slice(end);

describe('A completion as an editor takes it', () => {
  it('reaches to the cursor where the edit keeps what was typed', () => {
    const { text, cursor } = at('{"call|"}');
    const found = completionText(text, { start: 6, end: 6, newText: 'QueueId' }, cursor, 'callQueueId', 1);
    assert.deepEqual(found, { start: 1, end: 6, newText: '"callQueueId', filterText: '"callQueueId' });
  });

  it('is found by a word that stands behind a quote', () => {
    const { text, cursor } = at('{"callQueueId": "Sal|"}');
    const found = completionText(text, { start: 17, end: 20, newText: 'ID' }, cursor, 'Sales EMEA', 17);
    assert.equal(found?.filterText, 'Sales EMEA');
    const quoted = completionText(text, { start: 16, end: 21, newText: '"ID"' }, cursor, 'Sales EMEA');
    assert.equal(quoted?.filterText, '"Sales EMEA');
  });

  it('is none where it would span lines', () => {
    const { text, cursor } = at('{"a":\n|}');
    assert.equal(completionText(text, { start: 5, end: cursor, newText: '"x"' }, cursor, 'x'), undefined);
  });

  it('always holds the cursor, and changes the text as the edit does', () =>
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('a', '"', ':', ' ', '{') }),
        fc.nat(20),
        fc.nat(20),
        fc.nat(20),
        fc.nat(20),
        fc.string(),
        (text, a, b, c, d, newText) => {
          const clip = (n: number): number => Math.min(n, text.length);
          const edit = { start: Math.min(clip(a), clip(b)), end: Math.max(clip(a), clip(b)), newText };
          const found = completionText(text, edit, clip(c), 'word', clip(d));
          assert.ok(found && found.start <= clip(c) && clip(c) <= found.end);
          assert.equal(applied(text, found), applied(text, edit));
        },
      ),
      { numRuns: 500 },
    ));
});
