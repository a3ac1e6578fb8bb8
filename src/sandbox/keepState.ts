import type { LiveOrg } from './liveOrg.js';
import { KeptState } from './org/state.js';
import { StateFile } from './stateFile.js';

export interface StateOptions {
  /** Path of a file that need not be there yet. */
  readonly file: string;
  /** Reads its text as JSON; what is wrong with that as a sentence, and where. `placeOf` says where a JSON pointer leads. */
  readonly parse: (text: string) => ParsedState;
  /** Is told, as a sentence, why the state is not saved. */
  readonly onProblem: (sentence: string) => void;
}
type ParsedState =
  | { readonly ok: true; readonly value: unknown; readonly placeOf: (pointer: string) => Place }
  | ({ readonly ok: false; readonly problem: string } & Place);
/** 1-based. */
interface Place {
  readonly line: number;
  readonly column: number;
}

type Keeping =
  | {
      readonly ok: true;
      /** Saves what waits, and nothing after it. */
      readonly stop: () => Promise<void>;
    }
  | { readonly ok: false; readonly problem: string };

/** Puts back what was saved, and saves what changes from now on. A file that it cannot use stays as it is. */
export async function keepState(live: LiveOrg, { file, parse, onProblem }: StateOptions): Promise<Keeping> {
  const stateFile = new StateFile(file, onProblem);
  const read = await stateFile.read();
  if (!read.ok) return read;
  const kept: KeptState = new KeptState(live.world, () => stateFile.later(() => kept.text()));
  const refused = (why: string, { line, column }: Place): Keeping => {
    kept.stop();
    return { ok: false, problem: `The state file ${file} cannot be used: at line ${line}, column ${column}: ${why} It was left as it is.` };
  };
  if (read.text !== undefined) {
    const parsed = parse(read.text);
    if (!parsed.ok) return refused(parsed.problem, parsed);
    const [problem] = kept.restore(parsed.value);
    if (problem) return refused(`${problem.why} (${problem.pointer || 'its top'}).`, parsed.placeOf(problem.pointer));
  }
  const unlisten = live.onReplaced(() => kept.replace(live.world));
  return {
    ok: true,
    stop: async () => {
      unlisten();
      kept.stop();
      await stateFile.flush();
    },
  };
}
