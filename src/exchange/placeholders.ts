/**
 * What was left in for somebody to fill, by how it is written:
 * - `template` `{{x}}` (Postman, .http, Pact examples), also percent-encoded in a URL
 * - `angle`    `<SOME_NAME>`, `<your token>`: never an HTML or XML tag
 * - `shell`    `$X`, `${X}`, `$env:X`, `$(…)`: filled by a shell if it runs there, so only as a whole value, and `${X}` anywhere
 * - `percent`  `%X%`: a variable of cmd
 * - `brace`    `{userId}`: a path parameter that was copied from the documentation; in URLs only
 * - `words`    a whole value that says what belongs there: `YOUR_ACCESS_TOKEN`, `the-agent-id-you-are-acting-for`, `string` (Swagger)
 * - `filler`   a whole value that says nothing: `xxx`, `...`, `changeme`, `+1XXXXXXXXXX`
 */
export type PlaceholderKind = 'template' | 'angle' | 'shell' | 'percent' | 'brace' | 'words' | 'filler';

export interface Placeholder {
  /** Offsets in the text that was searched. */
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly kind: PlaceholderKind;
}

const TEMPLATE_NAME = String.raw`\s{0,9}[\w$@#][\w$@#.:\- ]{0,80}`;
/** As many braces at the end as at the beginning: `{"priority":{{p}}}` ends with one of JSON. */
const TEMPLATE = String.raw`(?:\{\{\{${TEMPLATE_NAME}\}\}\}|\{\{${TEMPLATE_NAME}\}\})`;
const ANGLE = String.raw`<[A-Za-z][\w.-]{0,80}(?: [\w.-]{1,40}){0,8}>`;
const BRACED = String.raw`\$\{[A-Za-z_][\w.:-]{0,80}\}`;
const PERCENT = String.raw`%[A-Za-z_]\w{2,80}%(?![0-9A-Fa-f]{2})`;

const IN_TEXT = new RegExp(`(${TEMPLATE})|(${ANGLE})|(${BRACED})|(${PERCENT})`, 'g');
const IN_URL = new RegExp(
  `(${TEMPLATE}|%7B%7B[\\w.%-]{1,80}?%7D%7D)|(${ANGLE}|%3C[A-Za-z][\\w.-]{0,80}%3E)|(${BRACED}|(?<=[/=])\\$[A-Za-z_]\\w{0,80}(?=[/?&#]|$))|(${PERCENT})|(\\{[A-Za-z_][\\w-]{0,80}\\}|%7B[A-Za-z_][\\w-]{0,80}?%7D)`,
  'gi',
);
const WHOLE_TEMPLATE = new RegExp(`^${TEMPLATE}$`);
const KINDS: readonly PlaceholderKind[] = ['template', 'angle', 'shell', 'percent', 'brace'];

/** Placeholders inside a text of any kind (JSON, a header, a sentence), by their brackets alone: what only a whole value shows is not looked for. */
export function findPlaceholders(text: string): Placeholder[] {
  return search(text, IN_TEXT, true);
}

/** Placeholders in a URL or path: those of any text, anything in angles, `$X` as a whole segment or parameter, and `{userId}`. */
export function findPlaceholdersInUrl(url: string): Placeholder[] {
  return search(url, IN_URL, false);
}

/** All placeholders of one value (a JSON string, a header's value): the whole of it, or those inside. */
export function placeholdersInValue(value: string): Placeholder[] {
  const whole = placeholderOf(value);
  return whole ? [whole] : findPlaceholders(value);
}

/**
 * The placeholder that a whole value is, if it is one: a JSON string, or a header's value after its scheme (`Bearer YOUR_TOKEN`).
 * A GUID, an E.164 number, a token, a name or a sentence is none.
 */
export function placeholderOf(value: string): Placeholder | undefined {
  if (value.length > 300) return undefined;
  const scheme = /^\s*(?:Bearer|Basic|Token)\s+/i.exec(value)?.[0] ?? '';
  const text = value.slice(scheme.length).trim();
  const kind =
    text === '' ? undefined : (kindOf(text) ?? (scheme !== '' && /^[\w.-]{2,}(?:\.{3}|…)$|^(?:access[_-]?)?token$/i.test(text) ? 'filler' : undefined));
  if (kind === undefined) return undefined;
  const start = value.indexOf(text, scheme.length);
  return { start, end: start + text.length, text, kind };
}

