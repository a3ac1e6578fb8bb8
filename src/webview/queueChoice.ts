import type { FormState, QueueView } from '../sidebar/callForm/protocol.js';
import type { Choice, Choices } from './choice.js';

export const queueChoice = (queue: QueueView): Choice => ({
  id: queue.id,
  name: queue.name,
  detail: [queue.division, queue.callerId].filter(Boolean).join(' · '),
  warning: '',
});

export const queueChoices = (queues: FormState['queues'], before: readonly Choice[] = []): Choices => ({
  state: queues.state,
  query: '',
  items: [...before, ...queues.items.map(queueChoice)],
  message: queues.message,
});

/** What the field shows for an id: its queue's name, or why there is none to show. */
export function queueName(queues: FormState['queues'], id: string, none: string): string {
  if (id === '') return none;
  return queues.items.find((q) => q.id === id)?.name ?? (queues.state === 'loading' ? '' : id);
}
