import * as vscode from 'vscode';
import type { Place } from '../diagnosis/model.js';
import type { Facts } from '../facts.js';
import type { Explained } from '../org/callDesk.js';
import type { AttemptLog } from './attemptLog.js';
import type { CallOrder } from './callForm/callForm.js';
import type { Activity } from './callForm/protocol.js';
import type { Cases } from './cases.js';

/** How long an attempt whose outcome is unknown is recalled before the next one, in milliseconds. */
const RECENT = 30 * 60_000;

/** Places and checks calls for the form and the palette alike, and shows what came of it. One call at a time. */
export class CallService {
  #placing = false;

  constructor(
    private readonly facts: Facts,
    private readonly attempts: AttemptLog,
    private readonly cases: Cases,
    private readonly open: (id: string, place?: Place) => Promise<void>,
  ) {}

  /** Places the call of a confirmed order. The activity is what to tell the person. */
  async place({ client, intent, words }: CallOrder): Promise<Activity> {
    if (this.#placing) return { kind: 'failed', text: 'Another call is being placed', detail: 'Wait until its outcome is known.' };
    this.#placing = true;
    try {
      const [{ placeAndExplain }, attempts, operations] = await Promise.all([import('../org/callDesk.js'), this.attempts.open(), this.facts.operations()]);
      const { outcome, explained } = await placeAndExplain(client, attempts, operations, intent, words);
      switch (outcome.kind) {
        case 'placed':
          if (explained)
            this.cases.show({ ...explained, id: outcome.attempt.id, title: `call for ${words.agent}`, at: new Date(), sandbox: client.region.sandbox });
          return {
            kind: 'placed',
            text: `Placed: ${words.agent} → ${words.to}`,
            detail: `The phone of ${words.agent} rings first. Conversation ${outcome.conversationId}`,
          };
        case 'not-sent':
          return { kind: 'failed', text: 'Nothing was sent', detail: `${client.region.api}: ${outcome.why}. No phone rang; you may try again.` };
        case 'unknown':
          return { kind: 'unknown', text: 'The phone may have rung', detail: `${outcome.why}. Ask ${words.agent} before you try again.` };
        case 'refused': {
          if (!explained) return { kind: 'refused', text: 'Refused', detail: '' };
          // What became of the call is known; that it cannot be shown must not hide it.
          await this.show(explained, `call for ${words.agent}`, { id: outcome.attempt.id, sandbox: client.region.sandbox }).catch(
            (e: unknown) => void vscode.window.showWarningMessage(`The answer could not be opened: ${String(e)}`),
          );
          return { kind: 'refused', text: explained.diagnosis.summary, detail: topFix(explained) };
        }
      }
    } finally {
      this.#placing = false;
    }
  }

  /** What to know before a call is confirmed: that one before it, of any window, may have rung. Empty when there is nothing. */
  async caution({ client, words }: CallOrder): Promise<string> {
    const since = Date.now() - RECENT;
    const last = (await this.attempts.list()).find(
      (a) => a.agent === words.agent && a.org === words.org && a.region === client.region.name && a.state !== 'not-sent',
    );
    return last?.state === 'unknown' && Date.parse(last.at) > since ? `An attempt before this one may have rung: ask ${words.agent} first.` : '';
  }

  /** Looks ahead: nothing is dialled, nothing is written. */
  async check({ client, intent, words }: CallOrder, wanted: () => boolean): Promise<Activity> {
    const [{ checkCall }, operations] = await Promise.all([import('../org/callDesk.js'), this.facts.operations()]);
    const explained = await checkCall(client, operations, intent);
    if (wanted())
      this.cases.show({ ...explained, id: crypto.randomUUID(), title: `check a call for ${words.agent}`, at: new Date(), sandbox: client.region.sandbox });
    return { kind: 'checked', text: explained.diagnosis.summary, detail: topFix(explained) };
  }

  /** Puts an explained exchange into the panel and opens it as a document at the place that matters. */
  async show(explained: Explained, title: string, { id = crypto.randomUUID() as string, sandbox = false } = {}): Promise<void> {
    this.cases.show({ ...explained, id, title, at: new Date(), sandbox });
    await this.open(id, explained.diagnosis.findings[0]?.place);
    await vscode.commands.executeCommand('callDoctor.diagnosis.focus');
  }
}

const topFix = ({ diagnosis }: Explained): string => {
  const top = diagnosis.findings.find((f) => f.verdict === 'confirmed' || f.verdict === 'likely');
  return top?.fix[0] ?? '';
};
