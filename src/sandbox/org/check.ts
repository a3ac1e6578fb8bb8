import type { Operations } from '../../platform/operations.js';
import { permissionMatcher } from './catalogue.js';
import { didYouMean, nearest } from './nearest.js';
import type { OrgFile } from './orgFile.js';
import { operationMatcher } from './patterns.js';
import type { ShapeProblem } from './shape.js';

/** What an org file says of permissions, operations and scopes, held against the platform's index: a misspelt name would do nothing. */
export function checkAgainst(file: OrgFile, index: Operations): ShapeProblem[] {
  const problems: ShapeProblem[] = [];
  const each = (list: readonly string[] | undefined, pointer: string, check: (name: string, index: Operations) => string | undefined): void => {
    (list ?? []).forEach((name, i) => {
      const why = check(name, index);
      if (why !== undefined) problems.push({ pointer: `${pointer}/${i}`, why });
    });
  };
  each(file.permissions?.lacks, '/permissions/lacks', unknownPermission);
  each(file.permissions?.divisionAware, '/permissions/divisionAware', unknownPermission);
  (file.faults ?? []).forEach((fault, i) => {
    each(fault.operations, `/faults/${i}/operations`, unknownOperation);
  });
  (file.accessRules ?? []).forEach((rule, i) => {
    each(rule.operations, `/accessRules/${i}/operations`, unknownOperation);
    each(rule.permissions, `/accessRules/${i}/permissions`, unknownPermission);
  });
  each(file.specification?.removes, '/specification/removes', unknownOperation);
  (file.specification?.changes ?? []).forEach(({ operation }, i) => {
    const why = unknownOperation(operation, index);
    if (why !== undefined) problems.push({ pointer: `/specification/changes/${i}/operation`, why });
  });
  file.clients.forEach((client, i) => {
    each(client.scopes, `/clients/${i}/scopes`, misspeltScope);
  });
  return problems;
}

function unknownPermission(pattern: string, { permissions }: Operations): string | undefined {
  const matches = permissionMatcher([pattern]);
  for (const permission of permissions) if (matches(permission)) return undefined;
  return `"${pattern}" matches no permission of the platform${didYouMean(nearestPermission(pattern, permissions))}`;
}

/** The nearest permission, with stars where the pattern has them. */
function nearestPermission(pattern: string, permissions: Iterable<string>): string | undefined {
  const wanted = pattern.split(':');
  const starred = new Set<string>();
  for (const permission of permissions)
    if (permission !== '')
      starred.add(
        permission
          .split(':')
          .map((part, i) => (wanted[i] === '*' ? '*' : part))
          .join(':'),
      );
  return nearest(pattern, starred);
}

function unknownOperation(pattern: string, index: Operations): string | undefined {
  const [method = '', template = ''] = pattern.split(' ');
  // What is not of the API, as POST /oauth/token and GET /channels/*, is not in its index.
  if (/^\/(?:oauth|channels)\//.test(template)) return undefined;
  if (method === '*' || template.endsWith('*')) {
    const matches = operationMatcher([pattern]);
    for (const operation of index.all()) if (matches(`${operation.method} ${operation.path}`)) return undefined;
    return `"${pattern}" matches no operation of the platform`;
  }
  const found = index.find(method, template);
  const known = found.kind === 'found' ? `${found.operation.method} ${found.operation.path}` : undefined;
  if (known === pattern) return undefined;
  return `"${pattern}" is no operation of the platform${didYouMean(known ?? nearest(pattern, names(index)))}`;
}

function* names(index: Operations): Generator<string> {
  for (const { method, path } of index.all()) yield `${method} ${path}`;
}

/** The list of scopes is not complete (FACTS §4.3): only what is all but one of them is taken for a misspelling. */
function misspeltScope(scope: string, { scopes }: Operations): string | undefined {
  if (scopes.has(scope)) return undefined;
  const near = nearest(scope, scopes);
  return near === undefined ? undefined : `"${scope}" is no known scope${didYouMean(near)}`;
}
