import { fieldNamed, isGiven } from '../bodies/checkBody.js';
import { CREATE_CALL, PLACE_AS_SELF } from '../bodies/createCallRequest.js';
import { isRecord } from '../json.js';
import { pathOf } from '../operations.js';
import { pointerSegments, pointerTo } from '../pointer.js';
import { type CallLike, onBehalfOf, toOnBehalf } from './onBehalf.js';
import { readWishes } from './readWishes.js';
import { type ConversionNote, leaveOut, moved, type Wishes } from './wishes.js';

/** A request that the platform's model knows in every field. */
export interface ConvertedCall {
  readonly method: string;
  readonly url: string;
  readonly path: string;
  readonly body: Readonly<Record<string, unknown>>;
  /** In the order of the old body. Empty where there was nothing to convert. */
  readonly notes: readonly ConversionNote[];
}

/**
 * Turns a request that places a call, as forums and other platforms write it, into one that the platform knows: each value goes
 * where it does what was meant, and what has no counterpart is left out and told. No value is made up; placeholders stay such.
 * @returns nothing where the request places no call, or its body is no object
 */
export function convertCall(request: CallLike): ConvertedCall | undefined {
  const path = pathOf(request.url).replace(/\/$/, '');
  const on = onBehalfOf(request);
  if (request.method.toUpperCase() !== 'POST' || !isRecord(request.body) || (on?.plain ?? path) !== PLACE_AS_SELF.path) return undefined;
  const wishes = readWishes(request.body);
  const body = build(wishes);
  // A parameter that was copied from the documentation names nobody.
  const agent = agentOf(wishes, on && !/^\{\w+\}$/.test(on.userId) ? on.userId : undefined);
  const target = agent === undefined ? { ...request, method: 'POST', path: pathOf(request.url) } : toOnBehalf(request, agent);
  if (!target) return undefined;
  const order = new Map(Object.keys(request.body).map((name, i) => [name, i]));
  const place = ({ pointer }: ConversionNote): number => order.get(pointerSegments(pointer)[0] ?? '') ?? order.size;
  return { method: target.method, url: target.url, path: target.path, body, notes: wishes.notes.sort((a, b) => place(a) - place(b)) };
}

/** True where `convertCall` would change something. */
export const isConvertible = (request: CallLike): boolean => convertCall(request)?.notes.some((n) => n.kind !== 'missing') ?? false;

/** Who the body says that the call is for, unless the path does. Told in the notes. */
function agentOf(wishes: Wishes, inPath: string | undefined): string | undefined {
  const named = inPath ?? wishes.agents[0]?.value;
  for (const { pointer, value } of wishes.agents) {
    if (value === inPath) leaveOut(wishes, pointer, 'The path names this user already.');
    else if (value !== named) leaveOut(wishes, pointer, `A call is placed for one user, and that is ${named}.`);
    else
      moved(
        wishes,
        pointer,
        'path',
        'Nothing in the body says for whom to call. POST /api/v2/conversations/calls/user/{userId} names the user in its path; it requires any of conversation:agentlessCall:add, conversation:call:add.',
      );
  }
  return inPath === undefined ? wishes.agents[0]?.value : undefined;
}

const CALLEE_FIELDS = { number: 'phoneNumber', user: 'callUserId', queue: 'callQueueId', conference: 'participants' } as const;
const ONLY_QUEUE = 'It only matters where a queue is called, with callQueueId.';

/** The new body: destination first, then on whose behalf, then the rest in the order of the old one. */
function build(wishes: Wishes): Record<string, unknown> {
  const body: Record<string, unknown> = {};
  const destinations = ['phoneNumber', 'callUserId', 'callQueueId', 'participants', 'conversationIds'];
  for (const name of destinations) if (isGiven(wishes.real.get(name)?.value)) body[name] = wishes.real.get(name)?.value;
  placeCallees(wishes, body);
  placeQueues(wishes, body);
  placeCallerId(wishes, body);
  placeRouting(wishes, body);
  for (const [name, { pointer, value }] of wishes.real) {
    if (name in body) continue;
    if (fieldNamed(CREATE_CALL, name)?.onlyWith && isGiven(value) && !isGiven(body['callQueueId'])) leaveOut(wishes, pointer, ONLY_QUEUE);
    else body[name] = value;
  }
  placeAttributes(wishes, body);
  if (!destinations.some((name) => isGiven(body[name])))
    wishes.notes.push({ pointer: '', kind: 'missing', text: 'Nobody is called yet: add one of phoneNumber, callUserId, callQueueId or participants.' });
  return body;
}

