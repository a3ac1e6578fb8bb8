import assert from 'node:assert/strict';
import fc from 'fast-check';
import findMyWay, { type HTTPMethod } from 'find-my-way';
import { operations } from './facts.js';

const all = [...operations.all()];
/** An id that cannot be read as a literal segment of the API. */
const id = fc.oneof(
  fc.uuid(),
  fc.stringMatching(/^[0-9]{1,12}$/),
  fc.stringMatching(/^[A-Z0-9_.~@-]{3,40}$/).filter((s) => !/^\.+$/.test(s)),
);

const router = findMyWay({ maxParamLength: 10_000 });
for (const { method, path } of all) router.on(method as HTTPMethod, path.replaceAll(/\{(\w+)\}/g, ':$1'), () => {}, `${method} ${path}`);

describe('operation lookup', () => {
  it('finds every operation again when ids are filled in, with those ids as its parameters', () => {
    fc.assert(
      fc.property(fc.constantFrom(...all), fc.array(id, { minLength: 8, maxLength: 8 }), ({ method, path }, ids) => {
        const filled: Record<string, string> = {};
        const concrete = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
          filled[name] = ids[Object.keys(filled).length] as string;
          return filled[name];
        });
        const lookup = operations.find(method, concrete);
        assert.equal(lookup.kind === 'found' && `${lookup.operation.method} ${lookup.operation.path}`, `${method} ${path}`);
        assert.deepEqual(lookup.kind === 'found' && { ...lookup.params }, filled);
      }),
      { numRuns: 2000 },
    );
  }).timeout(30_000);

  it('finds each of the 3,315 by its own template', () => {
    for (const { method, path } of all) {
      const lookup = operations.find(method, path);
      assert.equal(lookup.kind === 'found' && lookup.operation.path, path, `${method} ${path}`);
    }
  });

  it('agrees with find-my-way on any mixture of segments', () => {
    const words = [...new Set(all.flatMap(({ path }) => path.split('/').slice(3)))].filter((s) => !s.startsWith('{'));
    const segment = fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...words) }, { weight: 1, arbitrary: id });
    const path = fc.oneof(
      fc.array(segment, { minLength: 1, maxLength: 6 }).map((s) => `/api/v2/${s.join('/')}`),
      fc.tuple(fc.constantFrom(...all), fc.array(segment, { minLength: 8, maxLength: 8 })).map(([o, s]) => {
        let n = 0;
        return o.path.replaceAll(/\{\w+\}/g, () => s[n++] as string);
      }),
    );
    let matched = 0;
    fc.assert(
      fc.property(fc.constantFrom('GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD'), path, (method, url) => {
        const theirs = router.find(method as HTTPMethod, url)?.store as string | undefined;
        const ours = operations.find(method, url);
        if (theirs) matched++;
        assert.equal(ours.kind === 'found' ? `${ours.operation.method} ${ours.operation.path}` : undefined, theirs ?? undefined, `${method} ${url}`);
      }),
      { numRuns: 3000 },
    );
    assert.ok(matched > 200, `only ${matched} matched anything`);
  }).timeout(30_000);

  it('agrees with find-my-way where an id is spelt like a literal beside it, which may be a dead end', () => {
    const segments = all.map(({ path }) => path.split('/'));
    const beside = new Map<string, Set<string>>();
    for (const of of segments)
      of.forEach((word, i) => {
        const prefix = of
          .slice(0, i)
          .join('/')
          .replaceAll(/\{\w+\}/g, '*');
        if (!word.startsWith('{')) beside.set(prefix, (beside.get(prefix) ?? new Set()).add(word));
      });
    let compared = 0;
    for (const [n, { method }] of all.entries())
      (segments[n] as string[]).forEach((word, i, of) => {
        if (!word.startsWith('{')) return;
        for (const literal of beside.get(
          of
            .slice(0, i)
            .join('/')
            .replaceAll(/\{\w+\}/g, '*'),
        ) ?? []) {
          const url = of.map((s, k) => (k === i ? literal : s.startsWith('{') ? `id-${k}` : s)).join('/');
          const ours = operations.find(method, url);
          compared++;
          assert.equal(
            ours.kind === 'found' ? `${ours.operation.method} ${ours.operation.path}` : undefined,
            router.find(method as HTTPMethod, url)?.store,
            `${method} ${url}`,
          );
          if (ours.kind === 'found') assert.equal(Object.keys(ours.params).length, ours.operation.path.match(/\{/g)?.length ?? 0, url);
        }
      });
    assert.ok(compared > 1000, String(compared));
  }).timeout(30_000);

  it('never throws, whatever the method and the URL', () => {
    fc.assert(
      fc.property(
        fc.string(),
        fc.oneof(
          fc.string(),
          fc.webUrl(),
          fc.string().map((s) => `/api/v2/${s}`),
        ),
        (method, url) => {
          assert.ok(['found', 'wrong-method', 'unknown-path'].includes(operations.find(method, url).kind));
        },
      ),
    );
  });
});
