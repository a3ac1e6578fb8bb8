import type { Person } from '../org/types.js';
import type { World } from '../org/world.js';
import { addressOf, type CallRecord, isLive, isOnQueue, newLeg, newParticipant, type Participant, type Routing } from './conversation.js';
import { ring } from './ringing.js';

/** Offers what waits in queues to members who are free: by priority, then by age. */
export function distribute(world: World): void {
  const waiting = [...world.calls.waiting].sort(([a], [b]) => (b.routing?.priority ?? 0) - (a.routing?.priority ?? 0));
  for (const [queue, call] of waiting) if (world.calls.waiting.has(queue)) offer(world, call, queue);
}

/** Offers a conversation to the member of a queue who has been idle longest, or lets it wait. @param queue the participant that stands for the queue */
export function offer(world: World, call: CallRecord, queue: Participant): void {
  const { routing } = queue;
  const waits = queue.call ?? queue.callback;
  if (!routing || !isLive(waits)) return;
  const member = freeMember(world, call, routing);
  if (!member) {
    world.calls.waiting.set(queue, call);
    return;
  }
  world.calls.waiting.delete(queue);
  const leg = newLeg(waits.media, 'inbound', 'alerting');
  const participant = newParticipant({ purpose: 'agent', name: member.name, address: addressOf(member), user: member, queue: routing.queue }, leg);
  world.calls.join(call, participant);
  world.calls.tell(call);
  if (leg.media === 'call') ring(world, call, participant, leg);
}

function freeMember(world: World, call: CallRecord, routing: Routing): Person | undefined {
  const had = new Set(call.participants.flatMap((p) => (p.purpose === 'agent' && p.queue === routing.queue && p.user ? [p.user.id] : [])));
  const candidates = routing.owners.length > 0 ? routing.owners : [...routing.queue.members].flatMap(([person, joined]) => (joined ? [person] : []));
  const free = candidates.filter((p) => !had.has(p.id) && isFree(world, p) && isSkilled(p, routing));
  if (routing.owners.length > 0) return free[0];
  return free.reduce<Person | undefined>((best, p) => (best && best.routing.since <= p.routing.since ? best : p), undefined);
}

const isFree = (world: World, person: Person): boolean =>
  person.routing.status === 'IDLE' && isOnQueue(person) && person.station?.edge?.online === true && !world.calls.isEngaged(person);

/** All the skills, and the language. A skill expression is not evaluated. */
const isSkilled = (person: Person, routing: Routing): boolean =>
  routing.skills.every((s) => person.skills.some((has) => has.id === s.id)) &&
  (routing.language === undefined || person.languages.some((l) => l.id === routing.language?.id));
