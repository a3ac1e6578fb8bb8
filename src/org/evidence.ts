import type { CataloguePermission, Known, OrgFacts, Person, StationFact } from '../diagnosis/orgFacts.js';
import type { HttpRequest } from '../exchange/exchange.js';
import { isGuid } from '../platform/guid.js';
import { isRecord, text } from '../platform/json.js';
import { pathOf } from '../platform/operations.js';
import type { Client } from './client.js';
import { readCatalogue, readGrants, readPerson, readStation, readTokenInfo, readUserStation } from './parse.js';

/** The catalogue has about 75 domains; a page holds up to 100 of them. Never more pages than this are read. */
const CATALOGUE_PAGE = 100;
const MOST_PAGES = 4;

/**
 * Asks the org what the requirements of `request` depend on: at most 9 requests in two round trips, whatever the size of the
 * org. Every fact fails on its own; only reads are sent (FACTS §6).
 */
export async function gatherFacts(client: Client, request: HttpRequest | undefined, signal?: AbortSignal): Promise<OrgFacts> {
  const agentId = request ? guid(/\/conversations\/calls\/user\/([^/]+)$/.exec(pathOf(request.url))?.[1]) : undefined;
  const plain = request !== undefined && request.method.toUpperCase() === 'POST' && /\/conversations\/calls$/.test(pathOf(request.url));
  const queueId = fromQueue(request);
  const [caller, grants, catalogue, agent, queue] = await Promise.all([
    ask(client, '/api/v2/tokens/me', readTokenInfo, signal),
    ask(client, '/api/v2/authorization/subjects/me', readGrants, signal),
    readWholeCatalogue(client, signal),
    agentId === undefined ? (plain ? readAgent(client, 'me', signal) : undefined) : readAgent(client, agentId, signal),
    queueId === undefined ? undefined : absentAs404(ask(client, `/api/v2/routing/queues/${encodeURIComponent(queueId)}`, readPerson, signal)),
  ]);
  return {
    at: new Date().toISOString(),
    caller: caller.fact,
    grants: grants.fact,
    catalogue,
    ...(agent ? { agent: agent.person, station: agent.station } : {}),
    ...(queue ? { queue } : {}),
  };
}

type Asked<T> = { readonly fact: Known<T> /** True where the platform itself says that there is no such object. */; readonly absent?: boolean };

async function ask<T>(client: Client, path: string, parse: (json: unknown) => T | undefined, signal?: AbortSignal): Promise<Asked<T>> {
  const from = `GET ${path}`;
  const answer = await client.read('GET', path, parse, signal ? { signal } : {});
  if (answer.kind === 'ok') return { fact: { kind: 'known', value: answer.value, from } };
  if (answer.kind === 'cancelled') return { fact: { kind: 'unchecked', from, why: 'cancelled' } };
  return { fact: { kind: 'unchecked', from, why: answer.why }, absent: answer.status === 404 && answer.code !== undefined };
}

/** A 404 of the platform is a fact too: there is no such object. */
async function absentAs404(asked: Promise<Asked<Person>>): Promise<Known<Person | undefined>> {
  const { fact, absent } = await asked;
  return absent ? { kind: 'known', value: undefined, from: fact.from } : fact;
}

/** A user with station; the station's state is a second read, since expands are best effort (FACTS §6). */
async function readAgent(client: Client, id: string, signal?: AbortSignal): Promise<{ person: Known<Person | undefined>; station: Known<StationFact> }> {
  const path = `/api/v2/users/${encodeURIComponent(id)}?expand=station`;
  const asked = await ask(client, path, (json) => (isRecord(json) ? json : undefined), signal);
  if (asked.fact.kind === 'unchecked') {
    const person: Known<Person | undefined> = asked.absent ? { kind: 'known', value: undefined, from: asked.fact.from } : asked.fact;
    return { person, station: asked.fact };
  }
  const { value, from } = asked.fact;
  const person = readPerson(value);
  const station = readUserStation(value);
  const who: Known<Person | undefined> = person
    ? { kind: 'known', value: person, from }
    : { kind: 'unchecked', from, why: 'the answer has another shape than documented' };
  if (station === undefined) return { person: who, station: { kind: 'unchecked', from, why: 'the answer does not show the station' } };
  if (station === 'none') return { person: who, station: { kind: 'known', value: undefined, from } };
  const state = await ask(client, `/api/v2/stations/${encodeURIComponent(station.id)}`, readStation, signal);
  if (state.fact.kind === 'known') return { person: who, station: state.fact };
  return { person: who, station: { kind: 'known', value: { name: station.name, status: '' }, from } };
}

async function readWholeCatalogue(client: Client, signal?: AbortSignal): Promise<Known<readonly CataloguePermission[]>> {
  const page = (n: number) => ask(client, `/api/v2/authorization/permissions?pageSize=${CATALOGUE_PAGE}&pageNumber=${n}`, readCatalogue, signal);
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

function fromQueue(request: HttpRequest | undefined): string | undefined {
  if (!request?.body) return undefined;
  try {
    const body: unknown = JSON.parse(request.body);
    return isRecord(body) ? guid(text(body['callFromQueueId'])) : undefined;
  } catch {
    return undefined;
  }
}

/** Only what can be an id is asked for: a placeholder is another problem, and nobody's id. */
const guid = (id: string | undefined): string | undefined => (id !== undefined && isGuid(id) ? id : undefined);
