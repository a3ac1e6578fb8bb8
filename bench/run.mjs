// `npm run bench`: what DESIGN §11 promises, side by side with a peer in the same run. Nothing here fails a build: figures are for reading.
import { npm } from '../scripts/run.mjs';
import { reportActivation } from './activation.mjs';
import { call } from './call.mjs';
import { editor } from './editor.mjs';
import { evidence } from './evidence.mjs';
import { pure } from './pure.mjs';
import { reportSandbox } from './sandbox.mjs';
import { stream } from './stream.mjs';

const { code, output } = await npm(['run', 'package'], {});
if (code !== 0) {
  console.error(output);
  process.exit(1);
}
await pure();
await editor();
await stream();
await evidence();
await call();
await reportSandbox();
await reportActivation(Number(process.argv[2] ?? 7));
