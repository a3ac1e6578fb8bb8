import * as vscode from 'vscode';
import type { Account } from '../accounts/account.js';
import type { Place } from '../diagnosis/model.js';
import type { Facts } from '../facts.js';
import type { Explained } from '../org/callDesk.js';
import type { Attempt, Sender } from '../org/calls/attempt.js';
import type { Ear } from '../org/calls/ear.js';
import type { PlaceOutcome } from '../org/place.js';
import type { BuiltCall } from '../platform/callRequest.js';
import { withoutLinks } from '../platform/withoutLinks.js';
import type { AttemptLog } from './attemptLog.js';
import type { CallOrder } from './callForm/callForm.js';
import type { Activity } from './callForm/protocol.js';
import type { Cases } from './cases.js';
import type { Caution } from './caution.js';
import type { LiveCalls } from './liveCalls.js';

/** A call as somebody wrote its request. */
export interface WrittenOrder extends Pick<CallOrder, 'account' | 'client' | 'words'> {
  readonly call: BuiltCall;
}

type Order = CallOrder | WrittenOrder;
type Unknown = Extract<PlaceOutcome, { kind: 'unknown' }>;

/**
 * Told what is found out later of a call of which nobody knew whether it rang.
 * @param isLast whether nothing more will be told
 */
export type Later = (activity: Activity, isLast: boolean) => void;

/** Places and checks calls for the form and the palette alike, and shows what came of it. One call at a time. */
export class CallService implements vscode.Disposable {
  #placing = false;
  readonly #disposed = new AbortController();

  constructor(
    private readonly facts: Facts,
    private readonly attempts: AttemptLog,
    private readonly cases: Cases,
    private readonly live: LiveCalls,
    private readonly open: (id: string, place?: Place) => Promise<void>,
    /** Beginnings of numbers that are refused beside those that always are. */
    private readonly refused: () => readonly string[],
  ) {}

  /** Places the call of a confirmed order, and follows it. The activity is what to tell the person. */
  async place(order: Order, later: Later = () => {}): Promise<Activity> {
    if (this.#placing) return { kind: 'failed', text: 'Another call is being placed', detail: 'Wait until its outcome is known.' };
    this.#placing = true;
    try {
      return await this.#place(order, later);
    } finally {
      this.#placing = false;
    }
  }

  async #place(order: Order, later: Later): Promise<Activity> {
    const { account, client } = order;
    const words = { ...order.words, sender: senderOf(account) };
    const [{ placeBuilt }, { buildCallRequest }, { refusedCallee }, attempts, operations] = await Promise.all([
      import('../org/callDesk.js'),
      import('../platform/callRequest.js'),
      import('../platform/refusedCallee.js'),
      this.attempts.open(),
      this.facts.operations(),
    ]);
    const call = 'call' in order ? order.call : buildCallRequest(order.intent);
    const problem = refusedCallee(call.body, this.refused());
    if (problem !== undefined) return { kind: 'failed', text: 'Nothing was sent', detail: problem };
    const agentId = agentOf(call, account);
    // Opened beside the call, not before it: where it comes too late, the lists of the platform are asked.
    const hearing = agentId === undefined ? Promise.resolve(undefined) : this.live.hear(account, client, agentId);
    let isSettling = false;
    try {
      const { outcome, explained } = await placeBuilt(client, attempts, operations, call, words);
      if (outcome.kind !== 'unknown') return await this.#tell(order, agentId, outcome, explained);
      isSettling = true;
      void this.#settle(order, agentId, outcome, hearing, later);
      return mayHaveRung(outcome.why, 'The platform is asked whether it rang; nothing is sent again.');
    } finally {
      if (!isSettling) void hearing.then((ear) => ear?.stop());
    }
  }

