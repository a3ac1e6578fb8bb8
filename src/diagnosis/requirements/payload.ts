import { placeholdersInValue } from '../../exchange/placeholders.js';
import type { BodyProblem } from '../../platform/bodies/checkBody.js';
import { CREATE_CALL } from '../../platform/bodies/createCallRequest.js';
import { typeInWords } from '../../platform/bodies/fieldHelp.js';
import { checkCallPayload } from '../../platform/callPayload.js';
import { FOREIGN_FIELDS } from '../../platform/foreignFields.js';
import { isRecord, text } from '../../platform/json.js';
import { type Case, placesCall } from '../case.js';
import type { Finding } from '../model.js';
import { SOURCES } from '../sources.js';
import { atCode, atMessage, clip, facts, holds, inRequest, org, type Requirement, request, said } from './requirement.js';

const MODEL = `CreateCallRequest, SDK 262.0.0, ${CREATE_CALL.asOf}`;

const NO_FIELD = facts(
  `It is none of the ${CREATE_CALL.fields.length} fields of ${MODEL}. What the platform does with unknown fields is not verified; no official source gives this one a meaning.`,
);
const NO_FIELD_OF_PARTY = facts(
  `A party of a conference has address, userId, queueId and name (${MODEL}). What the platform does with unknown fields is not verified.`,
);

/** Codes that blame the request itself (FACTS §1.4, §3.2). */
const BLAMES_REQUEST =
  /^(?:bad\.request|invalid\.(?:value|date|property|query\.param\.value)|constraint\.validation|too\.many\.create\.conversation\.parameters|unsupported\.media\.type|client\.failed\.request|re(?:quest|sponse)\.entity\.too\.large)$/;

/** invalid-payload: the body has to be what the operation takes. Its model is known for the two operations that place a call. */
export const payload: Requirement = (c) => {
  const own = [...ofRequest(c), ...ofNumber(c)];
  const blamed = BLAMES_REQUEST.test(c.code ?? '') || c.status === 415 ? [ofAnswer(c, own.length > 0)] : [];
  if (own.length + blamed.length > 0) return [...blamed, ...own];
  return placesCall(c) && c.body.kind === 'json' ? [holds('invalid-payload', 'The body fits the operation', [facts(MODEL)])] : [];
};

function ofAnswer(c: Case, explained: boolean): Finding {
  const detail = c.error?.details.find((d) => d.fieldName)?.fieldName;
  if (c.code === 'response.entity.too.large')
    return {
      cause: 'invalid-payload',
      verdict: 'confirmed',
      title: 'The request asks for more than one answer may hold',
      because: said(c),
      fix: ['Ask for less at a time: a smaller pageSize, fewer expands, a narrower interval.'],
      place: atCode(c),
    };
  const media = c.code === 'unsupported.media.type' || c.status === 415;
  return {
    cause: 'invalid-payload',
    verdict: 'confirmed',
    title:
      c.code === 'too.many.create.conversation.parameters'
        ? 'The request names more than one destination'
        : media
          ? 'The body was sent with the wrong Content-Type'
          : `The platform rejects the request${detail ? `: ${detail}` : ''}`,
    because: said(c),
    fix: [
      c.code === 'too.many.create.conversation.parameters'
        ? 'Keep one of phoneNumber, callUserId, callQueueId and participants.'
        : media
          ? 'Send the header “Content-Type: application/json”.'
          : explained
            ? 'See the problems of the request named here.'
            : 'Compare the body with the model of the operation; the message names the value or the field.',
    ],
    place: c.error?.message ? atMessage(c) : atCode(c),
  };
}

function ofRequest(c: Case): Finding[] {
  if (!placesCall(c) || !c.request) return [];
  if (c.body.kind === 'none') {
    if (c.request.unseen?.includes('body') || (c.request.headers.length === 0 && c.request.url.startsWith('/'))) return [];
    return [
      {
        cause: 'invalid-payload',
        verdict: 'confirmed',
        title: 'The request has no body',
        because: [request('There is no body.'), facts(`The operation takes ${MODEL}.`)],
        fix: ['Send a JSON object with one destination, such as {"phoneNumber": "+13175550142"}.'],
      },
    ];
  }
  if (c.body.kind === 'not-json') {
    return [
      {
        cause: 'invalid-payload',
        verdict: 'confirmed',
        title: 'The body is not JSON',
        because: [request(c.body.problem)],
        fix: ['Correct the JSON at that place.'],
        place: inRequest(''),
      },
    ];
  }
  const problems = checkCallPayload(c.body.value);
  return [...problems.flatMap((p) => finding(p)), ...(problems.some((p) => p.kind === 'several-destinations') ? [] : callsOneself(c))];
}

