import { findNodeAtLocation, getNodeValue, type Node, parseTree } from 'jsonc-parser';
import { isRecord, optional } from '../platform/json.js';
import { decodeBase64, encodeBase64 } from './base64.js';
import type { HttpRequest, HttpResponse } from './exchange.js';
import { harRequest, harResponse } from './har.js';
import { BODY_NAMES, type Body, requestOf, responseOf, URL_NAMES } from './jsonMessages.js';
import { MappedText, type Writing, type WrittenPiece } from './mappedText.js';
import { MOST_EXCHANGES, Notes } from './notes.js';
import { isBase64, isMessage, isWrapped, pactBody } from './pact.js';
import { JSON_STRING } from './quoting.js';
import { BARE_PAYLOAD_URL } from './readRequest.js';
import { pathIn, type Region, type RegionForm, type RegionHeader, type RegionResponse } from './region.js';

/** What must stand in a text for it to be worth reading. */
const MAY_HOLD_REQUESTS = /"(?:interactions|entries|request|method)"\s{0,20}:/;

/**
 * The requests of a JSON document (Pact, HAR, `{"method","url","headers","body"}`, pairs and lists of them), also of one that is being
 * typed. A string that is no body is left alone.
 * @param payload whether a document that is none of these is the body of a call request
 * @throws RangeError where the nesting exceeds the stack
 */
export function* jsonRegions(text: string, start: number, limit: number, payload: boolean): Generator<Region> {
  const source = start === 0 && limit === text.length ? text : text.slice(start, limit);
  if (MAY_HOLD_REQUESTS.test(source)) {
    const root = parseTree(source, [], { allowTrailingComma: true });
    let found = 0;
    for (const entry of root ? entriesOf(root) : []) {
      if (++found > MOST_EXCHANGES) return;
      yield new Reader(text, start, entry).region();
    }
    if (found > 0) return;
  }
  if (payload && /\S/.test(source)) yield payloadRegion(text, start, limit);
}

/** The body of a call request, alone. */
export function payloadRegion(text: string, start: number, end: number): Region {
  const body = MappedText.plain(text, start, end);
  return {
    form: 'payload',
    span: { start, end },
    request: { method: 'POST', url: BARE_PAYLOAD_URL, headers: [], body: body.text },
    headers: [],
    body,
    joined: false,
    ignored: [],
    notes: [],
  };
}

interface Entry {
  readonly form: Extract<RegionForm, 'pact' | 'har' | 'json'>;
  readonly request: Node;
  readonly response?: Node;
}

function* entriesOf(root: Node): Generator<Entry> {
  const interactions = member(root, 'interactions');
  const entries = findNodeAtLocation(root, ['log', 'entries']);
  if (entries?.type === 'array') yield* pairs('har', entries.children ?? []);
  else if (interactions?.type === 'array') yield* pairs('pact', (interactions.children ?? []).filter(isHttp));
  else if (root.type === 'array') for (const item of root.children ?? []) yield* jsonEntry(item);
  else yield* jsonEntry(root);
}

/** An interaction of a Pact file that is no message. */
function isHttp(interaction: Node): boolean {
  const type = member(interaction, 'type')?.value;
  return interaction.type === 'object' && !isMessage({ type, request: member(interaction, 'request'), response: member(interaction, 'response') });
}

function* pairs(form: 'pact' | 'har' | 'json', nodes: readonly Node[]): Generator<Entry> {
  for (const node of nodes) {
    const request = member(node, 'request');
    const response = member(node, 'response');
    if (request?.type === 'object' && urlOf(request)) yield { form, request, ...optional('response', response?.type === 'object' ? response : undefined) };
  }
}

function* jsonEntry(node: Node): Generator<Entry> {
  if (member(node, 'request')?.type === 'object') yield* pairs('json', [node]);
  else if (typeof member(node, 'method')?.value === 'string' && urlOf(node)) yield { form: 'json', request: node };
}

const member = (node: Node, name: string): Node | undefined => (node.type === 'object' ? findNodeAtLocation(node, [name]) : undefined);

function anyMember(node: Node, names: readonly string[]): Node | undefined {
  for (const name of names) {
    const found = member(node, name);
    if (found) return found;
  }
  return undefined;
}

const urlOf = (request: Node): Node | undefined => {
  const node = anyMember(request, URL_NAMES);
  return node?.type === 'string' ? node : undefined;
};

/** One request of a document. */
class Reader {
  constructor(
    private readonly text: string,
    private readonly offset: number,
    private readonly entry: Entry,
  ) {}

  region(): Region {
    const { form, request, response } = this.entry;
    const { start, end } = this.rangeOf(request);
    const notes = new Notes();
    const { body, contentType } = this.body();
    const method = member(request, 'method');
    const urlNode = urlOf(request);
    const url = urlNode && this.string(urlNode);
    return {
      form,
      span: { start, end },
      request: this.request(body, contentType, notes),
      ...optional('method', method?.type === 'string' ? this.string(method) : undefined),
      ...optional('url', url),
      ...optional('path', url && pathIn(url)),
      headers: this.headers(member(request, 'headers')),
      ...optional('body', body),
      joined: false,
      ...optional('response', response && this.response(response)),
      ignored: [],
      notes: notes.list(),
    };
  }

