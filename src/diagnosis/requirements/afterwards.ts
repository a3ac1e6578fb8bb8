import { isRecord, records, text } from '../../platform/json.js';
import { type Case, placesCall } from '../case.js';
import type { Cause, Finding } from '../model.js';
import { SOURCES } from '../sources.js';
import { clip, facts, inResponse, type Requirement, response } from './requirement.js';

/** How much of an answer is looked at for what became of a call, in characters: a conversation has some thousands. */
const MOST_READ = 2_000_000;

interface Meaning {
  readonly code: RegExp;
  readonly cause: Cause;
  readonly verdict: 'confirmed' | 'likely' | 'possible';
  readonly title: string;
  readonly fix: string;
}

/** Errors of the telephony edge. What they mean is what integrators have found, not what is documented. */
const MEANINGS: readonly Meaning[] = [
  {
    code: /\.dialplan\.notReachable$/i,
    cause: 'no-route',
    verdict: 'confirmed',
    title: 'No number plan or outbound route of the site takes the number',
    fix: "Compare the number with the site's number plans and outbound routes (Admin, Telephony, Sites, Simulate Call). + and country code are safest; a SIP address needs a plan of its own.",
  },
  {
    code: /\.connection\.timeout$/i,
    cause: 'station-unreachable',
    verdict: 'likely',
    title: 'A phone did not answer in time',
    fix: 'The phone of the agent rings first and has to be answered: by hand on a remote or SIP phone; with a WebRTC phone the agent has to be signed in and to allow calls that another application places, or the station to have a persistent connection.',
  },
  {
    code: /\.connection\.webrtc\./i,
    cause: 'station-unreachable',
    verdict: 'likely',
    title: 'The WebRTC phone of the agent lost its connection',
    fix: "Have the agent's browser and network looked at; a persistent connection of the station helps against short interruptions.",
  },
  {
    code: /\.session\.inactive$/i,
    cause: 'invalid-state',
    verdict: 'possible',
    title: 'The command reached a party of the call that had ended',
    fix: 'Read the conversation before each command; this error by itself does no harm.',
  },
  {
    code: /./,
    cause: 'platform-fault',
    verdict: 'possible',
    title: 'The call failed on the telephony side',
    fix: 'Quote the conversation id and the code to whoever looks after telephony, or to Genesys support.',
  },
];

/** A call that was accepted and failed afterwards says why in its conversation: `errorInfo` of a participant or of one of its calls. */
export const afterwards: Requirement = (c) => {
  if (c.code?.startsWith('error.ininedgecontrol')) return [finding(c.code, c.error?.message, c.codeAt)];
  if (placesCall(c) && c.accepted && withoutId(c)) return [UNPROVED];
  const { failures, reasons } = readConversation(c);
  return [...failures.map(({ code, message, pointer }) => finding(code, message, pointer)), ...reasons.slice(0, 1).map(ofNetwork)];
};

/** What the network says of a number, by its cause: ITU-T Q.850, and the statuses of RFC 3261 that stand for them (RFC 3398). */
const OF_NUMBER: ReadonlyMap<string, { readonly cause: Cause; readonly title: string }> = new Map(
  (
    [
      [['q850 1', 'q850 22', 'q850 28', 'sip 404', 'sip 410', 'sip 484'], 'invalid-number', 'The network knows no such number'],
      [['q850 2', 'q850 3'], 'no-route', 'The network has no route to the number'],
    ] as const
  ).flatMap(([reasons, cause, title]) => reasons.map((reason) => [reason, { cause, title }] as const)),
);

interface Reason {
  readonly type: string;
  readonly code: number;
  readonly phrase: string;
  readonly pointer: string;
}

function ofNetwork({ type, code, phrase, pointer }: Reason): Finding {
  const { cause, title } = OF_NUMBER.get(`${type} ${code}`) as { cause: Cause; title: string };
  return {
    cause,
    verdict: 'likely',
    title,
    because: [
      response(`The call was accepted, and ended with ${type.toUpperCase()} ${code}${phrase ? ` ${clip(phrase, 100)}` : ''}.`),
      facts('That is the answer of the other side or of a carrier on the way (ITU-T Q.850, RFC 3261), which are known to be used loosely.'),
    ],
    fix: ['Compare the number with what was to be called; try it from another phone.'],
    place: inResponse(pointer),
  };
}

