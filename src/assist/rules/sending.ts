import { createScanner } from 'jsonc-parser';
import { header } from '../../exchange/exchange.js';
import type { MappedText } from '../../exchange/mappedText.js';
import { parseJson } from '../../exchange/parseJson.js';
import { placeholderOf } from '../../exchange/placeholders.js';
import type { Problem } from '../problem.js';
import type { WrittenCall } from '../writtenCall.js';
import { type BodyKind, bodyStart, errorIfSent, isForReading, problem, type Rule, type Subject, startOf, writtenHeader } from './rule.js';
import type { Target } from './target.js';

/** What the body is to be read as. */
export function bodyKindOf({ region }: WrittenCall, target: Target): BodyKind {
  const text = region.body?.text.trim();
  if (!text) return 'none';
  if (region.joined) return target.kind === 'token' ? 'form' : 'several';
  const type = header(region.request.headers, 'content-type')?.toLowerCase() ?? '';
  if (/^multipart\//.test(type) || isUnread(text)) return 'unread';
  if (/^[{[]/.test(text)) return 'json';
  const isForm = /^[\w.-]{1,60}=/.test(text);
  if (target.kind === 'token') return 'form';
  if (isForm && /x-www-form-urlencoded/.test(type)) return 'form';
  return /json/.test(type) || region.form === 'payload' ? 'json' : 'unread';
}

/** A variable, a substitution or a placeholder as a whole: what it stands for is not here. Of PowerShell, also an expression. */
const isUnread = (text: string): boolean => /^(?:\$\(|`|\(|@)/.test(text) || placeholderOf(text) !== undefined;

/** not-json, json-extras. */
export const json: Rule = function* (subject) {
  const { call } = subject;
  const body = call.region.body as MappedText;
  if (subject.body !== 'json') return;
  const [first] = call.errors;
  if (call.isTooDeep) yield problem('not-json', 'error', 'The JSON is nested too deeply to be read.', bodyStart(body), { call });
  else if (first) {
    const at = Math.min(first.offset, Math.max(0, body.text.trimEnd().length - 1));
    const read = parseJson(body.text, 1_000_000);
    const message = `${read.ok ? 'The JSON is not valid.' : read.problem}${whyNotJson(subject, body)}`;
    yield problem('not-json', 'error', message, call.range(at, at + Math.max(1, Math.min(first.length, 200))), { call });
  }
  yield* extras(call, body);
};

/** The mistakes that are made again and again. */
function whyNotJson({ call, text }: Subject, body: MappedText): string {
  const { form, shell } = call.region;
  if (/^\s*[\w.-]{1,60}=/.test(body.text)) return ' This is a form, name=value: write the fields as JSON, and send it with -d.';
  if (/[{,:[]\s*[“”]/.test(body.text)) return ' “ and ” are no quotes of JSON: write ".';
  const isStripped =
    form === 'curl' && !body.text.includes('"') && /^\s*\{\s*\w+\s*:/.test(body.text) && /\{\s*"/.test(text.slice(body.span.start, body.span.end));
  if (!isStripped) return '';
  return ` The shell takes the inner double quotes away: ${shell === 'cmd' ? 'write \\" for each of them' : 'put the whole body in single quotes'}.`;
}

const TRAILING_COMMA = /,\s{0,1000}(?:\/[/*]|[}\]])/;
const MOST_EXTRAS = 20;

/** Kinds of tokens, by jsonc-parser's SyntaxKind (an ambient const enum, which isolated modules cannot import). */
const [CLOSE_BRACE, CLOSE_BRACKET, COMMA, LINE_COMMENT, BLOCK_COMMENT, LINE_BREAK, BLANK, END] = [2, 4, 5, 12, 13, 14, 15, 17];

function* extras(call: WrittenCall, body: MappedText): Generator<Problem> {
  const { text } = body;
  const { form } = call.region;
  if (!/\/[/*]/.test(text) && !TRAILING_COMMA.test(text)) return;
  const tolerated = form !== 'curl' && form !== 'http';
  const say = (what: string, start: number, end: number): Problem =>
    problem(
      'json-extras',
      tolerated ? 'information' : 'error',
      tolerated ? `${what} is tolerated here; the platform refuses it.` : `${what} is sent as it stands, and JSON has none: the platform refuses it.`,
      call.range(start, end),
      { call },
    );
  const scanner = createScanner(text, false);
  let comma = -1;
  let told = 0;
  for (let token = scanner.scan() as number; token !== END && told < MOST_EXTRAS; token = scanner.scan()) {
    const start = scanner.getTokenOffset();
    if (token === LINE_COMMENT || token === BLOCK_COMMENT) {
      told++;
      yield say('A comment', start, start + scanner.getTokenLength());
    } else if (token === COMMA) comma = start;
    else if (token !== LINE_BREAK && token !== BLANK) {
      if ((token === CLOSE_BRACE || token === CLOSE_BRACKET) && comma !== -1) {
        told++;
        yield say('A comma at the end', comma, comma + 1);
      }
      comma = -1;
    }
  }
}

/** no-body, unneeded-body, body-not-sent-as-json: whether there is a body, and it arrives as one. */
export const presence: Rule = function* (subject) {
  const { call, target, body } = subject;
  const { region, model, operation } = call;
  if (target.kind !== 'operation') return;
  const method = region.request.method.toUpperCase();
  const takes = model !== undefined && model.fields.length > 0;
  if (body === 'several' && region.body)
    yield problem('body-not-sent-as-json', 'error', 'curl joins several -d with “&”: what is sent is no JSON. Put all of it into one -d.', region.body.span, {
      call,
    });
  else if (takes && region.body && /^%(?:7B|5B)/i.test(region.body.text))
    yield problem('body-not-sent-as-json', 'error', '--data-urlencode encodes the JSON as a form: use -d or --json.', bodyStart(region.body), { call });
  else if (body === 'none' && goesIntoUrl(call))
    yield problem('body-not-sent-as-json', 'error', '-G puts what -d gives into the URL: leave -G out.', startOf(call), { call });
  else if (takes && body === 'none' && !region.file && isWritten(region.form)) {
    const elsewhere = region.ignored.find((i) => /^(?:-F|--form)/.test(i.text));
    if (elsewhere)
      yield problem('body-not-sent-as-json', 'error', '-F sends a form (multipart), and the operation takes JSON: use -d or --json.', elsewhere, { call });
    else if (region.ignored.every((i) => !/^(?:-T|--upload-file|-K|--config|-d|--data|--json)/.test(i.text)))
      yield problem(
        'no-body',
        isNamedInSentence(subject) ? 'information' : errorIfSent(subject),
        `${method} ${operation?.path} takes a body, ${model.name}, and none is sent.`,
        startOf(call),
        {
          call,
          source: `${model.source}, ${model.asOf}`,
        },
      );
  }
  if (body !== 'none' && region.body && (method === 'GET' || method === 'HEAD') && operation)
    yield problem('unneeded-body', 'warning', `${method} takes no body: this one is not read.`, bodyStart(region.body), { call });
};

/** Code in a sentence names a command, and need not be all of it. */
const isNamedInSentence = (subject: Subject): boolean => isForReading(subject) && subject.text[subject.call.region.span.start - 1] === '`';

/** Forms that say everything that is sent; JSON forms leave out what does not matter to who writes them. */
const isWritten = (form: WrittenCall['region']['form']): boolean => form === 'curl' || form === 'http';

const goesIntoUrl = ({ region }: WrittenCall): boolean =>
  region.form === 'curl' && region.url !== undefined && region.request.url.length > region.url.text.length && /[?&](?:\{(?!\{)|%7B)/i.test(region.request.url);

/** wrong-content-type. FACTS §1.4 (415), §4.1. */
export const contentType: Rule = function* (subject) {
  const { call, target, body } = subject;
  const { region, model } = call;
  if (region.form !== 'curl' && region.form !== 'http') return;
  const written = writtenHeader(call, 'content-type');
  const type = (header(region.request.headers, 'content-type') ?? '').toLowerCase();
  const range = written?.span ?? (region.body ? bodyStart(region.body) : startOf(call));
  if (target.kind === 'token' && region.body && /json/.test(type) && /^\s*\{/.test(region.body.text))
    yield problem('wrong-content-type', 'error', 'A token is asked for with a form, application/x-www-form-urlencoded, not with JSON.', range, {
      call,
      source: 'RFC 6749 §4; purecloud-platform-client-v2 262.0.0, 2026-09-16',
    });
  if (target.kind !== 'operation' || body !== 'json' || /json|[{<$%]/.test(type)) return;
  if (type === '' && !model) return;
  const isImplied = region.form === 'curl' && written === undefined && type !== '';
  const says = isImplied
    ? 'Without a Content-Type curl sends -d as application/x-www-form-urlencoded'
    : type === ''
      ? 'No Content-Type is given'
      : 'This Content-Type is not that of the body';
  yield problem(
    'wrong-content-type',
    type === '' ? 'warning' : 'error',
    `${says}, and the platform takes JSON: send “Content-Type: application/json”.`,
    range,
    {
      call,
      source: 'Error 415 unsupported.media.type of the API specification, SDK 22.0.0, 2018-03-21',
    },
  );
};

/** no-token, foreign-header. FACTS §1.4 (401), §0 (warning). */
export const token: Rule = function* (subject: Subject) {
  const { call, target } = subject;
  const { region } = call;
  if (target.kind !== 'operation') return;
  for (const { name } of region.headers) {
    if (!/^x-genesys-user-id$/i.test(name.text.trim())) continue;
    const message = `The platform has no header ${name.text.trim()}: nobody is acted for by it. ${ON_BEHALF}`;
    yield problem('foreign-header', 'warning', message, name.span, { call });
  }
  if (region.form !== 'curl' && region.form !== 'http') return;
  const written = writtenHeader(call, 'authorization');
  const value = written?.text ?? header(region.request.headers, 'authorization');
  if (value === undefined) {
    if (region.ignored.some((i) => /^(?:-K|--config|-H|--header)/.test(i.text))) return;
    yield problem('no-token', 'information', 'No token is sent: the platform answers 401. Send “Authorization: Bearer” and a token.', startOf(call), { call });
  } else if (/^\s*basic\b/i.test(value))
    yield problem(
      'no-token',
      'error',
      'The API takes a bearer token. The id and secret of a client are for /oauth/token on the login host, which gives one.',
      written?.span ?? startOf(call),
      { call },
    );
};

export const ON_BEHALF = 'To call on behalf of an agent: POST /api/v2/conversations/calls/user/{userId}.';
