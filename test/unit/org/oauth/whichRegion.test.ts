import assert from 'node:assert/strict';
import type { Http, Outcome, Outgoing } from '../../../../src/org/http.js';
import { findRegionOfToken } from '../../../../src/org/oauth/whichRegion.js';
import { REGIONS, type Region, sandboxRegion } from '../../../../src/platform/regions.js';
import { holdsNone } from './flow.js';

const TOKEN = 'canary-token-of-some-region';
const all = async (regions: readonly Region[]): Promise<readonly Region[]> => regions;

const answered = (status: number, body: unknown, headers: readonly (readonly [string, string])[] = []): Outcome => ({
  kind: 'answered',
  status,
  headers,
  body: typeof body === 'string' ? body : JSON.stringify(body),
  cut: false,
  ms: 1,
});
const STRANGER = answered(401, { code: 'bad.credentials', message: 'Invalid login credentials.', status: 401, contextId: 'x' });
const KNOWN = answered(200, { organization: { name: 'Harbour' }, OAuthClient: { authorizedGrantType: 'CODE' } });

function world(answer: (host: string) => Outcome): { readonly http: Http; readonly sent: Outgoing[]; hosts(): string[] } {
  const sent: Outgoing[] = [];
  return {
    sent,
    hosts: () => sent.map((s) => new URL(s.url).host),
    http: async (request) => {
      sent.push(request);
      return answer(new URL(request.url).host);
    },
  };
}

describe('org/oauth/whichRegion', () => {
  it('asks one region after the other until one knows the token, and no other then', async () => {
    const { http, sent, hosts } = world((host) => (host === `api.${REGIONS[3]?.domain}` ? KNOWN : STRANGER));
    assert.deepEqual(await findRegionOfToken(TOKEN, REGIONS, all, http), { kind: 'found', region: REGIONS[3] });
    assert.deepEqual(
      hosts(),
      REGIONS.slice(0, 4).map((r) => `api.${r.domain}`),
    );
    for (const { method, url, headers } of sent)
      assert.deepEqual([method, new URL(url).pathname, headers['Authorization']], ['GET', '/api/v2/tokens/me', `Bearer ${TOKEN}`]);
  });

  it('sends nothing before the person has agreed, and nothing to a region that was left out', async () => {
    const { http, hosts } = world(() => STRANGER);
    let shown: readonly Region[] = [];
    const answer = await findRegionOfToken(
      TOKEN,
      REGIONS,
      async (regions) => {
        assert.deepEqual(hosts(), []);
        shown = regions;
        return regions.slice(5, 7);
      },
      http,
    );
    assert.deepEqual(shown, REGIONS);
    assert.deepEqual(
      hosts(),
      REGIONS.slice(5, 7).map((r) => `api.${r.domain}`),
    );
    assert.ok(answer.kind === 'nowhere' && answer.strangers.length === 2 && answer.silent.length === 0);
  });

  it('sends nothing where the person agrees to none', async () => {
    const { http, sent } = world(() => KNOWN);
    assert.deepEqual(await findRegionOfToken(TOKEN, REGIONS, async () => [], http), { kind: 'not-agreed' });
    assert.equal(sent.length, 0);
  });

  it('sends it to hosts of the table alone, whatever it is handed', async () => {
    const { http, hosts } = world(() => STRANGER);
    const forged: Region = { ...(REGIONS[0] as Region), api: 'https://evil.example', login: 'https://evil.example' };
    const invented: Region = { ...forged, name: 'mars-1', domain: 'evil.example' };
    const sandbox = sandboxRegion('http://127.0.0.1:9');
    await findRegionOfToken(TOKEN, [forged, invented, sandbox], async (regions) => [...regions, invented, sandbox, REGIONS[1] as Region], http);
    assert.deepEqual(hosts(), [`api.${REGIONS[0]?.domain}`]);
  });

  it('believes no answer but the platform’s: no page, no redirect, no fault', async () => {
    const odd: readonly Outcome[] = [
      answered(200, '<html>Welcome to the Wi-Fi</html>'),
      answered(200, {}),
      answered(302, '', [['Location', 'https://evil.example/api/v2/tokens/me']]),
      answered(401, '<html>'),
      answered(503, { code: 'service.unavailable', message: 'x', status: 503 }),
      { kind: 'not-sent', code: 'ENOTFOUND', why: 'the name of the host cannot be resolved: no network, or no DNS' },
    ];
    const regions = REGIONS.slice(0, odd.length);
    const { http, hosts } = world((host) => odd[regions.findIndex((r) => `api.${r.domain}` === host)] ?? STRANGER);
    const answer = await findRegionOfToken(TOKEN, regions, all, http);
    assert.ok(answer.kind === 'nowhere');
    assert.deepEqual([answer.strangers.length, answer.silent.length], [0, odd.length]);
    assert.ok(!hosts().includes('evil.example'));
    holdsNone([TOKEN], answer);
  });

  it('stops where it is told to', async () => {
    const controller = new AbortController();
    const { http, sent } = world(() => {
      controller.abort();
      return { kind: 'cancelled' };
    });
    assert.deepEqual(await findRegionOfToken(TOKEN, REGIONS, all, http, controller.signal), { kind: 'cancelled' });
    assert.equal(sent.length, 1);
  });
});
