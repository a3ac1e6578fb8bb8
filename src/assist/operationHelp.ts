import { bodyModelFor } from '../platform/bodies/bodies.js';
import { type HelpLine, type HelpText, listOf } from '../platform/bodies/fieldHelp.js';
import type { Lookup, Operation, Operations } from '../platform/operations.js';
import { nameOf, permissionWords, relationWords, requirementWords } from '../platform/operationWords.js';
import { relatedOperations } from '../platform/relatedOperations.js';
import { knownPaths, type Meant } from './knownPaths.js';

/** What is said of an operation, without a place. */
export interface OperationHelp {
  readonly title: string;
  readonly lines: readonly HelpLine[];
}

const code = (text: string): { readonly code: string } => ({ code: text });

/** What an operation does and requires, and what is done with it in other ways. */
export function operationHelp(operation: Operation, operations: Operations): OperationHelp {
  const model = bodyModelFor(operation);
  const related = relatedOperations(operations, operation).filter((r) => r.relation !== 'same-path');
  return {
    title: nameOf(operation),
    lines: [
      ...(model ? [{ kind: 'meaning' as const, text: [model.meaning] }] : []),
      ...requirementLines(operation),
      ...related.slice(0, MOST_RELATED).map(
        (r): HelpLine => ({
          kind: 'with',
          text: [capital(relationWords(r.relation)), ': ', code(nameOf(r.operation)), `. Permissions: ${permissionWords(r.operation)}.`],
        }),
      ),
      operationSource(operation, operations),
    ],
  };
}

const MOST_RELATED = 4;
const PERMISSION = /([A-Za-z][\w-]*(?::[A-Za-z*][\w*-]*){2})/;

/** Permissions, scopes, user context, divisions, and what of it is not verified. */
export function requirementLines(operation: Operation): HelpLine[] {
  const lines = requirementWords(operation).map(([name, words]): HelpLine => {
    const known = words === 'not known' ? 'not verified, no source tells' : words;
    const text: HelpText = `${capital(name)}: ${known}.`.split(PERMISSION).map((part, i) => (i % 2 === 1 ? code(part) : part));
    return { kind: name === 'status' || name === 'not verified' ? 'note' : 'requires', text };
  });
  if (operation.permissions.length > 0)
    lines.push({
      kind: 'requires',
      text: [
        'Divisions: a role grants a permission in some divisions or in all. Whether it is judged by division is not published for each operation; ',
        code('GET /api/v2/authorization/permissions'),
        ' tells it of each permission of the org.',
      ],
    });
  return lines;
}

/** Where what is said of an operation comes from. */
export const operationSource = ({ asOf }: Operation, { source }: Operations): HelpLine => ({
  kind: 'source',
  text: [`As of ${asOf}. ${source}`],
});

/** Of a method and path that the API does not have: what it has instead. */
export function missingOperationHelp(method: string, path: string, lookup: Exclude<Lookup, { kind: 'found' }>, operations: Operations): OperationHelp {
  const title = `${method.toUpperCase()} ${path}`;
  const listed: HelpLine = {
    kind: 'source',
    text: [`As of ${operations.listedAsOf}, ${operations.count} operations. ${operations.source}`],
  };
  if (lookup.kind === 'wrong-method') {
    const others = lookup.allowed.map((verb) => operations.find(verb, path)).flatMap((l) => (l.kind === 'found' ? [l.operation] : []));
    return {
      title,
      lines: [
        { kind: 'meaning', text: [`This path has no ${method.toUpperCase()}. It takes `, ...listOf(lookup.allowed), '.'] },
        ...others.map((o): HelpLine => ({ kind: 'with', text: [code(nameOf(o)), `: ${permissionWords(o)}.`] })),
        listed,
      ],
    };
  }
  const impersonates = /impersonat/i.test(path);
  const verb = method.toUpperCase();
  const meant = impersonates ? undefined : knownPaths(operations).meant(verb, path);
  return {
    title,
    lines: [
      { kind: 'meaning', text: ['The API has no such path.'] },
      ...(impersonates ? [IMPERSONATION] : []),
      ...(path.startsWith('/api/v2/') ? [] : [{ kind: 'note' as const, text: ['Paths of the API begin with ', code('/api/v2/'), '.'] }]),
      ...(meant ? [meantLine(verb, meant)] : []),
      listed,
    ],
  };
}

function meantLine(method: string, meant: Meant): HelpLine {
  const { operation } = meant;
  if (meant.kind === 'spelling') return { kind: 'with', text: ['Is ', code(`${method} ${meant.path}`), ` meant? Permissions: ${permissionWords(operation)}.`] };
  return { kind: 'with', text: ['The nearest by its words: ', code(nameOf(operation)), `. Permissions: ${permissionWords(operation)}.`] };
}

/** FACTS §4.5. */
const IMPERSONATION: HelpLine = {
  kind: 'note',
  text: [
    'No operation impersonates a user. To call on behalf of one: ',
    code('POST /api/v2/conversations/calls/user/{userId}'),
    '. To act as one: sign in as that user.',
  ],
};

const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);
