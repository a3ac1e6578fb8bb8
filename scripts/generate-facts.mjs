// Writes data/operations.json and data/regions.json from the fact base: `node scripts/generate-facts.mjs DIR`, where DIR holds
// operations.jsonl, regions.json and scopes.json. Run it when the facts change; the result is committed.
//
// operations.json is a tree of path segments, so that reading the file *is* building the index: a literal segment is a key,
// a parameter is "*", and "/" holds the operations that end there: method → [require, permissions, parameter names, flags, scopes].
import fs from 'node:fs';
import path from 'node:path';

const AS_OF = '2026-08-15'; // SDK 259.0.0, the newest one whose documents state permissions (FACTS §2)
const AS_OF_UNDOCUMENTED = '2026-09-16'; // SDK 262.0.0: the operation exists, its permissions are not published
const REQUIRE = { any: 'y', all: 'l', none: 'n', unknown: '?' };

/** Operations that an official example calls with client credentials (FACTS §7 callbacks, §4.4 tokens/me). */
const NO_USER_NEEDED = new Set(['POST /api/v2/conversations/callbacks', 'GET /api/v2/tokens/me']);

const dir = process.argv[2];
if (!dir) {
  console.error('usage: node scripts/generate-facts.mjs DIR   (the folder with operations.jsonl, regions.json and scopes.json)');
  process.exit(2);
}
const lines = fs
  .readFileSync(path.join(dir, 'operations.jsonl'), 'utf8')
  .trim()
  .split('\n')
  .map((l) => JSON.parse(l));
const permissions = [...new Set(lines.flatMap((o) => o.permissions ?? []))].sort();
const number = new Map(permissions.map((p, i) => [p, i]));

const tree = {};
for (const o of lines) {
  let at = tree;
  const names = [];
  for (const segment of o.path.split('/').slice(1)) {
    const param = /^\{(.+)\}$/.exec(segment)?.[1];
    if (param) names.push(param);
    at = at[param ? '*' : segment] ??= {};
  }
  const context = o.userContext ? 'u' : NO_USER_NEEDED.has(`${o.method} ${o.path}`) ? 'c' : '';
  const flags = context + (o.deprecated ? 'd' : '') + (o.preview ? 'p' : '');
  const row = [REQUIRE[o.require], (o.permissions ?? []).map((p) => number.get(p)), names, flags];
  if (o.scopes?.length) row.push(o.scopes, o.scopesFrom === 'official' ? 1 : 0);
  at['/'] ??= {};
  at['/'][o.method] = row;
}

const sort = (node) =>
  Object.fromEntries(
    Object.keys(node)
      .sort()
      .map((k) => [k, k === '/' ? node[k] : sort(node[k])]),
  );
const header = {
  source:
    'Permissions: purecloud-platform-client-v2 259.0.0, documentation of each API. Operations without them: 262.0.0. Scopes: terraform-provider-genesyscloud 1.84.1.',
  asOf: AS_OF,
  asOfUndocumented: AS_OF_UNDOCUMENTED,
  count: lines.length,
  scopes: JSON.parse(fs.readFileSync(path.join(dir, 'scopes.json'), 'utf8')),
  permissions,
};
// One line for each resource, so that a change of facts is a readable diff.
const resources = Object.entries(sort(tree.api.v2)).map(([k, v]) => `${JSON.stringify(k)}:${JSON.stringify(v)}`);
const head = Object.entries(header).map(([k, v]) => `${JSON.stringify(k)}:${JSON.stringify(v)}`);
fs.writeFileSync('data/operations.json', `{\n${head.join(',\n')},\n"tree":{"api":{"v2":{\n${resources.join(',\n')}\n}}}\n}\n`);

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
console.log(`${lines.length} operations, ${permissions.length} permissions, ${regions.length} regions`);
