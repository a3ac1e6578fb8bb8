import assert from 'node:assert/strict';
import { WebSocket } from 'ws';
import { type Json, list, orgCopy, type Reply, type Running, start, text } from './harness.js';

export const NUMBER = '+13175550142';
export const PLACE = 'POST /api/v2/conversations/calls';
export const behalf = (name: string): string => `${PLACE}/user/{${name}}`;

/** The built-in org with other sections; calls go through at once unless `ringMilliseconds` says otherwise. */
export const startOrg = (more: object = {}): Promise<Running> => start({ org: { ...orgCopy(), ringMilliseconds: 0, rateLimitPerMinute: 100_000, ...more } });

/** Places a call. @returns its id */
export async function place(running: Running, who: string, body: object = { phoneNumber: NUMBER }, request = PLACE): Promise<string> {
  const reply = await running.send(who, request, body);
  assert.equal(reply.status, 200, reply.text);
  return text(reply.json['id']);
}

export const participantsOf = (reply: Reply): Json[] => {
  assert.equal(reply.status, 200, reply.text);
  return list(reply.json['participants']);
};

/** The participants of a call as the caller sees them. */
export const look = async (running: Running, who: string, id: string): Promise<Json[]> =>
  participantsOf(await running.send(who, `GET /api/v2/conversations/calls/${id}`));

export const statesOf = (participants: readonly Json[]): string[] => participants.map((p) => text(p['state']));

/** Waits until something is there; it does not wait for ever, or the tests would not end. */
export async function until<T>(find: () => T | undefined | Promise<T | undefined>): Promise<T> {
  for (let tries = 0; tries < 700; tries++) {
    const found = await find();
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  throw new Error('it does not come');
}

/** The other end of a notification channel: what it was told, and a word when a socket has ended. */
export interface Ear {
  readonly channelId: string;
  readonly uri: string;
  readonly socket: WebSocket;
  readonly heard: Json[];
  /** The bodies of what was told on a topic, by its end. */
  on(topic: string): Json[];
  readonly closed: Promise<number>;
}

const sockets: WebSocket[] = [];
after(() => {
  for (const socket of sockets.splice(0)) socket.terminate();
});

export async function openChannel(running: Running, who: string): Promise<{ readonly id: string; readonly uri: string }> {
  const created = await running.send(who, 'POST /api/v2/notifications/channels');
  assert.equal(created.status, 200, created.text);
  return { id: text(created.json['id']), uri: text(created.json['connectUri']) };
}

/** Connects to a channel. */
export async function connect(channelId: string, uri: string): Promise<Ear> {
  const socket = new WebSocket(uri);
  sockets.push(socket);
  const heard: Json[] = [];
  socket.on('message', (data) => heard.push(JSON.parse(String(data)) as Json));
  const closed = new Promise<number>((resolve) => void socket.once('close', resolve));
  await new Promise((resolve, reject) => {
    socket.once('open', resolve);
    socket.once('error', reject);
  });
  const on = (topic: string): Json[] => heard.filter((e) => text(e['topicName']).endsWith(topic)).map((e) => e['eventBody'] as Json);
  return { channelId, uri, socket, heard, on, closed };
}

/** Opens a channel, subscribes it to topics and connects. `{name}` in a topic stands for the id of what has that name. */
export async function listen(running: Running, who: string, ...topics: string[]): Promise<Ear> {
  const { id, uri } = await openChannel(running, who);
  const reply = await subscribe(running, who, id, topics);
  assert.equal(reply.status, 200, reply.text);
  return connect(id, uri);
}

export const subscribe = (running: Running, who: string, id: string, topics: readonly string[], method = 'POST', query = ''): Promise<Reply> =>
  running.send(
    who,
    `${method} /api/v2/notifications/channels/${id}/subscriptions${query}`,
    topics.map((topic) => ({ id: topic.replace(/\{([^}]+)\}/g, (_, name: string) => running.idOf(name)) })),
  );

/** How an upgrade is refused: its status. */
export const refusedUpgrade = (uri: string, headers: Record<string, string> = {}): Promise<number> =>
  new Promise((resolve, reject) => {
    const socket = new WebSocket(uri, { headers });
    socket.once('unexpected-response', (_, response) => {
      resolve(response.statusCode ?? 0);
      response.destroy();
      socket.terminate();
    });
    socket.once('error', () => {});
    socket.once('open', () => {
      socket.terminate();
      reject(new Error('it was let in'));
    });
  });