  private request(body: MappedText | undefined, contentType: string | undefined, notes: Notes): HttpRequest {
    const { form, request } = this.entry;
    const value: unknown = getNodeValue(request);
    const json = isRecord(value) ? value : {};
    const read = (): Body => ({ ...optional('text', body?.text), ...optional('contentType', contentType) });
    const found = form === 'har' ? harRequest(json) : requestOf(json, notes, read);
    return found ?? { method: 'GET', url: '', headers: [] };
  }

  private response(node: Node): RegionResponse | undefined {
    const { form } = this.entry;
    if (form === 'har' && member(node, 'status')?.value === 0) return undefined;
    return {
      span: this.rangeOf(node),
      get response(): HttpResponse {
        const value: unknown = getNodeValue(node);
        const json = isRecord(value) ? value : {};
        if (form === 'har') return harResponse(json, new Notes()) ?? { headers: [] };
        return responseOf(json, new Notes(), form === 'pact' ? pactBody : undefined);
      },
    };
  }

  /** The body of the request, and its type where the form keeps it there. */
  private body(): { readonly body?: MappedText; readonly contentType?: string } {
    const { form, request } = this.entry;
    if (form === 'har') {
      const node = findNodeAtLocation(request, ['postData', 'text']);
      return optional('body', node && this.bodyOf(node));
    }
    const node = anyMember(request, BODY_NAMES);
    if (!node) return {};
    const wrapped: unknown = form === 'pact' && node.type === 'object' ? getNodeValue(node) : undefined;
    if (!isWrapped(wrapped)) return optional('body', this.bodyOf(node));
    const content = member(node, 'content');
    const contentType = optional('contentType', typeof wrapped['contentType'] === 'string' ? wrapped['contentType'] : undefined);
    if (!content) return contentType;
    return { ...optional('body', isBase64(wrapped) && content.type === 'string' ? this.base64(content) : this.bodyOf(content)), ...contentType };
  }

  private bodyOf(node: Node): MappedText | undefined {
    if (node.type === 'string') return this.string(node);
    const { start, end } = this.rangeOf(node);
    return node.type === 'null' ? undefined : MappedText.plain(this.text, start, end);
  }

  /** Base64 is one escape of the whole. */
  private base64(node: Node): MappedText {
    const inside = this.string(node);
    const decoded = decodeBase64(inside.text);
    if (decoded === undefined) return inside;
    const { start, end } = inside.span;
    return MappedText.of(decoded, [{ start: 0, end: decoded.length, from: start, to: end, exact: false, writing: BASE64 }], { source: this.text });
  }

  private headers(node: Node | undefined): RegionHeader[] {
    const pair = (name: Node | undefined, value: Node | undefined): RegionHeader[] => {
      if (name?.type !== 'string' || !value || String(name.value).startsWith(':')) return [];
      const values = value.type === 'array' ? (value.children ?? []) : [value];
      return values.filter((v) => SCALARS.has(v.type)).map((v) => ({ name: this.string(name), value: this.scalar(v) }));
    };
    if (node?.type === 'array') {
      return (node.children ?? []).flatMap((h) =>
        h.type === 'array' ? pair(h.children?.[0], h.children?.[1]) : pair(anyMember(h, ['name', 'key']), member(h, 'value')),
      );
    }
    return node?.type === 'object' ? (node.children ?? []).flatMap((p) => pair(p.children?.[0], p.children?.[1])) : [];
  }

  private scalar(node: Node): MappedText {
    const { start, end } = this.rangeOf(node);
    return node.type === 'string' ? this.string(node) : MappedText.plain(this.text, start, end);
  }

  /** A JSON string, as it is or with its end missing. */
  private string(node: Node): MappedText {
    const { start, end } = this.rangeOf(node);
    return jsonString(this.text, start, end);
  }

  private rangeOf(node: Node): { readonly start: number; readonly end: number } {
    const start = this.offset + node.offset;
    return { start, end: start + node.length };
  }
}

const SCALARS: ReadonlySet<string> = new Set(['string', 'number', 'boolean']);
const BASE64: Writing = { open: '', close: '', encode: encodeBase64 };

const RUN = /[^"\\]+/y;
const ESCAPE = /\\(?:u[0-9A-Fa-f]{4}|[\s\S])/y;
const LETTERS: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f' };

/** The text of a JSON string. @param start of its opening quote @param end after it, with or without a closing quote */
function jsonString(source: string, start: number, end: number): MappedText {
  const pieces: WrittenPiece[] = [];
  const parts: string[] = [];
  let length = 0;
  let at = start + 1;
  const add = (text: string, to: number, exact: boolean): void => {
    pieces.push({ start: length, end: length + text.length, from: at, to, exact, writing: JSON_STRING });
    parts.push(text);
    length += text.length;
    at = to;
  };
  while (at < end && source[at] !== '"') {
    RUN.lastIndex = at;
    const run = RUN.exec(source)?.[0];
    if (run !== undefined) {
      const to = Math.min(end, at + run.length);
      add(source.slice(at, to), to, true);
      continue;
    }
    ESCAPE.lastIndex = at;
    const written = ESCAPE.exec(source)?.[0] ?? '\\';
    const letter = written[1] ?? '';
    add(
      written.length === 6 ? String.fromCharCode(Number.parseInt(written.slice(2), 16)) : (LETTERS[letter] ?? letter),
      Math.min(end, at + written.length),
      false,
    );
  }
  if (pieces.length === 0) add('', at, true);
  return MappedText.of(parts.join(''), pieces, { source });
}
