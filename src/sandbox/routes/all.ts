import type { Route } from '../http/route.js';
import { ABILITIES, REPLACE_SKILLS } from './abilities.js';
import { ANALYTICS } from './analytics.js';
import { AUTHORIZATION } from './authorization.js';
import { CALLBACKS } from './callbacks.js';
import { CONTACTS } from './contacts.js';
import { CONVERSATIONS } from './conversations.js';
import { DIVISIONS } from './divisions.js';
import { GRANTS } from './grants.js';
import { INTEGRATIONS } from './integrations.js';
import { MEMBERSHIP } from './members.js';
import { NOTIFICATIONS } from './notifications.js';
import { OAUTH } from './oauth.js';
import { ORGANIZATION } from './organization.js';
import { PRESENCES } from './presences.js';
import { QUEUES } from './queues.js';
import { ROLES } from './roles.js';
import { ROUTING } from './routing.js';
import { STATIONS } from './stations.js';
import { TELEPHONY } from './telephony.js';
import { TOKENS } from './tokens.js';
import { USERS } from './users.js';

/** What the sandbox does for real. Every other operation is checked and then answered 501. */
export const ROUTES: readonly Route[] = [
  ...TOKENS,
  ...USERS,
  ...AUTHORIZATION,
  ...ORGANIZATION,
  ...STATIONS,
  ...QUEUES,
  ...CONVERSATIONS,
  ...CALLBACKS,
  ...NOTIFICATIONS,
  ...OAUTH,
  ...INTEGRATIONS,
  ...PRESENCES,
  ...ABILITIES,
  REPLACE_SKILLS,
  ...ROLES,
  ...GRANTS,
  ...DIVISIONS,
  ...MEMBERSHIP,
  ...ROUTING,
  ...TELEPHONY,
  ...CONTACTS,
  ...ANALYTICS,
];
