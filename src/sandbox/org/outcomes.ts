import { aList, anInteger, anObject, aPattern, aString, described, oneOf, type ShapeProblem } from './shape.js';
import type { Station } from './types.js';

const OF_NUMBERS = ['answers', 'busy', 'no-answer', 'rejected', 'invalid-number', 'no-route', 'drops'] as const;
const OF_STATIONS: readonly string[] = ['answers', 'no-answer', 'rejected'];

const anOutcome = anObject(
  {
    outcome: described(
      '`answers`, `busy`, `no-answer`, `rejected`; for numbers also `invalid-number`, `no-route`, and `drops` for a call that ends by itself.',
      oneOf(...OF_NUMBERS),
    ),
  },
  {
    number: described('Who is called, in E.164; it may end in `*`.', aPattern('^\\+?[0-9]+\\*?$|^\\*$', 'a number such as +13175550186, which may end in *')),
    station: described('The name or the id of a station: what happens when it rings.', aString),
    milliseconds: described('How long it takes: until nobody answers, or until the call drops.', anInteger(0, 3_600_000)),
  },
);
export const outcomes = described('How calls end, by the number that is called and by the station that rings. What is not here answers.', aList(anOutcome));

type Entry = NonNullable<ReturnType<typeof anOutcome>>;

/** What comes of calling somebody. */
export interface Outcome {
  readonly kind: Entry['outcome'];
  readonly milliseconds: number | undefined;
}

/** What comes of calls, as the org file has it. */
export class Outcomes {
  readonly #byNumber = new Map<string, Outcome>();
  readonly #byPrefix: (readonly [prefix: string, outcome: Outcome])[] = [];
  readonly #byStation = new Map<string, Outcome>();

  /** @param stationId the id of the station that has this id or name */
  constructor(entries: readonly Entry[], stationId: (idOrName: string) => string | undefined, problems: ShapeProblem[]) {
    entries.forEach((entry, i) => {
      const outcome = { kind: entry.outcome, milliseconds: entry.milliseconds };
      const pointer = `/outcomes/${i}`;
      if ((entry.number === undefined) === (entry.station === undefined)) problems.push({ pointer, why: 'expected one of number and station' });
      else if (entry.station !== undefined) {
        const id = stationId(entry.station);
        if (id === undefined) problems.push({ pointer: `${pointer}/station`, why: `no station has the id or name "${entry.station}"` });
        else if (!OF_STATIONS.includes(entry.outcome))
          problems.push({ pointer: `${pointer}/outcome`, why: `a station cannot be "${entry.outcome}"; it ${OF_STATIONS.join(', ')}` });
        else this.#byStation.set(id, outcome);
      } else if (entry.number?.endsWith('*')) this.#byPrefix.push([entry.number.slice(0, -1), outcome]);
      else if (entry.number !== undefined) this.#byNumber.set(entry.number, outcome);
    });
    this.#byPrefix.sort(([a], [b]) => b.length - a.length);
  }

  /** @param address `tel:+13175550186`, or any other that is dialled */
  ofNumber(address: string): Outcome | undefined {
    const number = address.replace(/^tel:/, '').replace(/[\s().-]/g, '');
    return this.#byNumber.get(number) ?? this.#byPrefix.find(([prefix]) => number.startsWith(prefix))?.[1];
  }

  ofStation(station: Station): Outcome | undefined {
    return this.#byStation.get(station.id);
  }
}
