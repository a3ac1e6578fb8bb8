import { linkAccess } from './access.js';
import { linkActiveCalls } from './activeCalls.js';
import { linkExternalContacts } from './contacts.js';
import { linkFaults } from './faults.js';
import { generate } from './generate.js';
import { linkGroups } from './groups.js';
import { suggestion } from './nearest.js';
import { type Client, linkClient } from './oauthClients.js';
import type { OrgFile } from './orgFile.js';
import { Outcomes } from './outcomes.js';
import { Population } from './population.js';
import type { ShapeProblem } from './shape.js';
import { type Did, linkTelephony } from './telephony.js';
import type { Division, Edge, Grant, Named, Parts, Person, PresenceDefinition, Queue, Role, Station, WrapUpCode } from './types.js';

type Linked = { readonly ok: true; readonly parts: Parts } | { readonly ok: false; readonly problems: readonly ShapeProblem[] };

/** Turns the names and ids by which the parts of an org file mention each other into the things themselves. */
export function link(file: OrgFile): Linked {
  const problems: ShapeProblem[] = [];
  const now = new Date();
  uniqueIds(file, problems);

  const divisions = new Index<Division>('division', problems);
  file.divisions.forEach((d, i) => {
    divisions.add({ id: d.id, name: d.name, description: d.description ?? '', home: d.home ?? false }, `/divisions/${i}`);
  });
  const homes = divisions.all.filter((d) => d.home);
  if (homes.length !== 1) problems.push({ pointer: '/divisions', why: `exactly one division is home, found ${homes.length}` });

  const roles = new Index<Role>('role', problems);
  file.roles.forEach((r, i) => {
    roles.add({ id: r.id, name: r.name, description: r.description ?? '', policies: r.policies }, `/roles/${i}`);
  });

  const edges = new Index<Edge>('edge', problems);
  file.edges.forEach((e, i) => {
    edges.add({ id: e.id, name: e.name, online: e.online ?? true }, `/edges/${i}`);
  });
  const skills = new Index<Named>('skill', problems);
  file.skills.forEach((s, i) => {
    skills.add(s, `/skills/${i}`);
  });
  const languages = new Index<Named>('language', problems);
  file.languages.forEach((l, i) => {
    languages.add(l, `/languages/${i}`);
  });

  const grants = new Map<string, Grant[]>();
  const atStart = new Date(now.getTime() - THIRTY_DAYS);
  const grantsOf = (list: readonly GrantEntry[], pointer: string): Grant[] =>
    list.flatMap((g, i, all) => {
      if (all.findIndex((x) => x.role === g.role && x.division === g.division) < i)
        problems.push({ pointer: `${pointer}/${i}`, why: 'this role is granted there already' });
      const role = roles.find(g.role, `${pointer}/${i}/role`);
      const division = g.division === '*' ? '*' : divisions.find(g.division, `${pointer}/${i}/division`);
      const madeAt = g.madeSecondsAgo === undefined ? atStart : new Date(now.getTime() - g.madeSecondsAgo * 1000);
      return role && division ? [{ role, division, madeAt }] : [];
    });

  const clients = new Index<Client>('client', problems);
  file.clients.forEach((c, i) => {
    clients.add(linkClient(c, now), `/clients/${i}`);
    if (c.grant !== 'CLIENT-CREDENTIALS' && c.roleDivisions)
      problems.push({ pointer: `/clients/${i}/roleDivisions`, why: 'only a client with grant CLIENT-CREDENTIALS has roles' });
    grants.set(c.id, grantsOf(c.roleDivisions ?? [], `/clients/${i}/roleDivisions`));
  });

  const presenceOf = (systemPresence: string, pointer: string): PresenceDefinition => {
    const found = file.presences.find((p) => p.systemPresence === systemPresence);
    if (!found) problems.push({ pointer, why: `"${systemPresence}" is not among /presences` });
    return found ?? { id: '', systemPresence };
  };

  const people = new Index<Person>('user', problems);
  const emails = new Map<string, string>();
  const stationNames: (readonly [person: Person, station: string, pointer: string])[] = [];
  file.users.forEach((u, i) => {
    const at = `/users/${i}`;
    const division = divisions.find(u.division, `${at}/division`);
    if (!division) return;
    const person: Person = {
      id: u.id,
      name: u.name,
      email: u.email,
      title: u.title,
      department: u.department,
      phone: u.phone,
      division,
      skills: (u.skills ?? []).flatMap((s, n) => skills.find(s, `${at}/skills/${n}`) ?? []),
      languages: (u.languages ?? []).flatMap((l, n) => languages.find(l, `${at}/languages/${n}`) ?? []),
      station: undefined,
      lastStation: undefined,
      stationSince: now,
      presence: { definition: presenceOf(u.presence, `${at}/presence`), message: '', since: now },
      routing: { status: u.routingStatus, since: now },
    };
    people.add(person, at);
    const email = u.email.toLowerCase();
    const sameEmail = emails.get(email);
    if (sameEmail !== undefined) problems.push({ pointer: `${at}/email`, why: `${sameEmail} has it already` });
    emails.set(email, u.name);
    if (u.station !== undefined) stationNames.push([person, u.station, `${at}/station`]);
    grants.set(u.id, grantsOf(u.grants ?? [], `${at}/grants`));
  });

  const stations = new Index<Station>('station', problems);
  file.stations.forEach((s, i) => {
    const edge = s.edge === undefined ? undefined : edges.find(s.edge, `/stations/${i}/edge`);
    const owner = s.owner === undefined ? undefined : people.find(s.owner, `/stations/${i}/owner`);
    const { id, name, type, webRtcPersistentEnabled, webRtcRequireMediaHelper } = s;
    stations.add({ id, name, type, edge, owner, webRtcPersistentEnabled, webRtcRequireMediaHelper }, `/stations/${i}`);
  });
  const taken = new Map<Station, Person>();
  for (const [person, name, pointer] of stationNames) {
    const station = stations.find(name, pointer);
    const other = station && taken.get(station);
    if (other) problems.push({ pointer, why: `${other.name} is associated with that station` });
    else if (station) {
      taken.set(station, person);
      person.station = station;
    }
  }

  const wrapUpCodes = new Index<WrapUpCode>('wrap-up code', problems);
  (file.wrapUpCodes ?? []).forEach((w, i) => {
    const at = `/wrapUpCodes/${i}`;
    const division = w.division === undefined ? undefined : divisions.find(w.division, `${at}/division`);
    wrapUpCodes.add({ id: w.id, name: w.name, division, description: w.description }, at);
  });

  const queues = new Index<Queue>('queue', problems);
  file.queues.forEach((q, i) => {
    const division = divisions.find(q.division, `/queues/${i}/division`);
    const members = new Map<Person, boolean>();
    (q.members ?? []).forEach((m, n) => {
      const person = people.find(m, `/queues/${i}/members/${n}`);
      if (person && members.has(person)) problems.push({ pointer: `/queues/${i}/members/${n}`, why: `${person.name} is there already` });
      if (person) members.set(person, true);
    });
    (q.notJoined ?? []).forEach((m, n) => {
      const person = people.find(m, `/queues/${i}/notJoined/${n}`);
      if (person && !members.has(person)) problems.push({ pointer: `/queues/${i}/notJoined/${n}`, why: `${person.name} is not among the members` });
      else if (person) members.set(person, false);
    });
    const codes = new Set((q.wrapUpCodes ?? []).flatMap((name, n) => wrapUpCodes.find(name, `/queues/${i}/wrapUpCodes/${n}`) ?? []));
    const { description, callingPartyName, callingPartyNumber } = q;
    if (division)
      queues.add({ id: q.id, name: q.name, description, division, callingPartyName, callingPartyNumber, members, wrapUpCodes: codes }, `/queues/${i}`);
  });

  const groups = linkGroups(file.groups ?? [], (name, pointer) => people.find(name, pointer), problems);
  (file.groups ?? []).forEach((g, i) => {
    grants.set(g.id, grantsOf(g.grants ?? [], `/groups/${i}/grants`));
  });
  const ownerOf = (name: string): Did['owner'] => {
    const person = people.peek(name);
    const group = groups.get(name) ?? [...groups.values()].find((g) => g.name === name);
    return person ? { id: person.id, name: person.name, type: 'USER' } : group && { id: group.id, name: group.name, type: 'GROUP' };
  };
  const find = { edge: (name: string, pointer: string) => edges.find(name, pointer), edges: edges.all, owner: ownerOf };
  const telephony = linkTelephony(file.telephony ?? {}, file.organization.id, find, problems);
  const divisionOf = (name: string | undefined, pointer: string) => (name === undefined ? homes[0] : divisions.find(name, pointer));
  const externalContacts = linkExternalContacts(file.externalContacts ?? {}, divisionOf, now, problems);

  const expired = new Set<string>();
  (file.expired ?? []).forEach((name, i) => {
    const subject = people.peek(name) ?? clients.peek(name);
    if (subject) expired.add(subject.id);
    else problems.push({ pointer: `/expired/${i}`, why: `no user or client "${name}"` });
  });

  const access = linkAccess(file, (name) => (people.peek(name) ?? clients.peek(name))?.id, problems);
  const faults = linkFaults(file.faults ?? [], '/faults', problems);
  const outcomes = new Outcomes(file.outcomes ?? [], (name) => stations.peek(name)?.id, problems);
  const finders = { person: (name: string, at: string) => people.find(name, at), queue: (name: string, at: string) => queues.find(name, at) };
  const activeCalls = linkActiveCalls(file.calls ?? [], finders, problems);

  const home = homes[0];
  if (file.generated && file.presences.length === 0) problems.push({ pointer: '/presences', why: 'made-up people need one' });
  if (problems.length > 0 || !home) return { ok: false, problems };
  const basis = { divisions: divisions.all, roles: roles.all, edges: edges.all, presences: file.presences, skills: skills.all, languages: languages.all };
  const madeUp =
    file.generated &&
    generate(file.generated, { ...basis, people: people.byId, stations: stations.byId, queues: queues.byId, madeAt: atStart, startedAt: now });
  for (const division of madeUp?.divisions ?? []) divisions.byId.set(division.id, division);
  for (const role of madeUp?.roles ?? []) roles.byId.set(role.id, role);
  for (const queue of madeUp?.queues ?? []) queues.byId.set(queue.id, queue);
  return {
    ok: true,
    parts: {
      divisions: divisions.byId,
      home,
      roles: roles.byId,
      clients: clients.byId,
      stations: madeUp?.stations ?? new Population(stations.byId),
      presences: file.presences,
      skills: skills.byId,
      languages: languages.byId,
      wrapUpCodes: wrapUpCodes.byId,
      groups,
      telephony,
      externalContacts,
      people: madeUp?.people ?? new Population(people.byId),
      madeUp,
      queues: queues.byId,
      grants,
      expired,
      access,
      faults,
      dataActions: new Map((file.dataActions ?? []).map((a) => [a.id, a])),
      outcomes,
      activeCalls,
    },
  };
}

