import type { Node } from 'jsonc-parser';
import { endOf, jsonIn, layoutOf } from './jsonLayout.js';

/** A member that is to be in an object: one that is there, as it is, or a new one. `source` is its value as it is to be written. */
export type WantedMember = Node | NewMember;

export interface NewMember {
  readonly name: string;
  readonly value: unknown;
  readonly source?: string;
}

/** What stands between two members, a comma left out. */
interface Gap {
  /** In the line of the member before: a comment, with the blanks before it. */
  readonly trail: string;
  readonly broken: boolean;
  /** Before the next member: comments, and its indentation where the gap has a line break. */
  readonly lead: string;
  readonly comma: boolean;
}

/**
 * A text of JSON with other members in one of its objects. What stays keeps its layout and comments; comments that belong to a member
 * that goes, go with it.
 * @param object a node of the text
 * @param members those that are of the object stand in its order
 */
export function rebuildObject(text: string, object: Node, members: readonly WantedMember[]): string {
  const layout = layoutOf(text, object);
  const old = object.children ?? [];
  if (members.length === old.length && members.every((m, i) => m === old[i])) return text;
  const indices = new Map<WantedMember, number>(old.map((m, i) => [m, i]));
  const close = endOf(object) - 1;
  const gapAfter = (index: number): string => text.slice(index < 0 ? object.offset + 1 : endOf(old[index] as Node), old[index + 1]?.offset ?? close);
  const gaps = old.map((_, i) => split(gapAfter(i)));
  const first = split(gapAfter(-1));
  const last = gaps.at(-1) ?? first;
  const outside = (inside: string): string => text.slice(0, object.offset + 1) + inside + text.slice(close);
  if (members.length === 0 && !/\S/.test(first.trail) && !/\S/.test(last.lead)) return outside('');
  if (members.length === 0) return outside(first.trail + layout.eol + last.lead);

  let built = '';
  let before = -1;
  for (const [i, member] of members.entries()) {
    const index = indices.get(member) ?? -1;
    const gap = index < 0 ? undefined : (gaps[index - 1] ?? first);
    const isNext = index >= 0 && index === before + 1 && (i === 0 || before >= 0);
    if (isNext) built += gapAfter(index - 1);
    else {
      const trail = i === 0 ? first.trail : (gaps[before]?.trail ?? '');
      const breaks = i === 0 ? first.broken : layout.lines || gap?.broken || trail.includes('//');
      built += (i === 0 ? '' : ',') + trail + (breaks ? layout.eol : i === 0 ? layout.pad : layout.gap);
      built += gap?.broken ? gap.lead : (breaks ? layout.indent : '') + (gap?.lead ?? '');
    }
    built += 'type' in member ? text.slice(member.offset, endOf(member)) : written(member);
    before = index;
  }
  if (before >= 0 && before === old.length - 1) return outside(built + gapAfter(before));
  const trail = gaps[before]?.trail ?? '';
  const ending = last.broken ? layout.eol + last.lead : trail.includes('//') ? layout.eol + layout.outdent : layout.pad;
  return outside(built + (old.length > 0 && last.comma ? ',' : '') + trail + ending);

  function written({ name, value, source }: NewMember): string {
    return JSON.stringify(name) + layout.colon + (source ?? jsonIn(value, layout));
  }
}

const PIECE = /[^\n\r,/]+|\r?\n|\/\/[^\n\r]*|\/\*[\s\S]*?(?:\*\/|$)|[\s\S]/g;

function split(gap: string): Gap {
  let trail = '';
  let lead = '';
  let comma = false;
  let broken = false;
  for (const [piece] of gap.matchAll(PIECE)) {
    if (piece === ',' && !comma) comma = true;
    else if (!broken && /^\r?\n$/.test(piece)) broken = true;
    else if (broken) lead += piece;
    else trail += piece;
  }
  // Without a line break, what stands behind the comma belongs to what follows.
  return broken ? { trail: trail.trimEnd(), broken, lead, comma } : { trail: '', broken, lead: trail.trimStart(), comma };
}
