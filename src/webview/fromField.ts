import './combobox.js';
import { html, type TemplateResult } from 'lit';
import { unbroken } from './breakable.js';
import { field, problem } from './field.js';
import type { FormView } from './formView.js';
import { queueChoices, queueName } from './queueChoice.js';

const NO_QUEUE = { id: '', name: 'No queue', detail: 'The call counts for no queue', warning: '' };

/** The queue on whose behalf the call is made, and the number the other side will see because of it. */
export function fromField({ state, post }: FormView): TemplateResult {
  const { queues, fromQueueId } = state;
  return field({
    id: 'from',
    label: 'From',
    control: html`<call-combobox .inputId=${'from'} .describedBy=${'from-help'} .placeholder=${queues.state === 'loading' ? 'Loading queues…' : 'Queue'}
      .choices=${queueChoices(queues, [NO_QUEUE])} .chosenId=${fromQueueId} .chosenName=${queueName(queues, fromQueueId, NO_QUEUE.name)}
      .pick=${(id: string) => post({ type: 'from-queue', id })}></call-combobox>`,
    help: help({ queues, fromQueueId }, () => post({ type: 'do', action: 'reload' })),
  });
}

function help({ queues, fromQueueId }: Pick<FormView['state'], 'queues' | 'fromQueueId'>, reload: () => void): TemplateResult {
  if (queues.state === 'failed') return html`${problem(queues.message)}<button type="button" class="link" @click=${reload}>Retry</button>`;
  const queue = queues.items.find((q) => q.id === fromQueueId);
  if (!queue) return html``;
  return html`<span>${queue.callerId ? `Caller ID ${unbroken(queue.callerId)}` : 'This queue sets no caller ID.'}</span>`;
}
