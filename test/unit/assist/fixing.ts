import assert from 'node:assert/strict';
import type { FillValues, Fix } from '../../../src/assist/fix.js';
import { fixesFor } from '../../../src/assist/fixes.js';
import { lint } from '../../../src/assist/lint.js';
import type { Problem, ProblemCode } from '../../../src/assist/problem.js';
import { readWritten, type WrittenText } from '../../../src/assist/writtenCall.js';
import type { RegionHint } from '../../../src/exchange/regions.js';
import { GUID, OTHER_GUID, operations } from '../platform/facts.js';

export const AGENT = { id: GUID, name: 'Sales Agent 7' };
export const QUEUE = { id: OTHER_GUID, name: 'Sales EMEA' };
export const VALUES: FillValues = { agent: AGENT, queue: QUEUE, phoneNumber: '+13175550142', country: 'US', api: 'https://api.usw2.pure.cloud' };

export const read = (text: string, hint: RegionHint = {}): WrittenText => readWritten(text, hint, operations);

/** The text with a fix made. Its edits are in it, and apart from each other. */
export function made(text: string, fix: Fix): string {
  let end = text.length;
  let after = text;
  for (const edit of [...fix.edits].sort((a, b) => b.start - a.start || b.end - a.end)) {
    assert.ok(edit.start >= 0 && edit.start <= edit.end && edit.end <= end, `${fix.title}: ${JSON.stringify(fix.edits)}`);
    end = edit.start;
    after = after.slice(0, edit.start) + edit.newText + after.slice(edit.end);
  }
  assert.notEqual(after, text, `${fix.title} changes nothing`);
  return after;
}

/** The first problem of a code, at a pointer if one is given. */
export function problemIn(written: WrittenText, code: ProblemCode, pointer?: string): Problem {
  const all = lint(written, operations);
  const found = all.find((p) => p.code === code && (pointer === undefined || p.pointer === pointer));
  assert.ok(found, `no ${code} in ${written.text}\n${all.map((p) => `${p.code} ${p.pointer ?? ''}`).join('\n')}`);
  return found;
}

export function fixesOf(text: string, hint: RegionHint, code: ProblemCode, pointer?: string, values: FillValues = VALUES): Fix[] {
  const written = read(text, hint);
  const fixes = fixesFor(written, problemIn(written, code, pointer), operations, values);
  assert.ok(fixes.filter((f) => f.preferred).length <= 1);
  return fixes;
}

/** The text after the fix whose title begins so. */
export function mended(text: string, hint: RegionHint, code: ProblemCode, title: string | RegExp, pointer?: string, values: FillValues = VALUES): string {
  const fixes = fixesOf(text, hint, code, pointer, values);
  const fix = fixes.find((f) => (typeof title === 'string' ? f.title.startsWith(title) : title.test(f.title)));
  assert.ok(fix, `no “${title}” among\n${fixes.map((f) => f.title).join('\n')}\nfor ${text}`);
  return made(text, fix);
}

/** Where a request can stand. `write` gives a text with one request for placing a call. */
export interface Form {
  readonly name: string;
  readonly hint: RegionHint;
  write(body: string, request?: { readonly url?: string; readonly method?: string; readonly headers?: readonly (readonly [string, string])[] }): string;
}

const URL = 'https://api.mypurecloud.com/api/v2/conversations/calls';
const JSON_TYPE = [['Content-Type', 'application/json']] as const;
type Quote = (text: string) => string;

const curl =
  (quote: Quote, quoteBody: Quote, continued: string, program = 'curl'): Form['write'] =>
  (body, { url = URL, method = 'POST', headers = JSON_TYPE } = {}) =>
    [`${program} -X ${method}`, quote(url), ...headers.map(([n, v]) => `-H ${quote(`${n}: ${v}`)}`), `-d ${quoteBody(body)}`].join(continued);
const single: Quote = (t) => `'${t.replaceAll("'", "'\\''")}'`;
const double: Quote = (t) => `"${t.replace(/[\\"$`]/g, '\\$&')}"`;
const ansi: Quote = (t) => `$'${t.replace(/[\\']/g, '\\$&').replaceAll('\n', '\\n').replaceAll('\t', '\\t')}'`;
const cmd: Quote = (t) => `"${t.replace(/(\\*)"/g, '$1$1\\"')}"`;
const caret: Quote = (t) =>
  `^"${t
    .replace(/(\\*)"/g, '$1$1\\"')
    .replace(/[^a-zA-Z0-9\s_\-:=+~'/.',?;()*`\\]/g, '^$&')
    .replaceAll('\n', '^\n\n')}^"`;
