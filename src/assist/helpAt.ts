import type { Operations } from '../platform/operations.js';
import { helpInBody } from './bodyHelp.js';
import { helpInHeader } from './headerHelp.js';
import type { Help } from './help.js';
import { COMMAND, type Place, placeIn } from './place.js';
import { helpInTokenRequest } from './tokenRequestHelp.js';
import { helpForOperation, helpInUrl, isTokenRequest } from './urlHelp.js';
import { callAt, type WrittenCall, type WrittenText } from './writtenCall.js';

/**
 * What stands at an offset of a text: a field or value of a body, the operation of a request line, an id in its path, a header, a field of
 * a token request. Nothing outside of calls, and for calls that do not go to the platform. The range holds the offset.
 */
export function helpAt(written: WrittenText, offset: number, operations: Operations): Help | undefined {
  const call = callAt(written, offset);
  const place = call && placeIn(call, offset);
  if (!call || !place) return undefined;
  const help = helpOf(call, place, operations);
  // Between two pieces of a quoted text there is no character of it.
  return help && help.range.start <= offset && offset <= help.range.end ? help : undefined;
}

function helpOf(call: WrittenCall, place: Place, operations: Operations): Help | undefined {
  switch (place.part) {
    case 'command': {
      const { start } = call.region.span;
      return helpForOperation(call, { start, end: start + COMMAND.length }, operations);
    }
    case 'method':
      return helpForOperation(call, place.text.span, operations);
    case 'url':
      return helpInUrl(call, place.text, place.at, operations);
    case 'header-name':
    case 'header-value':
      return helpInHeader(call, place, operations);
    case 'body':
      return isTokenRequest(call, operations) ? helpInTokenRequest(call, place.text, place.at, operations) : helpInBody(call, place.text, place.at, operations);
  }
}