/** callUserId is who is called, not who calls (FACTS §1.1). */
function callsOneself(c: Case): Finding[] {
  const body = c.body.kind === 'json' && isRecord(c.body.value) ? c.body.value : {};
  const callee = text(body['callUserId']);
  if (callee === undefined || c.params['userId'] === undefined || callee.toLowerCase() !== c.params['userId'].toLowerCase()) return [];
  return [
    {
      cause: 'invalid-payload',
      verdict: 'likely',
      title: 'The user in the path would call themselves',
      because: [
        request('callUserId and the id in the path are the same.'),
        facts(`callUserId is the user who is called, not the one whose phone places the call (${MODEL}).`),
      ],
      fix: ['Put the other party into the body: phoneNumber for a number, callUserId for another user.'],
      place: inRequest('/callUserId'),
    },
  ];
}

/** Whether callerId is the org's to show. What the platform does with another number is not published (FACTS §1.5). */
function ofNumber(c: Case): Finding[] {
  const number = c.facts?.callerNumber;
  if (number?.kind !== 'known' || number.value || c.accepted) return [];
  return [
    {
      cause: 'invalid-payload',
      verdict: 'possible',
      title: 'The number in callerId is none of this org',
      because: [
        org(`No DID of the org has it (${number.from}).`),
        facts('Whether the platform, the trunk or the carrier refuses or replaces such a number is not published.'),
      ],
      fix: ['Use a number of the org, or leave callerId out: the queue or the trunk then gives the number.'],
      place: inRequest('/callerId'),
    },
  ];
}

function finding(p: BodyProblem): Finding[] {
  const at = inRequest(p.pointer);
  const confirmed = { cause: 'invalid-payload', verdict: 'confirmed', place: at } as const;
  switch (p.kind) {
    case 'not-an-object':
      return [
        {
          ...confirmed,
          title: 'The body is not a JSON object',
          because: [facts(`The operation takes ${MODEL}.`)],
          fix: ['Send a JSON object with one destination, such as {"phoneNumber": "+13175550142"}.'],
        },
      ];
    case 'unknown-field': {
      const inside = p.pointer.indexOf('/', 1) > 0;
      const foreign = inside ? undefined : FOREIGN_FIELDS.get(p.name);
      const none = inside ? NO_FIELD_OF_PARTY : NO_FIELD;
      const name = clip(p.name, 60);
      return [
        {
          cause: 'invalid-payload',
          verdict: 'confirmed',
          title: inside ? `“${name}” is not a field of a party` : `“${name}” is not a field of this operation`,
          because: foreign ? [none, facts(`Those who write it mean ${foreign.meant}.`)] : [none],
          fix: [foreign?.instead ?? (p.nearest ? `Did you mean ${p.nearest}?` : 'Remove it.')],
          place: at,
        },
      ];
    }
    case 'wrong-type':
      return [
        {
          ...confirmed,
          title: `“${p.field.name}” has to be ${typeInWords(p.field)}`,
          because: [facts(`${p.field.name} is ${p.field.type} in ${MODEL}.`)],
          fix: [`For example ${JSON.stringify(p.field.example)}.`],
        },
      ];
    case 'no-destination':
      return [
        {
          ...confirmed,
          title: 'The request names no destination',
          because: [facts(`A call goes to one of phoneNumber, callUserId, callQueueId or participants (${MODEL}); the body has none of them.`)],
          fix: ['Add exactly one of them, for a number: "phoneNumber": "+13175550142".'],
        },
      ];
    case 'several-destinations':
      return [
        {
          ...confirmed,
          title: `The request names ${p.names.length} destinations: ${p.names.join(', ')}`,
          because: [facts(`Only a single destination is allowed: too.many.create.conversation.parameters (${SOURCES.codes}).`)],
          fix: ['Keep one of them.'],
        },
      ];
    case 'without-queue':
      return [
        {
          ...confirmed,
          verdict: 'likely',
          title: `“${p.field.name}” does nothing without ${p.field.onlyWith}`,
          because: [facts(`It applies when a queue is called (${MODEL}).`)],
          fix: [`Add ${p.field.onlyWith}, or remove ${p.field.name}.`],
        },
      ];
    case 'not-an-id':
      if (placeholdersInValue(p.value).length > 0) return [];
      return [
        {
          ...confirmed,
          cause: 'wrong-id',
          verdict: 'likely',
          title: `“${p.field.name}” is not an id`,
          because: [request(`Its value is “${p.value.slice(0, 60)}”.`), facts('Ids of users, queues, skills and conversations are GUIDs.')],
          fix: ['Use the id, not the name or number: eight, four, four, four and twelve hexadecimal digits.'],
        },
      ];
    case 'none-of':
      return [
        {
          ...confirmed,
          verdict: 'likely',
          title: 'A party of the conference names nobody',
          because: [facts(`A party has one of ${p.names.join(', ')} (${MODEL}).`)],
          fix: ['Add one of them, or remove the party.'],
        },
      ];
    default:
      // An empty list asks for nothing, and the other kinds are of bodies that do not place a call.
      return [];
  }
}
