import { getLocation } from 'jsonc-parser';
import type { MappedText, SourceEdit } from '../exchange/mappedText.js';
import { GUID_EXAMPLE, type IdKind } from '../platform/bodies/bodyModel.js';
import { fieldAt } from '../platform/bodies/fieldHelp.js';
import type { Operations } from '../platform/operations.js';
import { pointerTo } from '../platform/pointer.js';
import { pathParameters } from './pathParameters.js';
import { callAt, type WrittenCall, type WrittenText } from './writtenCall.js';

/** A place where an id goes: whose, and how to write one there. */
export interface IdPlace {
  readonly kind: IdKind;
  /** What stands there up to the cursor. */
  readonly typed: string;
  /** Where that begins, in the whole text. */
  readonly start: number;
  /** Puts an id there instead of what stands there; nothing where it cannot be written. */
  edit(id: string): SourceEdit | undefined;
}

/** The place for an id at an offset of the text: a value of the body, or a parameter of the path. */
export function idPlaceAt(written: WrittenText, offset: number, operations: Operations): IdPlace | undefined {
  const call = callAt(written, offset);
  return call && (inBody(call, offset) ?? inPath(call, offset, operations));
}

function inBody({ region: { body }, model }: WrittenCall, offset: number): IdPlace | undefined {
  const at = body?.textOffset(offset);
  if (!body || !model || at === undefined) return undefined;
  const { path, previousNode, isAtPropertyKey } = getLocation(body.text, at);
  const field = isAtPropertyKey ? undefined : fieldAt(model, pointerTo(...path));
  if (field?.format !== 'guid' || field.idOf === undefined) return undefined;
  if (field.type.endsWith('[]') && typeof path.at(-1) !== 'number') return undefined;
  const kind = field.idOf;
  const inside = previousNode?.type === 'string' && previousNode.offset < at && at <= previousNode.offset + previousNode.length;
  if (!inside) return isValueMissing(body.text, at) ? { kind, typed: '', start: offset, edit: (id) => body.edit(at, at, `"${id}"`) } : undefined;
  const first = previousNode.offset + 1;
  const last = previousNode.offset + previousNode.length - 1;
  const closed = last >= first && body.text[last] === '"';
  if (closed && at > last) return undefined;
  const typed = body.text.slice(first, at);
  return { kind, typed, start: body.sourceOffset(first), edit: (id) => (closed ? body.edit(first, last, id) : body.edit(first, at, `${id}"`)) };
}

/** Whether a value is still to be written: after a colon, or in a list after its bracket or a comma. */
const isValueMissing = (text: string, at: number): boolean =>
  /[:[,]\s*$/.test(text.slice(Math.max(0, at - 100), at)) && /^\s*(?:[,}\]]|$)/.test(text.slice(at, at + 100));

function inPath({ region }: WrittenCall, offset: number, operations: Operations): IdPlace | undefined {
  const path: MappedText | undefined = region.path;
  const at = path?.textOffset(offset);
  if (!path || at === undefined) return undefined;
  const start = path.text.lastIndexOf('/', at - 1) + 1;
  if (start === 0) return undefined;
  const end = /[/?#]|$/.exec(path.text.slice(at))?.index ?? 0;
  // An empty segment is no parameter, so the operation is looked for as if an id stood there.
  const filled = path.text.slice(0, start) + GUID_EXAMPLE + path.text.slice(at + end);
  const lookup = operations.find(region.request.method, filled);
  const parameter = lookup.kind === 'found' ? pathParameters(filled, lookup.operation).find((p) => p.start === start) : undefined;
  if (!parameter?.kind) return undefined;
  return { kind: parameter.kind, typed: path.text.slice(start, at), start: path.sourceOffset(start), edit: (id) => path.edit(start, at + end, id) };
}
