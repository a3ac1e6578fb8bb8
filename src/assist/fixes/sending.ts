import { header } from '../../exchange/exchange.js';
import type { SourceEdit } from '../../exchange/mappedText.js';
import { quoteWord } from '../../exchange/quoting.js';
import { isRecord } from '../../platform/json.js';
import type { WrittenCall, WrittenText } from '../writtenCall.js';
import { bodyEdit, nameOfMember } from './bodyPlace.js';
import { type Fixer, fixOf } from './fixer.js';
import { lineBehind, optionBehind, optionRemoved } from './headers.js';
import { documentEdit, optionAdded } from './requestEdits.js';
import { strictJson } from './strictJson.js';

/** The platform refuses comments and commas at the end. On one line, a comment takes the rest with it: what is meant is not known then. */
export const jsonExtras: Fixer = function* ({ call }) {
  const text = call.region.body?.text;
  if (text !== undefined && call.errors.length === 0)
    yield fixOf('Take out comments and trailing commas', [bodyEdit(call, strictJson(text))], { preferred: true });
};

/** What is encoded as a form arrives as no JSON. */
export const notSentAsJson: Fixer = function* ({ written, call }) {
  const { body, span } = call.region;
  const word = body?.word;
  if (!word || !/^%(?:7B|5B)/i.test(body.text)) return;
  const before = written.text.slice(span.start, word.start);
  const option = /--data-urlencode(?=[ \t]*$)/.exec(before);
  if (!option) return;
  const start = span.start + option.index;
  yield fixOf('Send it as it is: --data-raw', [{ start, end: start + option[0].length, newText: '--data-raw' }], { preferred: true });
};

/** The blank goes, so that the line goes on. Quotes have two ends, and what stands between may need more than other quotes. */
export const misreadByShell: Fixer = function* ({ written, problem: { range } }) {
  const mark = written.text.slice(range.start, range.end);
  if (/^[\\^`][ \t]+$/.test(mark))
    yield fixOf('Remove the blank behind the mark', [{ start: range.start + 1, end: range.end, newText: '' }], { preferred: true });
};

/** The operation takes no body, or the method sends none. */
export const unneededBody: Fixer = function* ({ written, call }) {
  yield fixOf('Remove the body', withoutBody(written, call), { preferred: true });
};

function withoutBody(written: WrittenText, call: WrittenCall): (SourceEdit | undefined)[] {
  const { text } = written;
  const { body, form, method, request } = call.region;
  if (!body) return [undefined];
  if (form === 'http') {
    const start = text.slice(0, body.span.start).trimEnd().length;
    return [{ start, end: body.span.end, newText: '' }];
  }
  if (form === 'json' || form === 'pact')
    return [documentEdit(written, call, (r) => (r.children ?? []).filter((m) => !/^(?:body|data)$/.test(nameOfMember(m)) || !m.children?.[1]))];
  if (form !== 'curl' || !body.word) return [undefined];
  const edit = optionRemoved(text, call, body.word, /(?:-d|--data(?:-raw|-binary|-ascii)?|--json)/);
  // -d made it a POST.
  return method || request.method === 'GET' ? [edit] : [edit, optionAdded(written, call, `-X ${request.method}`)];
}

/** A body for an operation that takes one: its example, with the number that is picked. */
export const noBody: Fixer = function* ({ written, call, values }) {
  const { model, region } = call;
  if (model?.example === undefined || region.body) return;
  const { phoneNumber } = values;
  const isPicked = phoneNumber !== undefined && isRecord(model.example) && 'phoneNumber' in model.example;
  const body: unknown = isPicked ? { ...model.example, phoneNumber } : model.example;
  const notes = isPicked ? [] : ['The body is an example: write the values that are meant.'];
  yield fixOf(`Add the body of ${model.name}`, [bodyAdded(written, call, body)], { notes, preferred: true });
};

/** With the Content-Type, where there is none: curl would send the body as a form. */
function bodyAdded(written: WrittenText, call: WrittenCall, body: unknown): SourceEdit | undefined {
  const { form, headers, url, shell, request } = call.region;
  const type = header(request.headers, 'content-type') === undefined ? 'Content-Type: application/json' : undefined;
  if (form === 'curl') {
    const quoted = [type, JSON.stringify(body)].map((word) => word && quoteWord(shell ?? 'posix', false, word, new Set()));
    const [typed, sent] = quoted;
    if (sent === undefined || (type && typed === undefined)) return undefined;
    return optionBehind(written, call, `${typed ? `-H ${typed} ` : ''}-d ${sent}`);
  }
  if (form === 'http') {
    const last = headers.at(-1)?.value.span.end ?? url?.span.end;
    const eol = written.text.includes('\r\n') ? '\r\n' : '\n';
    const lines = `${type ? type + eol : ''}${eol}${JSON.stringify(body, null, 2).replaceAll('\n', eol)}`;
    return last === undefined ? undefined : lineBehind(written.text, last, lines);
  }
  return undefined;
}
