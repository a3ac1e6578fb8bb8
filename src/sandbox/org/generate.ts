import { MadeUpNames } from './madeUpNames.js';
import { BUSINESSES, PLACES } from './names.js';
import type { OrgFile } from './orgFile.js';
import { Ids, mixed, Population, type Series } from './population.js';
import type { Division, Edge, Grant, Named, Person, PresenceDefinition, Queue, Role, Station } from './types.js';

/** What an org has already when people are made up for it. */
interface Basis {
  readonly divisions: readonly Division[];
  readonly roles: readonly Role[];
  readonly edges: readonly Edge[];
  readonly presences: readonly PresenceDefinition[];
  readonly skills: readonly Named[];
  readonly languages: readonly Named[];
  readonly people: ReadonlyMap<string, Person>;
  readonly stations: ReadonlyMap<string, Station>;
  readonly queues: ReadonlyMap<string, Queue>;
  /** Of the grants. */
  readonly madeAt: Date;
  /** Of everything else. */
  readonly startedAt: Date;
}

/** What was made up. Divisions, roles and queues are new ones only; people and stations are all of the org's. */
export interface MadeUp {
  readonly divisions: readonly Division[];
  readonly roles: readonly Role[];
  readonly queues: readonly Queue[];
  readonly people: Population<Person>;
  readonly stations: Population<Station>;
  readonly names: MadeUpNames;
  /** The grants of a made-up person; undefined for anybody else. */
  readonly grantsOf: (subjectId: string) => readonly Grant[] | undefined;
  /** How many of the made-up people have a role. */
  readonly holders: (role: Role) => number;
  /** The ids of all of them. */
  readonly ids: () => Iterable<string>;
  /** The queue in which a made-up person is a member from the start. */
  readonly queueOf: (person: Person) => Queue | undefined;
  /** Whether it is a made-up queue whose members nobody has asked for. */
  readonly isUntouched: (queue: Queue) => boolean;
  /** The WebRTC phone that is a made-up person's own. */
  readonly phoneOf: (person: Person) => readonly Station[];
}

const PEOPLE_PER_DIVISION = 2500;
const PEOPLE_PER_QUEUE = 250;

/** Kinds of ids: the same place of another kind has another id. */
const KIND = { people: 1, stations: 2, divisions: 3, queues: 4, roles: 5, edges: 6 } as const;
/** Other uses of the seed. */
const SALT = { presence: 11, skills: 12, languages: 13, joined: 14 } as const;

const policy = (permission: string): Role['policies'][number] => {
  const [domain = '', entityName = '', ...actions] = permission.split(':');
  return { domain, entityName, actions };
};

/** The roles of made-up people: of the org where it has one of that name. In 50 people, so many have it. */
const ROLES = [
  {
    name: 'Agent',
    title: 'Agent',
    of50: 43,
    policies: [
      'conversation:conference:add',
      'conversation:call:add',
      'directory:user:view',
      'routing:queue:search',
      'telephony:selfStationAssociation:view:edit',
    ],
  },
  { name: 'Communicate', title: 'Clerk', of50: 6, policies: ['directory:user:view', 'telephony:selfStationAssociation:view:edit'] },
  {
    name: 'Supervisor',
    title: 'Supervisor',
    of50: 1,
    policies: ['conversation:call:add', 'conversation:communication:view:disconnect', 'directory:user:view', 'routing:queue:*', 'telephony:*:*'],
  },
] as const;

/** Presences, the frequent ones more often. */
const USUAL = ['Available', 'Available', 'Available', 'On Queue', 'On Queue', 'On Queue', 'Offline', 'Offline', 'Away', 'Busy', 'Break', 'Meal', 'Meeting'];

/**
 * Makes up people, with divisions, queues and stations in proportion. The same seed and the same basis make the same. Nothing
 * is kept of a person until somebody asks for them: place and seed say everything.
 */