/** @param markup whether angles may be tags here */
function search(text: string, expression: RegExp, markup: boolean): Placeholder[] {
  const found: Placeholder[] = [];
  /** Names of closing tags: what they close is markup. Gathered once, where there is an angle at all. */
  let closing: ReadonlySet<string> | undefined;
  for (const match of text.matchAll(expression)) {
    const kind = KINDS[match.slice(1).findIndex((group) => group !== undefined)];
    if (kind === undefined) continue;
    if (kind === 'angle' && markup) {
      closing ??= new Set(Array.from(text.matchAll(/<\/([A-Za-z][\w.-]{0,80})/g), (m) => m[1] ?? ''));
      const name = match[0].slice(1, -1);
      if (closing.has(name.split(' ')[0] ?? '') || !isNameToFill(name)) continue;
    }
    found.push({ start: match.index, end: match.index + match[0].length, text: match[0], kind });
  }
  return found;
}

const HTML_TAGS = new Set(
  `a abbr address area article aside audio b base bdi bdo big blink blockquote body br button canvas caption center cite code col colgroup data
  datalist dd del details dfn dialog dir div dl dt em embed fieldset figcaption figure font footer form frame frameset h1 h2 h3 h4 h5 h6
  head header hgroup hr html i iframe img input ins kbd label legend li link main map mark marquee menu meta meter nav nobr noscript object
  ol optgroup option output p param picture pre progress q rp rt ruby s samp script search section select slot small source span strike
  strong style sub summary sup svg table tbody td template textarea tfoot th thead time title tr track tt u ul var video wbr`.split(/\s+/),
);

/** Inside a text, `<x>` is meant to be filled if no tag looks like it: underscores, capitals alone, camelCase, several words of speech. */
function isNameToFill(name: string): boolean {
  if (HTML_TAGS.has(name.toLowerCase())) return false;
  return (
    /_/.test(name) ||
    /^[A-Z][A-Z0-9.-]+$/.test(name) ||
    /^[a-z]+[A-Z]\w*$/.test(name) ||
    /^(?:your|my|the|an?|insert|enter|some)[ -]/i.test(name) ||
    /[- ](?:id|token|number|key|secret|here)$/i.test(name)
  );
}

const FIRST = /^(?:your|my|the|insert|replace|enter|add|put|some|example|placeholder)[-_ ]/i;
const THING = /(?:^|[-_ ])(?:ids?|tokens?|numbers?|keys?|secret|password|guid|uuid|here|url|host|phone|email|username)(?:$|[-_ ])/i;

/** The kind of a whole value, or nothing. */
function kindOf(text: string): PlaceholderKind | undefined {
  if (WHOLE_TEMPLATE.test(text)) return 'template';
  if (/^<[^<>]{1,120}>$/.test(text)) return /^<[!/?]|@|:\/\//.test(text) || HTML_TAGS.has(text.slice(1, -1).toLowerCase()) ? undefined : 'angle';
  if (/^\$(?:[A-Za-z_]\w*|\{[^{}]{1,100}\}|\(.{1,200}\)|env:\w+)$/.test(text)) return 'shell';
  if (/^%[A-Za-z_]\w*%$/.test(text)) return 'percent';
  if (/^\[[A-Za-z][A-Za-z_ -]{1,60}\]$/.test(text)) return kindOfWords(text.slice(1, -1)) ? 'words' : undefined;
  if (kindOfWords(text)) return 'words';
  if (/^(?:\.{3,}|…|\?{3,}|x{3,}|change[-_]?(?:me|it|this)|to[-_]?do|tbd|fix[-_]?me|replace[-_]?me)$/i.test(text)) return 'filler';
  return /^\+?[\dx() .-]*x{3}[\dx() .-]*$/i.test(text) ? 'filler' : undefined;
}

function kindOfWords(text: string): boolean {
  if (text === 'string') return true;
  // AGENT_USER_ID, YOUR_ACCESS_TOKEN; not VIP_CUSTOMER, ON_QUEUE.
  if (/^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$/.test(text)) return FIRST.test(text) || THING.test(text);
  // your-outbound-phone-number-id, my_token_here, insert-your-id; not my-app, the-sales-team.
  if (/^[A-Za-z][A-Za-z0-9]*(?:[-_][A-Za-z0-9]+)+$/.test(text))
    return /(?:^|[-_])your[-_]/i.test(text) || (FIRST.test(text) && THING.test(text)) || /[-_](?:goes[-_])?here$/i.test(text);
  // yourAccessToken
  if (/^your[A-Z]\w{1,60}$/.test(text)) return true;
  // "your agent id"; not "Your call is important".
  return /^(?:your|insert|enter)(?: [A-Za-z]+){1,4}$/i.test(text) && THING.test(text) && !/ (?:is|was|are|will|has|and|or|to)\b/i.test(text);
}
