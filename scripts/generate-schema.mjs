// Writes schemas/call-request.schema.json from the call request model, so that VS Code's own JSON service gives hover,
// completion and validation for *.call.json. `--check` only compares.
import fs from 'node:fs';
import { build } from 'esbuild';

const file = 'schemas/call-request.schema.json';
const { outputFiles } = await build({
  stdin: { contents: "export * from './src/platform/callSchema.ts'", resolveDir: '.' },
  bundle: true,
  write: false,
  format: 'esm',
  platform: 'node',
});
const { callSchema } = await import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].text).toString('base64')}`);
const text = `${JSON.stringify(callSchema(), null, 2)}\n`;
if (!process.argv.includes('--check')) {
  fs.mkdirSync('schemas', { recursive: true });
  fs.writeFileSync(file, text);
} else if (fs.readFileSync(file, 'utf8') !== text) {
  console.error(`${file} does not match src/platform/callRequest.ts: run node scripts/generate-schema.mjs`);
  process.exit(1);
}
