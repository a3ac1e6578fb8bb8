/** A reader stops here: more exchanges than this are no question that a person asks. */
export const MOST_EXCHANGES = 10_000;

/** Collects what a reader assumed or left out: each sentence once, no more than a person reads, and never a value that may be a secret. */
export class Notes {
  private readonly said = new Set<string>();

  add(sentence: string): void {
    if (this.said.size < 50) this.said.add(sentence);
  }

  list(): readonly string[] {
    return [...this.said];
  }
}
