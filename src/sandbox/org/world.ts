import { placeActiveCalls } from '../calls/atStart.js';
import { Calls } from '../calls/calls.js';
import { Channels } from '../notifications/channels.js';
import type { Access } from './access.js';
import { Catalogue } from './catalogue.js';
import type { ExternalContacts } from './contacts.js';
import { Directory } from './directory.js';
import type { OrgFault } from './faults.js';
import type { MadeUp } from './generate.js';
import { Grants } from './grants.js';
import type { Group } from './groups.js';
import { link } from './link.js';
import { NameIndex } from './nameIndex.js';
import { HEARTBEAT_MILLISECONDS } from './notifications.js';
import type { Client } from './oauthClients.js';
import type { OrgFile, RoutingStatusName } from './orgFile.js';
import type { Outcomes } from './outcomes.js';
import type { ShapeProblem } from './shape.js';
import type { Specification } from './specification.js';
import type { Telephony } from './telephony.js';
import type { Change, Division, Entities, Grant, Named, Parts, Person, Policy, PresenceDefinition, Queue, Role, Station } from './types.js';

/** An org while it runs: what its file said, and what has been changed since. It lives as long as the sandbox. */
export class World {
  readonly organization: OrgFile['organization'];
  readonly enforceScopes: boolean;
  readonly rateLimit: number;
  /** How long a token may rest; undefined where it may for ever. */
  readonly idleTokenTimeoutSeconds: number | undefined;
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
  readonly wrapUpCodes: Parts['wrapUpCodes'];
  readonly groups: Parts['groups'];
  readonly sites: Telephony['sites'];
  readonly outboundRoutes: Telephony['routes'];
  readonly didPools: Telephony['didPools'];
  readonly dids: Telephony['dids'];
  readonly contacts: ExternalContacts['contacts'];
  readonly externalOrganizations: ExternalContacts['externalOrganizations'];
  readonly products: readonly string[];
  readonly specification: Specification;
  readonly grants: Grants;
  readonly expired: Parts['expired'];
  readonly access: Access;
  readonly dataActions: Parts['dataActions'];
  readonly outcomes: Outcomes;
  readonly heartbeatMilliseconds: number;
  readonly calls: Calls;
  readonly channels: Channels;
  /** The people of the org in the order of their names, and what is searched of them. */
  readonly directory: Directory;
  readonly stationNames: NameIndex<Station>;
  readonly #madeUp: MadeUp | undefined;
  /** Who was last associated with a station. */
  readonly #associated = new Map<Station, Person>();
  #queuesByMember: Map<Person, Set<Queue>> | undefined;
  #stationsByOwner: Map<Person, Station[]> | undefined;
  #groupsByMember: Map<Person, Group[]> | undefined;
  readonly #listeners = new Set<(change: Change) => void>();

  private constructor(
    file: OrgFile,
    parts: Parts,
    readonly catalogue: Catalogue,
  ) {
    this.organization = file.organization;
    this.enforceScopes = file.enforceScopes ?? false;
    this.rateLimit = file.rateLimitPerMinute ?? 300;
    this.idleTokenTimeoutSeconds = file.idleTokenTimeoutSeconds;
    this.ringMilliseconds = file.ringMilliseconds ?? 1500;
    this.faults = parts.faults;
    this.access = parts.access;
    this.dataActions = parts.dataActions;
    this.divisions = parts.divisions;
    this.home = parts.home;
    this.roles = parts.roles;
    this.clients = parts.clients;
    this.stations = parts.stations;
    this.presences = parts.presences;
    this.skills = parts.skills;
    this.languages = parts.languages;
    this.people = parts.people;
    this.directory = new Directory(parts.people, parts.madeUp?.names);
    this.stationNames = new NameIndex(parts.stations);
    this.#madeUp = parts.madeUp;
    for (const person of parts.people.own()) if (person.station) this.#associated.set(person.station, person);
    this.queues = parts.queues;
    const { grants, madeUp } = parts;
    this.grants = new Grants(
      {
        of: (id) => grants.get(id) ?? madeUp?.grantsOf(id),
        subjects: () => [...grants.keys(), ...(madeUp?.ids() ?? [])],
        count: (role) => [...grants.values()].filter((g) => g.some((x) => x.role === role)).length + (madeUp?.holders(role) ?? 0),
      },
      file.grantDelaySeconds ?? 0,
    );
    this.wrapUpCodes = parts.wrapUpCodes;
    this.groups = parts.groups;
    this.sites = parts.telephony.sites;
    this.outboundRoutes = parts.telephony.routes;
    this.didPools = parts.telephony.didPools;
    this.dids = parts.telephony.dids;
    this.contacts = parts.externalContacts.contacts;
    this.externalOrganizations = parts.externalContacts.externalOrganizations;
    this.products = file.products ?? DEFAULT_PRODUCTS;
    this.specification = file.specification ?? {};
    this.expired = parts.expired;
    this.outcomes = parts.outcomes;
    this.heartbeatMilliseconds = file.notifications?.heartbeatMilliseconds ?? HEARTBEAT_MILLISECONDS;
    // The channels listen first: what a change leads to is told after it.
    this.channels = new Channels(this);
    this.calls = new Calls(this);
    placeActiveCalls(this, parts.activeCalls);
  }

