import type { Operations } from '../platform/operations.js';
import { completeBody } from './bodyCompletions.js';
import type { Completion } from './completion.js';
import type { FillValues } from './fix.js';
import { completeHeader } from './headerCompletions.js';
import { completeHttpLine } from './httpLineCompletions.js';
import { placeIn } from './place.js';
import { completeMethod, completeUrl } from './urlCompletions.js';
import { isTokenRequest } from './urlHelp.js';
import { callAt, type WrittenText } from './writtenCall.js';

/** What fits at an offset of a text: fields and values of a body, paths and methods of the API, headers. Written as its place needs it. */
export function completionsAt(written: WrittenText, offset: number, operations: Operations, values: FillValues): Completion[] {
  const { text } = written;
  const call = callAt(written, offset);
  const place = call && placeIn(call, offset);
  if (!call || !place) return completeHttpLine(written, offset, operations, values);
  const { region } = call;
  switch (place.part) {
    case 'command':
      return [];
    case 'method':
      return completeMethod(text, place.text, region.request.url, operations);
    case 'url':
      return completeUrl({ source: text, url: place.text, at: place.at, offset, method: region.request.method.toUpperCase() }, operations, values);
    case 'header-name':
    case 'header-value':
      return completeHeader(text, call, place, offset, operations);
    case 'body':
      return isTokenRequest(call, operations) ? [] : completeBody(text, call, place.text, place.at, offset, values);
  }
}
