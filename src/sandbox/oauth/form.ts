/** Longer than any parameter that somebody means. An assertion is not measured with it. */
const LONGEST = 4096;

/** Parameters of a query or a form after RFC 6749, section 3.1 and 3.2: none twice, and one without a value counts as absent. */
export class Form {
  /** The first of the known parameters that is there more than once, or is too long. */
  readonly problem: { readonly name: string; readonly why: string } | undefined;

  /** @param known the parameters that mean something here; others are ignored */
  constructor(
    private readonly params: URLSearchParams,
    known: readonly string[],
    longest = LONGEST,
  ) {
    const repeated = known.find((name) => params.getAll(name).length > 1);
    const long = known.find((name) => (params.get(name)?.length ?? 0) > longest);
    if (repeated !== undefined) this.problem = { name: repeated, why: `${repeated} is there more than once` };
    else if (long !== undefined) this.problem = { name: long, why: `${long} is longer than ${longest} characters` };
  }

  get(name: string): string | undefined {
    return this.params.get(name) || undefined;
  }
}