export function generate(wanted: NonNullable<OrgFile['generated']>, basis: Basis): MadeUp {
  const { users: count, seed = 1 } = wanted;
  const ids = (kind: number): Ids => new Ids(seed, kind);

  const divisionIds = ids(KIND.divisions);
  const taken = new Set(basis.divisions.map((d) => d.name));
  const newDivisions: Division[] = Array.from({ length: Math.floor(count / PEOPLE_PER_DIVISION) }, (_, i) => ({
    id: divisionIds.at(i),
    name: free(taken, `${pick(BUSINESSES, i)} ${pick(PLACES, Math.floor(i / BUSINESSES.length) + i)}`, Math.floor(i / (BUSINESSES.length * PLACES.length))),
    description: '',
    home: false,
  }));
  const divisions = [...basis.divisions, ...newDivisions];

  const roleIds = ids(KIND.roles);
  const newRoles: Role[] = [];
  const roles = ROLES.map(({ name, policies }, i) => {
    const known = basis.roles.find((r) => r.name === name);
    if (known) return known;
    const made = { id: roleIds.at(i), name, description: '', policies: policies.map(policy) };
    newRoles.push(made);
    return made;
  });
  const roleAt = (index: number): number => {
    const n = index % 50;
    return n < ROLES[0].of50 ? 0 : n < ROLES[0].of50 + ROLES[1].of50 ? 1 : 2;
  };

  // People stand in blocks of equal size, one a queue; so many queues a division.
  const queuesPerDivision = Math.max(1, Math.ceil(count / divisions.length / PEOPLE_PER_QUEUE));
  const queueCount = count === 0 ? 0 : queuesPerDivision * divisions.length;
  const queueAt = (index: number): number => Math.floor((index * queueCount) / count);
  const divisionAt = (index: number): Division => divisions[Math.floor(queueAt(index) / queuesPerDivision)] as Division;

  const grants = divisions.map((division) => roles.map((role): readonly Grant[] => [{ role, division, madeAt: basis.madeAt }]));
  const names = new MadeUpNames(seed, count, basis.people.values());
  const presences = initialPresences(basis);
  const edges = basis.edges.length > 0 ? basis.edges : [{ id: ids(KIND.edges).at(0), name: 'Edge 1', online: true }];
  const routing = {
    onQueue: Object.freeze({ status: 'IDLE' as const, since: basis.startedAt }),
    offQueue: Object.freeze({ status: 'OFF_QUEUE' as const, since: basis.startedAt }),
  };
  const skills = combinations(basis.skills);
  const languages = combinations(basis.languages);

  const crowd: Crowd = {
    ids: ids(KIND.people),
    names,
    startedAt: basis.startedAt,
    division: divisionAt,
    title: (i) => pick(ROLES, roleAt(i)).title,
    station: (i) => {
      const at = stationOf(i);
      return at === undefined ? undefined : stations.inSeries(at);
    },
    presence: (i) => pick(presences, mixed(i, seed + SALT.presence)),
    routing: (i) => (crowd.presence(i).definition.systemPresence === 'On Queue' ? routing.onQueue : routing.offQueue),
    skills: (i) => pick(skills, mixed(i, seed + SALT.skills)),
    languages: (i) => pick(languages, mixed(i, seed + SALT.languages)),
  };
  const peopleSeries: Series<Person> = {
    count,
    at: (i) => new MadeUpPerson(crowd, i),
    indexOf: (id) => crowd.ids.indexOf(id, count),
  };
  const people = new Population(basis.people, peopleSeries);

  const stationIds = ids(KIND.stations);
  const stationCount = stationsOf(count);
  const stations: Population<Station> = new Population(basis.stations, {
    count: stationCount,
    at: (i) => new MadeUpStation(stationIds.at(i), i, pick(edges, i), () => people.inSeries(ownerOf(i))),
    indexOf: (id) => stationIds.indexOf(id, stationCount),
  });

  const queueIds = ids(KIND.queues);
  const queueNames = new Set([...basis.queues.values()].map((q) => q.name));
  const queues = Array.from({ length: queueCount }, (_, q): Queue => {
    const division = divisions[Math.floor(q / queuesPerDivision)] as Division;
    const from = Math.ceil((q * count) / queueCount);
    const to = Math.ceil(((q + 1) * count) / queueCount);
    return new MadeUpQueue(queueIds.at(q), free(queueNames, `${division.name} ${(q % queuesPerDivision) + 1}`, 0), division, () => {
      const members = new Map<Person, boolean>();
      for (let i = from; i < to; i++) {
        const person = people.inSeries(i);
        if (person) members.set(person, mixed(i, seed + SALT.joined) % 8 !== 0);
      }
      return members;
    });
  });

  return {
    divisions: newDivisions,
    roles: newRoles,
    queues,
    people,
    stations,
    names,
    grantsOf: (subjectId) => {
      const i = peopleSeries.indexOf(subjectId);
      return i === undefined ? undefined : grants[Math.floor(queueAt(i) / queuesPerDivision)]?.[roleAt(i)];
    },
    holders: (role) => {
      let found = 0;
      for (let i = 0; i < count; i++) if (roles[roleAt(i)] === role) found++;
      return found;
    },
    *ids() {
      for (let i = 0; i < count; i++) yield crowd.ids.at(i);
    },
    queueOf: (person) => (person instanceof MadeUpPerson ? queues[queueAt(person.index)] : undefined),
    isUntouched: (queue) => queue instanceof MadeUpQueue && queue.isUntouched,
    phoneOf: (person) => {
      const place = person instanceof MadeUpPerson ? stationOf(person.index) : undefined;
      const station = place === undefined ? undefined : stations.inSeries(place);
      return station ? [station] : [];
    },
  };
}

const pick = <T>(list: readonly T[], n: number): T => list[n % list.length] as T;

