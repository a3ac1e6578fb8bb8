import type { SourceRange } from '../../exchange/mappedText.js';

/** A request line that stands above a body in a note. */
export interface RequestLine {
  readonly method: SourceRange & { readonly text: string };
  /** Without host and query. */
  readonly path: SourceRange & { readonly text: string };
}

/** How much is looked at before a body. */
const REACH = 4000;
/** A request line, headers, at most two blank lines. */
const ABOVE =
  /(?:^|\n)[ \t>]{0,20}(GET|POST|PUT|PATCH|DELETE)[ \t]+((?:https?:\/\/[^\s/]{1,200}|\{\{[^{}\s]{1,100}\}\})?)(\/[^\s?#]{0,1000})(?:[?#]\S{0,1000})?(?:[ \t]+HTTP\/[\d.]{1,5})?[ \t]{0,20}\r?\n(?:[ \t>]{0,20}[\w-]{1,60}:[^\n]{0,500}\n){0,20}(?:[ \t>]{0,20}\r?\n){0,2}[ \t>]{0,40}$/;

/** The request line above a body, as answers in forums have it: with or without headers and a blank line between. */
export function requestLineAbove(text: string, body: number): RequestLine | undefined {
  const from = Math.max(0, body - REACH);
  const found = ABOVE.exec(text.slice(from, body));
  if (!found) return undefined;
  const [whole, method = '', host = '', path = ''] = found;
  const at = from + found.index + whole.indexOf(method);
  const pathAt = text.indexOf(host + path, at + method.length) + host.length;
  return { method: { start: at, end: at + method.length, text: method }, path: { start: pathAt, end: pathAt + path.length, text: path } };
}
