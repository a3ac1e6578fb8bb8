import type { MappedText } from '../exchange/mappedText.js';
import type { IdKind } from '../platform/bodies/bodyModel.js';
import { METHODS } from '../platform/operationIndex.js';
import type { Operation, Operations } from '../platform/operations.js';
import { nameOf, permissionWords } from '../platform/operationWords.js';
import { hostOf, REGIONS, regionOfHost } from '../platform/regions.js';
import { type Completion, sortKey } from './completion.js';
import type { FillValues } from './fix.js';
import { operationHelp } from './operationHelp.js';
import { kindOf } from './pathParameters.js';
import { writeAt, writingAt } from './writeAt.js';

/** How many paths are offered: as many as a person looks through. */
const MOST = 50;

/** A URL that is being written. */
export interface WritingUrl {
  readonly source: string;
  readonly url: MappedText;
  /** Offset in the URL's text, and in the source. */
  readonly at: number;
  readonly offset: number;
  /** The method that is written or implied. */
  readonly method: string;
}

interface Template {
  readonly operation: Operation;
  readonly segments: readonly string[];
  readonly rank: number;
}

/** The templates of all operations, the likeliest first; gathered once. */
const TEMPLATES = /* @__PURE__ */ new WeakMap<Operations, readonly Template[]>();

function templatesOf(operations: Operations): readonly Template[] {
  let templates = TEMPLATES.get(operations);
  if (!templates) {
    templates = [...operations.all()]
      .map((operation) => ({ operation, segments: operation.path.split('/'), rank: rankOf(operation) }))
      .sort((a, b) => a.rank - b.rank || a.segments.length - b.segments.length || (a.operation.path < b.operation.path ? -1 : 1));
    TEMPLATES.set(operations, templates);
  }
  return templates;
}

/** Calls first, then what else there is about conversations; what is deprecated after all. */
function rankOf({ path, deprecated }: Operation): number {
  const about = /^\/api\/v2\/conversations\/calls(?:\/|$)/.test(path) ? 0 : path.startsWith('/api/v2/conversations') ? 1 : 2;
  return about + (deprecated ? 3 : 0);
}

/** The paths of the API that begin with what is written, or the API hosts of the regions. */
export function completeUrl(writing: WritingUrl, operations: Operations, values: FillValues): Completion[] {
  const { text } = writing.url;
  const authority = /^[a-z][a-z0-9+.-]{0,20}:\/\//i.exec(text)?.[0].length ?? 0;
  const slash = text.indexOf('/', authority);
  const pathStart = slash === -1 ? text.length : slash;
  if (authority > 0 && writing.at <= pathStart) return hosts(writing, authority, pathStart);
  if (authority === 0 && pathStart > 0 && !/^[{$<%]/.test(text)) return [];
  const query = text.slice(pathStart).search(/[?#]/);
  const pathEnd = query === -1 ? text.length : pathStart + query;
  if (writing.at < pathStart || writing.at > pathEnd || (authority > 0 && isStranger(text))) return [];
  return paths(writing, pathStart, pathEnd, operations, values);
}

/** A host that is none of the platform's; what it answers is not known. */
function isStranger(url: string): boolean {
  const { kind, host } = hostOf(url);
  return kind === 'unknown' && !regionOfHost(host);
}

function hosts({ source, url, offset }: WritingUrl, start: number, end: number): Completion[] {
  const write = writingAt(source, url, start, end);
  return REGIONS.flatMap((region, index): Completion[] => {
    const host = `api.${region.domain}`;
    const edit = write(host);
    if (!edit || offset < edit.start) return [];
    return [{ label: host, kind: 'value', from: 'model', edit, filter: edit.newText, detail: region.label, documentation: [], sort: sortKey(1, index) }];
  });
}

function paths({ source, url, at, offset, method }: WritingUrl, start: number, end: number, operations: Operations, values: FillValues): Completion[] {
  const typed = url.text.slice(start, at).split('/');
  if (typed[0] !== '') return [];
  const fitting = templatesOf(operations).filter(({ segments }) => fits(segments, typed));
  const same = fitting.filter((t) => t.operation.method === method);
  const write = writingAt(source, url, start, end);
  const found: Completion[] = [];
  for (const { operation, segments, rank } of (same.length > 0 ? same : fitting).slice(0, MOST)) {
    const path = [...typed.slice(0, -1), last(segments[typed.length - 1] ?? '', typed.at(-1) ?? ''), ...segments.slice(typed.length)];
    const add = (filled: readonly string[], from: Completion['from'], detail: string): void => {
      const edit = write(filled.join('/'));
      if (!edit) return;
      const filter = `${source.slice(edit.start, Math.max(edit.start, offset))}${filled.join('/')}`;
      found.push({
        label: filled.join('/'),
        kind: 'operation',
        from,
        edit,
        filter,
        detail,
        sort: sortKey(rank, found.length),
        get documentation() {
          return operationHelp(operation, operations).lines.map((l) => l.text);
        },
      });
    };
    const picked = withPicked(path, segments, values);
    if (picked) add(picked.path, 'picked', `${operation.method}, for ${picked.names}`);
    add(path, 'model', same.length > 0 ? permissionWords(operation) : `${nameOf(operation)}, ${permissionWords(operation)}`);
  }
  return found;
}

/** A parameter keeps the value that is written. */
const last = (segment: string, typed: string): string => (segment.startsWith('{') && typed !== '' ? typed : segment);

/** Whether a template begins with segments, the last of which may be half written. */
function fits(template: readonly string[], typed: readonly string[]): boolean {
  if (typed.length > template.length) return false;
  return typed.every((segment, i) => {
    const own = template[i] ?? '';
    if (i === typed.length - 1) return own.startsWith('{') || own.startsWith(segment);
    return own === segment || (own.startsWith('{') && segment !== '');
  });
}

/** The path with what is picked in the place of its parameters; nothing where not all of them can be filled. */
function withPicked(
  path: readonly string[],
  template: readonly string[],
  { agent, queue }: FillValues,
): { readonly path: readonly string[]; readonly names: string } | undefined {
  const of: Partial<Record<IdKind, { readonly id: string; readonly name: string }>> = { ...(agent ? { user: agent } : {}), ...(queue ? { queue } : {}) };
  const names: string[] = [];
  const filled: string[] = [];
  for (const [i, segment] of path.entries()) {
    const name = /^\{(\w+)\}$/.exec(segment)?.[1];
    const kind = name === undefined ? undefined : kindOf(template, i, name);
    const pick = kind && of[kind];
    if (name !== undefined && !pick) return undefined;
    if (pick) names.push(pick.name);
    filled.push(pick ? encodeURIComponent(pick.id) : segment);
  }
  return names.length > 0 ? { path: filled, names: names.join(', ') } : undefined;
}

/** The methods that a path takes, or all of them where it is none of the API. */
export function completeMethod(source: string, method: MappedText, url: string, operations: Operations): Completion[] {
  const asked = operations.find('?', url);
  const allowed = asked.kind === 'wrong-method' ? asked.allowed : [...METHODS];
  return allowed.flatMap((name, index): Completion[] => {
    const edit = writeAt(source, method, 0, method.text.length, name);
    if (!edit) return [];
    const found = operations.find(name, url);
    const detail = found.kind === 'found' ? permissionWords(found.operation) : 'method';
    const documentation = found.kind === 'found' ? operationHelp(found.operation, operations).lines.map((l) => l.text) : [];
    return [{ label: name, kind: 'operation', from: 'model', edit, filter: edit.newText, detail, documentation, sort: sortKey(1, index) }];
  });
}
