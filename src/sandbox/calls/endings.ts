import type { DisconnectReason, Ending, LegError } from './conversation.js';

/** How legs fail. Codes: community sources, index of 2026-11; the messages of the first two are not in them. */

const failed = (code: string, messageWithParams: string, messageParams: Readonly<Record<string, string>>): LegError => ({
  message: messageWithParams.replace(/\{(\w+)\}/g, (_, name: string) => messageParams[name] ?? ''),
  code,
  messageWithParams,
  messageParams,
  details: [],
  errors: [],
});

const refused = (sip: number, sipPhrase: string, cause: number, causePhrase: string): readonly DisconnectReason[] => [
  { type: 'sip', code: sip, phrase: sipPhrase },
  { type: 'q850', code: cause, phrase: causePhrase },
];

/** No number plan or outbound route takes the number. */
export const notReachable = (address: string): Ending => ({
  type: 'error',
  error: failed('error.ininedgecontrol.connection.dialplan.notReachable', 'the address {address} is not reachable by the dial plan', { address }),
});

/** The agent's leg was not answered. */
export const agentTimeout = (sessionId: string): Ending => ({
  type: 'error',
  error: failed('error.ininedgecontrol.connection.timeout', 'the connection of session {sessionId} timed out', { sessionId }),
});

/** What a command that comes after the end leaves on a leg. @param type as in `cloud.command.disconnect` */
export const sessionInactive = (sessionId: string, type: string): LegError =>
  failed('error.ininedgecontrol.session.inactive', 'session {sessionId} is inactive for command {type}', { sessionId, type });

/** What the other end of the line says; the reasons are those of RFC 3261 and Q.850. */
export const BUSY: Ending = { type: 'endpoint', reasons: refused(486, 'Busy Here', 17, 'User busy') };
export const NO_ANSWER: Ending = { type: 'endpoint', reasons: refused(480, 'Temporarily Unavailable', 19, 'No answer from user (user alerted)') };
export const REJECTED: Ending = { type: 'endpoint', reasons: refused(603, 'Decline', 21, 'Call rejected') };
export const INVALID_NUMBER: Ending = { type: 'endpoint', reasons: refused(404, 'Not Found', 1, 'Unallocated (unassigned) number') };
export const DROPPED: Ending = { type: 'transport.failure', reasons: refused(503, 'Service Unavailable', 41, 'Temporary failure') };
