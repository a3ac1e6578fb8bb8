import assert from 'node:assert/strict';
import { readEnvironment } from '../../../../src/org/oauth/environment.js';
import { findRegion } from '../../../../src/platform/regions.js';
import { holdsNone } from './flow.js';

const ID = '3f2504e0-4f89-41d3-9a0c-0305e82c3301';
const SECRET = 'canary-secret-of-the-environment';
const TOKEN = 'canary-token-of-the-environment';

describe('org/oauth/environment', () => {
  it('finds a token, and takes it before a client', () => {
    assert.deepEqual(readEnvironment({ GENESYSCLOUD_ACCESS_TOKEN: TOKEN }), { kind: 'token', token: TOKEN });
    const both = { GENESYSCLOUD_ACCESS_TOKEN: TOKEN, GENESYSCLOUD_OAUTHCLIENT_ID: ID, GENESYSCLOUD_OAUTHCLIENT_SECRET: SECRET };
    assert.deepEqual(readEnvironment(both), { kind: 'token', token: TOKEN });
  });

  it('finds a client', () => {
    const env = { GENESYSCLOUD_OAUTHCLIENT_ID: ` ${ID}\n`, GENESYSCLOUD_OAUTHCLIENT_SECRET: `${SECRET}\r\n`, GENESYSCLOUD_ACCESS_TOKEN: '  ' };
    assert.deepEqual(readEnvironment(env), { kind: 'client', clientId: ID, clientSecret: SECRET });
  });

  for (const [named, name] of [
    ['us-east-1', 'us-east-1'],
    ['eu_west_1', 'eu-west-1'],
    ['mypurecloud.de', 'eu-central-1'],
    ['https://api.usw2.pure.cloud', 'us-west-2'],
  ] as const)
    it(`reads the region ${named}`, () => {
      const found = readEnvironment({ GENESYSCLOUD_ACCESS_TOKEN: TOKEN, GENESYSCLOUD_REGION: named });
      assert.ok(found.kind === 'token');
      assert.deepEqual(found.region, findRegion(name));
    });

  const unusable: readonly [what: string, env: Readonly<Record<string, string>>, why: RegExp][] = [
    [
      'a region that is none',
      { GENESYSCLOUD_ACCESS_TOKEN: TOKEN, GENESYSCLOUD_REGION: 'mypurecloud.com.evil.example' },
      /^GENESYSCLOUD_REGION names no region/,
    ],
    ['an id without a secret', { GENESYSCLOUD_OAUTHCLIENT_ID: ID }, /GENESYSCLOUD_OAUTHCLIENT_SECRET is not/],
    ['a secret without an id', { GENESYSCLOUD_OAUTHCLIENT_SECRET: SECRET }, /GENESYSCLOUD_OAUTHCLIENT_ID is not/],
    ['an id for a token', { GENESYSCLOUD_ACCESS_TOKEN: ID }, /^GENESYSCLOUD_ACCESS_TOKEN: This is an id/],
    ['a placeholder', { GENESYSCLOUD_ACCESS_TOKEN: '<your token>' }, /placeholder/],
    ['two words', { GENESYSCLOUD_ACCESS_TOKEN: `${TOKEN} ${SECRET}` }, /white space/],
  ];
  for (const [what, env, why] of unusable)
    it(`says what is wrong with ${what}, and not its value`, () => {
      const found = readEnvironment(env);
      assert.ok(found.kind === 'unusable', JSON.stringify(found));
      assert.match(found.why, why);
      holdsNone([ID, SECRET, TOKEN, 'evil.example'], found);
    });

  it('finds nothing where nothing is', () => {
    assert.deepEqual(readEnvironment({}), { kind: 'none' });
    assert.deepEqual(readEnvironment({ GENESYSCLOUD_REGION: 'us-east-1', GENESYSCLOUD_OAUTHCLIENT_ID: '', HOME: '/home/x' }), { kind: 'none' });
  });
});
