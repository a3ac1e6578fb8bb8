// Writes data/operations.json and data/regions.json from the fact base: `node scripts/generate-facts.mjs DIR`, where DIR holds
// operations.jsonl, regions.json and scopes.json. Run it when the facts change; the result is committed.
//
// The format of operations.json is src/platform/operationIndex.ts's, which also writes what a refresh reads from the live API.
import fs from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';

const AS_OF = '2026-08-15'; // SDK 259.0.0, the newest one whose documents state permissions (FACTS §2)
const AS_OF_UNDOCUMENTED = '2026-09-16'; // SDK 262.0.0: the operation exists, its permissions are not published

/** Operations that an official example calls with client credentials (FACTS §7 callbacks, §4.4 tokens/me). */
const NO_USER_NEEDED = new Set(['POST /api/v2/conversations/callbacks', 'GET /api/v2/tokens/me']);

const dir = process.argv[2];
if (!dir) {
  console.error('usage: node scripts/generate-facts.mjs DIR   (the folder with operations.jsonl, regions.json and scopes.json)');
  process.exit(2);
}
const { outputFiles } = await build({ entryPoints: ['src/platform/operationIndex.ts'], bundle: true, write: false, format: 'esm', platform: 'node' });
const { writeIndex } = await import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].text).toString('base64')}`);

const entries = fs
  .readFileSync(path.join(dir, 'operations.jsonl'), 'utf8')
  .trim()
  .split('\n')
  .map((line) => {
    const o = JSON.parse(line);
    return {
      method: o.method,
      path: o.path,
      rule: o.require,
      permissions: o.permissions ?? [],
      userContext: o.userContext ? 'required' : NO_USER_NEEDED.has(`${o.method} ${o.path}`) ? 'not-required' : 'unknown',
      scopes: o.scopes ?? [],
      scopesFrom: o.scopesFrom === 'official' ? 'official' : 'likely',
      deprecated: o.deprecated === true,
      preview: o.preview === true,
    };
  });
const head = {
  source:
    'Permissions: purecloud-platform-client-v2 259.0.0, documentation of each API. Operations without them: 262.0.0. Scopes: terraform-provider-genesyscloud 1.84.1.',
  asOf: AS_OF,
  asOfUndocumented: AS_OF_UNDOCUMENTED,
  scopes: JSON.parse(fs.readFileSync(path.join(dir, 'scopes.json'), 'utf8')),
};
fs.writeFileSync('data/operations.json', writeIndex(head, entries));

const regions = JSON.parse(fs.readFileSync(path.join(dir, 'regions.json'), 'utf8'));
fs.writeFileSync(
  'data/regions.json',
  `${JSON.stringify(
    {
      source: 'purecloud-platform-client-v2 262.0.0, PureCloudRegionHosts.js',
      asOf: AS_OF_UNDOCUMENTED,
      regions: regions.map(({ awsRegion, label, domain }) => ({ name: awsRegion, label, domain })),
    },
    null,
    2,
  )}\n`,
);
console.log(`${entries.length} operations, ${new Set(entries.flatMap((e) => e.permissions)).size} permissions, ${regions.length} regions`);
