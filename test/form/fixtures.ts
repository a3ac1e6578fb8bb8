// States of the form that people meet, each as the host would send it.

import { OTHER_WAYS } from '../../src/sidebar/callForm/otherWays.js';
import type { AccountView, AgentView, FormState, LiveView, OptionsView, QueueView, SearchView } from '../../src/sidebar/callForm/protocol.js';

const SALES_7: AgentView = {
  id: 'a7',
  name: 'Sales Agent 7',
  presence: 'Available',
  presenceKind: 'available',
  station: 'web-sales-7',
  division: 'Sales',
  obstacle: '',
};
const PEOPLE: readonly AgentView[] = [
  SALES_7,
  { id: 'a8', name: 'Sales Agent 8', presence: 'Busy', presenceKind: 'busy', station: 'web-sales-8', division: 'Sales', obstacle: '' },
  {
    id: 'a9',
    name: 'Sales Agent 9',
    presence: 'Away',
    presenceKind: 'away',
    station: '',
    division: 'Sales',
    obstacle: 'No station: the call has no phone to start from.',
  },
  { id: 'a10', name: 'Sales Agent 10', presence: 'Offline', presenceKind: 'offline', station: 'web-sales-10', division: 'Sales', obstacle: '' },
  { id: 'a11', name: 'Sales Agent 11', presence: '', presenceKind: 'unknown', station: '', division: 'Sales', obstacle: '' },
];
const QUEUES: readonly QueueView[] = [
  { id: 'q1', name: 'Sales EMEA', division: 'Sales', callerId: 'Example Sales +1 317 555 0100' },
  { id: 'q2', name: 'Sales AMER', division: 'Sales', callerId: '+1 317 555 0101' },
  { id: 'q3', name: 'Care', division: 'Care', callerId: '' },
];
const SANDBOX: AccountView = {
  kind: 'signed-in',
  sandbox: true,
  org: 'Sandbox org',
  region: 'us-east-1',
  name: 'wfm-tool',
  grant: 'client credentials',
  ending: '',
};
const USER: AccountView = {
  kind: 'signed-in',
  sandbox: false,
  org: 'Acme Insurance',
  region: 'eu-central-1',
  name: 'Sam Ortega',
  grant: 'authorization code',
  ending: 'ends at 14:20',
};
const NO_OPTIONS: OptionsView = {
  callerId: '',
  callerIdName: '',
  label: '',
  uuiData: '',
  externalContactId: '',
  attributes: '',
  priority: '',
  routingSkillsIds: '',
  languageId: '',
  problems: {},
};
const IDLE: SearchView = { state: 'idle', query: '', field: 'agent', items: [], message: '' };
const NOWHERE: FormState['to'] = {
  kind: 'phone',
  phone: { text: '', international: '', country: '', problem: '' },
  userId: '',
  userName: '',
  queueId: '',
  parties: [],
  party: { text: '', international: '', country: '', problem: '' },
};
const JSON_BODY = `{
  "phoneNumber": "+13175550142",
  "callFromQueueId": "3f2504e0-4f89-41d3-9a0c-0305e82c3301",
  "priority": 5,
  "attributes": {
    "caseId": "4711"
  }
}`;

const empty: FormState = {
  account: USER,
  agent: undefined,
  agentSearch: IDLE,
  as: 'on-behalf',
  selfAllowed: { allowed: true, reason: '' },
  operation: { line: '', needs: '', why: '' },
  queues: { state: 'loading', items: [], message: '' },
  fromQueueId: '',
  to: NOWHERE,
  options: NO_OPTIONS,
  json: '{}',
  blocked: 'Choose the agent who calls.',
  activity: { kind: 'idle' },
  live: undefined,
  otherWays: [],
};

const full: FormState = {
  account: SANDBOX,
  agent: SALES_7,
  agentSearch: IDLE,
  as: 'on-behalf',
  selfAllowed: { allowed: false, reason: 'A client has no phone of its own, so it cannot call as itself.' },
  operation: {
    line: 'POST /api/v2/conversations/calls/user/{userId}',
    needs: 'needs conversation:call:add or conversation:agentlessCall:add',
    why: 'The operation that calls for somebody else.',
  },
  queues: { state: 'ready', items: QUEUES, message: '' },
  fromQueueId: 'q1',
  to: { ...NOWHERE, phone: { text: '+1 317 555 0142', international: '+1 317 555 0142', country: 'US', problem: '' } },
  options: NO_OPTIONS,
  json: JSON_BODY,
  blocked: '',
  activity: { kind: 'idle' },
  live: undefined,
  otherWays: [],
};

