import type { Node } from 'jsonc-parser';
import type { SourceRange } from '../../exchange/mappedText.js';
import { placeholderOf, placeholdersInValue } from '../../exchange/placeholders.js';
import { type GrantProblem, grantProblem } from '../../platform/grants.js';
import { scopeProblem } from '../../platform/scopes.js';
import type { Problem, Severity } from '../problem.js';
import { memberAt } from './body.js';
import { problem, type Rule, type Subject } from './rule.js';
import { withoutSecret } from './shown.js';

export const GRANT_SEVERITY: Readonly<Record<GrantProblem['kind'], Severity>> = { 'no-such-grant': 'error', undocumented: 'warning', ending: 'information' };
export const grantMessage = ({ title, text, instead }: GrantProblem, name: string): string => withoutSecret(`${title}. ${text} ${instead}`, name);

/** no-such-grant, no-such-scope: in the form of a token request, in the query of a sign-in, and in the scopes of a client that is made. */
export const tokenRequest: Rule = function* (subject) {
  const { call, target, body } = subject;
  const { region, operation } = call;
  if (target.kind === 'token') {
    if (body === 'form' && region.body) yield* inForm(subject, region.body.text, 0, (start, end) => call.range(start, end));
    const { url } = region;
    const query = url?.text.indexOf('?') ?? -1;
    if (url && query !== -1) yield* inForm(subject, url.text.slice(query + 1), query + 1, (start, end) => url.sourceRange(start, end));
  } else if (operation && /^\/api\/v2\/oauth\/clients(?:\/\{clientId\})?$/.test(operation.path) && call.tree) yield* ofClient(subject, call.tree);
};

function* inForm(subject: Subject, form: string, at: number, range: (start: number, end: number) => SourceRange): Generator<Problem> {
  const { call, operations } = subject;
  let start = 0;
  for (const pair of form.slice(0, 20_000).split('&')) {
    const [, name = '', value = ''] = /^\s*(grant_type|response_type|scope)=([^&#\s]*)/.exec(pair) ?? [];
    const from = at + start + pair.indexOf('=') + 1;
    start += pair.length + 1;
    if (name === '' || value === '' || placeholderOf(value) || /[{$<]/.test(value)) continue;
    const words = decoded(value);
    if (name === 'scope') {
      let offset = from;
      // A blank is + or %20 here.
      for (const part of value.split(/(\+|%20)/)) {
        const found = part === '+' || part === '%20' || part === '' ? undefined : scopeProblem(decoded(part), operations);
        if (found)
          yield problem('no-such-scope', 'warning', withoutSecret(found.text, found.name), range(offset, offset + part.length), { call, source: found.source });
        offset += part.length;
      }
    } else if (name === 'grant_type' || words === 'token') {
      const found = grantProblem(words);
      if (found)
        yield problem('no-such-grant', GRANT_SEVERITY[found.kind], grantMessage(found, words), range(from, from + value.length), {
          call,
          source: found.source,
        });
    }
  }
}

function* ofClient({ call, operations }: Subject, tree: Node): Generator<Problem> {
  const scopes = memberAt(tree, ['scope'])?.value;
  for (const item of scopes?.type === 'array' ? (scopes.children ?? []) : []) {
    if (item.type !== 'string' || placeholdersInValue(item.value as string).length > 0) continue;
    const found = scopeProblem(item.value as string, operations);
    if (found)
      yield problem('no-such-scope', 'warning', withoutSecret(found.text, found.name), call.range(item.offset + 1, item.offset + item.length - 1), {
        call,
        source: found.source,
        pointer: '/scope',
      });
  }
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value.replaceAll('+', ' '));
  } catch {
    return value;
  }
}