/** A name that is not taken: with a number from the second of it on. */
function free(taken: Set<string>, name: string, before: number): string {
  let found = before === 0 ? name : `${name} ${before + 1}`;
  for (let n = before + 2; taken.has(found); n++) found = `${name} ${n}`;
  taken.add(found);
  return found;
}

// Four people in five have a station: the fifth of each five has none.
const stationsOf = (people: number): number => Math.floor(people / 5) * 4 + Math.min(people % 5, 4);
const stationOf = (person: number): number | undefined => (person % 5 === 4 ? undefined : Math.floor(person / 5) * 4 + (person % 5));
const ownerOf = (station: number): number => Math.floor(station / 4) * 5 + (station % 4);

function initialPresences(basis: Basis): readonly Person['presence'][] {
  const usual = USUAL.flatMap((name) => basis.presences.find((p) => p.systemPresence === name) ?? []);
  return (usual.length > 0 ? usual : basis.presences).map((definition) => Object.freeze({ definition, message: '', since: basis.startedAt }));
}

/** One or two of a list, each list made once; nothing where there is nothing. */
function combinations(list: readonly Named[]): readonly (readonly Named[])[] {
  return list.length < 2 ? [list] : list.flatMap((a, i) => [[a], [a, pick(list, i + 1)]]);
}

/** What the made-up people of an org share: how a place tells what somebody is like. */
interface Crowd {
  readonly ids: Ids;
  readonly names: MadeUpNames;
  readonly startedAt: Date;
  division(index: number): Division;
  title(index: number): string;
  station(index: number): Station | undefined;
  presence(index: number): Person['presence'];
  routing(index: number): Person['routing'];
  skills(index: number): readonly Named[];
  languages(index: number): readonly Named[];
}

/** What has changed of a made-up person. */
type Changed = Partial<Pick<Person, 'presence' | 'routing' | 'stationSince' | 'lastStation'>> & { station?: { readonly now: Station | undefined } };

class MadeUpPerson implements Person {
  private madeId: string | undefined = undefined;
  private changed: Changed | undefined = undefined;

  constructor(
    private readonly crowd: Crowd,
    readonly index: number,
  ) {}

  get id(): string {
    this.madeId ??= this.crowd.ids.at(this.index);
    return this.madeId;
  }
  get name(): string {
    return this.crowd.names.name(this.index);
  }
  get email(): string {
    return this.crowd.names.email(this.index);
  }
  get phone(): string | undefined {
    return this.crowd.names.phone(this.index);
  }
  get title(): string {
    return this.crowd.title(this.index);
  }
  get department(): string {
    return this.division.name;
  }
  get division(): Division {
    return this.crowd.division(this.index);
  }
  get skills(): readonly Named[] {
    return this.crowd.skills(this.index);
  }
  get languages(): readonly Named[] {
    return this.crowd.languages(this.index);
  }

  get station(): Station | undefined {
    const moved = this.changed?.station;
    return moved ? moved.now : this.crowd.station(this.index);
  }
  set station(now: Station | undefined) {
    this.change({ station: { now } });
  }
  get lastStation(): Station | undefined {
    return this.changed?.lastStation;
  }
  set lastStation(lastStation: Station | undefined) {
    this.change({ lastStation });
  }
  get stationSince(): Date {
    return this.changed?.stationSince ?? this.crowd.startedAt;
  }
  set stationSince(stationSince: Date) {
    this.change({ stationSince });
  }
  get presence(): Person['presence'] {
    return this.changed?.presence ?? this.crowd.presence(this.index);
  }
  set presence(presence: Person['presence']) {
    this.change({ presence });
  }
  get routing(): Person['routing'] {
    return this.changed?.routing ?? this.crowd.routing(this.index);
  }
  set routing(routing: Person['routing']) {
    this.change({ routing });
  }

  private change(what: { readonly [K in keyof Changed]?: Changed[K] | undefined }): void {
    this.changed = Object.assign(this.changed ?? {}, what);
  }
}

class MadeUpStation implements Station {
  readonly type = 'inin_webrtc_softphone';

  constructor(
    readonly id: string,
    private readonly index: number,
    readonly edge: Edge,
    private readonly person: () => Person | undefined,
  ) {}

  get name(): string {
    return `web-${this.index + 1}`;
  }
  get owner(): Person | undefined {
    return this.person();
  }
}

class MadeUpQueue implements Queue {
  readonly description = undefined;
  readonly callingPartyName = undefined;
  readonly callingPartyNumber = undefined;
  readonly wrapUpCodes: ReadonlySet<never> = new Set<never>();
  private known: ReadonlyMap<Person, boolean> | undefined = undefined;

  constructor(
    readonly id: string,
    readonly name: string,
    readonly division: Division,
    private readonly makeMembers: () => ReadonlyMap<Person, boolean>,
  ) {}

  get isUntouched(): boolean {
    return this.known === undefined;
  }
  get members(): ReadonlyMap<Person, boolean> {
    this.known ??= this.makeMembers();
    return this.known;
  }
}
