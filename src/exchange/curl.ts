import { curlRequests } from './curlRequest.js';
import type { Exchange, ReadResult } from './exchange.js';
import { findCurl } from './findCurl.js';
import { MOST_EXCHANGES, Notes } from './notes.js';
import { positionAt } from './position.js';

/**
 * The requests of the curl commands in a text, whatever stands around them. Nothing where there is none. A command whose quote is never
 * closed is still read if it names its URL before that; the open value then reaches to the end of the text or its Markdown fence.
 */
export function readCurl(text: string): ReadResult | undefined {
  return readCommands(text, false) ?? readCommands(text, true);
}

function readCommands(text: string, comments: boolean): ReadResult | undefined {
  const notes = new Notes();
  const exchanges: Exchange[] = [];
  let broken: Extract<ReadResult, { ok: false }> | undefined;
  let number = 0;
  const note = (sentence: string): void => notes.add(number > 1 ? `Command ${number}: ${sentence}` : sentence);
  const pending: string[] = [];
  for (const command of findCurl(text, comments, (sentence) => pending.push(sentence))) {
    number++;
    for (const sentence of pending.splice(0)) note(sentence);
    const requests = curlRequests(command, note);
    const open = command.unclosed === undefined ? undefined : positionAt(text, command.at + command.unclosed);
    if (open && requests.length > 0) {
      note(`The quote at line ${open.line}, column ${open.column} is never closed; what follows was read as one value.`);
    } else if (open) {
      broken ??= { ok: false, problem: 'The quote that opens here is never closed, and no URL comes before it.', ...open };
    } else if (requests.length === 0) {
      broken ??= { ok: false, problem: 'This curl command names no URL.', ...positionAt(text, command.at) };
    }
    if (command.shell === 'cmd' && command.words.some((w) => w.text.startsWith("'"))) {
      note('Single quotes do not quote in cmd: they are sent, and the value ends at the next blank.');
    }
    for (const request of requests) {
      if (exchanges.length === MOST_EXCHANGES) {
        notes.add(`Only the first ${MOST_EXCHANGES} requests were read.`);
        return { ok: true, form: 'curl', exchanges, notes: notes.list() };
      }
      exchanges.push({ request });
    }
  }
  if (exchanges.length === 0) return broken;
  if (broken) notes.add(`A further curl command was left out: ${broken.problem}`);
  return { ok: true, form: 'curl', exchanges, notes: notes.list() };
}
