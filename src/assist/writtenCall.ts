import { getLocation, getNodePath, type Node, type ParseError, parseTree } from 'jsonc-parser';
import type { MappedText, SourceRange } from '../exchange/mappedText.js';
import type { Region } from '../exchange/region.js';
import { findRegions, type RegionHint } from '../exchange/regions.js';
import { bodyModelFor } from '../platform/bodies/bodies.js';
import type { BodyModel } from '../platform/bodies/bodyModel.js';
import type { Lookup, Operation, Operations } from '../platform/operations.js';
import { pointerTo } from '../platform/pointer.js';
import { parseUnfilled } from './unfilledJson.js';

/** A call request in a text, with what is known of its operation and body. Offsets without another word are those of the whole text. */
export class WrittenCall {
  /** What the method and path are in the API. */
  readonly lookup: Lookup;
  readonly operation: Operation | undefined;
  /** The values of the path's parameters, by name. */
  readonly params: Readonly<Record<string, string>>;
  /** The model of the body, where the operation has one that is known. */
  readonly model: BodyModel | undefined;
  #body: ReturnType<typeof parseBody> | undefined;

  constructor(
    readonly region: Region,
    operations: Operations,
  ) {
    const { method, url } = region.request;
    this.lookup = operations.find(method, url);
    this.operation = this.lookup.kind === 'found' ? this.lookup.operation : undefined;
    this.params = this.lookup.kind === 'found' ? this.lookup.params : {};
    this.model = this.operation && bodyModelFor(this.operation);
  }

  /** The body as JSON, also of one that is being typed: its offsets are those of `region.body.text`. Nothing where there is no body. */
  get tree(): Node | undefined {
    return this.#parsed().tree;
  }

  /** Where the body is no JSON, comments and trailing commas not counted. Offsets as in `tree`. */
  get errors(): readonly ParseError[] {
    return this.#parsed().errors;
  }

  /** True where the body is nested so deeply that it has no `tree`. */
  get isTooDeep(): boolean {
    return this.#parsed().tooDeep;
  }

  #parsed(): { readonly tree: Node | undefined; readonly errors: readonly ParseError[]; readonly tooDeep: boolean } {
    this.#body ??= parseBody(this.region.body?.text ?? '');
    return this.#body;
  }

  /** The range of the whole text for a part of the body. */
  range(start: number, end: number): SourceRange {
    return (this.region.body as MappedText).sourceRange(start, end);
  }

  /** The range of a node of `tree`. */
  rangeOf({ offset, length }: Node): SourceRange {
    return this.range(offset, offset + length);
  }

  /** The JSON pointer of what stands at an offset of the body's text; of a name, that of its member. */
  pointerAt(offset: number): string {
    return pointerTo(...getLocation((this.region.body as MappedText).text, offset).path);
  }
}

/** A placeholder outside of quotes (`"priority": {{p}}`) is a string here, whose value is the placeholder. */
export function parseBody(text: string): { readonly tree: Node | undefined; readonly errors: readonly ParseError[]; readonly tooDeep: boolean } {
  const errors: ParseError[] = [];
  try {
    const tree = /\S/.test(text) ? parseTree(text, errors, { allowTrailingComma: true }) : undefined;
    return { ...((errors.length > 0 && parseUnfilled(text)) || { tree, errors }), tooDeep: false };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return { tree: undefined, errors: [], tooDeep: true };
  }
}

/** The JSON pointer of a node of a body. */
export const pointerOf = (node: Node): string => pointerTo(...getNodePath(node));

/** A text with the call requests in it. */
export interface WrittenText {
  readonly text: string;
  readonly hint: RegionHint;
  readonly calls: readonly WrittenCall[];
  /** Why the text was not looked at, as a sentence. */
  readonly declined?: string;
}

/** Reads the call requests out of a text. Never throws; linear. */
export function readWritten(text: string, hint: RegionHint, operations: Operations): WrittenText {
  const { regions, declined } = findRegions(text, hint);
  return { text, hint, calls: regions.map((r) => new WrittenCall(r, operations)), ...(declined === undefined ? {} : { declined }) };
}

/** The call that an offset stands in, its end included. */
export const callAt = ({ calls }: WrittenText, offset: number): WrittenCall | undefined =>
  calls.find(({ region }) => region.span.start <= offset && offset <= region.span.end);
