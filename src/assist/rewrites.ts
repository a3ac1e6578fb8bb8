import { getNodeValue } from 'jsonc-parser';
import { type ChangedCall, mayBeOnBehalf, onBehalfOf, toOnBehalf, toPlain } from '../platform/conversion/onBehalf.js';
import type { Operations } from '../platform/operations.js';
import type { FillValues, Fix } from './fix.js';
import { convertWhole } from './fixes/conversion.js';
import { fixOf } from './fixes/fixer.js';
import { requestEdits } from './fixes/requestEdits.js';
import type { WrittenCall, WrittenText } from './writtenCall.js';

/** What can be made of a whole call, whether or not something is wrong with it: the valid request, the operation on behalf of an agent and back. */
export function rewritesAt(written: WrittenText, call: WrittenCall, operations: Operations, values: FillValues): Fix[] {
  return [convertWhole(written, call), forAgent(written, call, operations, values), forOneself(written, call, operations)].filter((f) => f !== undefined);
}

function forAgent(written: WrittenText, call: WrittenCall, operations: Operations, { agent }: FillValues): Fix | undefined {
  const request = requestOf(call);
  if (!mayBeOnBehalf(request)) return undefined;
  const changed = toOnBehalf(request, agent?.id);
  const operation = changed && operationOf(changed, operations);
  if (!changed || !operation) return undefined;
  const notes = agent ? [] : ['Put the id of the agent in the place of {userId}.'];
  if (operation.permissions.length > 0) notes.push(`It requires ${operation.rule === 'all' ? 'all' : 'any'} of ${operation.permissions.join(', ')}.`);
  const title = `${verbOf(request.url)} on behalf of ${agent?.name ?? 'an agent'}: ${request.method} ${shortPath(operation.path)}`;
  return fixOf(title, requestEdits(written, call, { path: changed.path }), { notes });
}

function forOneself(written: WrittenText, call: WrittenCall, operations: Operations): Fix | undefined {
  const request = requestOf(call);
  const changed = onBehalfOf(request) && toPlain(request);
  const operation = changed && operationOf(changed, operations);
  if (!changed || !operation) return undefined;
  const notes = operation.userContext === 'required' ? ['It needs the token of a user: client credentials are answered 400 not.a.user.'] : [];
  const title = `${verbOf(request.url)} as the owner of the token: ${request.method} ${shortPath(operation.path)}`;
  return fixOf(title, requestEdits(written, call, { path: changed.path }), { notes });
}

const requestOf = ({ region, tree }: WrittenCall) => ({
  method: region.request.method.toUpperCase(),
  url: region.request.url,
  body: tree && getNodeValue(tree),
});

const operationOf = ({ method, path }: ChangedCall, operations: Operations) => {
  const found = operations.find(method, path);
  return found.kind === 'found' ? found.operation : undefined;
};

const verbOf = (url: string): string => (url.includes('/participants') ? 'Do it' : 'Call');
const shortPath = (path: string): string => path.replace(/^.*\/conversations(?=\/)/, '…');
