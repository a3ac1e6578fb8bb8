/** What is remembered of a request: never a token, a secret or a form. */
export interface RequestRecord {
  readonly at: string;
  readonly method: string;
  /** With its query, but for those of the login side. */
  readonly path: string;
  /** Null where no answer went out, or not all of one. */
  status: number | null;
  correlationId: string | null;
  milliseconds: number | null;
  /** As text; null where there was none. */
  body: string | null;
}

const LONGEST_BODY = 64 * 1024;

/** The last requests of a running org. */
export class RequestLog {
  readonly #records: RequestRecord[] = [];
  #seen = 0;

  constructor(private readonly most = 1000) {}

  /** How many there were since the org was started or reset. */
  get seen(): number {
    return this.#seen;
  }

  open(method: string, path: string): RequestRecord {
    const record: RequestRecord = { at: new Date().toISOString(), method, path, status: null, correlationId: null, milliseconds: null, body: null };
    this.#records.push(record);
    this.#seen++;
    if (this.#records.length > this.most) this.#records.shift();
    return record;
  }

  /** The last ones, oldest first. */
  last(count: number): readonly RequestRecord[] {
    return this.#records.slice(-count);
  }

  clear(): void {
    this.#records.length = 0;
    this.#seen = 0;
  }
}

/** The text of a body as it is remembered. */
export const rememberedBody = (bytes: Buffer | undefined): string | null =>
  bytes === undefined || bytes.length === 0 ? null : bytes.subarray(0, LONGEST_BODY).toString('utf8');
