import type { IncomingMessage } from 'node:http';
import { BAD_REQUEST, type Refusal } from './refusals.js';

/** Bytes of a request body that are read. Assumed: the platform's own limit is not in the facts. */
const BODY_LIMIT = 1024 * 1024;
/** Bytes after which the rest is not even thrown away any more: the connection is. */
const DRAIN_LIMIT = 32 * BODY_LIMIT;

/**
 * The bytes of a request body. Undefined where it is too large; the rest of it is then read and thrown away, because a
 * client that is still sending would not see the answer.
 */
export function readBody(incoming: IncomingMessage): Promise<Buffer | undefined> {
  if (!hasBody(incoming)) return NO_BODY;
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    incoming.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= BODY_LIMIT) chunks.push(chunk);
      else if (size > DRAIN_LIMIT) {
        incoming.pause();
        resolve(undefined);
      }
    });
    incoming.on('end', () => resolve(size > BODY_LIMIT ? undefined : Buffer.concat(chunks)));
    incoming.on('close', () => resolve(undefined));
  });
}

/** RFC 9112, section 6.3: a request without these has none. */
const hasBody = ({ headers }: IncomingMessage): boolean => headers['content-length'] !== undefined || headers['transfer-encoding'] !== undefined;
const NO_BODY: Promise<Buffer> = Promise.resolve(Buffer.alloc(0));

type ParsedBody =
  | { readonly kind: 'absent' }
  | { readonly kind: 'json'; readonly value: unknown }
  | { readonly kind: 'other' }
  | { readonly kind: 'malformed'; readonly refusal: Refusal };

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** JSON is UTF-8 (RFC 8259, section 8.1): bytes that are not are malformed. */
export function parseBody(bytes: Buffer, contentType: string | undefined): ParsedBody {
  if (bytes.length === 0) return { kind: 'absent' };
  try {
    const text = utf8.decode(bytes);
    if (text.trim() === '') return { kind: 'absent' };
    if (!/^application\/(?:[\w.+-]+\+)?json\b/i.test(contentType ?? '')) return { kind: 'other' };
    const value: unknown = JSON.parse(text);
    return { kind: 'json', value };
  } catch {
    return /^application\/(?:[\w.+-]+\+)?json\b/i.test(contentType ?? '') ? { kind: 'malformed', refusal: BAD_REQUEST } : { kind: 'other' };
  }
}
