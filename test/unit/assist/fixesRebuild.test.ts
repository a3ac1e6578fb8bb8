import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type Node, type ParseError, parse, parseTree } from 'jsonc-parser';
import { rebuildObject } from '../../../src/assist/fixes/rebuildObject.js';

const rootOf = (text: string): Node => {
  const root = parseTree(text, [], { allowTrailingComma: true });
  assert.ok(root);
  return root;
};
const nameOf = (member: Node): string => String(member.children?.[0]?.value);
const without = (text: string, ...names: readonly string[]): string => {
  const root = rootOf(text);
  return rebuildObject(
    text,
    root,
    (root.children ?? []).filter((m) => !names.includes(nameOf(m))),
  );
};
const added = (text: string, value: unknown = 1): string => {
  const root = rootOf(text);
  return rebuildObject(text, root, [...(root.children ?? []), { name: 'n', value }]);
};

describe('an object that is rebuilt', () => {
  const REMOVED: readonly (readonly [string, string, string, string])[] = [
    ['the first of a line', '{"a": 1, "b": 2}', 'a', '{"b": 2}'],
    ['one in the middle of a line', '{"a":1,"b":2,"c":3}', 'b', '{"a":1,"c":3}'],
    ['the last of a line', '{ "a": 1, "b": 2 }', 'b', '{ "a": 1 }'],
    ['the only one', '{ "a": 1 }', 'a', '{}'],
    ['the only one on lines', '{\n  "a": 1\n}', 'a', '{}'],
    ['the first on lines', '{\n  "a": 1,\n  "b": 2\n}', 'a', '{\n  "b": 2\n}'],
    ['the last on lines', '{\n  "a": 1,\n  "b": 2\n}\n', 'b', '{\n  "a": 1\n}\n'],
    ['the last with a comma behind it', '{\n  "a": 1,\n  "b": 2,\n}', 'b', '{\n  "a": 1,\n}'],
    ['the last on lines of CR LF', '{\r\n\t"a": 1,\r\n\t"b": 2\r\n}', 'b', '{\r\n\t"a": 1\r\n}'],
    ['one with its comments', '{\n  // one\n  "a": 1, // is one\n  // two\n  "b": 2 // is two\n}', 'a', '{\n  // two\n  "b": 2 // is two\n}'],
    ['the last with its comments', '{\n  // one\n  "a": 1, // is one\n  // two\n  "b": 2 // is two\n}', 'b', '{\n  // one\n  "a": 1 // is one\n}'],
    ['with a comment at the brace and one at the end', '{ // call\n  "a": 1,\n  "b": 2\n  // end\n}', 'b', '{ // call\n  "a": 1\n  // end\n}'],
    ['all, with a comment at the end', '{\n  "a": 1\n  // end\n}', 'a', '{\n  // end\n}'],
    ['with a comma in front', '{ "a": 1\n, "b": 2\n, "c": 3\n}', 'b', '{ "a": 1,\n "c": 3\n}'],
    ['with a comment in the line', '{"a": 1, /* two */ "b": 2, "c": 3}', 'a', '{/* two */ "b": 2, "c": 3}'],
    ['with a list over lines', '{\n  "a": [\n    1\n  ],\n  "b": 2\n}', 'a', '{\n  "b": 2\n}'],
    ['with a comma in a comment', '{"a": 1, /* , */ "b": 2}', 'b', '{"a": 1}'],
  ];
  for (const [name, text, member, expected] of REMOVED) it(`loses ${name}`, () => assert.equal(without(text, member), expected));

  const ADDED: readonly (readonly [string, string, unknown, string])[] = [
    ['an empty one', '{}', 1, '{"n": 1}'],
    ['an empty one on lines', '  {\n  }', 1, '  {\n    "n": 1\n  }'],
    ['a line', '{"a":1,"b":2}', { x: [1, 2], y: {} }, '{"a":1,"b":2,"n":{"x":[1,2],"y":{}}}'],
    ['a line with blanks', '{ "a" : 1, "b" : 2 }', ['x'], '{ "a" : 1, "b" : 2, "n" : ["x"] }'],
    ['lines', '{\n    "a": 1\n}', 1, '{\n    "a": 1,\n    "n": 1\n}'],
    ['lines of CR LF', '{\r\n  "a": 1\r\n}', { x: 1 }, '{\r\n  "a": 1,\r\n  "n": {\r\n    "x": 1\r\n  }\r\n}'],
    ['lines with tabs', '{\n\t"a": 1\n}', [1], '{\n\t"a": 1,\n\t"n": [\n\t\t1\n\t]\n}'],
    ['lines with a comment behind the last', '{\n  "a": 1 // one\n}', 1, '{\n  "a": 1, // one\n  "n": 1\n}'],
    ['a line that ends in a comment', '{"a": 1 // one\n}', 1, '{"a": 1, // one\n  "n": 1\n}'],
    ['lines with a comma behind the last', '{\n  "a": 1,\n}', 1, '{\n  "a": 1,\n  "n": 1,\n}'],
  ];
  for (const [name, text, value, expected] of ADDED) it(`gets a member: ${name}`, () => assert.equal(added(text, value), expected));

  it('stays as it is where its members do', () => {
    for (const [, text] of [...REMOVED, ...ADDED]) assert.equal(without(text), text);
  });

  const space = fc.constantFrom('', ' ', '\n', '\n  ', '\r\n\t');
  const comment = fc.constantFrom('', '', '', '// c\n', '/* c, d */', '/* c\n */');
  const gap = fc.tuple(space, comment, space).map((parts) => parts.join(''));
  const object = fc
    .tuple(gap, fc.array(fc.tuple(fc.constantFrom('1', '"x"', '[1, 2]', '{"y": 1}', '{{z}}'), gap, gap), { maxLength: 5 }), fc.boolean())
    .map(([head, members, trailing]) => {
      const parts = members.map(
        ([value, a, b], i) => `"m${i}": ${value === '{{z}}' ? '"z"' : value}${a}${i < members.length - 1 || (trailing && members.length > 0) ? ',' : ''}${b}`,
      );
      return `{${head}${parts.join('')}}`;
    });

  it('is JSON again, with exactly the members that are wanted', () => {
    fc.assert(
      fc.property(object, fc.nat(31), fc.array(fc.constantFrom('first', 'last'), { maxLength: 2 }), (text, bits, extra) => {
        const root = rootOf(text);
        const kept = (root.children ?? []).filter((_, i) => (bits & (1 << i)) !== 0);
        const news = [...new Set(extra)];
        const members = [
          ...(news.includes('first') ? [{ name: 'first', value: { a: [1] } }] : []),
          ...kept,
          ...(news.includes('last') ? [{ name: 'last', value: 'l' }] : []),
        ];
        const errors: ParseError[] = [];
        const after: unknown = parse(rebuildObject(text, root, members), errors, { allowTrailingComma: true });
        assert.deepEqual(errors, [], `${text}\n→\n${rebuildObject(text, root, members)}`);
        const before = parse(text, [], { allowTrailingComma: true }) as Record<string, unknown>;
        const expected = members.map((m) => ('type' in m ? [nameOf(m), before[nameOf(m)]] : [m.name, m.value]));
        assert.deepEqual(Object.entries(after as object), expected, text);
      }),
      { numRuns: 5000 },
    );
  });
});
