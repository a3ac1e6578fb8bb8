import { type CorpusCase, SAID, STRONG } from './case.js';
import { HOME, org, role, unread } from './org.js';
import { accepted, CALLS, CONVERSATION, call, curl, NUMBER, ON_BEHALF_OPERATION, onBehalf, PARTICIPANT, platform, USER } from './text.js';

const dialer = role('Dialer', '*', ['conversation:*:*']);

/** A call's conversation after it ended; `agent` and `customer` are added to their participants. */
const conversation = (agent: object, customer: object = {}): string =>
  accepted(200, {
    id: CONVERSATION,
    participants: [
      { id: PARTICIPANT, purpose: 'agent', state: 'terminated', direction: 'outbound', user: { id: USER }, provider: 'Edge', ...agent },
      { id: USER, purpose: 'customer', state: 'terminated', direction: 'outbound', address: 'tel:+13175550142', provider: 'Edge', ...customer },
    ],
    selfUri: `/api/v2/conversations/calls/${CONVERSATION}`,
  });
const errorInfo = (code: string, message: string): object => ({ disconnectType: 'error', errorInfo: { code, message, details: [], errors: [] } });
const asked = curl(`GET /api/v2/conversations/calls/${CONVERSATION}`);
const READ = 'GET /api/v2/conversations/calls/{conversationId}';
const AFTERWARDS = 'issue 4: errors of a call that was accepted and failed afterwards (error.ininedgecontrol.… in the conversation)';

