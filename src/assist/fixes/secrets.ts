import type { SourceEdit } from '../../exchange/mappedText.js';
import type { RegionHeader } from '../../exchange/region.js';
import { TOKEN_VARIABLE } from '../../exchange/writeCurl.js';
import type { Fix } from '../fix.js';
import { placeIn } from '../place.js';
import type { WrittenText } from '../writtenCall.js';
import { type Broken, fixOf } from './fixer.js';
import { secretValue } from './tokenValue.js';

const NOTE = 'Set the variable where the request is sent from. Revoke the secret if others have seen it.';

/** A token or the secret of a client: a variable takes its place. */
export function* secret({ written, problem }: Broken): Generator<Fix | undefined> {
  const { range, call } = problem;
  const name = variableFor(written.text, range.start, call && headerAt(call.region.headers, range.start));
  if (!call) {
    yield fixOf(`Put the variable ${name} there`, [outside(written, range.start, range.end, name)], { notes: [NOTE], preferred: true });
    return;
  }
  const value = secretValue(call, name);
  const place = placeIn(call, range.start);
  const text = place && place.part !== 'command' ? place.text : undefined;
  const start = text?.textOffset(range.start);
  const end = text?.textOffset(range.end);
  const inside = text && start !== undefined && end !== undefined ? text.edit(start, end, value.text, value.variables) : undefined;
  const edit = inside ?? (text ? undefined : outside(written, range.start, range.end, name, value.text));
  const title = call.region.form === 'har' ? 'Take the secret out' : `Put the variable ${name} there`;
  yield fixOf(title, [edit], { notes: call.region.form === 'har' ? [] : [NOTE], preferred: true });
}

const headerAt = (headers: readonly RegionHeader[], offset: number): RegionHeader | undefined =>
  headers.find(({ value }) => value.span.start <= offset && offset <= value.span.end);

/** The names that Genesys Cloud's own tools use, or that of the header or parameter. */
function variableFor(text: string, start: number, header: RegionHeader | undefined): string {
  const before = text.slice(Math.max(0, start - 60), start);
  if (/\bbasic[ \t]{1,4}["']?$/i.test(before)) return 'GENESYSCLOUD_BASIC_CREDENTIALS';
  if (/\bbearer[ \t]{1,4}["']?$/i.test(before)) return TOKEN_VARIABLE;
  const named = /\b([\w-]{1,40}?)["']?[ \t]{0,4}[:=][ \t]{0,4}["']?$/.exec(before)?.[1] ?? header?.name.text.trim() ?? '';
  if (/refresh[_-]?token$/i.test(named)) return 'REFRESH_TOKEN';
  if (/token$|^authorization$/i.test(named)) return TOKEN_VARIABLE;
  return 'GENESYSCLOUD_OAUTHCLIENT_SECRET';
}

/** Where no part of a request stands: `-u id:secret`, an assignment in a script, a sentence. In single quotes a shell fills in nothing. */
function outside({ text, hint }: WrittenText, start: number, end: number, name: string, variable = variableIn(hint, name)): SourceEdit {
  const line = text.slice(text.lastIndexOf('\n', start - 1) + 1, start);
  const open = line.replace(/"[^"]*"/g, (quoted) => ' '.repeat(quoted.length)).split("'");
  if (!variable.startsWith('$') || open.length % 2 === 1) return { start, end, newText: variable };
  const from = start - (open.at(-1) ?? '').length - 1;
  const closing = text.indexOf("'", end);
  const to = closing === -1 ? end : closing + 1;
  const [before, after] = [text.slice(from + 1, start), text.slice(end, closing === -1 ? end : closing)];
  if (!variable.startsWith('$env:'))
    return { start: from, end: to, newText: `${before === '' ? '' : `'${before}'`}"${variable}"${after === '' ? '' : `'${after}'`}` };
  return { start: from, end: to, newText: `"${[before, variable, after].map((p) => (p === variable ? p : p.replace(/["`$]/g, '`$&'))).join('')}"` };
}

/** A variable as a text of this kind writes it; a placeholder where nothing fills one. */
function variableIn({ languageId = '', fileName = '' }: WrittenText['hint'], name: string): string {
  if (/^(?:shellscript|sh|bash|zsh)$/.test(languageId) || /\.(?:sh|bash|zsh)$/i.test(fileName)) return `$${name}`;
  if (languageId === 'powershell' || /\.ps1$/i.test(fileName)) return `$env:${name}`;
  if (languageId === 'bat' || /\.(?:bat|cmd)$/i.test(fileName)) return `%${name}%`;
  if (/^(?:http|rest)$/.test(languageId) || /\.(?:http|rest)$/i.test(fileName)) return `{{$processEnv ${name}}}`;
  return `<${name}>`;
}
