import type { Agent, Queue } from '../../org/directory.js';
import type { AgentView, QueueView } from './protocol.js';

/** System presences of the platform, by what they mean for a call. */
const PRESENCES: ReadonlyMap<string, AgentView['presenceKind']> = new Map([
  ['available', 'available'],
  ['on queue', 'available'],
  ['on_queue', 'available'],
  ['busy', 'busy'],
  ['meeting', 'busy'],
  ['meal', 'busy'],
  ['break', 'busy'],
  ['training', 'busy'],
  ['away', 'away'],
  ['idle', 'away'],
  ['offline', 'offline'],
]);

/** A person as the form shows one, with what stands in the way of a call. */
export function agentView(agent: Agent): AgentView {
  const presenceKind = PRESENCES.get(agent.presence.toLowerCase()) ?? 'unknown';
  const obstacle =
    agent.station === '' ? 'Has no station: a call cannot be placed from nowhere' : presenceKind === 'offline' ? 'Is offline: nobody may answer the phone' : '';
  return { id: agent.id, name: agent.name, presence: agent.presence, presenceKind, station: agent.station ?? '', division: agent.division, obstacle };
}

export const queueView = (queue: Queue): QueueView => ({
  id: queue.id,
  name: queue.name,
  division: queue.division,
  callerId: [queue.callingPartyName, queue.callingPartyNumber].filter(Boolean).join(' '),
});
