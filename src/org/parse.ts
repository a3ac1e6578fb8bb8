import type { Caller, CataloguePermission, Grant, Person, StationFact } from '../diagnosis/orgFacts.js';
import { isRecord, records, text } from '../platform/json.js';

/** Readers of the platform's answers (FACTS §6; models of SDK 262.0.0). Each returns `undefined` where the shape is another. */

export function readTokenInfo(json: unknown): Caller | undefined {
  if (!isRecord(json)) return undefined;
  const client = isRecord(json['OAuthClient']) ? json['OAuthClient'] : {};
  const user = isRecord(json['authenticatedUser']) ? json['authenticatedUser'] : undefined;
  const organization = isRecord(json['organization']) ? json['organization'] : {};
  const grant = text(client['authorizedGrantType']) ?? '';
  // Only the wire says whose token it is; where it does not, the grant does.
  const isClient = user === undefined && /^client.credentials$/i.test(grant.replace('_', '-'));
  return {
    kind: isClient ? 'client' : 'user',
    id: (isClient ? text(client['id']) : text(user?.['id'])) ?? '',
    name: (isClient ? text(client['name']) : text(user?.['name'])) ?? text(client['name']) ?? '',
    org: text(organization['name']) ?? '',
    grant,
    scopes: Array.isArray(json['authorizedScope']) ? json['authorizedScope'].filter((s) => typeof s === 'string') : [],
  };
}

export function readGrants(json: unknown): Grant[] | undefined {
  if (!isRecord(json) || !Array.isArray(json['grants'])) return undefined;
  return records(json['grants'], 5000).map((g) => {
    const division = isRecord(g['division']) ? g['division'] : {};
    const role = isRecord(g['role']) ? g['role'] : {};
    const divisionId = text(division['id']) ?? '*';
    return {
      role: text(role['name']) ?? text(role['id']) ?? 'a role without a name',
      divisionId,
      divisionName: divisionId === '*' ? 'all divisions' : (text(division['name']) ?? divisionId),
      policies: records(role['policies'], 5000).map((p) => ({
        domain: text(p['domain']) ?? '',
        entity: text(p['entityName']) ?? '',
        actions: Array.isArray(p['actions']) ? p['actions'].filter((a) => typeof a === 'string') : [],
        conditional: p['condition'] !== undefined && p['condition'] !== null && p['condition'] !== '',
      })),
    };
  });
}

/** One page of GET /authorization/permissions: `entities[].permissionMap` by entity type. */
export function readCatalogue(json: unknown): { permissions: CataloguePermission[]; pageCount: number } | undefined {
  if (!isRecord(json) || !Array.isArray(json['entities'])) return undefined;
  const permissions = records(json['entities'], 5000).flatMap((entity) =>
    Object.values(isRecord(entity['permissionMap']) ? entity['permissionMap'] : {}).flatMap((list) =>
      records(list, 5000).map((p) => ({
        permission: `${text(p['domain']) ?? text(entity['domain'])}:${text(p['entityType'])}:${text(p['action'])}`,
        divisionAware: p['divisionAware'] === true,
      })),
    ),
  );
  return { permissions, pageCount: typeof json['pageCount'] === 'number' ? json['pageCount'] : 1 };
}

/** A user or a queue: id, name and division. */
export function readPerson(json: unknown): Person | undefined {
  if (!isRecord(json)) return undefined;
  const id = text(json['id']);
  const division = isRecord(json['division']) ? json['division'] : {};
  if (id === undefined) return undefined;
  return { id, name: text(json['name']) ?? id, divisionId: text(division['id']) ?? '', divisionName: text(division['name']) ?? text(division['id']) ?? '' };
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
