import type { Route } from '../http/route.js';
import { AUTHORIZATION } from './authorization.js';
import { CONVERSATIONS } from './conversations.js';
import { OAUTH } from './oauth.js';
import { ORGANIZATION } from './organization.js';
import { QUEUES } from './queues.js';
import { STATIONS } from './stations.js';
import { TOKENS } from './tokens.js';
import { USERS } from './users.js';

/** What the sandbox does for real. Every other operation is checked and then answered 501. */
export const ROUTES: readonly Route[] = [...TOKENS, ...USERS, ...AUTHORIZATION, ...ORGANIZATION, ...STATIONS, ...QUEUES, ...CONVERSATIONS, ...OAUTH];
