// Offline figures: operation lookup beside find-my-way with the same routes, index start-up, and explaining denials.
import fs from 'node:fs';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import createRouter from 'find-my-way';
import { regionsRow } from './regions.mjs';
import { specificationRow } from './specification.mjs';

const median = (values) => values.sort((a, b) => a - b)[values.length >> 1];

/** Runs `work` for about `ms` milliseconds, five times; operations a second, median. */
function rate(work, count, ms = 400) {
  work();
  const rates = Array.from({ length: 5 }, () => {
    const end = performance.now() + ms;
    const start = performance.now();
    let runs = 0;
    while (performance.now() < end) {
      work();
      runs += 1;
    }
    return (runs * count) / ((performance.now() - start) / 1000);
  });
  return median(rates);
}

async function load() {
  const contents =
    "export { Operations } from './src/platform/operations.ts'; export { diagnose } from './src/diagnosis/diagnose.ts'; export { readRequest } from './src/exchange/readRequest.ts'; export { readResponse } from './src/exchange/readResponse.ts'; export { findRegions } from './src/exchange/regions.ts'; export { SpecificationReader } from './src/platform/specification.ts'; export { OperationSearch } from './src/platform/operationSearch.ts'; export { description } from './test/unit/platform/description.ts'";
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: '.' },
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
    mainFields: ['module', 'main'],
  });
  return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].text).toString('base64')}`);
}

export async function pure() {
  const { Operations, OperationSearch, SpecificationReader, description, diagnose, findRegions, readRequest, readResponse } = await load();
  const json = fs.readFileSync('data/operations.json', 'utf8');
  const ready = median(
    Array.from({ length: 9 }, () => {
      const start = performance.now();
      Operations.parse(json).find('GET', '/api/v2/users/me');
      return performance.now() - start;
    }),
  );
  const operations = Operations.parse(json);
  const all = [...operations.all()];
  const routerReady = median(
    Array.from({ length: 3 }, () => {
      const start = performance.now();
      routerOf(all);
      return performance.now() - start;
    }),
  );
  const router = routerOf(all);
  // Ids are GUIDs, as they are in real requests.
  const requests = all.map(({ method, path }) => [method, path.replace(/\{[^}]+\}/g, '3f2504e0-4f89-41d3-9a0c-0305e82c3301')]);
  const ours = rate(() => {
    for (const [m, p] of requests) operations.find(m, p);
  }, requests.length);
  const theirs = rate(() => {
    for (const [m, p] of requests) router.find(m, p);
  }, requests.length);

  const search = new OperationSearch(operations);
  const typed = 'place a call on behalf of an agent';
  const searched = rate(() => {
    for (let end = 1; end <= typed.length; end++) search.find(typed.slice(0, end), 60);
  }, typed.length);

  const curl = fs.readFileSync('examples/thread.sh', 'utf8');
  const denial = `HTTP/1.1 403 Forbidden\r\nININ-Correlation-Id: 6f9a3c8e-1111-4222-8333-944445555666\r\n\r\n${JSON.stringify({ message: 'Unable to perform the requested action. You are missing the following permission(s): [conversation:conference:add]', code: 'missing.permissions', status: 403, contextId: 'x', details: [], errors: [] })}`;
  const explain = (request) => () => {
    const sent = readRequest(request).exchanges[0];
    const { response } = readResponse(denial).exchanges[0];
    diagnose({ exchange: { ...sent, response }, operations });
  };
  const good = `curl https://api.mypurecloud.com/api/v2/conversations/calls -H 'Authorization: Bearer x' -H 'Content-Type: application/json' -d '{"phoneNumber":"+13175550142"}'`;

  const rows = [
    ['operation index ready', `${ready.toFixed(1)} ms`, `find-my-way ${routerReady.toFixed(1)} ms`],
    ['operation lookup', `${(ours / 1e6).toFixed(2)} M/s`, `find-my-way ${(theirs / 1e6).toFixed(2)} M/s`],
    ['read and explain a denied call', `${Math.round(rate(explain(good), 1)).toLocaleString('en')} /s`, 'budget 20,000 /s'],
    ['the same with 12 things wrong (the thread)', `${Math.round(rate(explain(curl), 1)).toLocaleString('en')} /s`, 'budget 20,000 /s'],
  ];
  rows.push(['search among all operations, each letter', `${(1000 / searched).toFixed(1)} ms`, 'of the words that are typed']);
  rows.push(regionsRow(findRegions));
  rows.push(specificationRow(SpecificationReader, description, all));
  for (const [what, us, peer] of rows) console.log(`${what.padEnd(46)} ${us.padStart(14)}   ${peer}`);
}

function routerOf(all) {
  const router = createRouter();
  for (const { method, path } of all)
    router.on(
      method,
      path.replace(/\{([^}]+)\}/g, (_, name) => `:${name}`),
      () => {},
    );
  return router;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) await pure();
