import type { MappedText } from '../exchange/mappedText.js';
import type { RegionHeader } from '../exchange/region.js';
import type { WrittenCall } from './writtenCall.js';

/** The part of a call that an offset of the whole text stands in, its end included; `at` is the offset in the part's own text. */
export type Place =
  | { readonly part: 'command' }
  | { readonly part: 'method' | 'url' | 'body'; readonly text: MappedText; readonly at: number }
  | { readonly part: 'header-name' | 'header-value'; readonly header: RegionHeader; readonly text: MappedText; readonly at: number };

/** Nothing where what stands there is of no part: an option of curl, a brace around a request. */
export function placeIn({ region }: WrittenCall, offset: number): Place | undefined {
  const { method, url, headers, body, form, span } = region;
  const within = (text: MappedText): number | undefined => (text.span.start <= offset && offset <= text.span.end ? text.textOffset(offset) : undefined);
  for (const [part, text] of [
    ['method', method],
    ['url', url],
    ['body', body],
  ] as const) {
    const at = text && within(text);
    if (text && at !== undefined) return { part, text, at };
  }
  for (const header of headers) {
    for (const part of ['name', 'value'] as const) {
      const text = header[part];
      // Behind the blank after the colon, where nothing stands yet.
      const at = within(text) ?? (part === 'value' && text.text === '' && offset === text.span.end + 1 ? 0 : undefined);
      if (at !== undefined) return { part: `header-${part}`, header, text, at };
    }
  }
  return form === 'curl' && offset >= span.start && offset <= span.start + COMMAND.length ? { part: 'command' } : undefined;
}

/** The first word of a command. */
export const COMMAND = 'curl';
