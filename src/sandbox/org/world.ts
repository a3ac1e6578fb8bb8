import type { CallRecord } from '../calls/calls.js';
import { Catalogue } from './catalogue.js';
import { link } from './link.js';
import type { OrgFault, OrgFile, RoutingStatusName } from './orgFile.js';
import type { ShapeProblem } from './shape.js';

export interface Division {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly home: boolean;
}
export interface Policy {
  readonly domain: string;
  readonly entityName: string;
  readonly actions: readonly string[];
}
export interface Role {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly policies: readonly Policy[];
}
/** A role in a division, or in every one of them. */
export interface Grant {
  readonly role: Role;
  readonly division: Division | '*';
  readonly madeAt: Date;
}
export interface Client {
  readonly id: string;
  readonly name: string;
  readonly secret: string;
  readonly grant: 'CLIENT-CREDENTIALS' | 'CODE';
  readonly active: boolean;
  readonly scopes: readonly string[];
  readonly redirectUris: readonly string[];
  readonly validitySeconds: number;
}
export interface Named {
  readonly id: string;
  readonly name: string;
}
export interface Edge extends Named {
  readonly online: boolean;
}
export interface Station extends Named {
  readonly type: string;
  readonly edge: Edge | undefined;
  /** The person whose WebRTC phone it is. */
  readonly owner: Person | undefined;
}
export interface PresenceDefinition {
  readonly id: string;
  readonly systemPresence: string;
}
export interface Person extends Named {
  readonly email: string;
  readonly title: string | undefined;
  readonly department: string | undefined;
  readonly phone: string | undefined;
  readonly division: Division;
  readonly skills: readonly Named[];
  readonly languages: readonly Named[];
  // What changes while the org runs:
  station: Station | undefined;
  lastStation: Station | undefined;
  stationSince: Date;
  presence: { definition: PresenceDefinition; message: string; since: Date };
  routing: { status: RoutingStatusName; since: Date };
}
export interface Queue extends Named {
  readonly description: string | undefined;
  readonly division: Division;
  readonly callingPartyName: string | undefined;
  readonly callingPartyNumber: string | undefined;
  /** Each member, and whether they have activated the queue. */
  readonly members: ReadonlyMap<Person, boolean>;
}

/** Everything that an org is made of, its parts pointing at each other. */
export interface Parts {
  readonly divisions: ReadonlyMap<string, Division>;
  readonly home: Division;
  readonly roles: ReadonlyMap<string, Role>;
  readonly clients: ReadonlyMap<string, Client>;
  readonly stations: ReadonlyMap<string, Station>;
  readonly presences: readonly PresenceDefinition[];
  readonly skills: readonly Named[];
  readonly languages: readonly Named[];
  readonly people: ReadonlyMap<string, Person>;
  readonly queues: ReadonlyMap<string, Queue>;
  /** By the id of a user or client. */
  readonly grants: Map<string, Grant[]>;
  readonly expired: ReadonlySet<string>;
}

/** What has changed in a running org, told after it has. */
export type Change =
  | { readonly kind: 'presence' | 'routing' | 'station'; readonly person: Person }
  | { readonly kind: 'grants'; readonly subjectId: string }
  | { readonly kind: 'call'; readonly call: CallRecord };

/** An org while it runs: what its file said, and what has been changed since. It lives as long as the sandbox. */
export class World implements Parts {
  readonly organization: OrgFile['organization'];
  readonly enforceScopes: boolean;
  readonly rateLimit: number;
  readonly ringMilliseconds: number;
  readonly faults: readonly OrgFault[];
  readonly divisions: Parts['divisions'];
  readonly home: Division;
  readonly roles: Parts['roles'];
  readonly clients: Parts['clients'];
  readonly stations: Parts['stations'];
  readonly presences: Parts['presences'];
  readonly skills: Parts['skills'];
  readonly languages: Parts['languages'];
  readonly people: Parts['people'];
  readonly queues: Parts['queues'];
  readonly grants: Parts['grants'];
  readonly expired: Parts['expired'];
  readonly calls = new Map<string, CallRecord>();
  readonly #listeners = new Set<(change: Change) => void>();

