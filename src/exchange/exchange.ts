/** Header names keep their case; look them up with `header`. */
export type Headers = readonly (readonly [name: string, value: string])[];

/** One HTTP request as text says it. Nothing is decoded or completed: a placeholder stays one. */
export interface HttpRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Headers;
  readonly body?: string;
  /** True where a browser recorded it: those leave Authorization out when they save what they recorded. */
  readonly exported?: boolean;
  /** What the text it was read from does not show, and may have been sent all the same. */
  readonly unseen?: readonly ('headers' | 'body')[];
}

/** One HTTP response, as much of it as is known. */
export interface HttpResponse {
  readonly status?: number;
  readonly headers: Headers;
  readonly body?: string;
  /** True where the body is known to be only the beginning. */
  readonly cut?: boolean;
}

/** A request and, if there is one, its response. At least one of both. */
export interface Exchange {
  readonly request?: HttpRequest;
  readonly response?: HttpResponse;
}

/** Stands where a token or secret was: in what is shown, kept and copied. */
export const REDACTED = '…';

/** The first value of a header, whatever its case. */
export function header(headers: Headers, name: string): string | undefined {
  const wanted = name.toLowerCase();
  return headers.find(([n]) => n.toLowerCase() === wanted)?.[1];
}

/** The form that a text turned out to have. `body`: the JSON body of a call request or of an error, alone. `log`: words around it. */
export type TextForm = 'curl' | 'http' | 'pact' | 'har' | 'json' | 'body' | 'log';

export type ReadResult =
  | {
      readonly ok: true;
      readonly form: TextForm;
      readonly exchanges: readonly Exchange[] /** What was assumed or left out, as sentences. */;
      readonly notes: readonly string[];
    }
  | { readonly ok: false; readonly problem: string /** 1-based. */; readonly line?: number; readonly column?: number };
