import assert from 'node:assert/strict';
import { findRegion, hostOf, REGIONS, sandboxRegion } from '../../../src/platform/regions.js';

/** FACTS §5. */
const DOMAINS: Readonly<Record<string, string>> = {
  us_east_1: 'mypurecloud.com',
  us_east_2: 'use2.us-gov-pure.cloud',
  us_west_2: 'usw2.pure.cloud',
  ca_central_1: 'cac1.pure.cloud',
  mx_central_1: 'mxc1.pure.cloud',
  sa_east_1: 'sae1.pure.cloud',
  eu_west_1: 'mypurecloud.ie',
  eu_west_2: 'euw2.pure.cloud',
  eu_central_1: 'mypurecloud.de',
  eu_central_2: 'euc2.pure.cloud',
  eusc_de_east_1: 'edee1.eusc-pure.cloud',
  me_central_1: 'mec1.pure.cloud',
  ap_south_1: 'aps1.pure.cloud',
  ap_southeast_1: 'apse1.pure.cloud',
  ap_southeast_2: 'mypurecloud.com.au',
  ap_northeast_1: 'mypurecloud.jp',
  ap_northeast_2: 'apne2.pure.cloud',
  ap_northeast_3: 'apne3.pure.cloud',
};

describe('regions', () => {
  it('are the 18 of FACTS §5', () => {
    assert.deepEqual(REGIONS.map((r) => r.domain).sort(), Object.values(DOMAINS).sort());
    assert.equal(REGIONS.length, 18);
  });

  for (const [name, domain] of Object.entries(DOMAINS))
    it(`${domain} is found by its AWS name and by its hosts`, () => {
      const names = [name, name.replaceAll('_', '-'), name.toUpperCase()];
      const hosts = ['', 'api.', 'login.', 'apps.'].flatMap((p) => [
        p + domain,
        `https://${p}${domain}`,
        `https://${p}${domain}/`,
        ` ${p}${domain.toUpperCase()} `,
      ]);
      for (const words of [...names, ...hosts]) {
        const region = findRegion(words);
        assert.equal(region?.domain, domain, words);
        assert.equal(region?.login, `https://login.${domain}`);
        assert.equal(region?.api, `https://api.${domain}`);
        assert.equal(region?.sandbox, false);
      }
      assert.deepEqual(hostOf(`https://api.${domain}/api/v2/x`), { kind: 'api', host: `api.${domain}`, region: findRegion(domain) });
      assert.equal(hostOf(`https://LOGIN.${domain}:443/oauth/token`).kind, 'login');
    });

  const STRANGERS = [
    '',
    'us-east-9',
    'mypurecloud',
    'mypurecloud.com.evil.example',
    'https://mypurecloud.com.evil.example',
    'https://evil.example/mypurecloud.com',
    'https://evil.example?mypurecloud.com',
    'https://evil.example#mypurecloud.com',
    'https://mypurecloud.com@evil.example',
    'https://api.mypurecloud.com:x@evil.example/',
    'https://api.mypurecloud.com/api/v2',
    'https://api.mypurecloud.com:8443',
    'api.api.mypurecloud.com',
    'xmypurecloud.com',
    'my-purecloud.com',
    'pure.cloud',
    'http://api.mypurecloud.com',
    'http://mypurecloud.com',
    'ftp://mypurecloud.com',
    '//mypurecloud.com',
    'https://mypurecloud.com\\@evil.example',
    'mypurecloud.com\u0000.evil.example',
    'mypurecloud。com',
    'http://127.0.0.1',
    'https://127.0.0.1:8080',
    'http://127.0.0.1.evil.example:80',
    'http://127.0.0.1:80@evil.example',
    'http://127.0.0.1:8080/x',
    'http://127.0.0.1:8080?x',
    'http://localhost:99999',
    'http://localhost:123456',
    'http://localhost.evil.example:80',
    'http://0.0.0.0:80',
    'http://10.0.0.1:80',
    'http://[::2]:80',
    'localhost:8080',
    '__proto__',
    'constructor',
  ];
  for (const words of STRANGERS) it(`${JSON.stringify(words)} is no region: no token leaves for it`, () => assert.equal(findRegion(words), undefined));

  it('a sandbox is a loopback origin that serves login and API alike', () => {
    for (const origin of ['http://127.0.0.1:8080', 'http://localhost:1', 'http://[::1]:65535']) {
      const region = findRegion(`${origin}/`);
      assert.deepEqual([region?.login, region?.api, region?.sandbox], [origin, origin, true]);
      assert.deepEqual(region, sandboxRegion(origin));
    }
  });
});

describe('the host of a URL', () => {
  const KINDS: readonly (readonly [string, string, string])[] = [
    ['https://api.mypurecloud.com', 'api', 'api.mypurecloud.com'],
    ['https://api.mypurecloud.com?x', 'api', 'api.mypurecloud.com'],
    ['HTTPS://user:pw@API.mypurecloud.com:443/x', 'api', 'api.mypurecloud.com'],
    ['https://login.mypurecloud.ie/oauth/token', 'login', 'login.mypurecloud.ie'],
    ['https://api.mypurecloud.com@evil.example/api/v2', 'unknown', 'evil.example'],
    ['https://api.mypurecloud.com:x@evil.example/api/v2', 'unknown', 'evil.example'],
    ['https://evil.example/@api.mypurecloud.com', 'unknown', 'evil.example'],
    ['https://evil.example?@api.mypurecloud.com', 'unknown', 'evil.example'],
    ['https://evil.example#@api.mypurecloud.com', 'unknown', 'evil.example'],
    ['https://api.mypurecloud.com.evil.example/', 'unknown', 'api.mypurecloud.com.evil.example'],
    ['https://mypurecloud.com/', 'unknown', 'mypurecloud.com'],
    ['https://apps.mypurecloud.com/', 'unknown', 'apps.mypurecloud.com'],
    ['http://127.0.0.1:8080/x', 'loopback', '127.0.0.1'],
    ['http://127.9.9.9/x', 'loopback', '127.9.9.9'],
    ['http://[::1]:80/x', 'loopback', '[::1]'],
    ['http://127.0.0.1.evil.example/', 'unknown', '127.0.0.1.evil.example'],
    ['https://{{host}}/x', 'unreadable', '{{host}}'],
    ['/api/v2/x', 'unreadable', ''],
    ['', 'unreadable', ''],
  ];
  for (const [url, kind, host] of KINDS)
    it(`${url || 'nothing'} is ${kind}`, () => {
      const got = hostOf(url);
      assert.deepEqual([got.kind, got.host], [kind, host]);
      assert.equal(got.region !== undefined, kind === 'api' || kind === 'login');
    });

  it('is never that of a region where readers of URLs disagree', () => {
    for (const url of [
      'https://evil.example\\@api.mypurecloud.com/',
      'https://api.mypurecloud.com\\@evil.example/',
      'https://x@api.mypurecloud.com@evil.example/',
      'https://x@evil.example@api.mypurecloud.com/',
      'https:\\\\api.mypurecloud.com/',
    ])
      assert.equal(hostOf(url).region, undefined, url);
  });
});