function placeCallees(wishes: Wishes, body: Record<string, unknown>): void {
  for (const { pointer, kind, value } of wishes.callees) {
    const field = CALLEE_FIELDS[kind];
    const others = ['phoneNumber', 'callUserId', 'callQueueId', 'participants'].filter((name) => name in body);
    if (body[field] === value) leaveOut(wishes, pointer, `${field} says it already.`);
    else if (others.length > 0) leaveOut(wishes, pointer, `A call has one destination, and that is ${others.join(', ')}.`);
    else {
      body[field] = value;
      moved(wishes, pointer, pointerTo(field), CALLEE_TEXT[kind]);
    }
  }
}

const CALLEE_TEXT = {
  number: 'phoneNumber is the number to dial.',
  user: 'callUserId is the user who is called. Where that user is to call somebody, put the id into the path of POST /api/v2/conversations/calls/user/{userId} and the other party here.',
  queue: 'callQueueId is the queue that is called.',
  conference: 'Several parties are an ad-hoc conference: participants. It needs the permission conversation:conference:add.',
} as const;

function placeQueues(wishes: Wishes, body: Record<string, unknown>): void {
  for (const { pointer, value } of wishes.queues) {
    const called = ['phoneNumber', 'callUserId', 'callQueueId', 'participants', 'conversationIds'].some((name) => name in body);
    const from = wishes.real.get('callFromQueueId')?.value ?? body['callFromQueueId'];
    if (body['callQueueId'] === value || from === value) leaveOut(wishes, pointer, `${from === value ? 'callFromQueueId' : 'callQueueId'} says it already.`);
    else if (!called) {
      body['callQueueId'] = value;
      moved(
        wishes,
        pointer,
        '/callQueueId',
        'Nobody else is called, so the queue is: callQueueId. Where the call is to be made on its behalf, it is callFromQueueId.',
      );
    } else if (isGiven(from)) leaveOut(wishes, pointer, `A call is made on behalf of one queue, and callFromQueueId names another.`);
    else {
      body['callFromQueueId'] = value;
      moved(
        wishes,
        pointer,
        '/callFromQueueId',
        'Somebody else is called, so the call is made on behalf of the queue: callFromQueueId. The queue brings its caller ID.',
      );
    }
  }
}

function placeCallerId(wishes: Wishes, body: Record<string, unknown>): void {
  for (const [field, wanted, text] of [
    ['callerId', wishes.callerIds, 'callerId is the number that is shown.'],
    ['callerIdName', wishes.callerNames, 'callerIdName is the name that is shown.'],
  ] as const) {
    for (const { pointer, value } of wanted) {
      const there = wishes.real.get(field)?.value ?? body[field];
      if (isGiven(there)) leaveOut(wishes, pointer, there === value ? `${field} says it already.` : `${field} has another value.`);
      else {
        body[field] = value;
        moved(wishes, pointer, pointerTo(field), text);
      }
    }
  }
}

/** Skills, language and priority: only a queue that is called uses them. */
function placeRouting(wishes: Wishes, body: Record<string, unknown>): void {
  const isQueueCalled = isGiven(body['callQueueId']);
  const ids: string[] = [];
  for (const { pointer, value } of wishes.skills) {
    if (!isQueueCalled) leaveOut(wishes, pointer, `Skills choose among the members of a queue. ${ONLY_QUEUE}`);
    else {
      ids.push(value);
      moved(wishes, pointer, '/routingSkillsIds', 'routingSkillsIds is the list of skills to route by.');
    }
  }
  const own = wishes.real.get('routingSkillsIds')?.value;
  if (ids.length > 0) body['routingSkillsIds'] = [...new Set([...(Array.isArray(own) ? (own as unknown[]) : []), ...ids])];
  for (const [field, wanted] of [
    ['languageId', wishes.languages],
    ['priority', wishes.priorities],
  ] as const) {
    for (const { pointer, value } of wanted) {
      if (!isQueueCalled) leaveOut(wishes, pointer, ONLY_QUEUE);
      else if (isGiven(wishes.real.get(field)?.value ?? body[field])) leaveOut(wishes, pointer, `${field} is there already.`);
      else {
        body[field] = value;
        moved(wishes, pointer, pointerTo(field), `${field} stands beside callQueueId.`);
      }
    }
  }
}

function placeAttributes(wishes: Wishes, body: Record<string, unknown>): void {
  const own = body['attributes'];
  const attributes = new Map<string, unknown>(isRecord(own) ? Object.entries(own) : []);
  for (const { pointer, name, value } of wishes.attributes) {
    if (attributes.has(name)) leaveOut(wishes, pointer + pointerTo(name), `attributes has “${name}” already.`);
    else {
      attributes.set(name, value);
      moved(wishes, pointer + pointerTo(name), `/attributes${pointerTo(name)}`, 'attributes are names and values of your own, both texts.');
    }
  }
  if (attributes.size > 0 && wishes.attributes.length > 0) body['attributes'] = Object.fromEntries(attributes);
}
