import type { Conversation, Party } from './conversation.js';

/** Why a call ended, for people. */
export interface CallEnd {
  /** Whether anything went wrong: false where somebody hung up after they had talked, or cancelled. */
  readonly failed: boolean;
  /** One sentence, without the parties' names. */
  readonly words: string;
  /** What to do about it; empty where there is nothing. */
  readonly fix: string;
  /** What the platform or the network said, as it said it: `error.ininedgecontrol…`, `SIP 486`, a disconnect type. */
  readonly code: string;
}

type Known = readonly [code: RegExp, words: string, fix: string];

/** Errors of the telephony edge. What they mean is what integrators have found, not what is documented. */
const EDGE: readonly Known[] = [
  [
    /\.dialplan\.notReachable$/i,
    'No number plan or outbound route of the site takes the number.',
    "Compare the number with the site's number plans and outbound routes (Admin, Telephony, Sites, Simulate Call).",
  ],
  [
    /\.connection\.timeout$/i,
    "The agent's phone was not answered in time.",
    'A remote or SIP phone has to be answered by hand. With a WebRTC phone the agent has to be signed in and to allow calls that another application places.',
  ],
  [/\.connection\.webrtc\./i, "The agent's WebRTC phone lost its connection.", "Have the agent's browser and network looked at."],
];

/** What the other side or a carrier on the way says: RFC 3261 §21. They are known to be used loosely. */
const SIP: ReadonlyMap<number, readonly [words: string, fix: string]> = new Map([
  [404, ['The network knows no such number.', 'Compare the number with what was to be called.']],
  [408, ['Nobody answered.', '']],
  [410, ['The number is not in service any more.', 'Compare the number with what was to be called.']],
  [480, ['Nobody answered, or the other phone is not connected.', '']],
  [484, ['The number is not complete.', 'Write it with + and country code.']],
  [486, ['The number is busy.', '']],
  [487, ['The call was cancelled before it was answered.', '']],
  [488, ['The other side does not take this kind of call.', '']],
  [503, ['The line or a carrier on the way failed.', 'Try again later; if it goes on, ask whoever looks after the trunk.']],
  [600, ['The number is busy.', '']],
  [603, ['The call was rejected.', '']],
  [604, ['The network knows no such number.', 'Compare the number with what was to be called.']],
  [607, ['The call was rejected as unwanted.', '']],
]);

/** ITU-T Q.850, where there is no SIP status. */
const Q850: ReadonlyMap<number, readonly [words: string, fix: string]> = new Map([
  [1, ['The network knows no such number.', 'Compare the number with what was to be called.']],
  [2, ['The network has no route to the number.', 'Ask whoever looks after the trunk.']],
  [3, ['The network has no route to the number.', 'Ask whoever looks after the trunk.']],
  [17, ['The number is busy.', '']],
  [18, ['Nobody answered.', '']],
  [19, ['Nobody answered.', '']],
  [21, ['The call was rejected.', '']],
  [28, ['The number is not complete or not valid.', 'Write it with + and country code.']],
]);

const BENIGN = /\.session\.inactive$/i;

/** @param agentId the user whose phone rang first; undefined where it is not known */
export function callEnd({ parties }: Conversation, agentId: string | undefined): CallEnd {
  const isAgent = (p: Party): boolean => (agentId === undefined ? p.userId !== undefined && p.direction !== 'inbound' : p.userId === agentId);
  const own = parties.find(isAgent);
  const others = parties.filter((p) => !isAgent(p) && p.purpose !== 'acd');
  const talked = own?.connectedAt !== undefined && others.some((p) => p.connectedAt !== undefined);
  const failure = [...parties].reverse().find((p) => p.error && !BENIGN.test(p.error.code));
  if (failure?.error) return edgeError(failure.error.code, failure.error.message);
  const reason = [...others, ...(own ? [own] : [])].map(networkReason).find((r) => r !== undefined);
  if (reason && !talked) return reason;
  const type = (others.find((p) => p.disconnectType !== undefined && !/^(?:peer|client)$/i.test(p.disconnectType)) ?? own)?.disconnectType?.toLowerCase() ?? '';
  if (own && own.connectedAt === undefined && others.length === 0)
    return {
      failed: true,
      words: "The agent's phone did not take the call.",
      fix: 'See whether the agent declined it, and whether the phone is connected.',
      code: type,
    };
  if (type === 'transport.failure') return reason ?? { failed: true, words: 'The connection broke.', fix: 'Try again.', code: type };
  if (type === 'error') return { failed: true, words: 'The platform ended the call with an error that it does not name.', fix: '', code: type };
  if (type === 'timeout') return { failed: !talked, words: 'It took too long.', fix: '', code: type };
  if (talked) return { failed: false, words: endedBy(own, others), fix: '', code: own?.disconnectType ?? '' };
  if (own?.disconnectType === 'client') return { failed: false, words: 'The agent hung up before it was answered.', fix: '', code: 'client' };
  if (/^transfer\./.test(type)) return { failed: true, words: 'Whoever was called did not take it.', fix: '', code: type };
  return { failed: true, words: 'The call ended before it was answered.', fix: '', code: type };
}

function edgeError(code: string, message: string): CallEnd {
  const known = EDGE.find(([pattern]) => pattern.test(code));
  return {
    failed: true,
    words: known?.[1] ?? `The call failed on the telephony side${message === '' ? '' : `: ${message}`}`,
    fix: known?.[2] ?? 'Quote the conversation id and the code to whoever looks after telephony.',
    code,
  };
}

/** What the network said to one party, where it says why: a status of success says nothing. */
function networkReason({ reasons }: Party): CallEnd | undefined {
  const sip = reasons.find((r) => r.type === 'sip' && r.code >= 300);
  const q850 = reasons.find((r) => r.type === 'q850' && r.code !== 16 && r.code !== 31);
  const said = sip ?? q850;
  if (!said) return undefined;
  const known = (sip && SIP.get(sip.code)) ?? (q850 && Q850.get(q850.code));
  const code = `${said.type === 'sip' ? 'SIP' : 'Q.850'} ${said.code}`;
  return { failed: true, words: known?.[0] ?? `The network ended the call: ${code}${said.phrase ? ` ${said.phrase}` : ''}.`, fix: known?.[1] ?? '', code };
}

/** Who hung up: the one who ended by themselves; the others end as peers. */
function endedBy(own: Party | undefined, others: readonly Party[]): string {
  const type = own?.disconnectType?.toLowerCase();
  if (type === 'client') return 'The agent hung up.';
  if (type === 'system') return 'The platform ended the call, because somebody or something asked it to.';
  if (/^transfer/.test(type ?? '')) return 'The agent transferred the call.';
  return others.some((p) => /^(?:endpoint|client)$/i.test(p.disconnectType ?? '')) ? 'The other side hung up.' : 'The call has ended.';
}
