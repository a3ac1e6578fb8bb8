import assert from 'node:assert/strict';
import fs from 'node:fs';
import { PROBLEM_CODES } from '../../../src/assist/problem.js';

describe('docs/lint.md', () => {
  const rows = [...fs.readFileSync('docs/lint.md', 'utf8').matchAll(/^\| `([a-z-]+)` \| ([^|]+) \| ([^|]+) \|/gm)];

  it('has every code once, in the order of the code', () => {
    assert.deepEqual(
      rows.map((r) => r[1]),
      [...PROBLEM_CODES],
    );
  });

  it('has severities and a meaning for each', () => {
    for (const [, code, severities = '', meaning = ''] of rows) {
      for (const s of severities.split(', ')) assert.ok(['error', 'warning', 'information'].includes(s.trim()), `${code}: ${s}`);
      assert.match(meaning.trim(), /\.$/, code);
    }
  });
});
