import type { HttpRequest, HttpResponse } from './exchange.js';
import type { Shell } from './findCurl.js';
import type { MappedText, SourceRange } from './mappedText.js';
import type { Quoting } from './shellWords.js';

/** The form of a call in a text. `payload`: the body of a call request, alone. */
export type RegionForm = 'curl' | 'http' | 'pact' | 'har' | 'json' | 'payload';

export interface RegionHeader {
  readonly name: MappedText;
  readonly value: MappedText;
}

/** What the text says and the request does not hold: an option that is not known, a file that is not read. */
export interface Ignored extends SourceRange {
  readonly text: string;
  /** A sentence. */
  readonly reason: string;
}

/** A call request in a text. What is not written there is absent, also while it is being typed. */
export interface Region {
  readonly form: RegionForm;
  /** All of it: from `curl`, the request line, or the brace of the JSON object. Without the response. */
  readonly span: SourceRange;
  /** As it would be sent, with what the form adds (a method that is implied, a Content-Type); the URL is empty where none is written. */
  readonly request: HttpRequest;
  readonly method?: MappedText;
  /** As written: without what the form adds from elsewhere (`-G`, a `query` beside a `path`). */
  readonly url?: MappedText;
  /** The path inside of the URL, without host, query and fragment. */
  readonly path?: MappedText;
  /** Those that are written, in order. */
  readonly headers: readonly RegionHeader[];
  /** The body as it would be sent. */
  readonly body?: MappedText;
  /** True where curl joins several `-d` with `&`: what is sent is no JSON. */
  readonly joined: boolean;
  /** The name of the file that the body comes from. */
  readonly file?: MappedText;
  readonly response?: RegionResponse;
  readonly ignored: readonly Ignored[];
  /** What was assumed or read differently, as sentences; those of `ignored` are not repeated. */
  readonly notes: readonly string[];
  /** Of a cURL command. */
  readonly shell?: Shell;
  /** How the body of a cURL command is quoted where it begins. */
  readonly quoting?: Quoting;
}

/** The answer that stands with a request. */
export interface RegionResponse {
  readonly span: SourceRange;
  readonly response: HttpResponse;
}

/** The path inside of a URL; a URL may begin with a placeholder. Nothing where no path is written. */
export function pathIn(url: MappedText): MappedText | undefined {
  const { text } = url;
  const authority = /^[a-z][a-z0-9+.-]{0,20}:\/\//i.exec(text)?.[0].length ?? 0;
  const start = text.indexOf('/', authority);
  if (start === -1) return undefined;
  const end = text.slice(start).search(/[?#]/);
  const query = text.search(/[?#]/);
  return query !== -1 && query < start ? undefined : url.slice(start, end === -1 ? text.length : start + end);
}
