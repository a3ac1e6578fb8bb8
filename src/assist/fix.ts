import type { SourceEdit } from '../exchange/mappedText.js';

/** A change of the text that mends a problem or does what is asked for. Its edits are apart from each other and made together. */
export interface Fix {
  /** What it does, in the imperative: "Convert to the valid request". */
  readonly title: string;
  readonly edits: readonly SourceEdit[];
  /** What had no counterpart or was assumed, as sentences; empty where nothing has to be said. */
  readonly notes: readonly string[];
  /** True for the one that most people want. */
  readonly preferred: boolean;
}

/** What placeholders can be filled with: what is picked in the form or set, by what it is. */
export interface FillValues {
  readonly agent?: { readonly id: string; readonly name: string };
  readonly queue?: { readonly id: string; readonly name: string };
  /** E.164. */
  readonly phoneNumber?: string;
  /** ISO 3166-1 alpha-2, in which numbers without `+` are read first. */
  readonly country?: string;
  /** The API host of the region of who is signed in, `https://api.…`. */
  readonly api?: string;
}
