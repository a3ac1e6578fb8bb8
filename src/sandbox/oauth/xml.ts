/** An element of an XML document, its name and its prefix resolved (Namespaces in XML 1.0). */
export interface XmlElement {
  readonly namespace: string;
  readonly name: string;
  /** Attributes without a prefix. */
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlElement[];
  /** What stands in it directly, without its children's. */
  readonly text: string;
}

type Draft = { -readonly [K in keyof XmlElement]: XmlElement[K] } & {
  readonly children: XmlElement[];
  readonly tag: string;
  readonly prefixes: ReadonlyMap<string, string>;
};

const NAME = '[A-Za-z_][\\w.-]*(?::[A-Za-z_][\\w.-]*)?';
/** One piece of a document: a comment, an instruction, CDATA, an end tag, a start tag, or text. */
const PIECE = new RegExp(
  `<!--[^]*?-->|<\\?[^]*?\\?>|<!\\[CDATA\\[(?<cdata>[^]*?)\\]\\]>|</(?<end>${NAME})\\s*>|<(?<start>${NAME})(?<attributes>(?:\\s+${NAME}\\s*=\\s*(?:"[^<"]*"|'[^<']*'))*)\\s*(?<empty>/?)>|(?<text>[^<]+)`,
  'y',
);
const ATTRIBUTE = new RegExp(`(${NAME})\\s*=\\s*(?:"([^"]*)"|'([^']*)')`, 'g');
const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };
const DEEPEST = 64;

/** The root of a well-formed document. A document type, and entities other than the five of XML itself, are not read: they can be bombs. */
export function readXml(text: string): XmlElement | undefined {
  const open: Draft[] = [];
  let root: XmlElement | undefined;
  const source = text.replace(/^\uFEFF/, '');
  for (PIECE.lastIndex = 0; PIECE.lastIndex < source.length; ) {
    const piece = PIECE.exec(source)?.groups;
    if (!piece) return undefined;
    const { cdata, end, start, attributes = '', empty, text: plain } = piece;
    const parent = open.at(-1);
    if (start !== undefined) {
      const element = startTag(start, attributes, parent);
      if (!element || open.length >= DEEPEST || (!parent && root)) return undefined;
      if (parent) parent.children.push(element);
      else root = element;
      if (empty === '') open.push(element);
    } else if (end !== undefined) {
      if (open.pop()?.tag !== end) return undefined;
    } else {
      const said = cdata ?? (plain === undefined ? '' : unescaped(plain));
      if (said === undefined || (!parent && (cdata !== undefined || said.trim() !== ''))) return undefined;
      if (parent) parent.text += said;
    }
  }
  return open.length === 0 ? root : undefined;
}

function startTag(tag: string, written: string, parent: Draft | undefined): Draft | undefined {
  const attributes = new Map<string, string>();
  const prefixes = new Map(parent?.prefixes);
  const seen = new Set<string>();
  for (const [, name = '', double, single] of written.matchAll(ATTRIBUTE)) {
    const value = unescaped(double ?? single ?? '');
    if (value === undefined || seen.has(name)) return undefined;
    seen.add(name);
    if (name === 'xmlns') prefixes.set('', value);
    else if (name.startsWith('xmlns:')) prefixes.set(name.slice(6), value);
    else if (!name.includes(':')) attributes.set(name, value);
  }
  const [prefix, name] = tag.includes(':') ? [tag.slice(0, tag.indexOf(':')), tag.slice(tag.indexOf(':') + 1)] : ['', tag];
  const namespace = prefixes.get(prefix) ?? (prefix === '' ? '' : undefined);
  return namespace === undefined ? undefined : { tag, prefixes, namespace, name, attributes, children: [], text: '' };
}

/** @returns the text that is meant; undefined where an entity is not one of XML itself */
function unescaped(text: string): string | undefined {
  let isKnown = true;
  const plain = text.replace(/&([^;&]{0,10});?/g, (whole, name: string) => {
    const numeric = /^#(?:x([0-9a-f]{1,6})|(\d{1,7}))$/i.exec(name);
    const point = numeric ? Number.parseInt(numeric[1] ?? numeric[2] ?? '', numeric[1] ? 16 : 10) : undefined;
    const meant =
      point !== undefined && point > 0 && point <= 0x10ffff ? String.fromCodePoint(point) : Object.hasOwn(ENTITIES, name) ? ENTITIES[name] : undefined;
    if (meant === undefined || !whole.endsWith(';')) isKnown = false;
    return meant ?? '';
  });
  return isKnown ? plain : undefined;
}
