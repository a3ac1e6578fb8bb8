// `node test/form/run.mjs [part of a name] [--report FILE]`: the call form in a browser. Pictures, accessibility, and what keys and messages do.
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { behaviour } from './behaviour.mjs';
import { comboboxes } from './comboboxes.mjs';
import { build, openForms, serve } from './harness.mjs';
import { takeShots } from './shots.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const { values, positionals } = parseArgs({ allowPositionals: true, options: { report: { type: 'string' } } });
const only = positionals[0];
const SIZE = 250 * 1024;
const tests = [];

function report(name, problems) {
  tests.push(problems.length === 0 ? { title: `form: ${name}`, state: 'passed' } : { title: `form: ${name}`, state: 'failed', error: problems.join('\n') });
  console.log(`${problems.length === 0 ? '✓' : '✗'} ${name}${problems.map((p) => `\n    ${p}`).join('')}`);
}

const built = await build();
const server = await serve(built);
const forms = await openForms(server);
try {
  for (const [name, test] of Object.entries({ ...comboboxes, ...behaviour }).filter(([n]) => !only || n.includes(only))) {
    const before = forms.complaints.length;
    const opened = [];
    const open = async (options) => {
      const form = await forms.open(options);
      opened.push(form);
      return form;
    };
    const problems = [];
    try {
      await test({ open, STATES: built.STATES, formPage: built.formPage, complaints: forms.complaints });
    } catch (error) {
      problems.push(error.message.split('\n').slice(0, 6).join('\n    '));
    }
    for (const form of opened) await form.close();
    report(name, [...problems, ...forms.complaints.slice(before)]);
  }
  let seen = forms.complaints.length;
  await takeShots(
    forms,
    built.STATES,
    path.join(root, 'out/shots/form'),
    (file, problems) => {
      report(`looks and is accessible: ${file}`, [...problems, ...forms.complaints.slice(seen)]);
      seen = forms.complaints.length;
    },
    only,
  );
  if (!only) report(`the bundle is at most ${SIZE / 1024} KB`, built.bytes.js <= SIZE ? [] : [`it is ${built.bytes.js} bytes`]);
} finally {
  await forms.close();
  await server.close();
}
console.log(`form.js ${(built.bytes.js / 1024).toFixed(1)} KB, form.css ${(built.bytes.css / 1024).toFixed(1)} KB`);
const failed = tests.filter((t) => t.state === 'failed').length;
console.log(`${tests.length - failed} passed, ${failed} failed`);
if (values.report) fs.writeFileSync(values.report, JSON.stringify({ tests }));
process.exitCode = failed > 0 ? 1 : 0;
