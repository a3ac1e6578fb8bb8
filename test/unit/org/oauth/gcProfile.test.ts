import assert from 'node:assert/strict';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { type GcProfile, gcConfigFile, parseGcProfiles, readGcProfiles } from '../../../../src/org/oauth/gcProfile.js';
import { findRegion } from '../../../../src/platform/regions.js';
import { holdsNone } from './flow.js';

const ID = '3f2504e0-4f89-41d3-9a0c-0305e82c3301';
const SECRET = 'canary-secret-of-a-profile';
const TOKEN = 'canary-token-of-a-profile';
const NOW = Date.parse('2026-11-22T12:00:00Z');

const profiles = (content: string): readonly GcProfile[] => {
  const read = parseGcProfiles(content, 'config.toml', NOW);
  assert.ok(read.kind === 'read', JSON.stringify(read));
  return read.profiles;
};
const only = (table: string): GcProfile => profiles(`[p]\nenvironment = "mypurecloud.ie"\n${table}`)[0] ?? assert.fail();
const why = (profile: GcProfile): string => (profile.usable.kind === 'no' ? profile.usable.why : assert.fail(JSON.stringify(profile)));

describe('org/oauth/gcProfile', () => {
  it('reads profiles as the command line’s documentation has them', () => {
    const [first, second, third] = profiles(
      `[DEFAULT]\nenvironment="mypurecloud.com" \nclient_credentials="${ID}"\nclient_secret="${SECRET}"\n\n` +
        `[test_pro_1]\nenvironment="us-west-2"\nclient_credentials="${ID}"\nclient_secret="${SECRET}"\n\n[test_pro_2]\nenvironment="mypurecloud.de"\naccess_token="${TOKEN}"\n`,
    );
    const region = findRegion('us-east-1');
    const client = { clientId: ID };
    assert.deepEqual(first, {
      name: 'DEFAULT',
      region,
      client,
      usable: { kind: 'yes', credentials: { kind: 'client', clientId: ID, clientSecret: SECRET, region } },
    });
    assert.deepEqual([second?.name, second?.region?.name, second?.usable.kind], ['test_pro_1', 'us-west-2', 'yes']);
    const germany = findRegion('eu-central-1');
    assert.deepEqual(third, { name: 'test_pro_2', region: germany, usable: { kind: 'yes', credentials: { kind: 'token', token: TOKEN, region: germany } } });
  });

  it('reads what the command line writes: keys in small letters, indented, blank where nothing was said', () => {
    const [profile] = profiles(
      `\n[default]\n  access_token = ""\n  client_credentials = "${ID}"\n  client_secret = '${SECRET}'\n  environment = "euw2.pure.cloud"\n  grant_type = "1"\n` +
        `  logging_enabled = false\n  redirect_uri = ""\n  secure_login_enabled = false\n`,
    );
    assert.ok(profile?.usable.kind === 'yes');
    assert.deepEqual(profile.usable.credentials, { kind: 'client', clientId: ID, clientSecret: SECRET, region: findRegion('eu-west-2') });
  });

  it('prefers a token to a client, as the command line does', () => {
    const { usable } = only(`access_token = "${TOKEN}"\nclient_credentials = "${ID}"\nclient_secret = "${SECRET}"`);
    assert.ok(usable.kind === 'yes' && usable.credentials.kind === 'token');
  });

  const pkce = (data: object): string =>
    `grant_type = "3"\nclient_credentials = "${ID}"\nredirect_uri = "http://localhost:8080"\noauth_token_data = ${JSON.stringify(JSON.stringify(data))}`;

  it('takes the token that a sign-in with PKCE left, while it lasts', () => {
    const profile = only(pkce({ access_token: TOKEN, token_type: 'bearer', expires_in: 86400, error: '', oauth_token_expiry: '2026-11-22T13:00:00Z' }));
    assert.ok(profile.usable.kind === 'yes' && profile.usable.credentials.kind === 'token' && profile.usable.credentials.token === TOKEN);
    assert.deepEqual(profile.client, { clientId: ID, redirectUri: 'http://localhost:8080' });
  });

  it('says that such a token has expired, or that there is none', () => {
    assert.match(why(only(pkce({ access_token: TOKEN, oauth_token_expiry: '2026-11-22T11:59:59Z' }))), /PKCE, has expired/);
    assert.match(why(only(`grant_type = "2"\nclient_credentials = "${ID}"\noauth_token_data = "not JSON"`)), /implicit grant, and has no token/);
  });

  for (const [what, content, expected] of [
    ['no environment', `[p]\naccess_token = "${TOKEN}"`, /names no environment/],
    ['a stranger’s environment', `[p]\nenvironment = "evil.example"\naccess_token = "${TOKEN}"`, /no region/],
    [
      'a gateway of its own',
      `[p]\nenvironment = "mypurecloud.ie"\naccess_token = "${TOKEN}"\ngateway_protocol = "https"\ngateway_host = "evil.example"`,
      /gateway/,
    ],
    ['an id without a secret', `[p]\nenvironment = "mypurecloud.ie"\nclient_credentials = "${ID}"`, /client_secret is not/],
    ['an id for a token', `[p]\nenvironment = "mypurecloud.ie"\naccess_token = "${ID}"`, /Its access token: This is an id/],
    ['nothing', `[p]\nenvironment = "mypurecloud.ie"`, /neither a token nor a client/],
    ['numbers and lists', `[p]\nenvironment = "mypurecloud.ie"\naccess_token = ["${TOKEN}"]\nclient_credentials = 7`, /client_secret is not/],
  ] as const)
    it(`does not sign in with a profile with ${what}, and says why without its values`, () => {
      const [profile] = profiles(content);
      assert.ok(profile);
      assert.match(why(profile), expected);
      holdsNone([TOKEN, SECRET, 'evil.example'], profile);
    });

  it('says where a file is not TOML, and quotes nothing of it', () => {
    const read = parseGcProfiles(`[p]\naccess_token = "${TOKEN}\nclient_secret = "${SECRET}"\n`);
    assert.ok(read.kind === 'unreadable');
    assert.match(read.why, /^config\.toml is not valid TOML: see line \d+, column \d+\.$/);
    holdsNone([TOKEN, SECRET], read);
  });

  it('finds nothing in a file without profiles', () => {
    for (const content of ['', '# nothing\n', 'access_token = "x"\n']) assert.deepEqual(parseGcProfiles(content), { kind: 'none' });
  });

  describe('on a disk', () => {
    let home = '';
    before(async () => {
      home = await fs.mkdtemp(path.join(os.tmpdir(), 'call-doctor-gc-'));
    });
    after(() => fs.rm(home, { recursive: true, force: true }));

    it('is in the home directory, and may be missing', async () => {
      const file = gcConfigFile(home);
      assert.equal(file, path.join(home, '.gc', 'config.toml'));
      assert.deepEqual(await readGcProfiles(file), { kind: 'none' });
      await fs.mkdir(path.dirname(file));
      const content = `\uFEFF[p]\r\nenvironment = "mypurecloud.ie"\r\naccess_token = "${TOKEN}"\r\n`;
      await fs.writeFile(file, content);
      const read = await readGcProfiles(file);
      assert.ok(read.kind === 'read' && read.profiles[0]?.usable.kind === 'yes');
      assert.equal(await fs.readFile(file, 'utf8'), content);
      assert.deepEqual(await fs.readdir(path.dirname(file)), ['config.toml']);
    });

    it('is unreadable where it is a directory, or very large', async () => {
      const directory = await readGcProfiles(home);
      assert.ok(directory.kind === 'unreadable' && /EISDIR/.test(directory.why));
      const large = path.join(home, 'large.toml');
      await fs.writeFile(large, '#'.repeat(1_000_000));
      const read = await readGcProfiles(large);
      assert.ok(read.kind === 'unreadable' && /too large/.test(read.why));
    });
  });
});
