import { clientDocument } from '../documents.js';
import { listing, ok, type Route, withNamed } from '../http/route.js';

export const OAUTH: readonly Route[] = [
  {
    operation: 'GET /api/v2/oauth/clients',
    answer: (v) => listing(v, [...v.world.clients.values()], (c) => clientDocument(v.world, c)),
  },
  {
    operation: 'GET /api/v2/oauth/clients/{clientId}',
    answer: (v) =>
      withNamed(v, 'clientId', v.world.clients, (c) =>
        ok({ ...clientDocument(v.world, c), accessTokenValiditySeconds: c.validitySeconds, registeredRedirectUri: c.redirectUris }),
      ),
  },
];
