import { FIELDS, PLACE_AS_SELF, PLACE_ON_BEHALF } from './bodies/createCallRequest.js';

export { FIELDS, PLACE_AS_SELF, PLACE_ON_BEHALF };

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
