import type { CallWords } from '../org/place.js';
import type { BuiltCall } from '../platform/callRequest.js';
import { readDialable } from '../platform/dialable.js';
import { records, text } from '../platform/json.js';
import type { Region } from '../platform/regions.js';

/** Everything that a person has to see before a phone rings (DESIGN §7). */
export interface Confirmable {
  readonly region: Region;
  readonly words: Pick<CallWords, 'agent' | 'to' | 'org'>;
  readonly call: BuiltCall;
  /** What the other side sees, in words; `fromWords` makes them. */
  readonly from: string;
  /** That a call before this one may have rung, as sentences; empty where there is none. */
  readonly caution: string;
}

/** "Sales Agent 7 calls +1 317 555 0142?", and the lines below it. */
export function confirmation({ region, words, call, from }: Confirmable): { readonly question: string; readonly lines: readonly string[] } {
  const [agent, to, org] = [oneLine(words.agent), oneLine(words.to), oneLine(words.org)];
  return {
    question: `Call ${to} for ${agent}?`,
    lines: [
      `Agent: ${agent}, whose phone rings first`,
      `To: ${toWords(call.body, to)}`,
      `From: ${oneLine(from)}`,
      `Org: ${org} · ${region.sandbox ? `the sandbox at ${region.domain}` : `${region.name}, ${region.label}`}`,
      `Operation: ${call.method} ${call.operation}`,
    ],
  };
}

/** A name or caller ID of a file or the platform makes no line of its own, and turns no number round. */
const oneLine = (text: string): string => text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ');

function toWords(body: BuiltCall['body'], words: string): string {
  const numbers = [text(body['phoneNumber']), ...records(body['participants'], 200).map((p) => text(p['address']))].filter((n) => n !== undefined);
  // What is rung is shown, whatever the words of it are: those of a call that is repeated come from the history.
  const said = digitsOf(words);
  const unsaid = numbers.filter((n) => !said.includes(digitsOf(n) || n)).map(oneLine);
  const countries = [...new Set(numbers.map(countryOf).filter(Boolean))];
  const whole = [words, ...unsaid].join(', ');
  return countries.length === 0 ? whole : `${whole} (${countries.join(', ')})`;
}

const digitsOf = (text: string): string => text.replace(/\D/g, '');

function countryOf(number: string): string {
  const read = readDialable(number.replace(/^tel:/i, ''));
  return read.kind === 'number' ? countryName(read.country) : '';
}

const COUNTRIES = /* @__PURE__ */ new Intl.DisplayNames('en', { type: 'region' });
const countryName = (code: string): string => (/^[A-Z]{2}$/.test(code) ? (COUNTRIES.of(code) ?? code) : code);

/** What the other side sees, as far as the request and the queue say it. `callerId` of the queue: the name and number that it shows. */
export function fromWords(body: BuiltCall['body'], queue?: { readonly name: string; readonly callerId?: string }): string {
  const typed = [text(body['callerIdName']), text(body['callerId'])].filter(Boolean).join(' ');
  const of = queue ? `queue ${queue.name}` : text(body['callFromQueueId']) ? `queue ${String(body['callFromQueueId'])}` : '';
  if (typed !== '') return `${of === '' ? '' : `${of}, `}caller ID ${typed}`;
  if (of === '') return 'no queue and no caller ID: the trunk decides what is shown';
  if (queue?.callerId === undefined) return of;
  return queue.callerId === '' ? `${of}, which sets no caller ID` : `${of}, which shows ${queue.callerId}`;
}
