import assert from 'node:assert/strict';
import { type Json, list, type Running, text } from '../../sandbox/harness.js';

/**
 * One request that succeeds in the built-in org. Wherever an id belongs, in `params`, `query` and `body`, `section/name` stands for
 * the id of what has that name in that section of the org file.
 */
export interface Example {
  /** A user or client of the org; `Admin 1`, who may do everything, where absent. */
  readonly who?: string;
  /** For the placeholders of the template. */
  readonly params?: Ids;
  readonly query?: string;
  readonly body?: unknown;
  /** Makes what the request is about, and answers more for the placeholders. An example with this has a sandbox to itself. */
  readonly given?: (running: Running) => Promise<Ids>;
}

export type Ids = Readonly<Record<string, string>>;
/** Keys are the operations of the index. */
export type Examples = Readonly<Record<string, Example>>;

export const ADMIN = 'Admin 1';

/** Takes an id for a placeholder out of a listing: of its first entity. */
export const firstOf =
  (path: string, param: string) =>
  async (running: Running): Promise<Ids> => {
    const { json, text: body } = await running.send(ADMIN, `GET ${path}`);
    const id = list(json['entities'] ?? json)[0]?.['id'];
    assert.ok(id, `${path} lists nothing: ${body}`);
    return { [param]: text(id) };
  };

/** Takes an id for a placeholder from the answer to a request that makes something. */
export const madeBy =
  (request: string, body: unknown, param: string) =>
  async (running: Running): Promise<Ids> => {
    const { json, text: answer } = await running.send(ADMIN, request, body);
    assert.ok(json['id'], `${request}: ${answer}`);
    return { [param]: text(json['id']) };
  };

/** Asks until the answer is what is waited for. */
export async function eventually(ask: () => Promise<Json>, is: (json: Json) => boolean): Promise<Json> {
  for (let tries = 0; tries < 100; tries++) {
    const json = await ask();
    if (is(json)) return json;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return assert.fail('what the example waits for did not come');
}
