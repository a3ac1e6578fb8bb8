import { decodeBase64 } from '../../exchange/base64.js';
import type { Problem } from '../problem.js';
import type { WrittenCall, WrittenText } from '../writtenCall.js';
import { problem } from './rule.js';
import { looksSecret } from './shown.js';

/** After a scheme, and after the name of a token or of the secret of a client; the value is what each match ends with. */
const PLACES =
  /\b(bearer|basic)[ \t]{1,4}["']?([\w.~+/=-]{16,4000})|(client[_ -]?secret|(?:access|refresh)[_-]?token)["']?[ \t]{0,4}[:=][ \t]{0,4}["']?([\w.~+/=-]{16,4000})/gi;
/** `-u id:secret` of curl. */
const USER = /(?:^|\s)(?:-u|--user)[ \t=]{0,4}["']?[^\s"':]{1,200}:([^\s"'\\]{8,1000})/g;
const MOST = 200;

const HOW = 'Take it out, and revoke it if others have seen it. Keep it where Call Doctor signs in, or in a variable of the shell.';
const MESSAGES: Readonly<Record<string, string>> = {
  bearer: `A token stands here: whoever reads this text may do what it may. ${HOW}`,
  basic: `The secret of an OAuth client stands here; base64 hides nothing. ${HOW}`,
  secret: `The secret of an OAuth client stands here: whoever reads this text can be the client. ${HOW}`,
};

/** secret: tokens and secrets of clients that are pasted into a text. Never a part of one in a message. */
export function* secrets({ text, calls }: WrittenText): Generator<Problem> {
  const inCalls = new Spans(calls);
  const isRecord = calls.some(({ region }) => region.form === 'har');
  const told = new Set<string>();
  let count = 0;
  for (const match of text.matchAll(PLACES)) {
    const [whole, scheme, behind, name, value = behind ?? ''] = match;
    const kind = scheme ? scheme.toLowerCase() : /token/i.test(name ?? '') ? 'bearer' : 'secret';
    if (kind === 'basic' ? !isSecretPair(value) : !looksSecret(value)) continue;
    // A record has the same token in each of its requests.
    if (isRecord && told.has(value)) continue;
    told.add(value);
    const start = match.index + whole.length - value.length;
    yield at(MESSAGES[kind] as string, start, value.length, inCalls.at(start));
    if (++count === MOST) return;
  }
  for (const call of calls) {
    if (call.region.form !== 'curl') continue;
    const { start, end } = call.region.span;
    for (const match of text.slice(start, end).matchAll(USER)) {
      const value = match[1] ?? '';
      if (looksSecret(value)) yield at(MESSAGES['secret'] as string, start + match.index + match[0].length - value.length, value.length, call);
    }
  }
}

const at = (message: string, start: number, length: number, call: WrittenCall | undefined): Problem =>
  problem('secret', 'warning', message, { start, end: start + length }, call ? { call } : {});

function isSecretPair(value: string): boolean {
  const pair = decodeBase64(value);
  const colon = pair?.indexOf(':') ?? -1;
  return pair !== undefined && colon > 0 && looksSecret(pair.slice(colon + 1));
}

/** Which call a place is in, asked for in order. */
class Spans {
  #next = 0;
  constructor(private readonly calls: readonly WrittenCall[]) {}

  at(offset: number): WrittenCall | undefined {
    while (this.#next < this.calls.length && (this.calls[this.#next] as WrittenCall).region.span.end <= offset) this.#next++;
    const call = this.calls[this.#next];
    return call && call.region.span.start <= offset ? call : undefined;
  }
}
