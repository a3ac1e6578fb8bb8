import { type Node, parseTree } from 'jsonc-parser';
import { MappedText, type SourceEdit, type SourceRange } from '../../exchange/mappedText.js';
import { pathOf } from '../../platform/operations.js';
import type { WrittenCall, WrittenText } from '../writtenCall.js';
import { bodyEdit } from './bodyPlace.js';
import { endOf, layoutOf } from './jsonLayout.js';
import { rebuildObject, type WantedMember } from './rebuildObject.js';
import { type RequestLine, requestLineAbove } from './requestLineAbove.js';

/** What of a request is to change. */
export interface RequestChange {
  readonly method?: string;
  /** Without host and query. */
  readonly path?: string;
  /** The whole text of the body. */
  readonly body?: string;
  /** What stood in the body that the shell fills in, and may stand in the path now. */
  readonly variables?: ReadonlySet<string>;
}

/** The edits that change a request in the form it stands in; one that is not possible is undefined. A record (HAR) is not rewritten. */
export function requestEdits(written: WrittenText, call: WrittenCall, change: RequestChange): (SourceEdit | undefined)[] {
  const { region } = call;
  const { request, method, path } = region;
  if (region.form === 'har') return [undefined];
  const isMoved = change.path !== undefined && change.path !== pathOf(request.url);
  const isOther = change.method !== undefined && change.method.toUpperCase() !== request.method.toUpperCase();
  if (region.form === 'payload' && (isMoved || isOther)) {
    const above = requestLineAbove(written.text, region.span.start);
    return above ? inLineAbove(call, above, change) : [asRequest(call, change)];
  }
  const edits: (SourceEdit | undefined)[] = [];
  if (isOther) edits.push(method ? method.edit(0, method.text.length, change.method as string) : methodAdded(written, call, change.method as string));
  if (isMoved) edits.push(path?.edit(0, path.text.length, change.path as string, change.variables));
  if (change.body !== undefined && change.body !== region.body?.text) edits.push(bodyEdit(call, change.body));
  return edits;
}

/** The line names the operation: it changes, where it is the one that the body was read for. */
function inLineAbove(call: WrittenCall, above: RequestLine, change: RequestChange): (SourceEdit | undefined)[] {
  const { request, body } = call.region;
  if (above.path.text !== pathOf(request.url) || above.method.text !== request.method) return [undefined];
  const written = ({ start, end }: SourceRange, newText: string): SourceEdit => ({ start, end, newText });
  return [
    ...(change.method === undefined || change.method === request.method ? [] : [written(above.method, change.method)]),
    ...(change.path === undefined ? [] : [written(above.path, change.path)]),
    ...(change.body === undefined || change.body === body?.text ? [] : [bodyEdit(call, change.body)]),
  ];
}

/** A body alone is that of POST /api/v2/conversations/calls: any other operation is named beside it. */
function asRequest(call: WrittenCall, { method, path, body }: RequestChange): SourceEdit | undefined {
  const { region } = call;
  const text = body ?? region.body?.text ?? '';
  const root = parseTree(text, [], { allowTrailingComma: true });
  if (!region.body || root?.type !== 'object') return undefined;
  const { lines, eol, indent, outdent } = layoutOf(text, root);
  const unit = indent.slice(outdent.length) || '  ';
  const inner = text.slice(root.offset, endOf(root));
  const members = [
    `"method": ${JSON.stringify(method ?? region.request.method)}`,
    `"url": ${JSON.stringify(path ?? region.request.url)}`,
    `"body": ${lines ? inner.replaceAll(/\n(?=[^\r\n])/g, `\n${unit}`) : inner}`,
  ];
  const whole = lines ? `{${eol}${members.map((m) => outdent + unit + m).join(`,${eol}`)}${eol}${outdent}}` : `{${members.join(', ')}}`;
  return region.body.edit(0, region.body.text.length, text.slice(0, root.offset) + whole + text.slice(endOf(root)));
}

function methodAdded(written: WrittenText, call: WrittenCall, method: string): SourceEdit | undefined {
  const { form, url } = call.region;
  if (form === 'curl') return optionAdded(written, call, `-X ${method}`);
  if (form === 'http') return url && { start: url.span.start, end: url.span.start, newText: `${method} ` };
  return documentEdit(written, call, (request) => [{ name: 'method', value: method }, ...(request.children ?? [])]);
}

/** The edit that puts an option at the beginning of a cURL command, or of one of its transfers. */
export function optionAdded({ text }: WrittenText, { region }: WrittenCall, option: string): SourceEdit {
  const { start } = region.span;
  const command = /^curl(?:\.exe)?/i.exec(text.slice(start, start + 8))?.[0].length ?? 0;
  const at = start + command;
  return { start: at, end: at, newText: command > 0 ? ` ${option}` : `${option} ` };
}

/** The edit that gives the request object of a JSON document other members. @param members of the request, whose offsets are those of its text */
export function documentEdit(
  { text }: WrittenText,
  { region }: WrittenCall,
  members: (request: Node, source: string) => readonly WantedMember[] | undefined,
): SourceEdit | undefined {
  const { start, end } = region.span;
  const source = text.slice(start, end);
  const request = parseTree(source, [], { allowTrailingComma: true });
  const wanted = request?.type === 'object' && source.endsWith('}') ? members(request, source) : undefined;
  return wanted && MappedText.plain(text, start, end).edit(0, source.length, rebuildObject(source, request as Node, wanted));
}