/** Milliseconds; older than any delay of grants can be. */
const THIRTY_DAYS = 2_592_000_000;

interface GrantEntry {
  readonly role: string;
  readonly division: string;
  readonly madeSecondsAgo?: number;
}

/** Things of one kind, found by id or by name. */
class Index<T extends Named> {
  readonly byId = new Map<string, T>();
  readonly #byName = new Map<string, T>();

  constructor(
    private readonly kind: string,
    private readonly problems: ShapeProblem[],
  ) {}

  get all(): readonly T[] {
    return [...this.byId.values()];
  }

  add(thing: T, pointer: string): void {
    if (this.#byName.has(thing.name)) this.problems.push({ pointer: `${pointer}/name`, why: `there is another ${this.kind} named "${thing.name}"` });
    this.byId.set(thing.id, thing);
    this.#byName.set(thing.name, thing);
  }

  peek(idOrName: string): T | undefined {
    return this.byId.get(idOrName) ?? this.#byName.get(idOrName);
  }

  find(idOrName: string, pointer: string): T | undefined {
    const found = this.peek(idOrName);
    if (!found) this.problems.push({ pointer, why: `no ${this.kind} has the id or name "${idOrName}"${suggestion(idOrName, this.#byName.keys())}` });
    return found;
  }
}

function uniqueIds(file: OrgFile, problems: ShapeProblem[]): void {
  const seen = new Map<string, string>();
  const rooms = ['divisions', 'roles', 'clients', 'edges', 'stations', 'presences', 'skills', 'languages', 'users', 'queues'] as const;
  const lists: readonly (readonly [at: string, things: readonly { readonly id: string }[]])[] = [
    ...rooms.map((room) => [`/${room}`, file[room]] as const),
    ['/wrapUpCodes', file.wrapUpCodes ?? []],
    ['/groups', file.groups ?? []],
    ['/telephony/sites', file.telephony?.sites ?? []],
    ...(file.telephony?.sites ?? []).map((site, i) => [`/telephony/sites/${i}/outboundRoutes`, site.outboundRoutes ?? []] as const),
    ['/telephony/didPools', file.telephony?.didPools ?? []],
    ['/telephony/dids', file.telephony?.dids ?? []],
    ['/externalContacts/organizations', file.externalContacts?.organizations ?? []],
    ['/externalContacts/contacts', file.externalContacts?.contacts ?? []],
  ];
  for (const [at, things] of lists)
    things.forEach(({ id }: { readonly id: string }, i: number) => {
      const pointer = `${at}/${i}/id`;
      const first = seen.get(id);
      if (first === undefined) seen.set(id, pointer);
      else problems.push({ pointer, why: `${first} has the same id` });
    });
}
