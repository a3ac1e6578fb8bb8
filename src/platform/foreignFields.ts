/** A field that people send to this operation although it has none of that name. */
export interface ForeignField {
  readonly name: string;
  /** What those who write it hope that it does. */
  readonly meant: string;
  /** What does that here. */
  readonly instead: string;
  /** The real field that takes its place, where there is one. */
  readonly field?: string;
}

/** Fields of forum answers and of other platforms (FACTS §1.1 "Not in the model", §4.5). */
export const FOREIGN_FIELDS: ReadonlyMap<string, ForeignField> = new Map(
  (
    [
      {
        name: 'to',
        meant: 'the number or person to call',
        instead: 'A number goes into phoneNumber, a user into callUserId, a queue into callQueueId.',
        field: 'phoneNumber',
      },
      {
        name: 'from',
        meant: 'the number or agent that calls',
        instead:
          'The agent is the owner of the token, or the userId in the path of POST /api/v2/conversations/calls/user/{userId}. The number shown is callerId, or that of the queue in callFromQueueId.',
        field: 'callerId',
      },
      {
        name: 'routing',
        meant: 'queue and skills of the call',
        instead: 'On whose behalf: callFromQueueId. To call a queue: callQueueId with routingSkillsIds, languageId and priority.',
        field: 'callFromQueueId',
      },
      { name: 'queueId', meant: 'the queue of the call', instead: 'On whose behalf: callFromQueueId. To call a queue: callQueueId.', field: 'callFromQueueId' },
      { name: 'skill', meant: 'the skill to route by', instead: 'routingSkillsIds, a list of ids, together with callQueueId.', field: 'routingSkillsIds' },
      {
        name: 'ownerId',
        meant: 'the agent on whose behalf to call',
        instead: 'Nothing in the body does that. POST /api/v2/conversations/calls/user/{userId} names the agent in its path.',
      },
      {
        name: 'userId',
        meant: 'the agent on whose behalf to call',
        instead: 'POST /api/v2/conversations/calls/user/{userId} names the agent in its path; callUserId is the user to be called.',
      },
      { name: 'agentId', meant: 'the agent on whose behalf to call', instead: 'POST /api/v2/conversations/calls/user/{userId} names the agent in its path.' },
      { name: 'type', meant: 'an internal or an external call', instead: 'The destination field says it: phoneNumber, callUserId or callQueueId.' },
      { name: 'callType', meant: 'an internal or an external call', instead: 'The destination field says it: phoneNumber, callUserId or callQueueId.' },
      { name: 'mediaType', meant: 'the medium', instead: 'The operation says it: this one makes calls.' },
      { name: 'wrapUpCode', meant: 'the wrap-up code of the call', instead: 'A wrap-up code is set on the participant when the call has ended.' },
      { name: 'wrapUpCodeId', meant: 'the wrap-up code of the call', instead: 'A wrap-up code is set on the participant when the call has ended.' },
      { name: 'monitor', meant: 'a supervisor who listens in', instead: 'Monitoring is an operation of its own on a participant of a running call.' },
      {
        name: 'record',
        meant: 'recording of the call',
        instead: 'Recording follows the recording policies; on a running call it is a change of the participant.',
      },
      {
        name: 'outboundPhoneNumberId',
        meant: 'the number that is shown',
        instead: 'callerId takes a number, and a queue in callFromQueueId brings its own.',
        field: 'callerId',
      },
      { name: 'metadata', meant: 'data of your own', instead: 'attributes takes names and values, both strings.', field: 'attributes' },
      { name: 'provider', meant: 'the telephony provider', instead: 'The platform chooses it.' },
    ] satisfies ForeignField[]
  ).map((f) => [f.name, f]),
);
