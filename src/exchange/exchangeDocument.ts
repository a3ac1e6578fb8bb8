import { findNodeAtLocation, type JSONPath, type Node, parseTree } from 'jsonc-parser';
import { type Exchange, type Headers, REDACTED } from './exchange.js';
import { placeholderOf } from './placeholders.js';

/** Bodies longer than this are shown up to here; the document says so. */
const MOST_SHOWN = 100_000;
/** A body nested deeper is shown as it was sent: laid out, it would be mostly white space. */
const MOST_NESTED = 64;

/** A place in the document: offsets in UTF-16 code units. */
export interface Span {
  readonly offset: number;
  readonly length: number;
}

/** What `locate` looks for: see Place of diagnosis/model.ts. */
export interface Target {
  readonly document: 'request' | 'response';
  readonly part: 'body' | 'url' | 'headers';
  readonly pointer: string;
  readonly words?: string;
}

/** An exchange as one JSON document that a person reads: the answer first, since that is the question. Tokens never get here. */
export function renderExchange({ request, response }: Exchange): string {
  const shown: Record<string, unknown> = {};
  if (response)
    shown['response'] = {
      ...(response.status === undefined ? {} : { status: response.status }),
      body: bodyOf(response.body),
      ...(response.cut ? { cut: 'the answer ends here: it was cut off or is too large' } : {}),
      headers: headersOf(response.headers),
    };
  if (request)
    shown['request'] = {
      method: request.method,
      url: request.url,
      ...(request.body === undefined ? {} : { body: bodyOf(request.body) }),
      headers: headersOf(request.headers),
    };
  return `${JSON.stringify(shown, null, 2)}\n`;
}

/** Authorization is shown as its scheme only, unless all of it is a placeholder that somebody has to fill. */
function headersOf(headers: Headers): Record<string, string> {
  return Object.fromEntries(
    headers.map(([name, value]) => [name, /^(?:proxy-)?authorization$/i.test(name) && !placeholderOf(value) ? schemeOf(value) : value]),
  );
}

/** `Bearer …`; a value without a known scheme may be the token itself. */
const schemeOf = (value: string): string => {
  const scheme = /^\s*(bearer|basic|digest|token)\b/i.exec(value)?.[1];
  return scheme === undefined ? REDACTED : `${scheme} ${REDACTED}`;
};

function bodyOf(body: string | undefined): unknown {
  if (body === undefined || body === '') return null;
  if (body.length <= MOST_SHOWN) {
    try {
      const json: unknown = JSON.parse(body);
      return isDeeper(json, MOST_NESTED) ? body : json;
    } catch {
      return body;
    }
  }
  return `${body.slice(0, MOST_SHOWN)}… (${body.length - MOST_SHOWN} more characters)`;
}

const isDeeper = (value: unknown, most: number): boolean =>
  typeof value === 'object' && value !== null && (most === 0 || Object.values(value).some((inner) => isDeeper(inner, most - 1)));

/** Finds places in one rendered exchange; parses it once. */
export function locator(text: string): (target: Target) => Span | undefined {
  const root = parseTree(text);
  return (target) => {
    if (!root) return undefined;
    const whole = findNodeAtLocation(root, [target.document]);
    const at = (path: JSONPath): Node | undefined => findNodeAtLocation(root, [target.document, ...path]);
    const node =
      target.part === 'url'
        ? at(['url'])
        : target.part === 'headers'
          ? target.words === undefined
            ? at(['headers'])
            : header(at(['headers']), target.words)
          : (nearest(at(['body']), segments(target.pointer)) ?? at(['status']));
    const found = node ?? (whole && at(['status'])) ?? whole;
    if (!found) return undefined;
    const span = target.words === undefined ? undefined : within(text, found, target.words);
    if (span) return span;
    // A whole object would underline half the document: its first line stands for it.
    if (found.type === 'object' || found.type === 'array')
      return at(['status']) && target.document === 'response' ? spanOf(at(['status']) as Node) : key(found);
    return found.parent?.type === 'property' && target.part === 'body' && target.document === 'request' ? key(found) : spanOf(found);
  };
}

const spanOf = (node: Node): Span => ({ offset: node.offset, length: node.length });

/** The name of a property, which is what an unknown or missing field is about. */
function key(node: Node): Span {
  const name = node.parent?.type === 'property' ? node.parent.children?.[0] : undefined;
  return name ? spanOf(name) : { offset: node.offset, length: 1 };
}

/** The node of a pointer, or of its longest part that exists. */
function nearest(body: Node | undefined, pointer: readonly string[]): Node | undefined {
  let node = body;
  for (const segment of pointer) {
    // "0" is an index of a list and a name in an object.
    const inner = node && findNodeAtLocation(node, [node.type === 'array' ? Number(segment) : segment]);
    if (!inner) break;
    node = inner;
  }
  return node;
}

function header(headers: Node | undefined, words: string): Node | undefined {
  return (
    headers?.children?.find((p) => String(p.children?.[0]?.value).toLowerCase() === words.toLowerCase() || String(p.children?.[1]?.value).includes(words))
      ?.children?.[1] ?? headers
  );
}

function within(text: string, node: Node, words: string): Span | undefined {
  const inside = text.slice(node.offset, node.offset + node.length);
  const escaped = JSON.stringify(words).slice(1, -1);
  const index = inside.indexOf(escaped);
  return index < 0 ? undefined : { offset: node.offset + index, length: escaped.length };
}

function segments(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((s) => s.replaceAll('~1', '/').replaceAll('~0', '~'));
}
