import { getNodeValue, type Node } from 'jsonc-parser';
import { fieldAt } from '../../platform/bodies/fieldHelp.js';
import { pathOf } from '../../platform/operations.js';
import type { FillValues, Fix } from '../fix.js';
import { pathParameters } from '../pathParameters.js';
import { placeIn } from '../place.js';
import { nodeAt, valueEdit } from './bodyPlace.js';
import { type FillValue, idFor, valueFor, valueNamed } from './fillValue.js';
import { type BrokenCall, type Fixer, fixOf, short } from './fixer.js';
import { tokenValue } from './tokenValue.js';

/** What was left to be filled in: the agent, queue or number that is picked, the host of the region, the token as a variable. */
export const placeholder: Fixer = function* (broken) {
  const { call, problem, values } = broken;
  const place = placeIn(call, problem.range.start);
  if (!place || place.part === 'command') return;
  const { text } = place;
  const start = text.textOffset(problem.range.start);
  const end = text.textOffset(problem.range.end);
  if (start === undefined || end === undefined || end <= start) return;
  const written = text.text.slice(start, end);
  if (place.part === 'header-value' && /^(?:proxy-)?authorization$/i.test(place.header.name.text.trim())) {
    const token = tokenValue(call);
    if (token) yield fixOf(`Use the variable ${token.name}`, [text.edit(start, end, token.text, token.variables)], { preferred: true });
    return;
  }
  const filled = place.part === 'body' ? [...inBody(broken, written)] : place.part === 'url' ? [...inUrl(broken, written)] : [];
  yield* filled;
  // In single quotes a variable is text.
  if (call.region.form === 'curl' && call.region.shell !== 'cmd' && /^\$/.test(written) && !text.variables().has(written))
    yield fixOf(`Let the shell fill in ${short(written)}`, [text.edit(start, end, written, [written])], { preferred: filled.length === 0 });

  function* inUrl(of: BrokenCall, name: string): Generator<Fix | undefined> {
    const { path, url } = call.region;
    if (path && problem.range.start >= path.span.start && problem.range.start < path.span.end) yield* fillParameter(of, name);
    else if (url && path && problem.range.end <= path.span.start) yield fillHost(of);
  }
  function* inBody(of: BrokenCall, name: string): Generator<Fix | undefined> {
    const node = problem.pointer === undefined ? undefined : nodeAt(call.tree, problem.pointer);
    if (node?.type !== 'string') return;
    const field = call.model && fieldAt(call.model, problem.pointer ?? '');
    const value = field ? valueFor(field, values) : valueNamed(name, values);
    if (!value || callsItself(of, node, value)) return;
    const isCallee = field?.name === 'callUserId';
    yield fixOf(isCallee ? `Call ${short(value.shown)}` : `Fill in ${short(value.shown)}`, [valueEdit(call, node, value.text)], {
      notes: isCallee ? ['callUserId is the user who is called, not the agent who calls.'] : [],
      preferred: !isCallee,
    });
  }
};

/** Whether the agent in the path would be called. */
function callsItself({ call, problem }: BrokenCall, node: Node, { text }: FillValue): boolean {
  return problem.pointer === '/callUserId' && call.params['userId']?.toLowerCase() === text.toLowerCase() && getNodeValue(node) !== text;
}

/** The parameter of the path that a problem is in gets what is picked. */
export function* fillParameter({ call, problem, values }: BrokenCall, name = ''): Generator<Fix | undefined> {
  const { path } = call.region;
  const at = path?.textOffset(problem.range.start);
  if (!path || at === undefined) return;
  const parameter = call.operation && pathParameters(path.text, call.operation).find((p) => p.start <= at && at < p.end);
  const value = parameter?.kind ? idFor(parameter.kind, values) : valueNamed(name, values);
  if (!value) return;
  const from = parameter?.start ?? path.text.lastIndexOf('/', at) + 1;
  const next = path.text.indexOf('/', at);
  const to = parameter?.end ?? (next === -1 ? path.text.length : next);
  yield fixOf(`Fill in ${short(value.shown)}`, [path.edit(from, to, value.text)], { preferred: true });
}

/** The host of the region of who is signed in, in the place of whatever stands before the path. */
export function fillHost({
  call,
  operations,
  values,
}: {
  readonly call: BrokenCall['call'];
  readonly operations: BrokenCall['operations'];
  readonly values: FillValues;
}): Fix | undefined {
  const { url, path, request } = call.region;
  const { api } = values;
  if (api === undefined || !url || !path) return undefined;
  const before = url.text.length - url.text.slice(url.text.indexOf(path.text, Math.max(0, url.text.indexOf('://') + 3))).length;
  const exists = (p: string): boolean => operations.find(request.method, p).kind === 'found';
  const own = pathOf(request.url);
  // `{{base}}/conversations/calls`: the version is in what is filled in.
  const version = !exists(own) && exists(`/api/v2${own}`) ? '/api/v2' : '';
  return fixOf(`Fill in the host of your region: ${api.replace(/^https?:\/\//, '')}`, [url.edit(0, before, api + version)], { preferred: true });
}
