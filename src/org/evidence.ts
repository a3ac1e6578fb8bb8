import { openCase, placesCall } from '../diagnosis/case.js';
import {
  type CataloguePermission,
  type Grant,
  grantsOf,
  type Known,
  type OrgFacts,
  type Permitted,
  type Person,
  type RoleFact,
  type StationFact,
} from '../diagnosis/orgFacts.js';
import { type Need, needOf, unmet } from '../diagnosis/requirements/need.js';
import type { Exchange } from '../exchange/exchange.js';
import { PLACE_AS_SELF } from '../platform/callRequest.js';
import { isGuid } from '../platform/guid.js';
import { isRecord, optional, text } from '../platform/json.js';
import type { Operations } from '../platform/operations.js';
import type { Client } from './client.js';
import {
  readAvailability,
  readCatalogue,
  readDivisions,
  readGrants,
  readNumberOwner,
  readPermitted,
  readPerson,
  readRoles,
  readStation,
  readTokenInfo,
  readUserStation,
} from './parse.js';

/** The catalogue has about 75 domains; a page holds up to 100 of them. Never more pages than this are read. */
const PAGE = 100;
const MOST_PAGES = 4;
/** Permissions for which roles, or divisions, are asked one by one; longer lists are rare (FACTS §2). */
const MOST_NAMES = 4;

/**
 * Asks the org what the requirements of a request depend on: in two round trips at most 17 requests, whatever the size of the
 * org, and most often 6 to 9. Every fact fails on its own; only reads are sent (FACTS §6).
 */
export async function gatherFacts(client: Client, exchange: Exchange, operations: Operations, signal?: AbortSignal): Promise<OrgFacts> {
  const c = openCase({ exchange, operations });
  const org = new Org(client, signal);
  const need = needOf(c);
  const body = c.body.kind === 'json' && isRecord(c.body.value) ? c.body.value : {};
  const agentId = c.operation?.path === PLACE_AS_SELF.path && placesCall(c) ? 'me' : guid(c.params['userId']);
  const queueId = guid(c.params['queueId']) ?? (placesCall(c) ? guid(text(body['callFromQueueId'])) : undefined);
  const callerId = placesCall(c) ? text(body['callerId']) : undefined;

  const grants = org.ask('/api/v2/authorization/subjects/me', readGrants);
  const [caller, held, more, catalogue, agent, queue, callerNumber] = await Promise.all([
    org.ask('/api/v2/tokens/me', readTokenInfo),
    grants,
    grants.then(({ fact }) => (need ? rights(org, need, fact) : {})),
    readWholeCatalogue(org),
    agentId === undefined ? undefined : readAgent(org, agentId, placesCall(c)),
    queueId === undefined ? undefined : absentAs404(org.ask(`/api/v2/routing/queues/${queueId}`, readPerson)),
    callerId === undefined || !/^\+\d{5,20}$/.test(callerId) ? undefined : readOwner(org, callerId),
  ]);
  return {
    at: new Date().toISOString(),
    ...(client.region.sandbox ? {} : { domain: client.region.domain }),
    caller: caller.fact,
    grants: held.fact,
    catalogue,
    ...more,
    ...agent,
    ...(queue ? { queue } : {}),
    ...(callerNumber ? { callerNumber } : {}),
  };
}

/** A fact, and whether the platform itself says that there is no such object. */
type Asked<T> = { readonly fact: Known<T>; readonly absent?: boolean };

/** One org as one caller sees it. */
class Org {
  constructor(
    private readonly client: Client,
    private readonly signal: AbortSignal | undefined,
  ) {}

  async ask<T>(path: string, parse: (json: unknown) => T | undefined): Promise<Asked<T>> {
    const from = `GET ${path}`;
    const answer = await this.client.read('GET', path, parse, this.signal ? { signal: this.signal } : {});
    if (answer.kind === 'ok') return { fact: { kind: 'known', value: answer.value, from } };
    if (answer.kind === 'cancelled') return { fact: { kind: 'unchecked', from, why: 'cancelled' } };
    const { why, status, code } = answer;
    return { fact: { kind: 'unchecked', from, why, ...optional('status', status), ...optional('code', code) }, absent: status === 404 && code !== undefined };
  }
}

/** What is asked once the grants are known: who could grant what is missing or, where they cannot be read, what the org permits. */
async function rights(org: Org, need: Need, grants: Known<readonly Grant[]>): Promise<Pick<OrgFacts, 'roles' | 'permitted' | 'divisionNames'>> {
  if (grants.kind === 'unchecked') return grants.why === 'cancelled' || need.names.length === 0 ? {} : { permitted: await readAllPermitted(org, need.names) };
  const lacking = unmet(need, (name) => grantsOf(grants.value, name).length > 0);
  const strangers = need.divisions.filter((id) => isGuid(id) && !grants.value.some((g) => g.divisionId === id));
  const [roles, divisionNames] = await Promise.all([
    lacking.length === 0 ? undefined : readGrantingRoles(org, lacking),
    strangers.length === 0 ? undefined : readDivisionNames(org, strangers),
  ]);
  return { ...(roles ? { roles } : {}), ...(divisionNames ? { divisionNames } : {}) };
}

