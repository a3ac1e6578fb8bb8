import assert from 'node:assert/strict';
import { Client } from '../../../../src/org/client.js';
import { send } from '../../../../src/org/http.js';
import { readSession, type Session } from '../../../../src/org/oauth/session.js';
import { sandboxRegion } from '../../../../src/platform/regions.js';
import { orgCopy, start } from '../../sandbox/harness.js';
import { json, nobody, type Seen, serve } from '../server.js';

const TOKEN = 'canary-token-of-a-session';

/** The session of a token at a server that answers these paths. */
async function sessionAt(answers: Readonly<Record<string, unknown>>): Promise<{ readonly session: Session; readonly seen: readonly Seen[] }> {
  const server = await serve((r, { url }) => {
    const body = answers[url.replace('/api/v2/', '')];
    if (typeof body === 'number') return json(r, body, { status: body, code: body === 401 ? 'bad.credentials' : 'not.authorized', message: 'x' });
    return json(r, 200, body);
  });
  const session = await readSession(new Client(sandboxRegion(server.origin), async () => ({ kind: 'ok', token: TOKEN }), send));
  return { session, seen: server.seen };
}

const value = <T>(fact: { readonly kind: string; readonly value?: T }): T | string => (fact.kind === 'known' ? (fact.value as T) : fact.kind);

describe('org/oauth/session, against the sandbox', () => {
  const sessionOf = async (name: string, options: Parameters<typeof start>[0] = {}): Promise<Session> => {
    const running = await start(options);
    const token = await running.token(name);
    return readSession(new Client(sandboxRegion(running.sandbox.origin), async () => ({ kind: 'ok', token }), send));
  };

  it('tells a client: its org, grant and number of roles', async () => {
    const session = await sessionOf('dialer-service');
    const id = orgCopy().clients.find((c) => c.name === 'dialer-service')?.id;
    assert.deepEqual(value(session.caller), { kind: 'client', id, name: 'dialer-service' });
    assert.deepEqual(value(session.client), { id, name: 'dialer-service' });
    assert.equal(value(session.grant), 'CLIENT-CREDENTIALS');
    // Dialer, Directory Reader, Auditor.
    assert.equal(value(session.roles), 3);
    const { organization } = orgCopy();
    assert.deepEqual(value(session.organization), { id: organization.id, name: organization.name });
    assert.equal(value(session.idlesAt), undefined);
  });

  it('tells a user: name, address, and the client with its scopes', async () => {
    const session = await sessionOf('Sales Agent 7');
    const { id, email } = orgCopy().users.find((u) => u.name === 'Sales Agent 7') ?? assert.fail();
    assert.deepEqual(value(session.caller), { kind: 'user', id, name: 'Sales Agent 7', email });
    const client = orgCopy().clients.find((c) => c.name === 'call-desk');
    assert.deepEqual(value(session.client), { id: client?.id, name: 'call-desk' });
    assert.equal(value(session.grant), 'CODE');
    assert.deepEqual(value(session.scopes), client?.scopes);
  });
});

describe('org/oauth/session, what the platform does not tell', () => {
  const INFO = { organization: { id: 'org-1', name: 'Harbour' }, authorizedScope: [], OAuthClient: { id: 'c1', name: 'desk', authorizedGrantType: 'CODE' } };

  it('asks two things at once, and for a user a third', async () => {
    const user = await sessionAt({
      'tokens/me': INFO,
      'users/me': { id: 'u1', name: 'Ada', email: 'ada@sandbox-org.example' },
      'authorization/subjects/me': 403,
    });
    assert.deepEqual(user.seen.map((s) => s.url.slice(8)).sort(), ['authorization/subjects/me', 'tokens/me', 'users/me']);
    assert.deepEqual(value(user.session.caller), { kind: 'user', id: 'u1', name: 'Ada', email: 'ada@sandbox-org.example' });
    const client = { ...INFO, OAuthClient: { ...INFO.OAuthClient, authorizedGrantType: 'CLIENT-CREDENTIALS' }, authenticatedUser: null };
    const service = await sessionAt({ 'tokens/me': client, 'authorization/subjects/me': { grants: [] } });
    assert.deepEqual(service.seen.map((s) => s.url.slice(8)).sort(), ['authorization/subjects/me', 'tokens/me']);
    assert.equal(value(service.session.roles), 0);
  });

  it('says of each part why it is not known', async () => {
    const { session } = await sessionAt({ 'tokens/me': INFO, 'users/me': 403, 'authorization/subjects/me': 403 });
    for (const fact of [session.caller, session.roles]) assert.ok(fact.kind === 'unchecked' && fact.status === 403 && /answered 403/.test(fact.why));
    assert.equal(value(session.grant), 'CODE');
  });

  it('counts a role once that is granted in several divisions', async () => {
    const grant = (role: string, division: string) => ({ role: { id: role, name: role, policies: [] }, division: { id: division, name: division } });
    const { session } = await sessionAt({
      'tokens/me': INFO,
      'users/me': { id: 'u1', name: 'Ada' },
      'authorization/subjects/me': { grants: [grant('dialer', 'north'), grant('dialer', 'south'), grant('reader', '*')] },
    });
    assert.equal(value(session.roles), 2);
  });

  it('tells when the token ends if nobody uses it', async () => {
    const { session } = await sessionAt({
      'tokens/me': { ...INFO, dateTokenIdles: '2026-11-22T12:15:00.000Z' },
      'users/me': 403,
      'authorization/subjects/me': 403,
    });
    assert.equal(value(session.idlesAt), Date.parse('2026-11-22T12:15:00Z'));
  });

  it('follows no redirect of the API with the token', async () => {
    const stranger = await serve((r) => json(r, 200, INFO));
    const server = await serve((r, { url }) => r.writeHead(302, { Location: stranger.origin + url }).end());
    const session = await readSession(new Client(sandboxRegion(server.origin), async () => ({ kind: 'ok', token: TOKEN }), send));
    assert.deepEqual([server.seen.length, stranger.seen.length], [2, 0]);
    assert.ok(session.caller.kind === 'unchecked' && session.caller.status === 302);
  });

  it('knows nothing with a token that is not taken, or without an answer, and does not show the token', async () => {
    const { session } = await sessionAt({ 'tokens/me': 401, 'authorization/subjects/me': 401 });
    const silent = await readSession(new Client(sandboxRegion(await nobody()), async () => ({ kind: 'ok', token: TOKEN }), send));
    for (const { region: _, ...parts } of [session, silent]) for (const part of Object.values(parts)) assert.equal(part.kind, 'unchecked');
    assert.ok(session.grant.kind === 'unchecked' && session.grant.status === 401);
    assert.ok(!JSON.stringify([session, silent]).includes(TOKEN));
  });
});
