import type { Person } from '../org/types.js';
import type { World } from '../org/world.js';
import { activeParticipant, type CallRecord, type CallTerms, caller, newLeg, newParticipant, newRecord, onCall } from './conversation.js';
import { finishAll } from './progress.js';

/** Makes one call of several that an agent is on: an ad-hoc conference (FACTS §1.1, `conversationIds`). How the former ones end is assumed. */
export function merge(world: World, agent: Person, terms: CallTerms, calls: readonly CallRecord[]): CallRecord {
  const others = calls.flatMap((call) => onCall(call).filter((p) => p !== activeParticipant(call, agent)));
  const participants = others.map((p) =>
    newParticipant(
      { purpose: p.purpose, name: p.name, address: p.address, user: p.user, queue: p.queue, routing: p.routing },
      newLeg('call', p.call?.direction ?? 'outbound', 'connected'),
      p.attributes,
    ),
  );
  for (const call of calls) finishAll(world, call, () => ({ type: 'transfer.conference' }));
  const conference = newRecord(terms, [caller(agent, terms.fromQueue, newLeg('call', 'outbound', 'connected')), ...participants]);
  world.calls.open(conference);
  world.calls.tell(conference);
  return conference;
}