export const STATION: readonly CorpusCase[] = [
  {
    name: 'no station, says the platform',
    source: 'FACTS §1.4 conversation.error.no.user.station',
    request: call(),
    response: platform(400, 'conversation.error.no.user.station', 'A station is required to place a call.'),
    expect: {
      top: ['no-station', 'confirmed'],
      never: ['missing-permission', 'invalid-payload', 'no-user-context'],
      place: { document: 'response', pointer: ['/code', '/message'] },
      operation: CALLS,
    },
  },
  {
    name: 'no station, before anything is sent: the user needs one for the plain call',
    source: 'FACTS §1.3 station: the user needs an associated station [O]',
    request: call(),
    org: org({ caller: 'user', scopes: ['conversations'], grants: [dialer], agent: HOME, station: 'none' }),
    expect: { top: ['no-station', STRONG], never: ['missing-permission', 'no-user-context'], operation: CALLS },
  },
  {
    name: 'no station of the agent on whose behalf it is called: whether it is needed is not verified',
    source: 'FACTS §1.6: whether the target user needs a station: very likely [I]',
    request: onBehalf(),
    org: org({ grants: [dialer], agent: HOME, station: 'none' }),
    expect: { top: ['no-station', 'likely'], says: ['not verified'], operation: ON_BEHALF_OPERATION },
  },
  {
    name: 'a station that may not be read is unchecked',
    source: 'issue 4 part 2: telephony reads mostly answer 403 to agents: that is unchecked, not a finding',
    request: onBehalf(),
    org: org({ grants: [dialer], agent: HOME, station: unread('may not read it: telephony:otherStationAssociation:view') }),
    expect: { top: 'nothing', atLeast: { 'no-station': 'unchecked' }, says: ['telephony:otherStationAssociation:view'], operation: ON_BEHALF_OPERATION },
  },
  {
    name: 'a station, as needed',
    source: 'FACTS §1.3',
    request: call(),
    org: org({ caller: 'user', scopes: ['conversations'], grants: [dialer], agent: HOME, station: { name: 'web-home-1', status: 'ASSOCIATED' } }),
    expect: { top: 'nothing', never: ['no-station', 'station-unreachable'], operation: CALLS },
  },
  {
    name: 'no edge for the station',
    source: 'FACTS §1.4 providerapi.error.station.no.active.edge',
    request: call(),
    response: platform(500, 'providerapi.error.station.no.active.edge', 'Unable to place call. Could not find an Edge for this station.'),
    expect: { top: ['station-unreachable', 'confirmed'], never: ['platform-fault', 'no-station', 'missing-permission'], operation: CALLS },
  },
  {
    name: 'no edge assigned to the station',
    source: 'FACTS §1.4 providerapi.error.no.station.for.edge',
    request: onBehalf(),
    response: platform(500, 'providerapi.error.no.station.for.edge', 'Station assignment found but no Edge is assigned to it.'),
    expect: { top: ['station-unreachable', 'confirmed'], never: ['platform-fault', 'no-station'], operation: ON_BEHALF_OPERATION },
  },
  {
    name: 'the station belongs to somebody else already',
    source: 'FACTS §3.2: 409 userservice.stationalreadyassociated',
    request: curl(`PUT /api/v2/users/${USER}/station/associatedstation/${PARTICIPANT}`),
    response: platform(409, 'userservice.stationalreadyassociated', 'Station is already associated.'),
    expect: {
      top: ['invalid-state', 'confirmed'],
      never: ['missing-permission', 'wrong-id', 'no-station'],
      operation: 'PUT /api/v2/users/{userId}/station/associatedstation/{stationId}',
    },
  },
  {
    name: 'the number is not in the dial plan',
    source: AFTERWARDS,
    request: asked,
    response: conversation(
      { disconnectType: 'peer' },
      errorInfo('error.ininedgecontrol.connection.dialplan.notReachable', 'The call could not be placed because the number dialed is not reachable.'),
    ),
    expect: { top: [['no-route', 'invalid-number'], STRONG], never: ['no-station', 'missing-permission'], says: ['dialplan'], operation: READ },
  },
  {
    name: 'the agent’s station did not answer',
    source: AFTERWARDS,
    request: asked,
    response: conversation(errorInfo('error.ininedgecontrol.connection.timeout', 'Call Connection Timeout')),
    expect: { top: ['station-unreachable', STRONG], never: ['no-route', 'missing-permission', 'platform-fault'], operation: READ },
  },
  {
    name: 'the customer’s leg ran out of time: the agent’s station is not to blame',
    source: `${AFTERWARDS}; DESIGN §5 station-unreachable: station or edge`,
    request: asked,
    response: conversation(
      { disconnectType: 'peer', connectedTime: '2026-11-20T13:14:03.071Z' },
      errorInfo('error.ininedgecontrol.connection.timeout', 'Call Connection Timeout'),
    ),
    expect: { confirmed: [], mayConfirm: ['no-route'], never: ['no-station', 'missing-permission'], operation: READ },
  },
  {
    name: 'a session that was over already is no failure',
    source: 'WEBRTC changelog v11.3.1 [O]: session.inactive is benign and suppressed',
    request: asked,
    response: conversation({
      disconnectType: 'peer',
      connectedTime: '2026-11-20T13:14:03.071Z',
      errorInfo: {
        code: 'error.ininedgecontrol.session.inactive',
        message: 'session 55665ecd is inactive for command cloud.command.disconnect',
        messageWithParams: 'session {sessionId} is inactive for command {type}',
        messageParams: { sessionId: '55665ecd', type: 'cloud.command.disconnect' },
        details: [],
        errors: [],
      },
    }),
    expect: { confirmed: [], never: ['station-unreachable', 'no-route', 'no-station', 'platform-fault', 'missing-permission'], operation: READ },
  },
  {
    name: 'a call that ended as calls end',
    source: 'FACTS §9: positive proof',
    request: asked,
    response: conversation(
      { disconnectType: 'client', connectedTime: '2026-11-20T13:14:03.071Z' },
      { disconnectType: 'peer', connectedTime: '2026-11-20T13:14:09.071Z' },
    ),
    expect: { top: 'nothing', operation: READ },
  },
  {
    name: 'a participant that ended in error and does not say why',
    source: AFTERWARDS,
    request: asked,
    response: conversation({ disconnectType: 'error' }),
    expect: { confirmed: [], never: ['missing-permission', 'no-user-context'], operation: READ },
  },
  {
    name: 'the conversation alone, without the request that read it',
    source: AFTERWARDS,
    response: JSON.stringify({
      id: CONVERSATION,
      participants: [
        {
          purpose: 'agent',
          state: 'terminated',
          disconnectType: 'error',
          errorInfo: { code: 'error.ininedgecontrol.connection.timeout', message: 'Call Connection Timeout' },
        },
      ],
    }),
    status: 200,
    expect: { top: ['station-unreachable', STRONG], never: ['not-genesys'], operation: null },
  },
  {
    name: 'the conversation in full form, where the leg is below calls',
    source: `${AFTERWARDS}; FACTS §6 GET /conversations/{id}`,
    request: curl(`GET /api/v2/conversations/${CONVERSATION}`),
    response: accepted(200, {
      id: CONVERSATION,
      participants: [
        {
          id: PARTICIPANT,
          purpose: 'customer',
          calls: [
            {
              state: 'disconnected',
              disconnectType: 'error',
              errorInfo: { code: 'error.ininedgecontrol.connection.dialplan.notReachable', message: 'not reachable' },
            },
          ],
        },
      ],
    }),
    expect: { top: [['no-route', 'invalid-number'], STRONG], operation: 'GET /api/v2/conversations/{conversationId}' },
  },
  {
    name: 'another conversation of a call accepted before',
    source: AFTERWARDS,
    request: call(NUMBER),
    response: accepted(200, { id: CONVERSATION, selfUri: `/api/v2/conversations/calls/${CONVERSATION}` }),
    expect: { top: 'nothing', never: ['no-station', 'no-route', 'station-unreachable'], operation: CALLS },
  },
  {
    name: 'emergency numbers are refused by the product, and no verdict on the platform',
    source: 'DESIGN §7: emergency and premium numbers are refused',
    request: onBehalf({ phoneNumber: '911' }),
    expect: { confirmed: [], never: ['missing-permission'], operation: ON_BEHALF_OPERATION },
  },
  {
    name: 'the user who is to dial is also the one who is called',
    source: 'FACTS §1.1: callUserId is the callee, not the agent who places the call',
    request: onBehalf({ callUserId: USER }),
    expect: { confirmed: [], mayConfirm: ['invalid-payload'], atLeast: { 'invalid-payload': SAID }, operation: ON_BEHALF_OPERATION },
  },
  {
    name: 'a station of whom nothing was asked is not judged',
    source: 'DESIGN §1: unchecked, and why',
    request: call(),
    grant: 'user',
    expect: { top: 'nothing', notRuledOut: ['no-station'], never: ['no-station'], operation: CALLS },
  },
  {
    name: 'a number that cannot be reached, refused at once',
    source: 'DESIGN §5 invalid-number; FACTS §3.2 invalid.value',
    request: call({ phoneNumber: '123' }),
    response: platform(400, 'invalid.value', 'Value [123] is not valid for field type [phoneNumber]. Allowable values are: E.164 numbers'),
    expect: { top: [['invalid-number', 'invalid-payload'], 'confirmed'], never: ['missing-permission'], operation: CALLS },
  },
];
