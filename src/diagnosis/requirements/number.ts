import { placeholdersInValue } from '../../exchange/placeholders.js';
import { readDialable } from '../../platform/dialable.js';
import { isGuid } from '../../platform/guid.js';
import { isRecord, records, text } from '../../platform/json.js';
import { placesCall } from '../case.js';
import type { Finding } from '../model.js';
import { clip, facts, inRequest, type Requirement, request } from './requirement.js';

/**
 * invalid-number: what is to be dialled has to be a number. The model declares no form (FACTS §1.1), and an extension or a SIP address is
 * for the site's number plans to read: only what no plan of any country takes is spoken of, and never as proved.
 */
export const number: Requirement = (c) => {
  if (!placesCall(c) || c.accepted || c.body.kind !== 'json' || !isRecord(c.body.value)) return [];
  const { phoneNumber, participants } = c.body.value;
  const addresses = records(participants).map((p, i) => [text(p['address']), `/participants/${i}/address`] as const);
  return [[text(phoneNumber), '/phoneNumber'] as const, ...addresses].flatMap(([value, pointer]) => (value === undefined ? [] : judged(value, pointer)));
};

const EXTENSION = /^\d{1,6}$/;
/** Ten digits after +1 are a number of every country of the plan (ITU-T E.164, NANP): no library has to be asked, which takes a third of a diagnosis. */
const NORTH_AMERICAN = /^\+1[2-9]\d{2}[2-9]\d{6}$/;

function judged(value: string, pointer: string): Finding[] {
  const typed = value.trim();
  if (typed === '' || placeholdersInValue(value).length > 0 || /^sips?:|@/i.test(typed) || EXTENSION.test(typed)) return [];
  if (isGuid(typed))
    return [
      found(
        pointer,
        'likely',
        'A GUID stands where a number belongs',
        'It is the id of something, not a number.',
        'To call a user use callUserId, to call a queue callQueueId.',
      ),
    ];
  const bare = typed.replace(/^tel:/i, '');
  if (!/\d/.test(bare))
    return [
      found(
        pointer,
        'likely',
        `“${clip(typed, 40)}” is not a number`,
        'There is no digit in it.',
        'Write the number with + and country code, as in +13175550142.',
      ),
    ];
  if (!bare.startsWith('+') || NORTH_AMERICAN.test(bare.replace(/[\s().-]+/g, ''))) return [];
  const read = readDialable(bare);
  if (read.kind !== 'problem') return [];
  return [
    found(
      pointer,
      'likely',
      `“${clip(typed, 40)}” is not a number that can be dialled`,
      read.problem,
      'Write the number with + and country code, as in +13175550142.',
    ),
  ];
}

const found = (pointer: string, verdict: 'likely' | 'possible', title: string, fact: string, fix: string): Finding => ({
  cause: 'invalid-number',
  verdict,
  title,
  because: [request(fact), facts('The model of the request declares no form for numbers; E.164 and the number plan of the country do (libphonenumber).')],
  fix: [fix],
  place: inRequest(pointer),
});
