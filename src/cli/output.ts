import { once } from 'node:events';
import type { Diagnosis } from '../diagnosis/diagnose.js';
import { type Files, type Paint, sarifResults, sarifRun, toJson, toMarkdown, toSarif, toText } from '../diagnosis/report.js';

export const FORMATS = ['text', 'json', 'markdown', 'sarif'] as const;
export type Format = (typeof FORMATS)[number];

/** Prints the one diagnosis of a command: DESIGN §6. */
export function printOne(format: Format, d: Diagnosis, files: Files): void {
  print(textOf(format, d, files));
}

function textOf(format: Format, d: Diagnosis, files: Files): string {
  switch (format) {
    case 'json':
      return `${JSON.stringify(toJson(d), null, 2)}\n`;
    case 'markdown':
      return toMarkdown(d);
    case 'sarif':
      return `${JSON.stringify(toSarif(d, files), null, 2)}\n`;
    case 'text':
      return toText(d, paint());
  }
}

const print = (text: string): void => void process.stdout.write(text);

/** Prints many diagnoses one after the other, and keeps none. JSON is one object in each line, with the number of its exchange. */
export class Printer {
  #printed = 0;
  readonly #rules = new Set<string>();
  readonly #paint = paint();

  constructor(private readonly format: Format) {}

  /** @param title what the exchange was, for people */
  async add(d: Diagnosis, { n, title, files }: { readonly n: number; readonly title: string; readonly files: Files }): Promise<void> {
    const text = this.#write(d, n, title, files);
    this.#printed++;
    // A reader that is slower than we are would make us keep what it has not read.
    if (text !== '' && !process.stdout.write(text)) await once(process.stdout, 'drain');
  }

  #write(d: Diagnosis, n: number, title: string, files: Files): string {
    const first = this.#printed === 0;
    switch (this.format) {
      case 'json':
        return `${JSON.stringify({ exchange: n, ...toJson(d) })}\n`;
      case 'markdown':
        return `${first ? '' : '\n---\n\n'}${toMarkdown(d, `${n}. ${title}`)}`;
      case 'text':
        return `${first ? '' : '\n'}${this.#paint('heading', `── ${n}. ${title}`)}\n${toText(d, this.#paint)}`;
      case 'sarif': {
        const results = sarifResults(d, files);
        for (const r of results) this.#rules.add(r.ruleId);
        return `${first ? SARIF_START : ''}${results.map((r) => `${this.#separator()}${JSON.stringify(r)}`).join('')}`;
      }
    }
  }

  #results = 0;
  #separator(): string {
    return this.#results++ === 0 ? '\n' : ',\n';
  }

  end(): void {
    if (this.format !== 'sarif') return;
    print(`${this.#printed === 0 ? SARIF_START : ''}\n],${JSON.stringify(sarifRun([...this.#rules])).slice(1, -1)}}]}\n`);
  }
}

const SARIF_START = '{"$schema":"https://json.schemastore.org/sarif-2.1.0.json","version":"2.1.0","runs":[{"results":[';

const CODES: Readonly<Record<Parameters<Paint>[0], string>> = {
  heading: '1',
  confirmed: '31;1',
  likely: '33;1',
  possible: '36',
  unchecked: '2',
  'ruled-out': '32',
  quiet: '2',
};

/** Colours on a terminal only; NO_COLOR and FORCE_COLOR decide where they are set. */
export function paint(): Paint {
  const { NO_COLOR, FORCE_COLOR, TERM } = process.env;
  const forced = FORCE_COLOR !== undefined && FORCE_COLOR !== '0';
  const coloured = NO_COLOR ? false : forced || (process.stdout.isTTY === true && FORCE_COLOR !== '0' && TERM !== 'dumb');
  return coloured ? (as, text) => `\u001b[${CODES[as]}m${text}\u001b[0m` : (_, text) => text;
}
