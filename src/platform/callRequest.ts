/** Where a call goes. Exactly one kind is allowed in a request (FACTS §1.1). */
export type Destination =
  | { readonly kind: 'phone'; readonly phoneNumber: string }
  | { readonly kind: 'user'; readonly userId: string }
  | { readonly kind: 'queue'; readonly queueId: string }
  | { readonly kind: 'conference'; readonly participants: readonly Participant[] };

export interface Participant {
  readonly address?: string;
  readonly name?: string;
  readonly userId?: string;
  readonly queueId?: string;
}

/** What a person wants: who calls, as whom, where to, and how. The form and the palette make it; `buildCallRequest` reads it. */
export interface CallIntent {
  /** `self`: the signed-in user's own phone. `on-behalf`: the phone of the user `agentId`. */
  readonly as: 'self' | 'on-behalf';
  readonly agentId?: string;
  readonly destination: Destination;
  readonly fromQueueId?: string;
  readonly options?: CallOptions;
}

export interface CallOptions {
  readonly callerId?: string;
  readonly callerIdName?: string;
  readonly label?: string;
  readonly uuiData?: string;
  readonly externalContactId?: string;
  readonly attributes?: Readonly<Record<string, string>>;
  readonly priority?: number;
  readonly languageId?: string;
  readonly routingSkillsIds?: readonly string[];
}

/** The body of both operations that place a call (FACTS §1.1). */
export type CreateCallRequest = Readonly<Record<string, unknown>>;

/** The two operations that place a call (FACTS §0). */
export const PLACE_AS_SELF = { method: 'POST', path: '/api/v2/conversations/calls' } as const;
export const PLACE_ON_BEHALF = { method: 'POST', path: '/api/v2/conversations/calls/user/{userId}' } as const;

export interface BuiltCall {
  readonly method: 'POST';
  /** Template, for looking up what it requires. */
  readonly operation: string;
  /** Concrete path. */
  readonly path: string;
  readonly body: CreateCallRequest;
}

/** Builds the one request that an intent means. Options that only make sense for a queue are left out for other destinations. */
export function buildCallRequest(intent: CallIntent): BuiltCall {
  const body: Record<string, unknown> = { ...destinationFields(intent.destination) };
  if (intent.fromQueueId) body['callFromQueueId'] = intent.fromQueueId;
  const queueOnly = new Set(FIELDS.filter((f) => f.onlyWith === 'callQueueId').map((f) => f.name));
  for (const [name, value] of Object.entries(intent.options ?? {})) {
    if (isEmpty(value) || (queueOnly.has(name) && intent.destination.kind !== 'queue')) continue;
    body[name] = value;
  }
  if (intent.as === 'self') return { method: 'POST', operation: PLACE_AS_SELF.path, path: PLACE_AS_SELF.path, body };
  if (!intent.agentId) throw new Error('a call on behalf of somebody needs to say of whom');
  const path = PLACE_ON_BEHALF.path.replace('{userId}', encodeURIComponent(intent.agentId));
  return { method: 'POST', operation: PLACE_ON_BEHALF.path, path, body };
}

function destinationFields(d: Destination): Record<string, unknown> {
  switch (d.kind) {
    case 'phone':
      return { phoneNumber: d.phoneNumber };
    case 'user':
      return { callUserId: d.userId };
    case 'queue':
      return { callQueueId: d.queueId };
    case 'conference':
      return { participants: d.participants };
  }
}

function isEmpty(value: unknown): boolean {
  if (value === undefined || value === '') return true;
  if (Array.isArray(value)) return value.length === 0;
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}

export type FieldType = 'string' | 'int32' | 'string[]' | 'map<string,string>' | 'Destination[]';

/** One field of CreateCallRequest. */
export interface CallField {
  readonly name: string;
  readonly type: FieldType;
  /** `guid` for ids of the platform, `phone` for what can be dialled. */
  readonly format?: 'guid' | 'phone';
  readonly meaning: string;
  readonly example: unknown;
  /** True for the fields of which a request has exactly one. */
  readonly destination?: true;
  /** The field without which this one does nothing. */
  readonly onlyWith?: string;
  readonly note?: string;
  readonly since?: string;
}

