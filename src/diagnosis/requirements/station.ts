import { PLACE_AS_SELF } from '../../platform/callRequest.js';
import { type Case, placesCall } from '../case.js';
import type { Finding } from '../model.js';
import { SOURCES } from '../sources.js';
import { atCode, facts, holds, inUrl, org, type Requirement, said, unchecked } from './requirement.js';

/** Codes of the platform for a station that no edge serves (FACTS §1.4). */
export const STATION_FAULT = /^providerapi\.error\.(?:station\.no\.active\.edge|no\.station\.for\.edge)$/;
const FIX = 'Let the agent choose a phone in Genesys Cloud, or associate a station: PUT /api/v2/users/{userId}/station/associatedstation/{stationId}.';

/** no-station, station-unreachable: a call rings at the agent's own station first (FACTS §1.3, §1.4). */
export const station: Requirement = (c) => {
  if (c.code === 'conversation.error.no.user.station') {
    return [
      {
        cause: 'no-station',
        verdict: 'confirmed',
        title: `${agentName(c)} has no station to place the call from`,
        because: [...said(c), ...fact(c)],
        fix: [FIX],
        place: atCode(c),
      },
    ];
  }
  if (c.code !== undefined && STATION_FAULT.test(c.code)) {
    return [
      {
        cause: 'station-unreachable',
        verdict: 'confirmed',
        title: 'The station of the agent has no edge that works',
        because: [...said(c), ...fact(c)],
        fix: ['Have the telephony administrator look at the station, its site and its edge.'],
        place: atCode(c),
      },
    ];
  }
  if (!placesCall(c)) return [];
  if (c.accepted) return [holds('no-station', 'The agent has a station', said(c))];
  const known = c.facts?.station;
  if (known?.kind === 'unchecked')
    return [unchecked('no-station', `Whether ${agentName(c).replace(/^The agent$/, 'the agent')} has a station`, org(`${known.from}: ${known.why}`))];
  if (!known)
    return c.facts
      ? []
      : [unchecked('no-station', 'Whether the agent has a station', facts("No org was asked. A call rings at the agent's associated station first."))];
  if (known.value) {
    const { name, status } = known.value;
    if (/^(?:DISASSOCIATED|OFFLINE|INACTIVE)$/i.test(status)) return [unreachable(c, name, status, known.from)];
    return [holds('no-station', `${agentName(c)} has the station ${name}${status ? ` (${status})` : ''}`, [org(known.from), ...available(c)])];
  }
  const self = c.operation?.path === PLACE_AS_SELF.path;
  return [
    {
      cause: 'no-station',
      verdict: self ? 'confirmed' : 'likely',
      title: `${agentName(c)} has no station to place the call from`,
      because: [
        org(`No station is associated (${known.from}).`),
        facts(
          self
            ? `A station is required to place a call (${SOURCES.codes}).`
            : `A station is required to place a call; that it holds on behalf of a user too is likely and not verified.`,
        ),
      ],
      fix: [FIX],
      place: inUrl(),
    },
  ];
};

const fact = (c: Case): Finding['because'] =>
  c.facts?.station?.kind === 'known' && !c.facts.station.value ? [org(`No station is associated (${c.facts.station.from}).`)] : [];
const agentName = (c: Case): string => (c.facts?.agent?.kind === 'known' && c.facts.agent.value ? c.facts.agent.value.name : 'The agent');

/** Whether somebody is there to answer: no requirement, but good to know before a phone rings. */
function available(c: Case): Finding['because'] {
  if (c.facts?.availability?.kind !== 'known') return [];
  const { presence, routing } = c.facts.availability.value;
  return [org(`Presence ${presence || 'unknown'}, routing status ${routing || 'unknown'} (${c.facts.availability.from}).`)];
}

const unreachable = (c: Case, name: string, status: string, from: string): Finding => ({
  cause: 'station-unreachable',
  verdict: 'likely',
  title: `The station ${name} of ${agentName(c)} is ${status.toLowerCase()}`,
  because: [org(from)],
  fix: ['Have the agent open the phone again, or choose another station.'],
  place: inUrl(),
});
