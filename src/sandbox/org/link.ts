import type { OrgFile } from './orgFile.js';
import type { ShapeProblem } from './shape.js';
import type { Client, Division, Edge, Grant, Named, Parts, Person, PresenceDefinition, Queue, Role, Station } from './world.js';

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
  const grantsOf = (list: readonly { readonly role: string; readonly division: string }[], pointer: string): Grant[] =>
    list.flatMap((g, i) => {
      const role = roles.find(g.role, `${pointer}/${i}/role`);
      const division = g.division === '*' ? '*' : divisions.find(g.division, `${pointer}/${i}/division`);
      return role && division ? [{ role, division, madeAt: now }] : [];
    });

  const clients = new Index<Client>('client', problems);
  file.clients.forEach((c, i) => {
    clients.add(
      {
        id: c.id,
        name: c.name,
        secret: c.secret,
        grant: c.grant,
        active: c.state !== 'disabled',
        scopes: c.scopes ?? [],
        redirectUris: c.redirectUris ?? [],
        validitySeconds: c.accessTokenValiditySeconds ?? 86_400,
      },
      `/clients/${i}`,
    );
    if (c.grant === 'CODE' && c.roleDivisions)
      problems.push({ pointer: `/clients/${i}/roleDivisions`, why: 'only a client with grant CLIENT-CREDENTIALS has roles' });
    grants.set(c.id, grantsOf(c.roleDivisions ?? [], `/clients/${i}/roleDivisions`));
  });

  const presenceOf = (systemPresence: string, pointer: string): PresenceDefinition => {
    const found = file.presences.find((p) => p.systemPresence === systemPresence);
    if (!found) problems.push({ pointer, why: `"${systemPresence}" is not among /presences` });
    return found ?? { id: '', systemPresence };
  };

  const people = new Index<Person>('user', problems);
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
    if (u.station !== undefined) stationNames.push([person, u.station, `${at}/station`]);
    grants.set(u.id, grantsOf(u.grants ?? [], `${at}/grants`));
  });

  const stations = new Index<Station>('station', problems);
  file.stations.forEach((s, i) => {
    const edge = s.edge === undefined ? undefined : edges.find(s.edge, `/stations/${i}/edge`);
    const owner = s.owner === undefined ? undefined : people.find(s.owner, `/stations/${i}/owner`);
    stations.add({ id: s.id, name: s.name, type: s.type, edge, owner }, `/stations/${i}`);
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

  const queues = new Index<Queue>('queue', problems);
  file.queues.forEach((q, i) => {
    const division = divisions.find(q.division, `/queues/${i}/division`);
    const members = new Map<Person, boolean>();
    (q.members ?? []).forEach((m, n) => {
      const person = people.find(m, `/queues/${i}/members/${n}`);
      if (person) members.set(person, true);
    });
    (q.notJoined ?? []).forEach((m, n) => {
      const person = people.find(m, `/queues/${i}/notJoined/${n}`);
      if (person && !members.has(person)) problems.push({ pointer: `/queues/${i}/notJoined/${n}`, why: `${person.name} is not among the members` });
      else if (person) members.set(person, false);
    });
    const { description, callingPartyName, callingPartyNumber } = q;
    if (division) queues.add({ id: q.id, name: q.name, description, division, callingPartyName, callingPartyNumber, members }, `/queues/${i}`);
  });

  const expired = new Set<string>();
  (file.expired ?? []).forEach((name, i) => {
    const subject = people.peek(name) ?? clients.peek(name);
    if (subject) expired.add(subject.id);
    else problems.push({ pointer: `/expired/${i}`, why: `no user or client "${name}"` });
  });

  const home = homes[0];
  if (problems.length > 0 || !home) return { ok: false, problems };
  return {
    ok: true,
    parts: {
      divisions: divisions.byId,
      home,
      roles: roles.byId,
      clients: clients.byId,
      stations: stations.byId,
      presences: file.presences,
      skills: skills.all,
      languages: languages.all,
      people: people.byId,
      queues: queues.byId,
      grants,
      expired,
    },
  };
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
    if (!found) this.problems.push({ pointer, why: `no ${this.kind} has the id or name "${idOrName}"` });
    return found;
  }
}

function uniqueIds(file: OrgFile, problems: ShapeProblem[]): void {
  const seen = new Map<string, string>();
  const rooms = ['divisions', 'roles', 'clients', 'edges', 'stations', 'presences', 'skills', 'languages', 'users', 'queues'] as const;
  for (const room of rooms)
    file[room].forEach(({ id }: { readonly id: string }, i: number) => {
      const pointer = `/${room}/${i}/id`;
      const first = seen.get(id);
      if (first === undefined) seen.set(id, pointer);
      else problems.push({ pointer, why: `${first} has the same id` });
    });
}
