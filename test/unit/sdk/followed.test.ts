import assert from 'node:assert/strict';
import { ConversationsApi, PresenceApi, RoutingApi, UsersApi } from 'purecloud-platform-client-v2';
import { orgCopy, type Running, start } from '../sandbox/harness.js';
import { Follower } from './follower.js';
import { signInOnPage } from './loginPage.js';
import { type Client, program } from './program.js';
import { misfits, readSdkTypes } from './sdkTypes.js';

const AGENT = 'Sales Agent 7';
const REDIRECT_URI = 'http://localhost:8085/oauth2/callback';

interface Call {
  readonly id: string;
  readonly participants: readonly {
    readonly id: string;
    readonly user?: { readonly id: string };
    readonly state: string;
    readonly held: boolean;
  }[];
}
const isUp = (call: Call): boolean => call.participants.length > 1 && call.participants.every((p) => p.state === 'connected');
const isOver = (call: Call): boolean => call.participants.every((p) => ['disconnected', 'terminated'].includes(p.state));

/** The types of the SDK whose names say that they are bodies of these topics. */
const BODIES: Readonly<Record<string, string>> = {
  'v2.users.{user}.conversations': 'ConversationEventTopicConversation',
  'v2.users.{user}.conversations.calls': 'ConversationCallEventTopicCallConversation',
  'v2.users.{user}.conversationsummary': 'UserConversationsEventUserConversationSummary',
  'v2.users.{user}.presence': 'PresenceEventUserPresence',
  'v2.users.{user}.routingStatus': 'UserRoutingStatusUserRoutingStatus',
  'v2.users.{user}.tokens': 'UserTokensTopicTokenNotification',
  'v2.routing.queues.{queue}.conversations': 'QueueConversationEventTopicConversation',
  'v2.routing.queues.{queue}.conversations.calls': 'QueueConversationCallEventTopicCallConversation',
  'v2.routing.queues.{queue}.users': 'QueueUserEventTopicQueueMember',
};

describe('a program with the official SDK', function () {
  this.timeout(15_000);
  let running: Running;
  let client: Client;
  const followers: { stop(): void }[] = [];

  async function follow<Body>(follower: Client, topics: readonly string[]): Promise<Follower<Body>> {
    const made = await Follower.of<Body>(follower, topics);
    followers.push(made);
    return made;
  }
  const followCalls = (): Promise<Follower<Call>> => follow(client, [`v2.users.${running.idOf(AGENT)}.conversations.calls`]);

  beforeEach(async () => {
    running = await start({ org: { ...orgCopy(), ringMilliseconds: 50 } });
    client = await program(running, AGENT);
  });
  afterEach(() => {
    for (const follower of followers.splice(0)) follower.stop();
  });

  it('places a call as a user, follows it, holds it and hangs up', async () => {
    const follower = await followCalls();
    const conversations = new ConversationsApi(client);
    const { id = '' } = await conversations.postConversationsCalls({ phoneNumber: '+13175550142', attributes: { ticket: '4711' } });

    await follower.until('the ringing', (call) => call.id === id && call.participants.length > 1 && !isUp(call));
    const { eventBody: connected } = await follower.until('the connection', (call) => call.id === id && isUp(call));
    const { entities } = await conversations.getConversationsCalls();
    assert.deepEqual(
      entities?.map((entity) => entity.id),
      [id],
    );
    const { participants = [] } = await conversations.getConversationsCall(id);
    assert.equal(participants.find((p) => !p.user)?.attributes?.['ticket'], '4711');

    const own = connected.participants.find((p) => p.user?.id === running.idOf(AGENT))?.id ?? '';
    await conversations.patchConversationsCallParticipant(id, own, { held: true });
    await follower.until('the hold', (call) => call.participants.some((p) => p.id === own && p.held));
    await conversations.patchConversationsCallParticipant(id, own, { held: false });

    await conversations.patchConversationsCall(id, { state: 'disconnected' } as Parameters<ConversationsApi['patchConversationsCall']>[1]);
    await follower.until('the end', isOver);
    assert.deepEqual((await conversations.getConversationsCalls()).entities, []);
  });

  it('places a call on behalf of a user, who sees it', async () => {
    const follower = await followCalls();
    const dialer = new ConversationsApi(await program(running, 'dialer-service'));
    const { id } = await dialer.postConversationsCallsUserUserId(running.idOf(AGENT), { phoneNumber: '+13175550142' });
    await follower.until('the connection', (call) => call.id === id && isUp(call));
  });

  it('is told of everything in the shape that the SDK declares for it', async () => {
    const admin = await program(running, 'Admin 1');
    const [user, queue] = [running.idOf('Admin 1'), running.idOf('Sales EMEA')];
    const bodies = new Map(Object.entries(BODIES).map(([topic, name]) => [topic.replace('{user}', user).replace('{queue}', queue), name]));
    const follower = await follow<unknown>(admin, [...bodies.keys()]);

    const conversations = new ConversationsApi(admin);
    const { id = '' } = await conversations.postConversationsCalls({ phoneNumber: '+442079460102', callFromQueueId: queue });
    await follower.until('the connection', (body, topic) => topic.endsWith(`${user}.conversations.calls`) && isUp(body as Call));
    await conversations.postConversationDisconnect(id);
    await new PresenceApi(admin).patchUserPresencesPurecloud(user, { presenceDefinition: { systemPresence: 'Busy' } } as never);
    await new UsersApi(admin).putUserRoutingstatus(user, { status: 'IDLE' });
    await new RoutingApi(admin).postRoutingQueueMembers(queue, [{ id: user }]);
    const desk = running.sandbox.clients.find((c) => c.name === 'call-desk');
    const asked = { client_id: desk?.id ?? '', redirect_uri: REDIRECT_URI, response_type: 'code' };
    const code = (await signInOnPage(running.sandbox.origin, asked, 'Admin 1')).get('code') ?? '';
    await (await program(running)).loginCodeAuthorizationGrant(desk?.id ?? '', desk?.secret ?? '', code, REDIRECT_URI);
    for (const topic of bodies.keys()) await follower.until(topic, (_, of) => of === topic);

    const types = readSdkTypes();
    const problems = follower.notifications.flatMap(({ topicName, eventBody }) =>
      misfits(types, { kind: 'model', name: bodies.get(topicName) ?? '' }, eventBody).map(
        (problem) => `${topicName} ${problem.replace(/\/\d+(?=[/:])/g, '/*')}`,
      ),
    );
    assert.deepEqual([...new Set(problems)], []);
  });
});
