import type { Node } from 'jsonc-parser';

/** What stands at an offset of JSON. */
export interface JsonPlace {
  /** A name or a value; an object or a list where the offset is at one of its brackets. */
  readonly node: Node;
  readonly isName: boolean;
  /** The names and indices that lead to it; of a name, to its member. */
  readonly path: readonly (string | number)[];
}

/**
 * The name, value or bracket that an offset stands in or at the end of. A search in each object and list on the way: as deep as the
 * nesting, whatever the length. Nothing between the parts of an object.
 */
export function jsonAt(root: Node, offset: number): JsonPlace | undefined {
  const path: (string | number)[] = [];
  let node = root;
  for (;;) {
    if (offset < node.offset || offset > endOf(node)) return undefined;
    const index = node.type === 'object' || node.type === 'array' ? lastBefore(node.children ?? [], offset) : -1;
    const child = node.children?.[index];
    if (!child || offset > endOf(child)) return isBracket(node, offset) ? { node, isName: false, path } : undefined;
    if (child.type !== 'property') {
      path.push(index);
      node = child;
      continue;
    }
    const [name, value] = child.children ?? [];
    if (!name) return undefined;
    path.push(String(name.value));
    if (offset <= endOf(name)) return { node: name, isName: true, path };
    if (!value) return undefined;
    node = value;
  }
}

/** Where a node ends; what is not closed yet goes on. */
const endOf = ({ offset, length }: Node): number => (length < 0 ? Number.POSITIVE_INFINITY : offset + length);

const isBracket = (node: Node, offset: number): boolean =>
  (node.type !== 'object' && node.type !== 'array') || offset === node.offset || offset === endOf(node) - 1 || offset === endOf(node);

/** The index of the last node that begins at or before an offset, -1 where there is none. */
function lastBefore(nodes: readonly Node[], offset: number): number {
  let low = -1;
  let high = nodes.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((nodes[middle] as Node).offset <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}
