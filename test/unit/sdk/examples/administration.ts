import { type Examples, firstOf, madeBy } from './example.js';

const DIALER_IN_SALES = { grants: [{ roleId: 'roles/Dialer', divisionId: 'divisions/Sales' }] };
const NEW_CLIENT = {
  name: 'night-shift',
  authorizedGrantType: 'CLIENT-CREDENTIALS',
  roleDivisions: [{ roleId: 'roles/Dialer', divisionId: 'divisions/Sales' }],
};
const NEW_ROLE = {
  name: 'Night Shift',
  description: 'Calls at night.',
  permissions: [],
  permissionPolicies: [{ domain: 'conversation', entityName: 'call', actionSet: ['add'] }],
};
const newRole = madeBy('POST /api/v2/authorization/roles', NEW_ROLE, 'roleId');

/** Roles, grants, divisions, permissions, OAuth clients. */
export const ADMINISTRATION: Examples = {
  'GET /api/v2/authorization/permissions': {},
  'GET /api/v2/authorization/products': {},
  'GET /api/v2/authorization/policies': {},
  'GET /api/v2/authorization/policies/subject/{subjectId}': { params: { subjectId: 'users/Sales Agent 7' } },
  'GET /api/v2/authorization/settings': {},

  'GET /api/v2/authorization/subjects/me': {},
  'GET /api/v2/authorization/subjects/{subjectId}': { params: { subjectId: 'clients/dialer-service' } },
  'POST /api/v2/authorization/subjects/{subjectId}/bulkadd': { params: { subjectId: 'clients/wfm-tool' }, body: DIALER_IN_SALES },
  'POST /api/v2/authorization/subjects/{subjectId}/bulkremove': {
    params: { subjectId: 'clients/wfm-tool' },
    body: { grants: [{ roleId: 'roles/Dialer', divisionId: 'divisions/Home' }] },
  },
  'POST /api/v2/authorization/subjects/{subjectId}/bulkreplace': { params: { subjectId: 'clients/wfm-tool' }, body: DIALER_IN_SALES },
  'POST /api/v2/authorization/subjects/{subjectId}/divisions/{divisionId}/roles/{roleId}': {
    params: { subjectId: 'clients/wfm-tool', divisionId: 'divisions/Sales', roleId: 'roles/Dialer' },
    query: 'subjectType=PC_OAUTH_CLIENT',
  },
  'DELETE /api/v2/authorization/subjects/{subjectId}/divisions/{divisionId}/roles/{roleId}': {
    params: { subjectId: 'clients/wfm-tool', divisionId: 'divisions/Home', roleId: 'roles/Dialer' },
  },

  'GET /api/v2/authorization/roles': {},
  'POST /api/v2/authorization/roles': { body: NEW_ROLE },
  'GET /api/v2/authorization/roles/{roleId}': { params: { roleId: 'roles/Supervisor' } },
  'POST /api/v2/authorization/roles/{roleId}': {
    params: { roleId: 'roles/Dialer' },
    query: 'subjectType=PC_OAUTH_CLIENT',
    body: { subjectIds: ['clients/wfm-tool'], divisionIds: ['divisions/Sales'] },
  },
  'PUT /api/v2/authorization/roles/{roleId}': { given: newRole, body: { ...NEW_ROLE, description: 'Calls at night, and at dawn.' } },
  'PATCH /api/v2/authorization/roles/{roleId}': { given: newRole, body: { description: 'Calls at dawn.' } },
  'DELETE /api/v2/authorization/roles/{roleId}': { given: newRole },
  'GET /api/v2/authorization/roles/{roleId}/users': { params: { roleId: 'roles/Supervisor' } },
  'GET /api/v2/authorization/roles/{roleId}/subjectgrants': { params: { roleId: 'roles/Admin' } },
  'PUT /api/v2/authorization/roles/{roleId}/users/add': { params: { roleId: 'roles/Supervisor' }, body: ['users/Sales Agent 7'] },
  'PUT /api/v2/authorization/roles/{roleId}/users/remove': { params: { roleId: 'roles/Supervisor' }, body: ['users/Sales Supervisor 1'] },
  'GET /api/v2/users/{subjectId}/roles': { params: { subjectId: 'users/Sales Agent 7' } },
  'PUT /api/v2/users/{subjectId}/roles': { params: { subjectId: 'users/Sales Agent 7' }, body: ['roles/Agent', 'roles/Reporter'] },

  'GET /api/v2/authorization/divisions': {},
  'POST /api/v2/authorization/divisions': { body: { name: 'Night', description: 'Works at night.' } },
  'GET /api/v2/authorization/divisions/home': {},
  'GET /api/v2/authorization/divisions/limit': {},
  'GET /api/v2/authorization/divisions/{divisionId}': { params: { divisionId: 'divisions/Care' } },
  'PUT /api/v2/authorization/divisions/{divisionId}': { params: { divisionId: 'divisions/Care' }, body: { name: 'Care', description: 'Takes care.' } },
  'DELETE /api/v2/authorization/divisions/{divisionId}': {
    given: madeBy('POST /api/v2/authorization/divisions', { name: 'Night', description: 'Works at night.' }, 'divisionId'),
  },
  'POST /api/v2/authorization/divisions/{divisionId}/objects/{objectType}': {
    params: { divisionId: 'divisions/Sales', objectType: 'USER' },
    body: ['users/Care Agent 3'],
  },
  'GET /api/v2/authorization/divisionspermitted/me': { query: 'permission=routing:queue:view' },
  'GET /api/v2/authorization/divisionspermitted/paged/me': { query: 'permission=routing:queue:view' },
  'GET /api/v2/authorization/divisionspermitted/paged/{subjectId}': {
    params: { subjectId: 'users/Sales Agent 7' },
    query: 'permission=directory:user:view',
  },

  'GET /api/v2/oauth/clients': {},
  'POST /api/v2/oauth/clients': { body: NEW_CLIENT },
  'GET /api/v2/oauth/clients/{clientId}': { params: { clientId: 'clients/call-desk' } },
  'PUT /api/v2/oauth/clients/{clientId}': { params: { clientId: 'clients/wfm-tool' }, body: { ...NEW_CLIENT, name: 'wfm-tool' } },
  'DELETE /api/v2/oauth/clients/{clientId}': { params: { clientId: 'clients/reporting-tool' } },
  'POST /api/v2/oauth/clients/{clientId}/secret': { params: { clientId: 'clients/reporting-tool' } },
  'GET /api/v2/oauth/scopes': {},
  'GET /api/v2/oauth/scopes/{scopeId}': { params: { scopeId: 'conversations' } },
  'GET /api/v2/oauth/authorizations': {},
  'GET /api/v2/oauth/authorizations/{clientId}': { params: { clientId: 'clients/call-desk' } },
  'GET /api/v2/license/definitions/{licenseId}': { given: firstOf('/api/v2/license/definitions', 'licenseId') },
};