const account = (view: AccountView): FormState => ({ ...empty, account: view });
const searching = (search: Partial<SearchView>): FormState => ({ ...full, agentSearch: { ...IDLE, ...search } });
const doing = (activity: FormState['activity']): FormState => ({ ...full, activity });
const toUser: FormState = { ...full, to: { ...full.to, kind: 'user', userId: 'a8', userName: 'Sales Agent 8' } };
const toQueue: FormState = { ...full, to: { ...full.to, kind: 'queue', queueId: 'q3' } };
const conference: FormState = {
  ...full,
  to: {
    ...full.to,
    kind: 'conference',
    parties: [
      { id: '+13175550142', kind: 'phone', name: '+1 317 555 0142', country: 'US' },
      { id: 'a8', kind: 'user', name: 'Sales Agent 8', country: '' },
      { id: '+442079460102', kind: 'phone', name: '+44 20 7946 0102', country: 'GB' },
    ],
  },
};
const DIALING: LiveView = {
  conversationId: '6b1f2d0c-8a52-4a53-8f0e-0f7f3a1d2c11',
  title: 'Sales Agent 7 → +1 317 555 0142',
  phase: 'dialing',
  words: 'Dialling',
  detail: '',
  code: '',
  failed: false,
  talked: -1,
  ticks: false,
  connection: '',
  hangUp: 'possible',
  hangUpSaid: '',
};
const living = (live: Partial<LiveView>): FormState => ({ ...full, live: { ...DIALING, ...live } });
const LONG = 'Wolfeschlegelsteinhausenbergerdorff-Featherstonehaugh, Maximiliana Konstantinopolitana';

