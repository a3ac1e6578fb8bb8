import { findNodeAtLocation, type Node, parseTree } from 'jsonc-parser';
import { positionAt } from './position.js';

/** Where in a text of JSON a JSON pointer (RFC 6901) leads, or the longest part of it that leads anywhere. 1-based. */
export function pointerPosition(text: string, pointer: string): { readonly line: number; readonly column: number } {
  let node = parseTree(text);
  for (const escaped of pointer.split('/').slice(1)) {
    const segment = escaped.replaceAll('~1', '/').replaceAll('~0', '~');
    const inner: Node | undefined = node && findNodeAtLocation(node, [node.type === 'array' ? Number(segment) : segment]);
    if (!inner) break;
    node = inner;
  }
  // The name of a property is what a person looks for.
  const place = node?.parent?.type === 'property' ? node.parent : node;
  return positionAt(text, place?.offset ?? 0);
}
