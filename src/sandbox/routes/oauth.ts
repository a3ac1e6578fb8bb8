import { randomBytes, randomUUID } from 'node:crypto';
import { isRefusal, NOT_FOUND } from '../http/refusals.js';
import { type Answer, done, listing, ok, type Route, type Visit, withNamed } from '../http/route.js';
import { authorizationDocument, fullClientDocument, scopeDocument } from '../oauth/clientDocument.js';
import { type ClientRequest, readClientRequest } from '../oauth/clientRequest.js';
import type { Client, Touch } from '../org/oauthClients.js';

const WITH_SECRET = 'that the secret is shown when it is made, and never again';

export const OAUTH: readonly Route[] = [
  {
    operation: 'GET /api/v2/oauth/clients',
    answer: (v) => listing(v, [...v.world.clients.values()], (c) => fullClientDocument(v.world, c)),
  },
  { operation: 'POST /api/v2/oauth/clients', answer: createClient },
  {
    operation: 'GET /api/v2/oauth/clients/{clientId}',
    answer: (v) => withNamed(v, 'clientId', v.world.clients, (c) => ok(fullClientDocument(v.world, c), WITH_SECRET)),
  },
  {
    operation: 'PUT /api/v2/oauth/clients/{clientId}',
    answer: (v) => withNamed(v, 'clientId', v.world.clients, (c) => replaceClient(v, c)),
  },
  {
    operation: 'DELETE /api/v2/oauth/clients/{clientId}',
    answer: (v) =>
      withNamed(v, 'clientId', v.world.clients, (c) => {
        v.world.deleteClient(c);
        return done('status of a success without a body');
      }),
  },
  {
    operation: 'POST /api/v2/oauth/clients/{clientId}/secret',
    answer: (v) =>
      withNamed(v, 'clientId', v.world.clients, (before) => {
        const client: Client = { ...before, secret: newSecret(), modified: touch(v) };
        v.world.saveClient(client);
        return ok({ ...fullClientDocument(v.world, client), secret: client.secret }, WITH_SECRET);
      }),
  },
  {
    operation: 'GET /api/v2/oauth/scopes',
    answer: (v) => {
      const entities = [...scopesOf(v)].sort().map(scopeDocument);
      return ok({ total: entities.length, entities, selfUri: v.path }, 'descriptions of scopes');
    },
  },
  {
    operation: 'GET /api/v2/oauth/scopes/{scopeId}',
    answer: ({ params: { scopeId = '' }, ...v }) => (scopesOf(v).has(scopeId) ? ok(scopeDocument(scopeId), 'descriptions of scopes') : NOT_FOUND),
  },
  {
    operation: 'GET /api/v2/oauth/authorizations',
    answer: (v) => {
      const entities = [...v.world.clients.values()].filter(actsForUsers).map((c) => authorizationDocument(v.world, c));
      return ok({ total: entities.length, entities, selfUri: v.path }, AUTHORIZED);
    },
  },
  {
    operation: 'GET /api/v2/oauth/authorizations/{clientId}',
    answer: (v) => withNamed(v, 'clientId', v.world.clients, (c) => (actsForUsers(c) ? ok(authorizationDocument(v.world, c), AUTHORIZED) : NOT_FOUND)),
  },
];

const AUTHORIZED = 'that every client of the org that acts for users is authorized for its scopes';

/** FACTS §4.3: scopes do not apply to the others. */
const actsForUsers = (c: Client): boolean => c.grant !== 'CLIENT-CREDENTIALS';

/** The scopes that the facts know, and those that clients of the org have: the facts do not have all. */
const scopesOf = ({ operations, world }: Pick<Visit, 'operations' | 'world'>): ReadonlySet<string> =>
  new Set([...operations.scopes, ...[...world.clients.values()].flatMap((c) => c.scopes)]);

const newSecret = (): string => `sandbox-secret-${randomBytes(24).toString('base64url')}-not-real`;

function touch({ caller: { user, client } }: Visit): Touch {
  const by = user ?? client;
  return { at: new Date(), by: { id: by.id, name: by.name, selfUri: user ? `/api/v2/users/${by.id}` : `/api/v2/oauth/clients/${by.id}` } };
}

function createClient(v: Visit): Answer {
  const read = readClientRequest(v.world, scopesOf(v), v.body);
  if (isRefusal(read)) return read;
  const created = touch(v);
  const client: Client = { ...read.client, id: randomUUID(), secret: newSecret(), requiresPkce: false, created, modified: created };
  v.world.saveClient(client);
  setGrants(v, client.id, read.grants);
  return ok({ ...fullClientDocument(v.world, client), secret: client.secret }, WITH_SECRET);
}

function replaceClient(v: Visit, before: Client): Answer {
  const read = readClientRequest(v.world, scopesOf(v), v.body, before);
  if (isRefusal(read)) return read;
  const client: Client = { ...before, ...read.client, modified: touch(v) };
  v.world.saveClient(client);
  setGrants(v, client.id, read.grants);
  return ok(fullClientDocument(v.world, client), WITH_SECRET);
}

/** Makes the roles of a client the wanted ones, and leaves alone what it has of them. */
function setGrants({ world }: Visit, clientId: string, wanted: ClientRequest['grants']): void {
  const before = world.grantsOf(clientId);
  const isIn = (list: ClientRequest['grants'], g: ClientRequest['grants'][number]): boolean =>
    list.some((other) => other.role === g.role && other.division === g.division);
  for (const g of before) if (!isIn(wanted, g)) world.revoke(clientId, g.role, g.division);
  for (const g of wanted) if (!isIn(before, g)) world.grant(clientId, g.role, g.division);
}
