import type { Node } from 'jsonc-parser';
import type { SourceEdit } from '../../exchange/mappedText.js';
import { edits } from '../../platform/edits.js';
import { grantProblem } from '../../platform/grants.js';
import { scopeProblem } from '../../platform/scopes.js';
import type { Fix } from '../fix.js';
import { placeIn } from '../place.js';
import type { WrittenCall } from '../writtenCall.js';
import { bodyEdit, nodeAt } from './bodyPlace.js';
import { type Broken, fixOf, short } from './fixer.js';
import { endOf } from './jsonLayout.js';

/** A name that is none of the platform's, as it stands in the text. */
interface Name {
  readonly text: string;
  /** The edit that writes another in its place; without one, that takes it out of its list. */
  edit(to?: string): SourceEdit | undefined;
}

/** A scope that does not exist: the one that is meant, or none. */
export function* noSuchScope(broken: Broken): Generator<Fix | undefined> {
  const name = nameIn(broken);
  const nearest = scopeProblem(name.text, broken.operations)?.nearest;
  if (nearest !== undefined) yield fixOf(`Write the scope ${nearest}`, [name.edit(nearest)], { preferred: true });
  yield fixOf(`Remove “${short(name.text)}”`, [name.edit()], { preferred: nearest === undefined });
}

/** FACTS §4.1. */
const GRANTS = ['client_credentials', 'authorization_code', 'refresh_token', 'urn:ietf:params:oauth:grant-type:saml2-bearer'];

/** A grant that does not exist: the one that it is nearly spelt like, or that of an application. */
export function* noSuchGrant(broken: Broken): Generator<Fix | undefined> {
  const name = nameIn(broken);
  const plain = (grant: string): string => grant.toLowerCase().replaceAll('-', '_');
  const near = GRANTS.find((g) => edits(plain(name.text), plain(g), 4) < 4);
  const instead = grantProblem(name.text)?.instead;
  const grant = near ?? 'client_credentials';
  yield fixOf(`Write the grant ${grant}`, [name.edit(grant)], {
    notes: near === undefined && instead !== undefined ? [instead] : [],
    preferred: near !== undefined,
  });
}

function nameIn({ written, problem }: Broken): Name {
  const { range, call } = problem;
  const item = call && problem.pointer !== undefined ? itemIn(call, problem.pointer, range.start) : undefined;
  if (item) return item;
  const place = call && placeIn(call, range.start);
  const text = place && place.part !== 'command' ? place.text : undefined;
  const start = text?.textOffset(range.start);
  const end = text?.textOffset(range.end);
  const isInside = text !== undefined && start !== undefined && end !== undefined && end > start;
  const whole = isInside ? text.text : written.text;
  const [from, to] = isInside ? [start, end] : [range.start, range.end];
  return {
    text: decoded(whole.slice(from, to)),
    edit: (name) => {
      const gone = name === undefined ? withGap(whole, from, to) : { start: from, end: to };
      return isInside ? text.edit(gone.start, gone.end, name ?? '') : { ...gone, newText: name ?? '' };
    },
  };
}

/** With what separates it from the next in its list, or from the one before. */
function withGap(text: string, start: number, end: number): { readonly start: number; readonly end: number } {
  const after = /^(?:\+|%20|[ \t]*,[ \t]*|[ \t]+(?=[\w"'-]))/.exec(text.slice(end, end + 20))?.[0].length ?? 0;
  if (after > 0) return { start, end: end + after };
  const before = /(?:\+|%20|[ \t]*,[ \t]*|(?<=[\w"'])[ \t]+)$/.exec(text.slice(Math.max(0, start - 20), start))?.[0].length ?? 0;
  return { start: start - before, end };
}

/** One of a list of strings in a body. */
function itemIn(call: WrittenCall, pointer: string, at: number): Name | undefined {
  const found = nodeAt(call.tree, pointer);
  const list = found?.type === 'array' ? found : found?.parent;
  const items = list?.type === 'array' ? (list.children ?? []) : [];
  const index = items.findIndex((i) => i.type === 'string' && call.rangeOf(i).start <= at && at < call.rangeOf(i).end);
  const item = items[index];
  const body = call.region.body?.text;
  if (!item || body === undefined) return undefined;
  const before: Node | undefined = items[index - 1];
  const after: Node | undefined = items[index + 1];
  return {
    text: String(item.value),
    edit: (name) => {
      if (name !== undefined) return bodyEdit(call, body.slice(0, item.offset) + JSON.stringify(name) + body.slice(endOf(item)));
      const start = before ? endOf(before) : item.offset;
      return bodyEdit(call, body.slice(0, start) + body.slice(before || !after ? endOf(item) : after.offset));
    },
  };
}

/** As it stands in a form. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
