import assert from 'node:assert/strict';
import type { Account } from '../../../src/accounts/account.js';
import { Client } from '../../../src/org/client.js';
import type { Http, Outcome } from '../../../src/org/http.js';
import { findRegion, type Region, sandboxRegion } from '../../../src/platform/regions.js';
import { CallForm, type CallOrder, type FormServices } from '../../../src/sidebar/callForm/callForm.js';
import type { Activity, FormAction, FormMessage } from '../../../src/sidebar/callForm/protocol.js';
import { NO_CAUTION } from '../../../src/sidebar/caution.js';
import type { Confirmable } from '../../../src/sidebar/confirmation.js';
import { operations } from '../sandbox/harness.js';

export const ME = '11111111-1111-4111-8111-111111111111';
export const ANNA = '22222222-2222-4222-8222-222222222222';
export const BERT = '33333333-3333-4333-8333-333333333333';
export const QUEUE = '44444444-4444-4444-8444-444444444444';
export const NUMBER = '+1 317 555 0142';

export const SANDBOX: Region = sandboxRegion('http://127.0.0.1:8080');
export const REAL = findRegion('us-east-1') as Region;

const person = (id: string, name: string, station = `web-${name}`): object => ({
  id,
  name,
  division: { id: 'd', name: 'Sales' },
  presence: { presenceDefinition: { systemPresence: 'Available' } },
  station: station === '' ? {} : { associatedStation: { id: 's', name: station } },
});

export const account = (kind: Account['kind'], more: Partial<Account> = {}): Account => ({
  id: `sandbox/sandbox/Sandbox org/${kind}`,
  how: 'sandbox',
  region: 'sandbox',
  org: 'Sandbox org',
  orgId: '55555555-5555-4555-8555-555555555555',
  clientId: '66666666-6666-4666-8666-666666666666',
  kind,
  name: kind === 'client' ? 'wfm-tool' : 'Max Muster',
  principal: ME,
  grant: kind === 'client' ? 'client-credentials' : 'authorization-code',
  ...more,
});

/** Something that ends when the test says so. */
export interface Deferred<T> {
  readonly promise: Promise<T>;
  resolve(value: T): void;
  reject(error: Error): void;
}
export function deferred<T>(): Deferred<T> {
  let resolve: (value: T) => void = () => {};
  let reject: (error: Error) => void = () => {};
  const promise = new Promise<T>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve: (v) => resolve(v), reject: (e) => reject(e) };
}

/** A form in an org of three people and a queue, and everything that it asked for. */
export interface Fake {
  readonly form: CallForm;
  readonly placed: CallOrder[];
  readonly checked: CallOrder[];
  readonly confirmed: Confirmable[];
  readonly ran: FormAction[];
  /** Searches that wait for their answer, by query; any other is answered at once. */
  readonly searches: Map<string, Deferred<object>>;
  /** To be replaced by a test. */
  services: FormServices;
  send(...messages: readonly FormMessage[]): Promise<void>;
  do(action: FormAction): Promise<void>;
  /** How often the form said that it changed. */
  changes(): number;
}

export const PLACED: Activity = { kind: 'placed', text: 'Placed', detail: '' };

export function fake(who: Account | undefined = account('user'), region: Region = SANDBOX, http?: Http): Fake {
  const searches = new Map<string, Deferred<object>>();
  const people = [person(ME, 'Max Muster'), person(ANNA, 'Anna'), person(BERT, 'Bert', '')];
  const answer = (json: object): Outcome => ({ kind: 'answered', status: 200, headers: [], body: JSON.stringify(json), cut: false, ms: 1 });
  const org: Http = async ({ url, body }) => {
    if (url.includes('/users/me')) return answer(people[0] as object);
    if (url.includes('/routing/queues')) return answer({ entities: [{ id: QUEUE, name: 'Sales EMEA', callingPartyNumber: '+442079460100' }], total: 1 });
    const query = (JSON.parse(body ?? '{}') as { query: { value: string }[] }).query[0]?.value ?? '';
    const waiting = searches.get(query);
    if (waiting) return answer(await waiting.promise);
    const results = people.filter((p) => query === 'active' || JSON.stringify(p).includes(query));
    return answer({ results, total: results.length });
  };
  const client = new Client(region, async () => ({ kind: 'ok', token: 'canary-token-0123456789' }), http ?? org);
  const orders = { placed: [] as CallOrder[], checked: [] as CallOrder[], confirmed: [] as Confirmable[] };
  const it = {
    ...orders,
    ran: [] as FormAction[],
    searches,
    services: {
      account: async () => who,
      client: async () => ({ kind: 'ok', client }),
      operations: async () => operations,
      country: () => '',
      refused: () => [],
      caution: async () => NO_CAUTION,
      live: { newest: undefined, hangUp: async () => ({ isOver: true, words: '' }), dismiss: () => {} },
      place: noting(orders.placed, async () => PLACED),
      check: noting(orders.checked, async () => ({ kind: 'checked', text: 'Checked', detail: '' })),
      confirm: noting(orders.confirmed, async () => true),
      run: async (action) => void it.ran.push(action),
    } as FormServices,
  };
  let changes = 0;
  const through = new Proxy({}, { get: (_, name) => it.services[name as keyof FormServices] }) as FormServices;
  const form = new CallForm(through, () => {
    changes += 1;
    // What the webview would read at any moment has to be readable.
    assert.ok(form.state);
  });
  return Object.assign(it, {
    form,
    send: async (...messages: readonly FormMessage[]) => {
      for (const message of messages) await form.handle(message);
    },
    do: (action: FormAction) => form.handle({ type: 'do', action }),
    changes: () => changes,
  });
}

/** A service that remembers what it was given. */
export const noting =
  <T, R>(list: T[], answer: () => R) =>
  (given: T): R => {
    list.push(given);
    return answer();
  };

/** Lets everything that is ready run. */
export const settle = (): Promise<void> => new Promise((resolve) => void setTimeout(resolve, 5));

/** A form of a user who is ready to call NUMBER as themselves. */
export async function ready(region: Region = SANDBOX): Promise<Fake> {
  const f = fake(account('user'), region);
  await f.form.load();
  await f.send({ type: 'phone', text: NUMBER });
  assert.equal(f.form.state.blocked, '');
  return f;
}
