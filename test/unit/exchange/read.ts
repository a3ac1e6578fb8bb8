import assert from 'node:assert/strict';
import type { HttpRequest, HttpResponse, ReadResult } from '../../../src/exchange/exchange.js';

type Read = Extract<ReadResult, { ok: true }>;

/** The result, which must be a reading. */
export function read(result: ReadResult): Read {
  assert.ok(result.ok, result.ok ? '' : `${result.problem} (${result.line}:${result.column})`);
  return result;
}

/** The only request of a reading. */
export function onlyRequest(result: ReadResult): HttpRequest {
  const { exchanges } = read(result);
  assert.equal(exchanges.length, 1, JSON.stringify(exchanges));
  const request = exchanges[0]?.request;
  assert.ok(request);
  return request;
}

/** The only response of a reading. */
export function onlyResponse(result: ReadResult): HttpResponse {
  const { exchanges } = read(result);
  assert.equal(exchanges.length, 1);
  const response = exchanges[0]?.response;
  assert.ok(response);
  return response;
}

/** The problem of what must not be readable. */
export function problem(result: ReadResult): Extract<ReadResult, { ok: false }> {
  assert.ok(!result.ok, 'was read');
  return result;
}
