import { DESTINATIONS, FORM_ACTIONS, type FormState, PHASES, type StateMessage } from '../sidebar/callForm/protocol.js';

type Check = (value: unknown) => boolean;
type Shape = Readonly<Record<string, Check>>;

const text: Check = (v) => typeof v === 'string';
const number: Check = (v) => typeof v === 'number' && Number.isFinite(v);
const flag: Check = (v) => typeof v === 'boolean';
const oneOf =
  (...values: readonly string[]): Check =>
  (v) =>
    typeof v === 'string' && values.includes(v);
const list =
  (item: Check): Check =>
  (v) =>
    Array.isArray(v) && v.every(item);
const optional =
  (check: Check): Check =>
  (v) =>
    v === undefined || check(v);
const either =
  (...checks: readonly Check[]): Check =>
  (v) =>
    checks.some((check) => check(v));

/** Has every member of the shape; more is fine, so that a newer host may say more. */
const shape =
  (members: Shape): Check =>
  (v) => {
    if (typeof v !== 'object' || v === null) return false;
    const record = v as Readonly<Record<string, unknown>>;
    return Object.entries(members).every(([name, check]) => check(record[name]));
  };
const texts: Check = (v) => typeof v === 'object' && v !== null && Object.values(v).every((x) => x === undefined || typeof x === 'string');

const person = shape({
  id: text,
  name: text,
  presence: text,
  presenceKind: oneOf('available', 'busy', 'away', 'offline', 'unknown'),
  station: text,
  division: text,
  obstacle: text,
});
const account = either(
  shape({ kind: oneOf('signed-out', 'loading') }),
  shape({ kind: oneOf('failed'), title: text, message: text }),
  shape({ kind: oneOf('signed-in'), sandbox: flag, org: text, region: text, name: text, grant: text, ending: text }),
);
const activity = either(
  shape({ kind: oneOf('idle') }),
  shape({ kind: oneOf('checking', 'placing'), text }),
  shape({ kind: oneOf('confirming', 'placed', 'refused', 'unknown', 'found', 'checked', 'failed'), text, detail: text }),
);
const phone = shape({ text, international: text, country: text, problem: text });
const live = shape({
  conversationId: text,
  title: text,
  phase: oneOf(...PHASES),
  words: text,
  detail: text,
  code: text,
  failed: flag,
  talked: number,
  ticks: flag,
  connection: text,
  hangUp: oneOf('possible', 'sending', 'none'),
  hangUpSaid: text,
});
const state = shape({
  account,
  agent: optional(person),
  agentSearch: shape({ state: oneOf('idle', 'loading', 'ready', 'failed'), query: text, field: oneOf('agent', 'callee'), items: list(person), message: text }),
  as: oneOf('self', 'on-behalf'),
  selfAllowed: shape({ allowed: flag, reason: text }),
  operation: shape({ line: text, needs: text, why: text }),
  queues: shape({ state: oneOf('loading', 'ready', 'failed'), items: list(shape({ id: text, name: text, division: text, callerId: text })), message: text }),
  fromQueueId: text,
  to: shape({
    kind: oneOf(...DESTINATIONS),
    phone,
    userId: text,
    userName: text,
    queueId: text,
    parties: list(shape({ id: text, kind: oneOf('phone', 'user'), name: text, country: text })),
    party: phone,
  }),
  options: shape({
    callerId: text,
    callerIdName: text,
    label: text,
    uuiData: text,
    externalContactId: text,
    attributes: text,
    priority: text,
    routingSkillsIds: text,
    languageId: text,
    problems: texts,
  }),
  json: text,
  blocked: text,
  activity,
  live: optional(live),
  otherWays: list(shape({ title: text, needs: text, label: text, action: oneOf(...FORM_ACTIONS) })),
});

const isFormState = (value: unknown): value is FormState => state(value);

/** The state that a message carries, or undefined when it is not one of ours (DESIGN §8: validated on both sides). */
export function stateOf(message: unknown): FormState | undefined {
  if (typeof message !== 'object' || message === null) return undefined;
  const { type, state: carried } = message as Partial<Record<keyof StateMessage, unknown>>;
  return type === 'state' && isFormState(carried) ? carried : undefined;
}