  /** @param permissions every permission that the platform has */
  static build(file: OrgFile, permissions: Iterable<string>): { ok: true; world: World } | { ok: false; problems: readonly ShapeProblem[] } {
    const linked = link(file);
    if (!linked.ok) return linked;
    const catalogue = new Catalogue(permissions, file.permissions?.lacks ?? [], file.permissions?.divisionAware ?? []);
    return { ok: true, world: new World(file, linked.parts, catalogue) };
  }

  /** Ends what happens by itself and every connection of it: another world has taken its place, or the sandbox ends. */
  stop(): void {
    this.calls.stop();
    this.channels.stop();
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

  /** The user, client or group with this id. */
  subject(id: string): Named | undefined {
    return this.people.get(id) ?? this.clients.get(id) ?? this.groups.get(id);
  }

  /** Adds a client, or replaces the one that has its id. */
  saveClient(client: Client): void {
    this.clients.set(client.id, client);
    this.changed({ kind: 'client', clientId: client.id });
  }

  deleteClient(client: Client): void {
    for (const { role, division } of this.grantsOf(client.id)) this.revoke(client.id, role, division);
    this.clients.delete(client.id);
    this.changed({ kind: 'client', clientId: client.id });
  }

  add<K extends keyof Entities>(kind: K, thing: Entities[K]): void {
    this.#table(kind).set(thing.id, thing);
    this.#entityChanged(kind, 'added', thing.id);
  }

  change<K extends keyof Entities>(kind: K, thing: Entities[K], fields: Partial<Entities[K]>): void {
    // Defined, not assigned: what was made up for a large org has getters.
    for (const [name, value] of Object.entries(fields)) Object.defineProperty(thing, name, { value, writable: true, enumerable: true, configurable: true });
    this.#entityChanged(kind, 'changed', thing.id);
  }

  /** What is granted is revoked with the role, the division or the group. */
  remove<K extends keyof Entities>(kind: K, thing: Entities[K]): void {
    if (kind === 'role') for (const holder of [...this.grants.holdersOf(thing as Role)]) this.#revokeAll(holder, (g) => g.role.id === thing.id);
    if (kind === 'group') this.#revokeAll(thing.id, () => true);
    if (kind === 'division')
      for (const role of this.roles.values())
        for (const holder of [...this.grants.holdersOf(role)]) this.#revokeAll(holder, (g) => g.division !== '*' && g.division.id === thing.id);
    this.#table(kind).delete(thing.id);
    this.#entityChanged(kind, 'removed', thing.id);
  }

  #table<K extends keyof Entities>(kind: K): Map<string, Entities[K]> {
    const tables: { readonly [P in keyof Entities]: ReadonlyMap<string, Entities[P]> } = {
      division: this.divisions,
      role: this.roles,
      queue: this.queues,
      skill: this.skills,
      language: this.languages,
      wrapUpCode: this.wrapUpCodes,
      group: this.groups,
      person: this.people,
      contact: this.contacts,
      externalOrganization: this.externalOrganizations,
      outboundRoute: this.outboundRoutes,
    };
    // Read-only to everybody but the world that they were made for.
    return tables[kind] as Map<string, Entities[K]>;
  }

