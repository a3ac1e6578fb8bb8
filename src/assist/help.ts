import type { SourceRange } from '../exchange/mappedText.js';
import type { IdKind } from '../platform/bodies/bodyModel.js';
import type { HelpLine } from '../platform/bodies/fieldHelp.js';

/** What stands at a place, for people. Texts are plain; whoever shows them escapes them. */
export interface Help {
  readonly range: SourceRange;
  readonly title: string;
  readonly lines: readonly HelpLine[];
  /** The id that stands there, where its kind is known and it is one: the org can say what it names. */
  readonly id?: { readonly kind: IdKind; readonly id: string };
}
