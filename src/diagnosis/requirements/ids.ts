import { findPlaceholdersInUrl, placeholdersInValue } from '../../exchange/placeholders.js';
import { isGuid } from '../../platform/guid.js';
import { type Case, placesCall } from '../case.js';
import type { Finding, Place } from '../model.js';
import type { Known, Person } from '../orgFacts.js';
import { SOURCES } from '../sources.js';
import { saysNotParticipant } from './refusals.js';
import { atCode, clip, facts, holds, inRequest, inUrl, org, type Requirement, request, said } from './requirement.js';

/** Path parameters whose ids are GUIDs on every operation. Others (topics, rows, domains) are free text. */
const GUID_PARAMS = new Set([
  'userId',
  'queueId',
  'conversationId',
  'participantId',
  'communicationId',
  'divisionId',
  'roleId',
  'stationId',
  'subjectId',
  'groupId',
  'siteId',
  'edgeId',
]);
const NOT_FOUND = /^(?:not\.found|resource\.not\.found|invalid\.id|conversation\.not\.found|conversation\.error\.conversation\.not\.found)$/;

/** wrong-id: an id has to be of the right kind and to exist in this org. */
export const ids: Requirement = (c) => {
  const found = [...inPath(c), ...inOrg(c)];
  // Of a path that is not in the API nothing can be found.
  if (saysNotParticipant(c) || (c.lookup && c.lookup.kind !== 'found')) return found;
  if (c.code !== undefined && NOT_FOUND.test(c.code)) found.unshift(ofAnswer(c));
  else if (c.status === 404 && c.answeredByPlatform && c.operation) found.unshift(ofAnswer(c));
  return found;
};

function ofAnswer(c: Case): Finding {
  const id = c.error?.entityId;
  const malformed = c.code === 'invalid.id';
  return {
    cause: 'wrong-id',
    verdict: malformed ? 'confirmed' : 'likely',
    title: malformed
      ? 'An id in the request is not a GUID'
      : `The platform does not find ${id ? `${clip(c.error?.entityName ?? 'object', 60)} ${clip(id, 60)}` : 'what the request names'}`,
    because: [...said(c), ...(malformed ? [] : [facts(`An id of another kind or of another org is answered the same way (${SOURCES.codes}).`)])],
    fix: ['Check each id: its kind (a user is not a phone, a station or a conversation) and that it belongs to this org and region.'],
    place: atCode(c),
  };
}

function inPath(c: Case): Finding[] {
  if (c.accepted) return [];
  return Object.entries(c.params).flatMap(([name, value]): Finding[] => {
    // "*" stands for every division.
    if (!GUID_PARAMS.has(name) || isGuid(value) || value === '*' || placeholdersInValue(value).length > 0 || findPlaceholdersInUrl(`/${value}`).length > 0)
      return [];
    return [
      {
        cause: 'wrong-id',
        verdict: 'likely',
        title: `${value.slice(0, 60)} in the path is not a ${name.replace(/Id$/, '')} id`,
        because: [request(`It stands where {${name}} belongs.`), facts('Such ids are GUIDs: eight, four, four, four and twelve hexadecimal digits.')],
        fix: ['Use the id, not a name, an e-mail address or a number. GET /api/v2/users or POST /api/v2/users/search finds the id of a user.'],
        place: inUrl(value),
      },
    ];
  });
}

/** What the org says about the objects that the path names. */
function inOrg(c: Case): Finding[] {
  const { userId, queueId } = c.params;
  const queue = queueId !== undefined ? inUrl(queueId) : placesCall(c) ? inRequest('/callFromQueueId') : undefined;
  return [...exists(c, 'user', userId === undefined ? undefined : inUrl(userId), c.facts?.agent), ...exists(c, 'queue', queue, c.facts?.queue)];
}

function exists(c: Case, kind: 'user' | 'queue', place: Place | undefined, fact: Known<Person | undefined> | undefined): Finding[] {
  if (place === undefined || fact?.kind !== 'known') return [];
  if (fact.value) return [holds('wrong-id', `${fact.value.name} exists`, [org(`${fact.from} found it.`)])];
  return [
    {
      cause: 'wrong-id',
      verdict: c.accepted ? 'possible' : 'confirmed',
      title: `No ${kind} of this org has the id ${place.part === 'url' ? 'in the path' : `in ${place.pointer.slice(1)}`}`,
      because: [org(`${fact.from} answers 404.`)],
      fix: [`Pick the ${kind} again: the id may be that of another object, org or region.`],
      place,
    },
  ];
}
