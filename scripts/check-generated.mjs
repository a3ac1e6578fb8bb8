// What is generated and committed matches its source.
import { execFileSync } from 'node:child_process';

execFileSync(process.execPath, ['scripts/generate-schema.mjs', '--check'], { stdio: 'inherit' });
