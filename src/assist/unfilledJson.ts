import { findNodeAtOffset, type Node, type ParseError, parseTree } from 'jsonc-parser';

/** A string of JSON, or else a placeholder outside of them. A name in `{{…}}` begins like a name, which no object in an object does. */
const STRING_OR_PLACEHOLDER =
  /"(?:[^"\\\n]|\\.)*"|(\{\{\s{0,9}[\w$@#][\w$@#.: -]{0,80}\}\}|\$\{[^{}\n]{1,80}\}|\$\([^()\n]{1,200}\)|\$[A-Za-z_]\w{0,80}|%[A-Za-z_]\w{0,80}%|<[A-Za-z][^<>\n]{0,80}>)/g;
const MOST = 200;

/**
 * Reads a text as JSON in which placeholders stand where values do: `{"priority": {{p}}}`. Each is a string node at its place, whose
 * value is the placeholder. Nothing where there is none.
 */
export function parseUnfilled(text: string): { readonly tree: Node | undefined; readonly errors: readonly ParseError[] } | undefined {
  const places: { readonly offset: number; readonly written: string }[] = [];
  const parts: string[] = [];
  let at = 0;
  for (const match of text.matchAll(STRING_OR_PLACEHOLDER)) {
    const written = match[1];
    if (written === undefined) continue;
    places.push({ offset: match.index, written });
    parts.push(text.slice(at, match.index), `"${written.slice(1, -1).replace(/["\\\s]/g, '_')}"`);
    at = match.index + written.length;
    if (places.length === MOST) break;
  }
  if (places.length === 0) return undefined;
  const errors: ParseError[] = [];
  const tree = parseTree(parts.join('') + text.slice(at), errors, { allowTrailingComma: true });
  for (const { offset, written } of tree ? places : []) {
    const node: { type: string; value?: unknown } | undefined = findNodeAtOffset(tree as Node, offset + 1);
    if (node?.type === 'string') node.value = written;
  }
  return { tree, errors };
}