/** Proof of a call is the id of its conversation (FACTS §9). */
const withoutId = (c: Case): boolean => c.response?.body !== undefined && !/"id"\s*:\s*"[^"]/.test(c.response.body.slice(0, 100_000));
const UNPROVED: Finding = {
  cause: 'platform-fault',
  verdict: 'possible',
  title: 'Nothing proves that a call was placed',
  because: [response('The answer has no id of a conversation.'), facts(`CreateCallResponse has the id of the conversation (${SOURCES.sdk262}).`)],
  fix: ['Look for the call before you send it again: GET /api/v2/conversations/calls with the token of the user.'],
  place: inResponse(''),
};

function finding(code: string, message: string | undefined, pointer: string): Finding {
  const meaning = MEANINGS.find((m) => m.code.test(code)) as Meaning;
  return {
    cause: meaning.cause,
    verdict: meaning.verdict,
    title: meaning.title,
    because: [
      response(`The call was accepted, and failed with ${clip(code, 120)}${message ? `: ${clip(message, 300)}` : ''}.`),
      facts(`What the code means: ${SOURCES.edge}.`),
    ],
    fix: [meaning.fix],
    place: inResponse(pointer),
  };
}

interface Failure {
  readonly code: string;
  readonly message: string | undefined;
  readonly pointer: string;
}

/** What a conversation says of how its parties ended: errors each once, and reasons that speak of the number. */
function readConversation(c: Case): { readonly failures: readonly Failure[]; readonly reasons: readonly Reason[] } {
  const none = { failures: [], reasons: [] };
  const body = c.response?.body;
  if (body === undefined || body.length > MOST_READ || !/"(?:error(?:Info|Code)|disconnectReasons)"/.test(body) || (c.status !== undefined && !c.accepted))
    return none;
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {
    return none;
  }
  const reasons: Reason[] = [];
  const found = new Map<string, Failure>();
  const look = (holder: Record<string, unknown>, pointer: string): void => {
    records(holder['disconnectReasons'], 10).forEach((r, i) => {
      const [type, code] = [(text(r['type']) ?? '').toLowerCase(), Number(r['code'])];
      if (OF_NUMBER.has(`${type} ${code}`)) reasons.push({ type, code, phrase: text(r['phrase']) ?? '', pointer: `${pointer}/disconnectReasons/${i}` });
    });
    const info = holder['errorInfo'];
    const code = isRecord(info) ? text(info['code']) : undefined;
    if (isRecord(info) && code !== undefined && !found.has(code))
      found.set(code, { code, message: text(info['message']), pointer: `${pointer}/errorInfo/code` });
  };
  for (const [conversation, at] of conversations(json))
    records(conversation['participants'], 200).forEach((p, i) => {
      look(p, `${at}/participants/${i}`);
      records(p['calls'], 50).forEach((call, n) => {
        look(call, `${at}/participants/${i}/calls/${n}`);
      });
      // Analytics tell it by segment: GET /analytics/conversations/{id}/details.
      records(p['sessions'], 50).forEach((session, n) => {
        records(session['segments'], 50).forEach((segment, m) => {
          const code = text(segment['errorCode']);
          const pointer = `${at}/participants/${i}/sessions/${n}/segments/${m}/errorCode`;
          if (code !== undefined && !found.has(code)) found.set(code, { code, message: undefined, pointer });
        });
      });
    });
  return { failures: [...found.values()].slice(0, 10), reasons };
}

/** A conversation, a list of them, or the body of a notification. */
function conversations(json: unknown): (readonly [conversation: Record<string, unknown>, pointer: string])[] {
  if (!isRecord(json)) return [];
  if (isRecord(json['eventBody'])) return [[json['eventBody'], '/eventBody']];
  if (Array.isArray(json['entities'])) return records(json['entities'], 100).map((e, i) => [e, `/entities/${i}`]);
  return [[json, '']];
}
