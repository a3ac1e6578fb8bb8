import {
  breadthOf,
  type Caller,
  type CataloguePermission,
  type Grant,
  type Permitted,
  type Person,
  type RoleFact,
  type StationFact,
} from '../diagnosis/orgFacts.js';
import { isRecord, optional, records, text } from '../platform/json.js';

// Readers of the platform's answers (FACTS §6; models of SDK 262.0.0). Each returns `undefined` where the shape is another.

/** How much of a list is read; an answer that is read whole is smaller. */
const MOST = 50_000;

export function readTokenInfo(json: unknown): Caller | undefined {
  if (!isRecord(json)) return undefined;
  const client = isRecord(json['OAuthClient']) ? json['OAuthClient'] : {};
  const user = isRecord(json['authenticatedUser']) ? json['authenticatedUser'] : undefined;
  const organization = isRecord(json['organization']) ? json['organization'] : {};
  const grant = text(client['authorizedGrantType']) ?? '';
  // Only the wire says whose token it is; where it does not, the grant does. Without both this is no such answer.
  if (user === undefined && grant === '') return undefined;
  const isClient = user === undefined && /^client.credentials$/i.test(grant.replace('_', '-'));
  return {
    kind: isClient ? 'client' : 'user',
    id: (isClient ? text(client['id']) : text(user?.['id'])) ?? '',
    name: (isClient ? text(client['name']) : text(user?.['name'])) ?? text(client['name']) ?? '',
    org: text(organization['name']) ?? '',
    client: { id: text(client['id']) ?? '', name: text(client['name']) ?? '' },
    grant,
    scopes: Array.isArray(json['authorizedScope']) ? json['authorizedScope'].filter((s) => typeof s === 'string') : [],
  };
}

/** A complete list or none: what is not in it is taken for not held. */
export function readGrants(json: unknown): Grant[] | undefined {
  if (!isRecord(json) || !Array.isArray(json['grants'])) return undefined;
  const grants = records(json['grants'], MOST).map((g): Grant | undefined => {
    const division = isRecord(g['division']) ? g['division'] : {};
    const role = isRecord(g['role']) ? g['role'] : {};
    const divisionId = text(division['id']);
    if (divisionId === undefined || !Array.isArray(role['policies'])) return undefined;
    return {
      roleId: text(role['id']) ?? '',
      role: text(role['name']) ?? text(role['id']) ?? 'a role without a name',
      divisionId,
      divisionName: divisionId === '*' ? 'all divisions' : (text(division['name']) ?? divisionId),
      ...optional('madeAt', text(g['grantMadeAt'])),
      policies: records(role['policies'], MOST).map((p) => ({
        domain: text(p['domain']) ?? '',
        entity: text(p['entityName']) ?? '',
        actions: Array.isArray(p['actions']) ? p['actions'].filter((a) => typeof a === 'string') : [],
        conditional: p['condition'] !== undefined && p['condition'] !== null && p['condition'] !== '',
      })),
    };
  });
  const complete = grants.filter((g) => g !== undefined);
  return complete.length === json['grants'].length ? complete : undefined;
}

/** One page of GET /authorization/permissions: `entities[].permissionMap` by entity type. */
export function readCatalogue(json: unknown): { permissions: CataloguePermission[]; pageCount: number } | undefined {
  if (!isRecord(json) || !Array.isArray(json['entities'])) return undefined;
  const permissions = records(json['entities'], MOST).flatMap((entity) =>
    Object.values(isRecord(entity['permissionMap']) ? entity['permissionMap'] : {}).flatMap((list) =>
      records(list, MOST).map((p) => {
        const parts = [text(p['domain']) ?? text(entity['domain']), text(p['entityType']), text(p['action'])];
        return { permission: parts.every((part) => part !== undefined) ? parts.join(':') : '', divisionAware: p['divisionAware'] === true };
      }),
    ),
  );
  if (permissions.length === 0 || permissions.some((p) => p.permission === '')) return undefined;
  return { permissions, pageCount: typeof json['pageCount'] === 'number' ? json['pageCount'] : 1 };
}