  /** Shows what became of a call, where that is known. */
  async #tell(order: Order, agentId: string | undefined, outcome: Exclude<PlaceOutcome, Unknown>, explained: Explained | undefined): Promise<Activity> {
    const { client, words } = order;
    const title = `call for ${words.agent}`;
    const { sandbox } = client.region;
    const { id } = outcome.attempt;
    switch (outcome.kind) {
      case 'placed':
        if (explained) this.cases.show({ ...explained, id, title, at: new Date(), sandbox });
        await this.#follow(order, agentId, outcome.conversationId, aheadBy(outcome.attempt));
        return {
          kind: 'placed',
          text: `Placed: ${words.agent} → ${words.to}`,
          detail: `The phone of ${words.agent} rings first. Conversation ${outcome.conversationId}`,
        };
      case 'not-sent':
        return { kind: 'failed', text: 'Nothing was sent', detail: `${client.region.api}: ${outcome.why}. No phone rang; you may try again.` };
      case 'refused': {
        if (!explained) return { kind: 'refused', text: 'Refused', detail: '' };
        // What became of the call is known; that it cannot be shown must not hide it.
        await this.show(explained, title, { id, sandbox }).catch(
          (e: unknown) => void vscode.window.showWarningMessage(withoutLinks(`The answer could not be opened: ${String(e)}`)),
        );
        return { kind: 'refused', text: explained.diagnosis.summary, detail: topFix(explained), mayNot: isAboutCaller(explained) };
      }
    }
  }

  #follow({ account, client, words }: Order, agentId: string | undefined, conversationId: string, ahead: number): Promise<void> {
    const self = account.kind === 'user' && account.principal === agentId;
    return this.live.follow({ conversationId, account, client, self, words, ahead, ...(agentId === undefined ? {} : { agentId }) });
  }

  /** Looks whether a call rang whose answer is lost, and tells it. Places nothing. */
  async #settle(
    order: Order,
    agentId: string | undefined,
    { attempt, why }: Unknown,
    hearing: Promise<Pick<Ear, 'calls' | 'stop'> | undefined>,
    later: Later,
  ): Promise<void> {
    const { words, client } = order;
    const ear = await hearing;
    try {
      const [{ settleAttempt }, attempts] = await Promise.all([import('../org/calls/settle.js'), this.attempts.open()]);
      const found = await settleAttempt(client, attempts, attempt, {
        signal: this.#disposed.signal,
        ...(ear ? { heard: ear.calls } : {}),
        waiting: (look, of) => later(mayHaveRung(why, `Looking whether it rang: ${look} of ${of}. Nothing is sent again.`), false),
      });
      if (this.#disposed.signal.aborted) return;
      if (found.kind === 'placed') {
        await this.#follow(order, agentId, found.conversationId, 0);
        later({ kind: 'found', text: 'It was placed after all', detail: `Found ${found.how}. Conversation ${found.conversationId}` }, true);
      } else if (found.kind === 'not-placed') later({ kind: 'found', text: 'It did not ring', detail: `${sentence(found.how)} You may try again.` }, true);
      else {
        const perhaps = found.perhaps === undefined ? '' : ` It may be the conversation ${found.perhaps}.`;
        later(mayHaveRung(why, `It is still not known: ${found.why}.${perhaps} Ask ${words.agent} before you try again.`), true);
      }
    } catch (e) {
      later(mayHaveRung(why, `Looking for it failed: ${e instanceof Error ? e.message : String(e)}. Ask ${words.agent} before you try again.`), true);
    } finally {
      ear?.stop();
    }
  }

  /** What to know before a call is confirmed: that one before it, of any window, may have rung. */
  async caution({ client, words }: Pick<CallOrder, 'client' | 'words'>): Promise<Caution> {
    const [{ cautionOf }, attempts] = await Promise.all([import('./caution.js'), this.attempts.open()]);
    return cautionOf(await attempts.mayHaveRung({ agent: words.agent, org: words.org, region: client.region.name }), words.agent, new Date());
  }

  /** Looks ahead: nothing is dialled, nothing is written. */
  async check({ client, intent, words }: CallOrder, wanted: () => boolean): Promise<Activity> {
    const [{ checkCall }, operations] = await Promise.all([import('../org/callDesk.js'), this.facts.operations()]);
    const explained = await checkCall(client, operations, intent);
    if (wanted())
      this.cases.show({ ...explained, id: crypto.randomUUID(), title: `check a call for ${words.agent}`, at: new Date(), sandbox: client.region.sandbox });
    return { kind: 'checked', text: explained.diagnosis.summary, detail: topFix(explained), mayNot: isAboutCaller(explained) };
  }

  /** Puts an explained exchange into the panel and opens it as a document at the place that matters. */
  async show(explained: Explained, title: string, { id = crypto.randomUUID() as string, sandbox = false } = {}): Promise<void> {
    this.cases.show({ ...explained, id, title, at: new Date(), sandbox });
    await this.open(id, explained.diagnosis.findings[0]?.place);
    await vscode.commands.executeCommand('callDoctor.diagnosis.focus');
  }

  dispose(): void {
    this.#disposed.abort();
  }
}

const mayHaveRung = (why: string, next: string): Activity => ({ kind: 'unknown', text: 'The phone may have rung', detail: `${sentence(why)} ${next}` });

const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.!?]$/.test(text) ? '' : '.'}`;

const senderOf = ({ id, kind, principal, orgId }: Account): Sender => ({ account: id, kind, principal, ...(orgId === '' ? {} : { orgId }) });

/** The user whose phone rings first: the one in the path, else whoever is signed in. */
function agentOf({ path, operation }: BuiltCall, account: Account): string | undefined {
  if (path !== operation) return decodeURIComponent(path.slice(path.lastIndexOf('/') + 1));
  return account.kind === 'user' && account.principal !== '' ? account.principal : undefined;
}

/** By how much the platform's clock was ahead when it answered, in milliseconds; an answer names its second. */
function aheadBy({ exchange: { response } }: Attempt): number {
  const told = Date.parse(response?.headers.find(([name]) => name.toLowerCase() === 'date')?.[1] ?? '');
  return Number.isNaN(told) || Math.abs(told - Date.now()) < 2000 ? 0 : told - Date.now();
}

const top = ({ diagnosis }: Explained) => diagnosis.findings.find((f) => f.verdict === 'confirmed' || f.verdict === 'likely');

const topFix = (explained: Explained): string => top(explained)?.fix[0] ?? '';

/** What is wrong with who is signed in, whatever they ask for. */
const OF_CALLER: ReadonlySet<string> = new Set(['no-user-context', 'missing-permission', 'missing-division', 'feature-not-enabled', 'access-rule']);

const isAboutCaller = (explained: Explained): boolean => OF_CALLER.has(top(explained)?.cause ?? '');
