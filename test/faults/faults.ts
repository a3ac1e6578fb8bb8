/** What goes wrong with the requests that place calls: where in the life of a request, and how. */
export interface Fault {
  readonly when: 'nothing' | 'before sending' | 'while sending' | 'after the work is done' | 'in the answer';
  readonly what: string;
  /** A fault of the sandbox (docs/sandbox.md), without its operations. */
  readonly sandbox?: object;
  /** What there is instead of the org. */
  readonly instead?: 'no-name' | 'nobody' | 'no-tls' | 'silent-tls';
}

export const FAULTS: readonly Fault[] = [
  { when: 'nothing', what: 'no fault' },
  { when: 'before sending', what: 'the name of the host is not resolved', instead: 'no-name' },
  { when: 'before sending', what: 'the connection is refused', instead: 'nobody' },
  { when: 'before sending', what: 'the TLS handshake fails', instead: 'no-tls' },
  { when: 'before sending', what: 'the TLS handshake is never answered', instead: 'silent-tls' },
  { when: 'while sending', what: 'reset before the work', sandbox: { kind: 'reset-before' } },
  { when: 'while sending', what: 'refused: 429', sandbox: { kind: 'rate-limit' } },
  { when: 'while sending', what: 'a proxy answers 403 in HTML', sandbox: { kind: 'html', status: 403 } },
  { when: 'while sending', what: 'a proxy answers 502 in HTML', sandbox: { kind: 'html', status: 502 } },
  { when: 'while sending', what: '500, nothing done', sandbox: { kind: 'status', status: 500, work: 'not-done' } },
  { when: 'while sending', what: '503, nothing done', sandbox: { kind: 'status', status: 503, work: 'not-done' } },
  { when: 'after the work is done', what: 'reset', sandbox: { kind: 'reset-after' } },
  { when: 'after the work is done', what: 'the answer comes too late', sandbox: { kind: 'delay', milliseconds: 2000 } },
  { when: 'after the work is done', what: '500', sandbox: { kind: 'status', status: 500, work: 'done' } },
  { when: 'after the work is done', what: '504 of the platform', sandbox: { kind: 'status', status: 504, work: 'done' } },
  { when: 'after the work is done', what: '503 without a body', sandbox: { kind: 'status', status: 503, work: 'done', body: 'empty' } },
  { when: 'in the answer', what: 'cut off', sandbox: { kind: 'cut' } },
  { when: 'in the answer', what: 'it trickles', sandbox: { kind: 'slow-bytes', bytesPerSecond: 8 } },
  { when: 'in the answer', what: 'no body', sandbox: { kind: 'empty' } },
  { when: 'in the answer', what: 'more than is read (3 MB)', sandbox: { kind: 'huge', bytes: 3_000_000 } },
  { when: 'in the answer', what: 'another content type', sandbox: { kind: 'wrong-type' } },
  { when: 'in the answer', what: 'it is late, and comes', sandbox: { kind: 'delay', milliseconds: 20, jitterMilliseconds: 60 } },
];

/** The operations that place calls. */
export const PLACING = ['POST /api/v2/conversations/calls', 'POST /api/v2/conversations/calls/user/{userId}'];