  private constructor(
    file: OrgFile,
    parts: Parts,
    readonly catalogue: Catalogue,
  ) {
    this.organization = file.organization;
    this.enforceScopes = file.enforceScopes ?? false;
    this.rateLimit = file.rateLimitPerMinute ?? 300;
    this.ringMilliseconds = file.ringMilliseconds ?? 1500;
    this.faults = file.faults ?? [];
    this.divisions = parts.divisions;
    this.home = parts.home;
    this.roles = parts.roles;
    this.clients = parts.clients;
    this.stations = parts.stations;
    this.presences = parts.presences;
    this.skills = parts.skills;
    this.languages = parts.languages;
    this.people = parts.people;
    this.queues = parts.queues;
    this.grants = parts.grants;
    this.expired = parts.expired;
  }

  /** @param permissions every permission that the platform has */
  static build(file: OrgFile, permissions: Iterable<string>): { ok: true; world: World } | { ok: false; problems: readonly ShapeProblem[] } {
    const linked = link(file);
    if (!linked.ok) return linked;
    const catalogue = new Catalogue(permissions, file.permissions?.lacks ?? [], file.permissions?.divisionAware ?? []);
    return { ok: true, world: new World(file, linked.parts, catalogue) };
  }

  /** @returns what ends the listening */
  onChange(listener: (change: Change) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Everybody who changes the org says so here: notifications and the kept state live on it. */
  changed(change: Change): void {
    for (const listener of this.#listeners) listener(change);
  }

  /** The user or client with this id. */
  subject(id: string): Named | undefined {
    return this.people.get(id) ?? this.clients.get(id);
  }

  grantsOf(subjectId: string): readonly Grant[] {
    return this.grants.get(subjectId) ?? [];
  }

  /** Takes effect at once; on the platform it takes minutes (FACTS §3.4). Granting twice is granting once. */
  grant(subjectId: string, role: Role, division: Division | '*'): void {
    const others = this.#grantsExcept(subjectId, role, division);
    this.grants.set(subjectId, [...others, { role, division, madeAt: new Date() }]);
    this.changed({ kind: 'grants', subjectId });
  }

  revoke(subjectId: string, role: Role, division: Division | '*'): void {
    this.grants.set(subjectId, this.#grantsExcept(subjectId, role, division));
    this.changed({ kind: 'grants', subjectId });
  }

  #grantsExcept(subjectId: string, role: Role, division: Division | '*'): Grant[] {
    return this.grantsOf(subjectId).filter((g) => g.role !== role || g.division !== division);
  }

  /** Who is associated with a station. */
  userOf(station: Station): Person | undefined {
    for (const person of this.people.values()) if (person.station === station) return person;
    return undefined;
  }

  associate(person: Person, station: Station | undefined): void {
    if (person.station) person.lastStation = person.station;
    person.station = station;
    person.stationSince = new Date();
    this.changed({ kind: 'station', person });
  }

  setPresence(person: Person, definition: PresenceDefinition, message: string): void {
    person.presence = { definition, message, since: new Date() };
    this.changed({ kind: 'presence', person });
  }

  setRouting(person: Person, status: RoutingStatusName): void {
    person.routing = { status, since: new Date() };
    this.changed({ kind: 'routing', person });
  }

  /** Whether a role gives a permission, in an org that can give it at all. */
  grantsPermission(role: Role, permission: string): boolean {
    const [domain = '', entity = '', action = ''] = permission.split(':');
    return this.catalogue.knows(permission) && role.policies.some((p) => covers(p, domain, entity, action));
  }

  /** Where a subject holds a permission: everywhere, or in these divisions. A permission outside the catalogue is held nowhere. */
  divisionsHolding(subjectId: string, permission: string): 'all' | ReadonlySet<string> {
    const divisions = new Set<string>();
    for (const grant of this.grantsOf(subjectId)) {
      if (!this.grantsPermission(grant.role, permission)) continue;
      if (grant.division === '*' || !this.catalogue.divisionAware(permission)) return 'all';
      divisions.add(grant.division.id);
    }
    return divisions.size > 0 && divisions.size === this.divisions.size ? 'all' : divisions;
  }

  /** Whether a subject holds a permission anywhere, or in the division asked for. */
  holds(subjectId: string, permission: string, divisionId?: string): boolean {
    const where = this.divisionsHolding(subjectId, permission);
    return where === 'all' || (divisionId === undefined ? where.size > 0 : where.has(divisionId));
  }
}

const matches = (pattern: string, name: string): boolean => pattern === '*' || pattern === name;

const covers = (p: Policy, domain: string, entity: string, action: string): boolean =>
  matches(p.domain, domain) && matches(p.entityName, entity) && p.actions.some((a) => matches(a, action));