const psSingle: Quote = (t) => `'${t.replaceAll("'", "''")}'`;
const psDouble: Quote = (t) => `"${t.replace(/["`$]/g, '`$&')}"`;
const document = (body: string, url: string, method: string, headers: readonly (readonly [string, string])[]): string =>
  `{\n  "method": "${method}",\n  "url": "${url}",\n  "headers": ${JSON.stringify(Object.fromEntries(headers))},\n  "body": ${body.replaceAll('\n', '\n  ')}\n}\n`;

export const FORMS: readonly Form[] = [
  { name: 'bash, single quotes', hint: { languageId: 'shellscript' }, write: curl(single, single, ' \\\n  ') },
  { name: 'bash, double quotes', hint: { languageId: 'shellscript' }, write: curl(double, double, ' \\\n  ') },
  { name: "bash, $'…'", hint: { languageId: 'shellscript' }, write: curl(single, ansi, ' ') },
  { name: 'a here-document', hint: { languageId: 'shellscript' }, write: (b, r) => `${curl(single, () => '@-', ' ')('', r)} <<'END'\n${b}\nEND\necho done\n` },
  {
    name: 'Markdown',
    hint: { languageId: 'markdown' },
    write: (b, r) => `Don't:\n\n\`\`\`bash\n${curl(double, single, ' \\\n ')(b, r)}\n\`\`\`\n\nThat's all.\n`,
  },
  {
    name: 'cmd, quotes',
    hint: { fileName: 'x.bat' },
    write: (b, r) => `@echo off\r\n${curl(cmd, (t) => cmd(t.replaceAll(/\n\s*/g, ' ')), ' ^\r\n  ')(b, r)}\r\n`,
  },
  { name: 'cmd, carets', hint: { fileName: 'x.bat' }, write: curl(caret, caret, ' ^\n  ') },
  { name: 'PowerShell, single quotes', hint: { languageId: 'powershell' }, write: curl(psSingle, psSingle, ' `\n  ', 'curl.exe') },
  { name: 'PowerShell, double quotes', hint: { languageId: 'powershell' }, write: curl(psDouble, psDouble, ' `\n  ', 'curl.exe') },
  {
    name: 'PowerShell before 7.3',
    hint: { languageId: 'powershell' },
    write: curl(psSingle, (t) => psSingle(t.replace(/(\\*)"/g, '$1$1\\"')), ' `\n  ', 'curl.exe'),
  },
  {
    name: '.http',
    hint: { languageId: 'http' },
    write: (b, { url = URL, method = 'POST', headers = JSON_TYPE } = {}) =>
      `### first\n${method} ${url} HTTP/1.1\n${headers.map(([n, v]) => `${n}: ${v}\n`).join('')}\n${b}\n\n### second\nGET https://api.mypurecloud.com/api/v2/users/me\nAuthorization: Bearer {{token}}\n`,
  },
  {
    name: 'Pact',
    hint: { languageId: 'json', fileName: 'p.json' },
    write: (b, { url = URL, method = 'POST', headers = JSON_TYPE } = {}) =>
      `{\n  "consumer": {"name": "c"},\n  "provider": {"name": "p"},\n  "interactions": [\n    {\n      "description": "a call",\n      "request": {\n        "method": "${method}",\n        "path": "${url.replace(/^https?:\/\/[^/]*/, '')}",\n        "headers": ${JSON.stringify(Object.fromEntries(headers))},\n        "body": ${b.replaceAll('\n', '\n        ')}\n      },\n      "response": {"status": 200}\n    }\n  ]\n}\n`,
  },
  {
    name: 'JSON request',
    hint: { languageId: 'json' },
    write: (b, { url = URL, method = 'POST', headers = JSON_TYPE } = {}) => document(b, url, method, headers),
  },
  {
    name: 'JSON request, its body a string',
    hint: { languageId: 'json' },
    write: (b, { url = URL, method = 'POST', headers = JSON_TYPE } = {}) => document(JSON.stringify(b), url, method, headers),
  },
  { name: '*.call.json', hint: { languageId: 'json', fileName: 'a.call.json' }, write: (b) => `${b}\n` },
];
/** Those that say method, URL and headers. */
export const WHOLE_FORMS = FORMS.filter((f) => f.name !== '*.call.json');

/** What is sent by the only or first call of a text: method, URL and the parsed body. */
export function sent(text: string, hint: RegionHint): { readonly method: string; readonly url: string; readonly body: unknown; readonly headers: unknown } {
  const request = read(text, hint).calls[0]?.region.request;
  assert.ok(request, text);
  const { method, url, headers, body } = request;
  return { method, url, headers, body: body === undefined ? undefined : parsed(body, text) };
}

/** What is sent by the first call of a text beside its body. */
export function around(text: string, hint: RegionHint): unknown {
  const { method, url, headers } = read(text, hint).calls[0]?.region.request ?? assert.fail(text);
  return { method, url, headers };
}

function parsed(body: string, text: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    assert.fail(`${body}\nin\n${text}`);
  }
}
