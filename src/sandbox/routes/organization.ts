import { ok, type Route } from '../http/route.js';

export const ORGANIZATION: readonly Route[] = [
  {
    operation: 'GET /api/v2/organizations/me',
    answer: (v) => ok({ ...v.world.organization, version: 1, state: 'active', features: {}, selfUri: '/api/v2/organizations/me' }),
  },
  { operation: 'GET /api/v2/date', answer: () => ok({ currentDate: new Date().toISOString() }) },
];
