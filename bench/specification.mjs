// Reading the platform's API description of 25 MB as it arrives, beside JSON.parse of the same: time, and memory at its height.
import v8 from 'node:v8';
import vm from 'node:vm';

const SIZE = 25_000_000;
const CHUNK = 65_536;

v8.setFlagsFromString('--expose-gc');
const collectGarbage = vm.runInNewContext('gc');

/** A description of all operations, with definitions before its paths, so that all of it has to be read. */
function descriptionText(description, operations) {
  const { paths, ...rest } = description(
    Object.fromEntries(operations.map((o) => [`${o.method} ${o.path}`, { [o.rule === 'all' ? 'all' : 'any']: o.permissions, scopes: o.scopes }])),
  );
  const definitions = {};
  const property = { type: 'string', description: 'What this member of the model is for, in a sentence or two.', enum: ['ONE', 'TWO', 'THREE'] };
  const model = { type: 'object', properties: Object.fromEntries(Array.from({ length: 12 }, (_, i) => [`member${i}`, property])) };
  const size = JSON.stringify(model).length + 20;
  for (let left = SIZE - JSON.stringify(paths).length; left > 0; left -= size) definitions[`Model${left}`] = model;
  return Buffer.from(JSON.stringify({ ...rest, definitions, paths }));
}

/** Runs `work` three times: the best time, and the most memory in use at once beyond what was in use before, in MB. */
function measure(work) {
  let best = Number.POSITIVE_INFINITY;
  let most = 0;
  for (let i = 0; i < 3; i++) {
    collectGarbage();
    const before = process.memoryUsage().heapUsed;
    const start = performance.now();
    const kept = work(() => {
      most = Math.max(most, process.memoryUsage().heapUsed - before);
    });
    best = Math.min(best, performance.now() - start);
    if (!kept) throw new Error('the description was not read');
  }
  return { best, most };
}

export function specificationRow(SpecificationReader, description, operations) {
  const bytes = descriptionText(description, operations);
  const ours = measure((sample) => {
    const reader = new SpecificationReader();
    for (let at = 0; at < bytes.length && reader.write(bytes.subarray(at, at + CHUNK)); at += CHUNK) sample();
    sample();
    return reader.end().operations;
  });
  const theirs = measure((sample) => {
    const parsed = JSON.parse(bytes.toString('utf8'));
    sample();
    return parsed.paths;
  });
  const words = ({ best, most }) => `${Math.round(best)} ms, +${(most / 1e6).toFixed(0)} MB`;
  return [`read an API description of ${(bytes.length / 1e6).toFixed(0)} MB`, words(ours), `JSON.parse ${words(theirs)}`];
}
