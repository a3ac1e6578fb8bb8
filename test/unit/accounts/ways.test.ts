import assert from 'node:assert/strict';
import { WAY_IDS, WAYS, type WayId, type WindowEnvironment, waysFor } from '../../../src/accounts/ways.js';

const DESKTOP: WindowEnvironment = { place: 'desktop', trusted: true, keyring: true, environment: true, gcProfile: true };
const ids = (window: WindowEnvironment): readonly WayId[] => waysFor(window).map((o) => o.way.id);
const noteOn = (window: WindowEnvironment, id: WayId): string =>
  (waysFor(window).find((o) => o.way.id === id)?.notes ?? assert.fail(`${id} is not offered`)).join(' ');
const without = (...gone: readonly WayId[]): ReadonlySet<WayId> => new Set(WAY_IDS.filter((id) => !gone.includes(id)));

describe('accounts/ways', () => {
  it('are each described once', () => {
    assert.deepEqual(new Set(WAYS.map((w) => w.id)), new Set(WAY_IDS));
    assert.equal(WAYS.length, WAY_IDS.length);
  });

  it('has every way on a desktop, with nothing to warn of', () => {
    assert.deepEqual(new Set(ids(DESKTOP)), without());
    assert.deepEqual(
      waysFor(DESKTOP).flatMap((o) => o.notes),
      [],
    );
  });

  it('says on a remote machine (SSH, container, WSL) that the same port is needed on this one', () => {
    const remote: WindowEnvironment = { ...DESKTOP, place: 'remote' };
    assert.deepEqual(new Set(ids(remote)), without());
    for (const id of ['browser', 'browser-secret'] as const) assert.match(noteOn(remote, id), /VS Code forwards: it has to be free on this machine, too/);
    for (const id of ['browser-uri', 'client-credentials', 'token', 'sandbox'] as const) assert.equal(noteOn(remote, id), '');
  });

  it('has no VS Code address in a browser, where it is another one each time (FACTS §4.2: redirects match exactly)', () => {
    const web: WindowEnvironment = { ...DESKTOP, place: 'web' };
    assert.deepEqual(new Set(ids(web)), without('browser-uri'));
    assert.match(noteOn(web, 'browser'), /only where this browser and VS Code’s server are one machine/);
  });

  it('does not believe the environment of a workspace that is not trusted', () =>
    assert.deepEqual(new Set(ids({ ...DESKTOP, trusted: false })), without('environment')));

  it('offers the environment and a profile only where they are there', () =>
    assert.deepEqual(new Set(ids({ ...DESKTOP, environment: false, gcProfile: false })), without('environment', 'gc-profile')));

  it('says without a keyring that every sign-in with something to keep ends with the window', () => {
    const offered = waysFor({ ...DESKTOP, keyring: false });
    assert.deepEqual(new Set(offered.map((o) => o.way.id)), without());
    for (const { way, notes } of offered) assert.equal(/until this window closes/.test(notes.join()), way.id !== 'sandbox', way.id);
  });

  it('says of an application that it cannot place a plain call, and of what cannot renew itself that it ends', () => {
    const cannot = (id: WayId): string => WAYS.find((w) => w.id === id)?.cannot ?? '';
    assert.match(cannot('client-credentials'), /cannot place a plain call/);
    for (const id of ['browser', 'token', 'saml2'] as const) assert.match(cannot(id), /cannot renew itself/);
    assert.match(WAYS.find((w) => w.id === 'browser-uri')?.detail ?? '', /not verified/);
  });

  it('says it all in lines that a picker shows whole', () => {
    const lines = (['desktop', 'remote', 'web'] as const).flatMap((place) =>
      waysFor({ ...DESKTOP, place, keyring: false }).flatMap(({ way, notes }) => [way.detail, ...notes]),
    );
    for (const line of lines) assert.ok(line.length <= 95 && line.endsWith('.'), line);
  });

  it('gives whom FACTS §4.1 says', () =>
    assert.deepEqual(Object.fromEntries(WAYS.map((w) => [w.id, w.gives])), {
      sandbox: 'either',
      browser: 'user',
      'browser-secret': 'user',
      'browser-uri': 'user',
      'client-credentials': 'application',
      token: 'either',
      saml2: 'user',
      environment: 'either',
      'gc-profile': 'either',
    }));

  it('asks for a secret where the token endpoint wants one (FACTS §4.1)', () =>
    assert.deepEqual(
      WAYS.filter((w) => w.needsSecret).map((w) => w.id),
      ['browser-secret', 'client-credentials', 'saml2'],
    ));
});
