import type { WatchedCall } from '../liveCalls.js';
import type { LiveView } from './protocol.js';

type Phase = LiveView['phase'];

/** A call as the form shows it. */
export function liveView({ conversationId, words: who, followed, isOver, wasTold, talked, hangUp, hangUpSaid }: WatchedCall): LiveView {
  const { call, by, problem = '' } = followed;
  const isHungUp = hangUp === 'sent' || hangUp === 'over';
  const phase: Phase = isOver && call?.phase !== 'ended' ? (isHungUp ? 'ended' : 'lost') : (call?.phase ?? 'placed');
  // What the platform says of a call that was ended from here is about whoever had not answered yet.
  const end = call?.end && (hangUp === 'sent' || hangUp === 'sending') ? { failed: false, words: 'You hung up.', fix: '', code: '' } : call?.end;
  const isGoing = !isOver && phase !== 'ended';
  return {
    conversationId,
    title: `${who.agent} → ${who.to}`,
    phase,
    words: wordsOf(phase, who.agent, end?.failed ?? false),
    detail: phase === 'lost' ? `${cannot(problem)} Conversation ${conversationId}` : end ? [end.words, end.fix].filter(Boolean).join(' ') : '',
    code: end?.failed ? end.code : '',
    failed: end?.failed ?? false,
    talked: talked ?? -1,
    ticks: isGoing && (phase === 'connected' || phase === 'held'),
    connection: isGoing ? connection(by, wasTold, problem) : '',
    hangUp: hangUp === 'sending' ? 'sending' : phase === 'ended' || isHungUp ? 'none' : 'possible',
    hangUpSaid: phase === 'ended' && hangUpSaid === 'Hung up.' && end ? '' : hangUpSaid,
  };
}

function wordsOf(phase: Phase, agent: string, failed: boolean): string {
  switch (phase) {
    case 'placed':
      return 'Placed';
    case 'dialing':
      return 'Dialling';
    case 'agent':
      return `Ringing at ${agent}`;
    case 'outside':
      return 'Ringing at the other side';
    case 'connected':
      return 'Connected';
    case 'held':
      return 'On hold';
    case 'ended':
      return failed ? 'Failed' : 'Ended';
    case 'lost':
      return 'Placed, and not followed';
  }
}

const cannot = (problem: string): string => `It goes on, and what becomes of it cannot be seen here: ${problem || 'nobody tells'}.`;

function connection(by: WatchedCall['followed']['by'], wasTold: boolean, problem: string): string {
  if (by === 'notifications' && problem === '') return '';
  if (problem !== '') return `Not known right now: ${problem}. Trying again.`;
  return wasTold ? 'Reconnecting…' : '';
}
