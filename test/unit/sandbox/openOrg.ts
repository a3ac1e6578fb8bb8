import assert from 'node:assert/strict';
import type { AddressInfo } from 'node:net';
import { createApp } from '../../../src/sandbox/app.js';
import { createHttpServer, type Patience } from '../../../src/sandbox/http/server.js';
import { LiveOrg } from '../../../src/sandbox/liveOrg.js';
import { Tokens } from '../../../src/sandbox/oauth/tokens.js';
import { readOrgFile } from '../../../src/sandbox/org/orgFile.js';
import type { Role } from '../../../src/sandbox/org/types.js';
import { operations } from './harness.js';

/** A running org whose inside a test may change. */
export interface OpenOrg {
  readonly origin: string;
  readonly port: number;
  readonly live: LiveOrg;
  /** A token of a client, or of a user through one. */
  token(client: string, user?: string): string;
  /** Leaves a subject with these permissions alone, in one division or (`*`) in all of them. */
  giveOnly(subject: string, permissions: readonly string[], division?: string): void;
}

const running: (() => Promise<void>)[] = [];
after(() => Promise.all(running.splice(0).map((stop) => stop())));

export async function openOrg(org: unknown, patience?: Patience): Promise<OpenOrg> {
  const file = readOrgFile(org);
  assert.ok(file.ok, JSON.stringify(file));
  const started = LiveOrg.start(file.org, operations.permissions, 'default');
  assert.ok(started.ok, JSON.stringify(started));
  const { live } = started;
  const { world } = live;
  const tokens = new Tokens(() => live.world);
  const hosts = new Set<string>();
  const server = createHttpServer(createApp({ live, tokens, operations, hosts, control: undefined }), patience);
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  hosts.add(`127.0.0.1:${port}`);
  running.push(
    () =>
      new Promise((resolve) => {
        live.world.stop();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  );

  const named = <T extends { readonly name: string }>(things: ReadonlyMap<string, T>, name: string): T => {
    const thing = [...things.values()].find((t) => t.name === name);
    assert.ok(thing, `the org has no ${name}`);
    return thing;
  };
  return {
    origin: `http://127.0.0.1:${port}`,
    port,
    live,
    token: (client, user) => tokens.issue(named(world.clients, client), user === undefined ? undefined : named(world.people, user)).value,
    giveOnly: (subject, permissions, division = '*') => {
      const { id } = [...world.people.values(), ...world.clients.values()].find((s) => s.name === subject) ?? assert.fail(`the org has no ${subject}`);
      for (const grant of world.grantsOf(id)) world.revoke(id, grant.role, grant.division);
      const policies = permissions.map((p) => {
        const [domain = '', entityName = '', action = ''] = p.split(':');
        return { domain, entityName, actions: [action] };
      });
      const role: Role = { id: '0b0b0b0b-0b0b-4b0b-8b0b-0b0b0b0b0b0c', name: 'Exactly this', description: '', policies };
      world.grant(id, role, division === '*' ? '*' : named(world.divisions, division));
    },
  };
}
