// Hover, lint and completion where a payload is written, beside vscode-json-languageservice with our schema on the same documents. Both
// read the text each time (cold) or have read it before (warm). `node bench/editor.mjs`.
import fs from 'node:fs';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import jsonService from 'vscode-json-languageservice';
import { script } from './regions.mjs';

const { getLanguageService, TextDocument } = jsonService;
const median = (values) => values.sort((a, b) => a - b)[values.length >> 1];
const LEAST_RUNS = 15;
const MOST_RUNS = 400;
const MILLISECONDS = 700;

/** Milliseconds of one run, the median of as many as fit into the time, after some that warm up. */
async function time(work) {
  for (const until = performance.now() + MILLISECONDS / 2; performance.now() < until; ) await work();
  const runs = [];
  const end = performance.now() + MILLISECONDS;
  while (runs.length < LEAST_RUNS || (performance.now() < end && runs.length < MOST_RUNS)) {
    const start = performance.now();
    await work();
    runs.push(performance.now() - start);
  }
  return median(runs);
}

async function load() {
  const contents =
    "export { Operations } from './src/platform/operations.ts'; export { readWritten } from './src/assist/writtenCall.ts'; export { helpAt } from './src/assist/helpAt.ts'; export { lint } from './src/assist/lint.ts'; export { completionsAt } from './src/assist/completions.ts'; export { callSchema } from './src/platform/callSchema.ts'";
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

const id = (n) => `3f2504e0-4f89-41d3-9a0c-${String(n).padStart(12, '0')}`;

/** A conference with so many parties and attributes, a few of them with something wrong. */
function conference(parties, attributes) {
  const participants = Array.from({ length: parties }, (_, i) =>
    i % 3 === 0 ? { userId: id(i), name: `Agent ${i}` } : { address: `+1317555${String(100 + (i % 100)).padStart(4, '0')}`, name: `Customer ${i}` },
  );
  const pairs = Array.from({ length: attributes }, (_, i) => [`attribute${i}`, `Value ${i} with a few words and “quotes”`]);
  const body = { callFromQueueId: id(1), participants, label: 'conference', ownerId: id(2), attributes: Object.fromEntries(pairs), externalContactId: id(3) };
  return `${JSON.stringify(body, null, 2)}\n`;
}

/** The documents of DESIGN §11, by size. */
function documents(readWritten, operations) {
  const payloads = [
    [8, 12],
    [85, 125],
    [1350, 2000],
  ].map(([parties, attributes]) => {
    const text = conference(parties, attributes);
    return {
      name: `payload of ${(text.length / 1000).toFixed(text.length < 5000 ? 1 : 0)} KB`,
      text,
      hint: { fileName: 'a.call.json', languageId: 'json' },
      bodies: [text],
      at: 0,
    };
  });
  const hint = { languageId: 'shellscript' };
  const bodies = readWritten(script, hint, operations).calls.map((c) => c.region.body.text);
  return [...payloads, { name: `script of ${script.split('\n').length} lines, ${bodies.length} cURLs`, text: script, hint, bodies, at: bodies.length >> 1 }];
}

/** Where the label of the middle call stands, in the text and in its body. */
function places({ text, bodies, at }) {
  const inBody = bodies[at].lastIndexOf('label') + 2;
  let inText = -1;
  for (let n = 0; n <= at; n++) inText = text.indexOf('label', inText + 1);
  return { inText: inText + 2, inBody };
}

/** What is measured: ours and the peer's, each cold and warm. */
function tasks(ours, service, document) {
  const { text, hint, bodies, at } = document;
  const { operations, readWritten, helpAt, lint, completionsAt } = ours;
  const { inText, inBody } = places(document);
  const read = () => readWritten(text, hint, operations);
  const parse = () =>
    bodies.map((body) => {
      const opened = TextDocument.create('file:///a.call.json', 'json', 1, body);
      return { opened, json: service.parseJSONDocument(opened) };
    });
  const validate = async (parsed) => {
    const found = [];
    for (const { opened, json } of parsed) found.push(await service.doValidation(opened, json));
    return found;
  };
  return [
    {
      what: 'hover',
      ours: (written) => helpAt(written, inText, operations),
      theirs: (parsed) => service.doHover(parsed[at].opened, parsed[at].opened.positionAt(inBody), parsed[at].json),
    },
    { what: 'lint', ours: (written) => lint(written, operations), theirs: validate },
    {
      what: 'completion',
      ours: (written) => completionsAt(written, inText, operations, {}),
      theirs: (parsed) => service.doComplete(parsed[at].opened, parsed[at].opened.positionAt(inBody), parsed[at].json),
    },
  ].map((task) => ({ ...task, read, parse }));
}

const shown = (ms) => (ms < 0.1 ? `${(ms * 1000).toFixed(1)} µs` : `${ms.toFixed(2)} ms`);

export async function editor() {
  const { Operations, callSchema, ...functions } = await load();
  const operations = Operations.parse(fs.readFileSync('data/operations.json', 'utf8'));
  const ours = { ...functions, operations };
  const service = getLanguageService({});
  service.configure({ validate: true, schemas: [{ uri: 'call://schema', fileMatch: ['*.call.json'], schema: JSON.parse(JSON.stringify(callSchema())) }] });
  console.log(`${'in the editor'.padEnd(52)} ${'ours'.padStart(10)} ${'json service'.padStart(14)}   of the peer's time`);
  console.log('  cold: the text is read too; ours finds the calls of the script first, the peer is handed their bodies. warm: it has been read');
  for (const document of documents(ours.readWritten, operations)) {
    for (const task of tasks(ours, service, document)) {
      const written = task.read();
      const parsed = task.parse();
      if (!task.ours(written) || !(await task.theirs(parsed))) throw new Error(`${task.what} finds nothing in the ${document.name}`);
      for (const [state, us, peer] of [
        ['cold', () => task.ours(task.read()), () => task.theirs(task.parse())],
        ['warm', () => task.ours(written), () => task.theirs(parsed)],
      ]) {
        const [a, b] = [await time(us), await time(peer)];
        console.log(
          `${`${task.what}, ${state}: ${document.name}`.padEnd(52)} ${shown(a).padStart(10)} ${shown(b).padStart(14)}   ${((a / b) * 100).toFixed(0)} %`,
        );
      }
    }
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) await editor();
