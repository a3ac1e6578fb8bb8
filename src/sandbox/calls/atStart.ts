import type { ActiveCall } from '../org/activeCalls.js';
import type { World } from '../org/world.js';
import { addressOf, addressUri, caller, NO_TERMS, newLeg, newParticipant, newRecord } from './conversation.js';
import { finishAll } from './progress.js';

/** Puts the calls that an org starts with where they belong. */
export function placeActiveCalls(world: World, active: readonly ActiveCall[]): void {
  for (const { id, agent, to, fromQueue, state } of active) {
    const own = newLeg('call', 'outbound', 'connected');
    const other = newLeg('call', typeof to === 'string' ? 'outbound' : 'inbound', 'connected');
    const called =
      typeof to === 'string'
        ? newParticipant({ purpose: 'customer', address: addressUri(to) }, other)
        : newParticipant({ purpose: 'user', name: to.name, address: addressOf(to), user: to }, other);
    if (state === 'held') own.heldAt = new Date();
    const call = newRecord({ ...NO_TERMS, fromQueue }, [caller(agent, fromQueue, own), called], id === undefined ? {} : { id });
    world.calls.open(call);
    world.calls.tell(call);
    if (state === 'ended') finishAll(world, call, (p) => ({ type: p.user === agent ? 'client' : 'peer' }));
  }
}
