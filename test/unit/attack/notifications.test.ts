import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { withoutLinks } from '../../../src/platform/withoutLinks.js';

const SHOW = /\.show(?:Information|Warning|Error)Message\((?!\s*(?:'|withoutLinks\())\s*(.{0,80})/g;
/** A dialog has no links. */
const IN_DIALOG = /^[^(]*, \{ modal: true\b/;

/** Calls that show a notification whose text could have a link in it: place and text. */
const unguarded = (file: string, source: string): readonly string[] =>
  [...source.matchAll(SHOW)].flatMap(([, rest = '']) => (IN_DIALOG.test(rest) ? [] : [`${file}: ${rest}`]));

describe('a notification', () => {
  it('runs no command of a text that the platform or a file has', () => {
    const shown = withoutLinks('Placed: [Dana](command:workbench.action.quit) → [x](https://example.com "y"), [a][b](file:///etc) (ok)');
    assert.doesNotMatch(shown, /\[[^\]]+\]\((?:https?:|command:|file:)/i);
    assert.equal(withoutLinks('Placed: Dana [1] (2)'), 'Placed: Dana [1] (2)');
  });

  it('is shown by this product with such texts made harmless', () => {
    const files = fs.readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((f) => f.endsWith('.ts'));
    assert.ok(files.length > 100);
    assert.deepEqual(
      files.flatMap((f) => unguarded(f, fs.readFileSync(path.join('src', f), 'utf8'))),
      [],
    );
  });
});