/** Roles that were asked for by `permission`, each with how much it allows. Only a whole listing counts. */
export function readRoles(json: unknown, permission: string): RoleFact[] | undefined {
  if (!isRecord(json) || !Array.isArray(json['entities'])) return undefined;
  return records(json['entities'], MOST).map((r) => {
    const policies = records(r['permissionPolicies'], MOST).map((p) => ({
      domain: text(p['domain']) ?? '',
      entity: text(p['entityName']) ?? '',
      actions: Array.isArray(p['actionSet']) ? p['actionSet'].filter((a) => typeof a === 'string') : [],
    }));
    return {
      id: text(r['id']) ?? '',
      name: text(r['name']) ?? text(r['id']) ?? 'a role without a name',
      grants: [permission],
      size: breadthOf(policies),
    };
  });
}

/** A page of divisions: id and name of each. */
export function readDivisions(json: unknown): { readonly id: string; readonly name: string }[] | undefined {
  if (!isRecord(json) || !Array.isArray(json['entities'])) return undefined;
  return records(json['entities'], MOST).flatMap((d) => {
    const id = text(d['id']);
    return id === undefined ? [] : [{ id, name: text(d['name']) ?? id }];
  });
}

/** GET /authorization/divisionspermitted/paged/me. A page that is not all of them proves only what is in it, so it does not count. */
export function readPermitted(json: unknown, permission: string): Permitted | undefined {
  const divisions = readDivisions(json);
  if (!isRecord(json) || !divisions) return undefined;
  const everywhere = json['allDivsPermitted'] === true;
  const whole = everywhere || (typeof json['pageCount'] === 'number' && json['pageCount'] <= 1);
  return whole ? { permission, everywhere, divisions } : undefined;
}

/** A page of DIDs, asked for by number. @returns whose number it is, or `none` where the org has no such number */
export function readNumberOwner(json: unknown): { readonly owner: string } | 'none' | undefined {
  if (!isRecord(json) || !Array.isArray(json['entities'])) return undefined;
  const first = records(json['entities'], 1)[0];
  if (!first) return 'none';
  const owner = isRecord(first['owner']) ? first['owner'] : {};
  return { owner: text(owner['name']) ?? text(first['ownerType'])?.toLowerCase() ?? '' };
}

/** Presence and routing status of a user read with both expands. */
export function readAvailability(json: unknown): { readonly presence: string; readonly routing: string } | undefined {
  if (!isRecord(json)) return undefined;
  const presence = isRecord(json['presence']) && isRecord(json['presence']['presenceDefinition']) ? json['presence']['presenceDefinition'] : {};
  const routing = isRecord(json['routingStatus']) ? json['routingStatus'] : {};
  const found = { presence: text(presence['systemPresence']) ?? '', routing: text(routing['status']) ?? '' };
  return found.presence === '' && found.routing === '' ? undefined : found;
}

/** A user or a queue: id, name and division, which both always have. */
export function readPerson(json: unknown): Person | undefined {
  if (!isRecord(json)) return undefined;
  const id = text(json['id']);
  const division = isRecord(json['division']) ? json['division'] : {};
  const divisionId = text(division['id']);
  if (id === undefined || divisionId === undefined) return undefined;
  return { id, name: text(json['name']) ?? id, divisionId, divisionName: text(division['name']) ?? divisionId };
}

/** The station of a user read with `expand=station`; `undefined` inside where there is none. */
export function readUserStation(json: unknown): { readonly id: string; readonly name: string } | 'none' | undefined {
  if (!isRecord(json) || !isRecord(json['station'])) return undefined;
  const { associatedStation, effectiveStation } = json['station'] as Record<string, unknown>;
  const station = isRecord(associatedStation) ? associatedStation : isRecord(effectiveStation) ? effectiveStation : undefined;
  const id = station && text(station['id']);
  return id === undefined ? 'none' : { id, name: (station && text(station['name'])) ?? id };
}

export function readStation(json: unknown): StationFact {
  if (!isRecord(json)) return undefined;
  return { name: text(json['name']) ?? text(json['id']) ?? 'station', status: text(json['status']) ?? '' };
}
