// Writes schemas/ from the models that read what the schemas describe, so that VS Code's own JSON service gives hover,
// completion and validation for *.call.json and *.org.json. `--check` only compares.
import fs from 'node:fs';
import { build } from 'esbuild';

const SCHEMAS = [
  { file: 'schemas/call-request.schema.json', source: 'src/platform/callSchema.ts', make: 'callSchema' },
  { file: 'schemas/org.schema.json', source: 'src/sandbox/org/schema.ts', make: 'orgSchema' },
];

const check = process.argv.includes('--check');
let outdated = 0;
for (const { file, source, make } of SCHEMAS) {
  const { outputFiles } = await build({ entryPoints: [source], bundle: true, write: false, format: 'esm', platform: 'node' });
  const model = await import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].text).toString('base64')}`);
  const text = `${JSON.stringify(model[make](), null, 2)}\n`;
  if (!check) {
    fs.mkdirSync('schemas', { recursive: true });
    fs.writeFileSync(file, text);
  } else if (!fs.existsSync(file) || fs.readFileSync(file, 'utf8') !== text) {
    console.error(`${file} does not match ${source}: run node scripts/generate-schema.mjs`);
    outdated++;
  }
}
process.exit(outdated > 0 ? 1 : 0);