export const FIELDS_SOURCE = 'CreateCallRequest of purecloud-platform-client-v2 262.0.0 and .NET SDK 270.0.0';
export const FIELDS_AS_OF = '2026-09-16';

const GUID_EXAMPLE = '3f2504e0-4f89-41d3-9a0c-0305e82c3301';

export const FIELDS: readonly CallField[] = [
  {
    name: 'phoneNumber',
    type: 'string',
    format: 'phone',
    destination: true,
    example: '+13175550142',
    meaning: 'The number to dial.',
    note: 'Write it in E.164: a plus sign, the country code, the number, at most 15 digits.',
  },
  {
    name: 'callUserId',
    type: 'string',
    format: 'guid',
    destination: true,
    example: GUID_EXAMPLE,
    meaning: 'The user to call.',
    note: 'This is who is called, not the agent who calls. The agent is the owner of the token, or the userId in the path of /conversations/calls/user/{userId}.',
  },
  {
    name: 'callQueueId',
    type: 'string',
    format: 'guid',
    destination: true,
    example: GUID_EXAMPLE,
    meaning: 'The queue to call: an internal destination that routes the call to one of its members.',
  },
  {
    name: 'participants',
    type: 'Destination[]',
    destination: true,
    example: [{ address: '+13175550142', name: 'Customer' }],
    meaning: 'The parties of a new ad-hoc conference. Each has one of address, userId or queueId, and may have a name.',
    note: 'A conference needs the permission conversation:conference:add.',
  },
  {
    name: 'conversationIds',
    type: 'string[]',
    format: 'guid',
    example: [GUID_EXAMPLE],
    meaning: 'Existing calls to merge into an ad-hoc conference.',
    note: 'A conference needs the permission conversation:conference:add.',
  },
  {
    name: 'callFromQueueId',
    type: 'string',
    format: 'guid',
    example: GUID_EXAMPLE,
    meaning: 'The queue on whose behalf the call is made: the call counts for it, and its calling-party name and number are shown to the person called.',
    note: 'Which permission or membership it needs on calls is not verified. GET /api/v2/routing/queues/me lists the queues of the signed-in user.',
  },
  {
    name: 'callerId',
    type: 'string',
    format: 'phone',
    example: '+13175550100',
    meaning: 'The caller ID number to present.',
    note: 'The trunk may present another one.',
  },
  {
    name: 'callerIdName',
    type: 'string',
    example: 'Example Support',
    meaning: 'The caller ID name to present.',
    note: 'A name set on the external trunk wins.',
  },
  { name: 'priority', type: 'int32', onlyWith: 'callQueueId', example: 5, meaning: 'The priority of the call in the queue.' },
  { name: 'languageId', type: 'string', format: 'guid', onlyWith: 'callQueueId', example: GUID_EXAMPLE, meaning: 'The language skill to route by.' },
  { name: 'routingSkillsIds', type: 'string[]', format: 'guid', onlyWith: 'callQueueId', example: [GUID_EXAMPLE], meaning: 'The skills to route by.' },
  {
    name: 'routingSkillExpression',
    type: 'string',
    onlyWith: 'callQueueId',
    since: '2026-05-28',
    example: 'Billing > 3',
    meaning: 'A skill expression to route by.',
    note: 'Its grammar is not part of the facts that this version was built from.',
  },
  {
    name: 'attributes',
    type: 'map<string,string>',
    example: { ticket: '4711' },
    meaning: 'Attributes to put on the customer participant. Names and values are strings.',
  },
  { name: 'uuiData', type: 'string', example: '00C8ab12;encoding=hex', meaning: 'SIP User-to-User data to send with the call.' },
  { name: 'externalContactId', type: 'string', format: 'guid', example: GUID_EXAMPLE, meaning: 'The external contact to associate with the call.' },
  { name: 'label', type: 'string', example: 'callback', meaning: 'The utilization label of the conversation.' },
];

export const FIELD_NAMES: ReadonlyMap<string, CallField> = new Map(FIELDS.map((f) => [f.name, f]));