  #entityChanged(entity: keyof Entities, how: 'added' | 'changed' | 'removed', id: string): void {
    if (entity === 'group') this.#groupsByMember = undefined;
    if (entity === 'queue' && how !== 'changed') this.#queuesByMember = undefined;
    if (entity === 'person') this.directory.forget(id);
    this.changed({ kind: 'entity', entity, how, id });
  }

  /** Whether somebody is a member of a queue, and whether they have joined it; undefined for a member no more. */
  setMember(queue: Queue, person: Person, joined: boolean | undefined): void {
    const members = queue.members as Map<Person, boolean>;
    if (joined === undefined) members.delete(person);
    else members.set(person, joined);
    const known = this.#queuesByMember?.get(person);
    if (joined === undefined) known?.delete(queue);
    else if (known) known.add(queue);
    else this.#queuesByMember?.set(person, new Set([queue]));
    this.changed({ kind: 'member', queue, person, joined });
    this.#entityChanged('queue', 'changed', queue.id);
  }

  /** The queues that a person is a member of. */
  queuesOf(person: Person): readonly Queue[] {
    if (!this.#queuesByMember) {
      this.#queuesByMember = new Map();
      // Of a made-up queue only those who are looked at are made: the others are in it as it was made.
      for (const queue of this.queues.values())
        for (const member of this.#madeUp?.isUntouched(queue) ? [] : queue.members.keys()) {
          const queues = this.#queuesByMember.get(member);
          if (queues) queues.add(queue);
          else this.#queuesByMember.set(member, new Set([queue]));
        }
    }
    const found = new Set(this.#queuesByMember.get(person));
    const first = this.#madeUp?.queueOf(person);
    if (first && this.queues.has(first.id) && first.members.has(person)) found.add(first);
    return [...found];
  }

  /** The WebRTC phones that are a person's own. */
  stationsOf(person: Person): readonly Station[] {
    if (!this.#stationsByOwner) {
      this.#stationsByOwner = new Map();
      for (const station of this.stations.own())
        if (station.owner) this.#stationsByOwner.set(station.owner, [...(this.#stationsByOwner.get(station.owner) ?? []), station]);
    }
    return [...(this.#stationsByOwner.get(person) ?? []), ...(this.#madeUp?.phoneOf(person) ?? [])];
  }

  groupsOf(person: Person): readonly Group[] {
    if (!this.#groupsByMember) {
      this.#groupsByMember = new Map();
      for (const group of this.groups.values())
        for (const member of group.members) this.#groupsByMember.set(member, [...(this.#groupsByMember.get(member) ?? []), group]);
    }
    return this.#groupsByMember.get(person) ?? [];
  }

  /** What a subject was granted itself. */
  grantsOf(subjectId: string): readonly Grant[] {
    return this.grants.of(subjectId);
  }

  /** The groups by which a subject holds more than it was granted itself (FACTS §6). */
  groupsOfSubject(subjectId: string): readonly Group[] {
    if (this.groups.size === 0) return [];
    const person = this.people.get(subjectId);
    return person ? this.groupsOf(person) : [];
  }

  grant(subjectId: string, role: Role, division: Division | '*'): void {
    if (this.grants.add(subjectId, role, division)) this.changed({ kind: 'grants', subjectId });
  }

  revoke(subjectId: string, role: Role, division: Division | '*'): void {
    if (this.grants.remove(subjectId, role, division)) this.changed({ kind: 'grants', subjectId });
  }

  #revokeAll(subjectId: string, which: (grant: Grant) => boolean): void {
    for (const grant of this.grantsOf(subjectId).filter(which)) this.revoke(subjectId, grant.role, grant.division);
  }

  /** Who is associated with a station. */
  userOf(station: Station): Person | undefined {
    const user = this.#associated.get(station);
    if (user?.station === station) return user;
    // A made-up person is associated with their own phone until somebody changes that.
    return station.owner?.station === station ? station.owner : undefined;
  }

  associate(person: Person, station: Station | undefined): void {
    if (person.station) person.lastStation = person.station;
    person.station = station;
    if (station) this.#associated.set(station, person);
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
    const subjects = [subjectId, ...this.groupsOfSubject(subjectId).map((g) => g.id)];
    for (const grant of subjects.flatMap((id) => this.grants.inForce(id))) {
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

/** Of a contact centre with telephony (FACTS §6; names assumed). */
const DEFAULT_PRODUCTS = ['PureCloud', 'purecloud3', 'purecloudVoice', 'byoc'];

const matches = (pattern: string, name: string): boolean => pattern === '*' || pattern === name;

const covers = (p: Policy, domain: string, entity: string, action: string): boolean =>
  matches(p.domain, domain) && matches(p.entityName, entity) && p.actions.some((a) => matches(a, action));
