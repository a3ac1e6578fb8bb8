import { randomUUID } from 'node:crypto';
import { Hono } from 'hono';
import type { Operations } from '../../platform/operations.js';
import { specificationText } from '../documents/specification.js';
import type { Env } from '../http/env.js';
import type { World } from '../org/world.js';

/** Bytes that go out at once. */
const CHUNK = 64 * 1024;

export const DOCS = '/api/v2/docs/swagger';

/**
 * `GET /api/v2/docs/swagger`: the API description. It is not in the index, and needs no token (FACTS §2). It is written as it is
 * read, so that nobody holds its megabytes.
 */
export function docsEndpoint(world: () => World, operations: Operations): Hono<Env> {
  const app = new Hono<Env>();
  app.get(DOCS, (c) => {
    const text = specificationText(operations, world().specification, new URL(c.req.url).host);
    return new Response(streamOf(text), { headers: { 'Content-Type': 'application/json', 'ININ-Correlation-Id': randomUUID() } });
  });
  return app;
}

function streamOf(text: Iterator<string>): ReadableStream<Uint8Array> {
  return new ReadableStream({
    pull(controller) {
      const pieces: Buffer[] = [];
      let size = 0;
      while (size < CHUNK) {
        const next = text.next();
        if (next.done) {
          if (size > 0) controller.enqueue(Buffer.concat(pieces));
          controller.close();
          return;
        }
        const piece = Buffer.from(next.value);
        pieces.push(piece);
        size += piece.length;
      }
      controller.enqueue(Buffer.concat(pieces));
    },
  });
}