/** One request for each name, since what several mean together is not documented. */
async function readGrantingRoles(org: Org, names: readonly string[]): Promise<Known<readonly RoleFact[]>> {
  const answers = await Promise.all(
    names
      .slice(0, MOST_NAMES)
      .map((name) => org.ask(`/api/v2/authorization/roles?permission=${encodeURIComponent(name)}&pageSize=${PAGE}`, (json) => readRoles(json, name))),
  );
  const from = 'GET /api/v2/authorization/roles?permission=…';
  const roles = new Map<string, RoleFact>();
  for (const { fact } of answers) {
    if (fact.kind === 'unchecked') return { ...fact, from };
    for (const role of fact.value) roles.set(role.id, { ...role, grants: [...(roles.get(role.id)?.grants ?? []), ...role.grants] });
  }
  return { kind: 'known', value: [...roles.values()], from };
}

async function readAllPermitted(org: Org, names: readonly string[]): Promise<Known<readonly Permitted[]>> {
  const from = 'GET /api/v2/authorization/divisionspermitted/paged/me?permission=…';
  if (names.length > MOST_NAMES) return { kind: 'unchecked', from, why: `there are ${names.length} permissions to ask for, more than are asked one by one` };
  const path = (name: string): string => `/api/v2/authorization/divisionspermitted/paged/me?permission=${encodeURIComponent(name)}&pageSize=${PAGE}`;
  const answers = await Promise.all(names.map((name) => org.ask(path(name), (json) => readPermitted(json, name))));
  const permitted: Permitted[] = [];
  for (const { fact } of answers) {
    if (fact.kind === 'unchecked') return { ...fact, from };
    permitted.push(fact.value);
  }
  return { kind: 'known', value: permitted, from };
}

async function readDivisionNames(org: Org, ids: readonly string[]): Promise<Known<ReadonlyMap<string, string>>> {
  const query = ids.slice(0, PAGE).map((id) => `id=${id}`);
  const { fact } = await org.ask(`/api/v2/authorization/divisions?pageSize=${PAGE}&${query.join('&')}`, readDivisions);
  return fact.kind === 'known' ? { ...fact, value: new Map(fact.value.map((d) => [d.id, d.name])) } : fact;
}

async function readOwner(org: Org, number: string): Promise<Known<{ readonly owner: string } | undefined>> {
  const { fact } = await org.ask(`/api/v2/telephony/providers/edges/dids?phoneNumber=${encodeURIComponent(number)}`, readNumberOwner);
  return fact.kind === 'known' ? { ...fact, value: fact.value === 'none' ? undefined : fact.value } : fact;
}

/** A 404 of the platform is a fact too: there is no such object. */
async function absentAs404(asked: Promise<Asked<Person>>): Promise<Known<Person | undefined>> {
  const { fact, absent } = await asked;
  return absent ? { kind: 'known', value: undefined, from: fact.from } : fact;
}

/** A user; for a call also presence and station, whose state is a second read, since expands are best effort (FACTS §6). */
async function readAgent(org: Org, id: string, calls: boolean): Promise<Pick<OrgFacts, 'agent' | 'station' | 'availability'>> {
  const asked = await org.ask(`/api/v2/users/${id}${calls ? '?expand=station,presence,routingStatus' : ''}`, (json) => (isRecord(json) ? json : undefined));
  if (asked.fact.kind === 'unchecked') {
    const agent: Known<Person | undefined> = asked.absent ? { kind: 'known', value: undefined, from: asked.fact.from } : asked.fact;
    return calls ? { agent, station: asked.fact } : { agent };
  }
  const { value, from } = asked.fact;
  const agent = known(readPerson(value), from, 'the answer has another shape than documented');
  if (!calls) return { agent };
  return {
    agent,
    station: await stationOf(org, value, from),
    availability: known(readAvailability(value), from, 'the answer does not show presence and routing status'),
  };
}

const known = <T>(value: T | undefined, from: string, why: string): Known<T> =>
  value === undefined ? { kind: 'unchecked', from, why } : { kind: 'known', value, from };

async function stationOf(org: Org, user: unknown, from: string): Promise<Known<StationFact>> {
  const station = readUserStation(user);
  if (station === undefined) return { kind: 'unchecked', from, why: 'the answer does not show the station' };
  if (station === 'none') return { kind: 'known', value: undefined, from };
  const { fact } = await org.ask(`/api/v2/stations/${encodeURIComponent(station.id)}`, readStation);
  return fact.kind === 'known' ? fact : { kind: 'known', value: { name: station.name, status: '' }, from };
}

async function readWholeCatalogue(org: Org): Promise<Known<readonly CataloguePermission[]>> {
  const page = (n: number) => org.ask(`/api/v2/authorization/permissions?pageSize=${PAGE}&pageNumber=${n}`, readCatalogue);
  const first = await page(1);
  if (first.fact.kind === 'unchecked') return first.fact;
  const { pageCount, permissions } = first.fact.value;
  const from = 'GET /api/v2/authorization/permissions';
  if (pageCount > MOST_PAGES) return { kind: 'unchecked', from, why: `it has ${pageCount} pages, more than are read` };
  const rest = await Promise.all(Array.from({ length: Math.max(0, pageCount - 1) }, (_, i) => page(i + 2)));
  const all = [...permissions];
  for (const { fact } of rest) {
    if (fact.kind === 'unchecked') return { kind: 'unchecked', from, why: fact.why };
    all.push(...fact.value.permissions);
  }
  return { kind: 'known', value: all, from };
}

/** Only what can be an id is asked for: a placeholder is another problem, and nobody's id. */
const guid = (id: string | undefined): string | undefined => (id !== undefined && isGuid(id) ? id : undefined);
