import type { SourceEdit } from '../exchange/mappedText.js';
import type { HelpText } from '../platform/bodies/fieldHelp.js';

/** Something that fits at a place. */
export interface Completion {
  readonly label: string;
  readonly kind: 'field' | 'value' | 'operation' | 'header';
  /** `model`: what the API has. `picked`: what is picked in the form or set, `FillValues`. */
  readonly from: 'model' | 'picked';
  /** Replaces what was typed of it; `newText` is already written as the place needs it. */
  readonly edit: SourceEdit;
  /** A comma that is missing before it. Apart from `edit`, made together with it. */
  readonly also?: SourceEdit;
  /** What the source from the start of `edit` up to the cursor is compared with while somebody types on. */
  readonly filter: string;
  /** Beside the label: type, permission. */
  readonly detail: string;
  /** Made when it is asked for. */
  readonly documentation: readonly HelpText[];
  /** Orders the list, as text. */
  readonly sort: string;
}

/** A place of a sorted list: what has the lower rank comes first. @param index below 10,000 */
export const sortKey = (rank: number, index: number): string => `${rank}${String(index).padStart(4, '0')}`;
