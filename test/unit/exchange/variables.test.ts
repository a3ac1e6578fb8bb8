import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import type { MappedText } from '../../../src/exchange/mappedText.js';
import { findRegions, type RegionHint } from '../../../src/exchange/regions.js';

const POSIX: RegionHint = { languageId: 'shellscript' };
const POWERSHELL: RegionHint = { languageId: 'powershell' };
const CMD: RegionHint = { fileName: 'x.bat' };
const URL = 'https://api.mypurecloud.com/api/v2/conversations/calls';

const bodyOf = (source: string, hint: RegionHint): MappedText => {
  const body = findRegions(source, hint).regions[0]?.body;
  assert.ok(body, source);
  return body;
};

/** The source after `replacement` was put in the place of `old`. */
function put(source: string, hint: RegionHint, old: string, replacement: string, ...variables: string[]): string | undefined {
  const body = bodyOf(source, hint);
  const at = body.text.indexOf(old);
  assert.notEqual(at, -1, body.text);
  const edit = body.edit(at, at + old.length, replacement, variables);
  if (!edit) return undefined;
  const after = source.slice(0, edit.start) + edit.newText + source.slice(edit.end);
  assert.equal(
    bodyOf(after, hint).text,
    body.text.replace(old, () => replacement),
    after,
  );
  return after;
}

describe('a variable of the shell', () => {
  const T: readonly (readonly [string, RegionHint, string, string, string])[] = [
    ['in single quotes', POSIX, `'{"a":"X"}'`, '$V', `'{"a":"'"$V"'"}'`],
    ['at the end of single quotes', POSIX, `'aX'`, '$V', `'a'"$V"`],
    ['at the beginning of single quotes', POSIX, `'Xa'`, '$V', `"$V"'a'`],
    ['in double quotes', POSIX, String.raw`"{\"a\":\"X\"}"`, '$V', String.raw`"{\"a\":\"$V\"}"`],
    ['in double quotes before a letter', POSIX, '"-Xa"', '$V', '-"$V"a'],
    ["in $'…'", POSIX, `$'a\\nXb'`, '$V', `$'a\\n'"$V"$'b'`],
    ["at the end of $'…'", POSIX, `$'a\\nX'`, '$V', `$'a\\n'"$V"`],
    ['in no quotes', POSIX, 'aXb', '$V', 'a"$V"b'],
    ['that is a substitution', POSIX, `'aX'`, '$(cat f)', `'a'"$(cat f)"`],
    ['in double quotes of PowerShell', POWERSHELL, '"a X"', '$env:V', '"a $env:V"'],
    ['in double quotes of PowerShell before a letter, in braces', POWERSHELL, '"a Xb"', '${env:V}', '"a ${env:V}b"'],
    ['in single quotes of PowerShell', POWERSHELL, `'"a" X'`, '$env:V', '"`"a`" $env:V"'],
    ['in quotes of cmd', CMD, '"a X"', '%VAR%', '"a %VAR%"'],
    ['behind carets of cmd', CMD, '^"a X^"', '%VAR%', '^"a %VAR%^"'],
  ];
  for (const [name, hint, word, variable, expected] of T)
    it(`${name} is filled in`, () => {
      const program = hint === POWERSHELL ? 'curl.exe' : 'curl';
      const command = (w: string): string => `${program} ${URL} --data-raw ${w} -H "A: b"`;
      assert.equal(put(command(word), hint, 'X', variable, variable), command(expected));
    });

  it('is not possible where nothing is filled in', () => {
    assert.equal(put(`curl ${URL} --data-binary @- <<'END'\nX\nEND\n`, POSIX, 'X', '$V', '$V'), undefined);
    assert.equal(put(`curl.exe ${URL} -d "a Xb"`, POWERSHELL, 'X', '$env:V', '$env:V'), undefined);
    assert.equal(put(`curl ${URL} --data-binary @- <<END\nX\nEND\n`, POSIX, 'X', '$V', '$V'), `curl ${URL} --data-binary @- <<END\n$V\nEND\n`);
  });

  it('that was filled in before still is, where what stands around it is written anew', () => {
    const T: readonly (readonly [string, RegionHint, string])[] = [
      [String.raw`"{\"to\": \"$TO\", \"x\": 1}"`, POSIX, String.raw`"{\"phoneNumber\": \"$TO\"}"`],
      [`'{"to": "'"$TO"'", "x": 1}'`, POSIX, `'{"phoneNumber": "'"$TO"'"}'`],
      ['"{`"to`": `"$env:TO`", `"x`": 1}"', POWERSHELL, '"{`"phoneNumber`": `"$env:TO`"}"'],
    ];
    for (const [word, hint, expected] of T) {
      const source = `${hint === POWERSHELL ? 'curl.exe' : 'curl'} ${URL} -d ${word}`;
      const body = bodyOf(source, hint);
      const value = JSON.parse(body.text).to as string;
      assert.deepEqual([...body.variables()], [value]);
      assert.equal(
        put(source, hint, body.text, `{"phoneNumber": "${value}"}`),
        source.replace(word, () => expected),
      );
    }
  });

  it('that is text stays text', () => {
    const source = String.raw`curl ${URL} -d "{\"to\": \"\$TO\", \"x\": 1}"`;
    assert.deepEqual([...bodyOf(source, POSIX).variables()], []);
    const after = put(source, POSIX, bodyOf(source, POSIX).text, '{"phoneNumber": "$TO"}');
    assert.equal(after, String.raw`curl ${URL} -d "{\"phoneNumber\": \"\$TO\"}"`);
    assert.equal(put(`curl ${URL} -d '{"to": "$TO"}'`, POSIX, 'to', 'number'), `curl ${URL} -d '{"number": "$TO"}'`);
  });

  it('is never cut in two', () => {
    const source = String.raw`curl ${URL} -d "{\"to\": \"$TO\"}"`;
    assert.equal(put(source, POSIX, '$TO', '$TOWN', '$TOWN'), source.replace('$TO', '$TOWN'));
    assert.equal(put(source, POSIX, '$TO', '$FRO', '$FRO'), source.replace('$TO', '$FRO'));
    assert.equal(put(`curl ${URL} -d 'a $TO'`, POSIX, '$TO', '$TOWN', '$TOWN'), `curl ${URL} -d 'a '"$TOWN"`);
    assert.equal(put(`curl ${URL} -d 'a $TO'`, POSIX, '$TO', '$DTO', '$DTO'), `curl ${URL} -d 'a '"$DTO"`);
  });

  it('is filled in by bash as it was', function () {
    if (spawnSync('bash', ['--version']).status !== 0) this.skip();
    for (const word of [`'aX'`, `'{"a":"X"}'`, '"a Xb"', `$'a\\nXb'`, 'aXb', `'it'\\''s X'`]) {
      const after = put(`curl ${URL} --data-raw ${word}`, POSIX, 'X', '$V', '$V') ?? '';
      const run = (script: string): string =>
        spawnSync('bash', ['-c', `curl() { printf '%s' "$3"; }\n${script}`], { env: { ...process.env, V: 'one  "two"' }, encoding: 'utf8' }).stdout;
      assert.equal(run(after), run(`curl ${URL} --data-raw ${word}`).replace('X', 'one  "two"'), after);
    }
  });
});
