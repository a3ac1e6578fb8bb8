import type { Node } from 'jsonc-parser';
import type { MappedText, SourceRange } from '../../exchange/mappedText.js';
import { findPlaceholdersInUrl, type Placeholder, placeholderOf, placeholdersInValue } from '../../exchange/placeholders.js';
import type { Field, ObjectModel } from '../../platform/bodies/bodyModel.js';
import { fieldNamed } from '../../platform/bodies/checkBody.js';
import type { Problem, Severity } from '../problem.js';
import { filledByRestClient } from '../restClient.js';
import { pointerOf } from '../writtenCall.js';
import { errorIfSent, isForReading, problem, type Rule, type Subject } from './rule.js';
import { shown } from './shown.js';

/** placeholder: what somebody or some template should have filled in. */
export const placeholders: Rule = function* (subject) {
  if (subject.target.kind === 'other') return;
  yield* inUrl(subject);
  yield* inHeaders(subject);
  yield* inBody(subject);
};

/** What only a text like this can have a placeholder in: names and numbers cannot. */
const SUSPECT = /[<{$%[…]|x{3}|\?{3}|\.{3}|^\s*[A-Za-z][A-Za-z0-9]*(?:[-_][A-Za-z0-9]+)*\s*$|^\s*(?:your|insert|enter|bearer|token)\b/i;

function* inUrl(subject: Subject): Generator<Problem> {
  const { url } = subject.call.region;
  if (!url || !/[<{$%]/.test(url.text)) return;
  for (const found of findPlaceholdersInUrl(url.text)) {
    const said = saidOf(subject, found, url, found.start);
    if (said) yield told(subject, said, url.sourceRange(found.start, found.end));
  }
}

function* inHeaders(subject: Subject): Generator<Problem> {
  for (const { name, value } of subject.call.region.headers) {
    const isToken = /^(?:proxy-)?authorization$/i.test(name.text.trim());
    if (!isToken && !SUSPECT.test(value.text)) continue;
    for (const found of placeholdersInValue(value.text)) {
      // One word is a value like any other: `Accept-Language: string` is no header that somebody forgot.
      if (!isToken && (found.kind === 'words' || found.kind === 'filler')) continue;
      const said = saidOf(subject, found, value, found.start);
      if (!said) continue;
      const severity = isToken ? ofToken(subject, found, said.severity) : said.severity === 'error' ? 'warning' : said.severity;
      if (severity) yield told(subject, { ...said, severity }, value.sourceRange(found.start, found.end));
    }
  }
}

/** A token is not for a file, so that something stands in its place is right, unless it is sent like that. */
function ofToken({ call }: Subject, { kind }: Placeholder, severity: Severity): Severity | undefined {
  if (call.region.form === 'pact') return undefined;
  // A request document is not sent as it stands: whoever reads it has a token of their own.
  if (kind === 'shell' || kind === 'percent') return severity === 'information' ? undefined : call.region.form === 'json' ? 'information' : severity;
  if (kind === 'template' && call.region.form !== 'curl') return undefined;
  return 'information';
}

function* inBody(subject: Subject): Generator<Problem> {
  const { call, body } = subject;
  const { body: text } = call.region;
  if (!text) return;
  if (body === 'unread' || body === 'form') {
    if (!SUSPECT.test(text.text) && !/[<{$%]/.test(text.text)) return;
    const found = body === 'unread' ? placeholderOf(text.text) : undefined;
    const said = found && saidOf(subject, found, text, found.start);
    if (found && said) yield told(subject, said, text.sourceRange(found.start, found.end));
    return;
  }
  if (body !== 'json' || !call.tree) return;
  for (const { value, field } of suspectsIn(call.tree, call.model)) {
    for (const found of placeholdersInValue(value.value as string)) {
      const range = rangeIn(text, value, found);
      const said = saidOf(subject, found, text, value.offset + 1 + found.start);
      if (!said || (said.severity === 'information' && found.kind === 'words')) continue;
      const isFree = field !== undefined && isFreeText(field);
      // “string” and “x-here” may be what is meant where anything may stand.
      const severity = isFree && said.severity === 'error' ? (found.kind === 'words' || found.kind === 'filler' ? 'information' : 'warning') : said.severity;
      yield { ...told(subject, { ...said, severity }, range), pointer: pointerOf(value) };
    }
  }
}

/** A field that takes any text. */
const isFreeText = ({ format, values, type }: Field): boolean => format === undefined && values === undefined && /^(?:string|map)/.test(type);

interface Suspect {
  readonly value: Node;
  readonly field: Field | undefined;
}

/** The strings of a body that may be or hold a placeholder, each with the field that it is a value of, where the model has it. */
function suspectsIn(root: Node, model: ObjectModel | undefined): Suspect[] {
  const found: Suspect[] = [];
  const visit = (node: Node, object: ObjectModel | undefined, field: Field | undefined): void => {
    if (node.type === 'string') {
      if (SUSPECT.test(node.value as string)) found.push({ value: node, field });
    } else if (node.type === 'array') for (const child of node.children ?? []) visit(child, object, field);
    else if (node.type === 'object')
      for (const member of node.children ?? []) {
        const [name, value] = member.children ?? [];
        if (!name || !value || value.type === 'number') continue;
        const own = object ? fieldNamed(object, name.value as string) : field?.type.startsWith('map') ? field : undefined;
        visit(value, own?.object, own);
      }
  };
  visit(root, model, undefined);
  return found;
}

/** The place of a placeholder inside of a string; the string where an escape stands before it, or where it is not in quotes. */
function rangeIn(text: MappedText, node: Node, { start, end, text: written }: Placeholder): SourceRange {
  const from = node.offset + 1 + start;
  if (text.text.startsWith(written, from)) return text.sourceRange(from, from + end - start);
  return text.sourceRange(node.offset, node.offset + node.length);
}

interface Said {
  readonly severity: Severity;
  readonly message: string;
}

const told = ({ call }: Subject, { severity, message }: Said, range: SourceRange): Problem => problem('placeholder', severity, message, range, { call });

/** What becomes of a placeholder; nothing where something fills it and nobody has to know. @param at in the text of `part` */
function saidOf(subject: Subject, { kind, text }: Placeholder, part: MappedText, at: number): Said | undefined {
  const { call } = subject;
  const name = shown(text);
  const sent: Said = { severity: errorIfSent(subject), message: `${name} was never filled in: put the value there that it stands for.` };
  switch (kind) {
    case 'template':
      return ofTemplate(subject, text, name, part, at) ?? sent;
    case 'shell':
      return ofShell(subject, text, name, part, at);
    case 'percent':
      if (call.region.form === 'curl' && call.region.shell === 'cmd') return FILLED(name, 'cmd');
      return { ...sent, message: `${name} is a variable of cmd, and nothing fills it in here.` };
    case 'brace':
      return { severity: isForReading(subject) ? 'information' : 'error', message: `${name} is a parameter of the path: put a value there.` };
    default:
      return sent;
  }
}

const FILLED = (name: string, shell: string): Said => ({
  severity: 'information',
  message: `${name} is filled in by ${shell}, where it is set. Whoever reads the command without running it, as Call Doctor does, has to know its value.`,
});

function ofTemplate({ call, text: whole, isTemplate }: Subject, text: string, name: string, part: MappedText, at: number): Said | undefined {
  const { form } = call.region;
  const { start } = part.sourceRange(at, at + 1);
  // ${{ … }}: an expression of the runner of a workflow.
  if (isTemplate || whole[start - 1] === '$') return { severity: 'information', message: `${name} is filled in by what reads this file as a template.` };
  if (form !== 'http' && form !== 'json') return undefined;
  const own = filledByRestClient(text);
  return {
    severity: 'information',
    message: own
      ? `${name} is filled in by the REST client ${own}.`
      : `${name} is not defined in this file: an environment has to, or it is sent as it stands.`,
  };
}

function ofShell(subject: Subject, text: string, name: string, part: MappedText, at: number): Said {
  const { region } = subject.call;
  const nobody: Said = { severity: errorIfSent(subject), message: `${name} is a variable of a shell, and nothing fills it in here.` };
  if (region.form !== 'curl') return nobody;
  if (region.shell === 'cmd') return { ...nobody, message: `${name} is sent as it stands: cmd fills in %NAME% only.` };
  const { start, end } = part.sourceRange(at, at + text.length);
  // Where a `$` that is text would have to be written in another way, this one is none.
  if (subject.text.slice(start, end) === text && part.encode('$', at + 1) !== '$')
    return FILLED(name, region.shell === 'powershell' ? 'PowerShell' : 'the shell');
  return { ...nobody, message: `${name} is sent as it stands: in single quotes, or behind a backslash, the shell takes it as text.` };
}