export const STATES = {
  'signed-out': account({ kind: 'signed-out' }),
  loading: account({ kind: 'loading' }),
  'account-failed': account({
    kind: 'failed',
    title: 'The org does not answer',
    message: 'login.mypurecloud.com could not be reached. Check the network or the proxy, then try again.',
  }),
  'ready-empty': empty,
  'agents-loading': searching({ state: 'loading', query: '' }),
  'agents-results': searching({ state: 'ready', query: '', items: PEOPLE, message: 'The first 5 of 41. Type more to narrow.' }),
  'agents-none': searching({ state: 'ready', query: '', items: [], message: 'No agent matches “zzz”.' }),
  'agents-failed': searching({ state: 'failed', query: '', items: [], message: 'The search needs directory:user:view.' }),
  full,
  'as-self': {
    ...full,
    account: USER,
    as: 'self',
    selfAllowed: { allowed: true, reason: '' },
    operation: { line: 'POST /api/v2/conversations/calls', needs: 'needs conversation:call:add', why: 'You are signed in as the agent who calls.' },
  },
  'to-user': toUser,
  'to-queue': toQueue,
  'phone-problem': {
    ...full,
    to: { ...NOWHERE, phone: { text: '317 555', international: '', country: '', problem: 'Too short for a number of the United States.' } },
    blocked: 'The number is not complete.',
  },
  'queues-failed': {
    ...full,
    fromQueueId: '',
    queues: { state: 'failed', items: [], message: 'The queues could not be read: routing:queue:view is missing.' },
  },
  checking: doing({ kind: 'checking', text: 'Checking 14 requirements…' }),
  confirming: doing({
    kind: 'confirming',
    text: 'Call +1 317 555 0142?',
    detail: 'Sales Agent 7 calls from web-sales-7.\nSandbox org · us-east-1. No phone rings in the sandbox.',
  }),
  placing: doing({ kind: 'placing', text: 'Placing the call…' }),
  placed: doing({ kind: 'placed', text: 'Calling +1 317 555 0142', detail: 'web-sales-7 is ringing. Conversation 6b1f2d0c.' }),
  refused: doing({
    kind: 'refused',
    text: '403 · Client wfm-tool may not call for agents in Sales',
    detail: 'It holds conversation:call:add in Home only (role Dialer).',
  }),
  unknown: doing({
    kind: 'unknown',
    text: 'The call may be ringing',
    detail: 'No answer came within 30 s. Nothing is sent again; the active calls of Sales Agent 7 are being watched.',
  }),
  checked: doing({ kind: 'checked', text: 'One requirement fails', detail: '9 hold, 1 fails, 1 could not be checked. Nothing was dialled.' }),
  failed: doing({ kind: 'failed', text: 'The call was not sent', detail: 'api.mypurecloud.com could not be found. Check the network, then press again.' }),
  'to-conference': conference,
  'to-conference-problem': {
    ...conference,
    to: {
      ...conference.to,
      party: { text: '911', international: '', country: '', problem: '911 is an emergency or service number. Call Doctor does not dial it.' },
    },
    blocked: 'Add the number that is typed, or clear it.',
  },
  'confirming-full': doing({
    kind: 'confirming',
    text: 'Call +1 317 555 0142 for Sales Agent 7?',
    detail: [
      'Agent: Sales Agent 7, whose phone rings first',
      'To: +1 317 555 0142 (United States)',
      'From: queue Sales EMEA, which shows Example Sales +1 317 555 0100',
      'Org: Sandbox org · the sandbox at 127.0.0.1:8080',
      'Operation: POST /api/v2/conversations/calls/user/{userId}',
      'An attempt at 14:02 (3 min ago) to +1 317 555 0142 may have rung: ask Sales Agent 7 first.',
    ].join('\n'),
  }),
  found: doing({ kind: 'found', text: 'It was placed after all', detail: 'Found among the active calls of the agent. Conversation 6b1f2d0c.' }),
  'live-placed': {
    ...living({ phase: 'placed', words: 'Placed' }),
    activity: { kind: 'placed', text: 'Placed: Sales Agent 7', detail: 'Conversation 6b1f2d0c' },
  },
  'live-dialing': living({}),
  'live-agent': living({ phase: 'agent', words: 'Ringing at Sales Agent 7' }),
  'live-outside': living({ phase: 'outside', words: 'Ringing at the other side' }),
  'live-connected': living({ phase: 'connected', words: 'Connected', talked: 125_000, ticks: true }),
  'live-reconnecting': living({ phase: 'connected', words: 'Connected', talked: 3_725_000, ticks: true, connection: 'Reconnecting…' }),
  'live-held': living({ phase: 'held', words: 'On hold', talked: 61_000, ticks: true }),
  'live-hanging-up': living({ phase: 'connected', words: 'Connected', talked: 130_000, ticks: true, hangUp: 'sending' }),
  'live-hang-up-refused': living({
    phase: 'connected',
    words: 'Connected',
    talked: 130_000,
    ticks: true,
    hangUpSaid: 'It was not hung up: answered 403 missing.any.permissions (needs conversation:communication:disconnect). Ask the agent to hang up.',
  }),
  'live-ended': living({ phase: 'ended', words: 'Ended', detail: 'The other side hung up.', talked: 130_000, hangUp: 'none' }),
  'live-failed': living({
    phase: 'ended',
    words: 'Failed',
    detail:
      'No number plan or outbound route of the site takes the number. Compare the number with the site’s number plans and outbound routes (Admin, Telephony, Sites, Simulate Call).',
    code: 'error.ininedgecontrol.connection.dialplan.notReachable',
    failed: true,
    hangUp: 'none',
  }),
  'live-lost': living({
    phase: 'lost',
    words: 'Placed, and not followed',
    detail:
      'It goes on, and what becomes of it cannot be seen here: this sign-in may not see the call: answered 403 not.authorized. Conversation 6b1f2d0c-8a52-4a53-8f0e-0f7f3a1d2c11',
  }),
  'live-and-unknown': {
    ...living({ phase: 'ended', words: 'Ended', detail: 'The agent hung up.', talked: 30_000, hangUp: 'none' }),
    activity: {
      kind: 'unknown',
      text: 'The phone may have rung',
      detail: 'No answer within 30 seconds. Looking whether it rang: 2 of 5. Nothing is sent again.',
    },
  },
  'other-ways': {
    ...doing({
      kind: 'refused',
      text: '403 · Client wfm-tool may not call for agents in Sales',
      detail: 'Grant it the role Dialer in Sales.',
      mayNot: true,
    }),
    otherWays: OTHER_WAYS,
  },
  'options-problems': {
    ...toQueue,
    options: {
      ...NO_OPTIONS,
      callerId: '317',
      callerIdName: 'Example Support',
      attributes: 'caseId=4711\nvip',
      priority: 'high',
      routingSkillsIds: 'de, sales',
      problems: { callerId: 'Not a phone number.', attributes: 'Line 2 has no “=”.', priority: 'Must be a whole number.' },
    },
    blocked: 'Three options have problems.',
  },
  'long-names': {
    ...full,
    account: {
      kind: 'signed-in',
      sandbox: true,
      org: `${LONG} Versicherungsgesellschaft`,
      region: 'ap-southeast-2',
      name: LONG,
      grant: 'authorization code with PKCE',
      ending: 'ends on 30 September at 14:20',
    },
    agent: {
      ...SALES_7,
      name: LONG,
      station: 'web-wolfeschlegelsteinhausenbergerdorff-0001',
      division: 'Kundenbetreuung Oberösterreich',
      obstacle: 'The station is offline.',
    },
    queues: { state: 'ready', items: [{ id: 'q1', name: `Queue ${LONG}`, division: LONG, callerId: `${LONG} +1 317 555 0100` }], message: '' },
  },
  hostile: {
    ...full,
    account: { ...SANDBOX, org: '<img src=x onerror=alert(1)>', name: '</main><script>alert(1)</script>' },
    agent: { ...SALES_7, name: '<b>bold</b>', obstacle: '${alert(1)}' },
    json: '{\n  "label": "<script>alert(1)</script>"\n}',
  },
} as const satisfies Readonly<Record<string, FormState>>;
