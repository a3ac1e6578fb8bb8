import type { Severity } from '../../../../src/assist/problem.js';
import type { RegionHint } from '../../../../src/exchange/regions.js';
import { CALLS, curl, http, isNotTold, isTold, json, markdown, note, payload, script } from '../linting.js';

const powershell: RegionHint = { languageId: 'powershell' };
const bat: RegionHint = { languageId: 'bat' };
const body = (value: string): string => `{"phoneNumber": "${value}"}`;
const get = (header: string, quote = "'"): string => `curl ${CALLS} -H ${quote}Authorization: Bearer ${header}${quote}\n`;

/** Where each kind stands, and how bad it is there. */
const TOLD: readonly (readonly [what: string, severity: Severity, hint: RegionHint, text: string])[] = [
  ['a template in a payload', 'error', payload, body('«{{number}}»')],
  ['a template in a command of a script', 'error', script, curl(body('«{{number}}»'))],
  ['a template in a text for reading', 'warning', note, curl(body('«{{number}}»'))],
  ['a template outside of quotes', 'error', payload, '{"phoneNumber": "+13175550142", "priority": «{{p}}»}'],
  ['angles', 'error', payload, body('«<NUMBER>»')],
  ['angles in a document', 'warning', markdown, `Call:\n\`\`\`sh\n${curl(body('«<NUMBER>»'))}\`\`\`\n`],
  ['words', 'error', payload, '{"callUserId": "«the-agent-id-you-are-acting-for»"}'],
  ['filler', 'error', payload, body('«+1XXXXXXXXXX»')],
  ['a template in an attribute', 'warning', payload, '{"phoneNumber": "+13175550142", "attributes": {"a": "«{{ticket}}»"}}'],
  ['words where any text may stand', 'information', payload, '{"phoneNumber": "+13175550142", "label": "«string»"}'],
  ['a template in a .http file that does not define it', 'information', http, `POST ${CALLS}\nContent-Type: application/json\n\n${body('«{{number}}»')}\n`],
  ['a variable in double quotes', 'information', script, `curl ${CALLS} --json "{\\"phoneNumber\\": \\"«$NUMBER»\\"}"\n`],
  ['a variable between quotes', 'information', script, curl(body(`'"«$NUMBER»"'`))],
  ['a variable in no quotes', 'information', script, curl(body(`'«\${NUMBER}»'`))],
  ['a variable in single quotes', 'error', script, curl(body('«$NUMBER»'))],
  ['a variable in single quotes in a URL', 'error', script, curl(body('+13175550142'), `${CALLS}/user/«$AGENT»`)],
  ['a variable in a here-document', 'information', script, `curl ${CALLS} --json @- <<E\n${body('«$NUMBER»')}\nE\n`],
  ['a variable in a quoted here-document', 'error', script, `curl ${CALLS} --json @- <<'E'\n${body('«$NUMBER»')}\nE\n`],
  ['a variable in a payload', 'error', payload, body('«$NUMBER»')],
  ['a variable of cmd in cmd', 'information', bat, `curl ${CALLS} -H "Content-Type: application/json" -d "{\\"phoneNumber\\": \\"«%NUMBER%»\\"}"\n`],
  ['a variable of cmd elsewhere', 'error', script, curl(body('«%NUMBER%»'))],
  ['a variable of a POSIX shell in cmd', 'error', bat, `curl ${CALLS} -H "Content-Type: application/json" -d "{\\"phoneNumber\\": \\"«$NUMBER»\\"}"\n`],
  ['a variable in double quotes of PowerShell', 'information', powershell, `curl.exe ${CALLS} --json "{\\\`"phoneNumber\\\`": \\\`"«$env:NUMBER»\\\`"}"\n`],
  ['a variable in single quotes of PowerShell', 'error', powershell, `curl.exe ${CALLS} --json '{\\"phoneNumber\\": \\"«$env:NUMBER»\\"}'\n`],
  ['a parameter of the path', 'error', script, curl(body('+13175550142'), `${CALLS}/user/«{userId}»`)],
  ['a parameter of the path in a document', 'information', markdown, `\`\`\`sh\n${curl(body('+13175550142'), `${CALLS}/user/«{userId}»`)}\`\`\`\n`],
  ['a template as a host', 'error', script, curl(body('+13175550142'), 'https://«{{host}}»/api/v2/conversations/calls')],
  ['a token in angles', 'information', script, get('«<VALID_OAUTH_TOKEN>»')],
  ['a token in words', 'information', script, get('«YOUR_ACCESS_TOKEN»')],
  ['a template as a token of a command', 'information', script, get('«{{token}}»')],
  ['a token that a shell does not fill in', 'error', script, get('«$TOKEN»')],
  [
    'a header of another kind',
    'warning',
    script,
    `curl ${CALLS} -H 'Authorization: Bearer …' -H 'X-Trace: <TRACE_ID>'\n`.replace('<TRACE_ID>', '«<TRACE_ID>»').replace('…', 'x'),
  ],
  ['a body as a whole', 'error', script, `curl ${CALLS} -H 'Content-Type: application/json' -d '«{{body}}»'\n`],
  [
    'an example of Pact',
    'error',
    json,
    `{"interactions": [{"request": {"method": "POST", "path": "/api/v2/conversations/calls", "body": ${body('«{{number}}»')}}}]}`,
  ],
];

const NOT_TOLD: readonly (readonly [what: string, hint: RegionHint, text: string])[] = [
  ['a token that the shell fills in', script, get('$GENESYSCLOUD_ACCESS_TOKEN', '"')],
  ['a token that a substitution gives', script, get('$(cat token)', '"')],
  ['a token that cmd fills in', bat, `curl ${CALLS} -H "Authorization: Bearer %TOKEN%"\n`],
  ['a token that an environment gives', http, `GET ${CALLS}\nAuthorization: Bearer {{token}}\n`],
  [
    'what the file defines',
    http,
    `@number = +13175550142\n\nPOST ${CALLS}\nAuthorization: Bearer {{token}}\nContent-Type: application/json\n\n${body('{{number}}')}\n`,
  ],
  ['a token of Pact', json, '{"interactions": [{"request": {"method": "GET", "path": "/api/v2/users/me", "headers": {"Authorization": "Bearer <token>"}}}]}'],
  ['a call to another service', script, curl(body('{{number}}'), 'https://hooks.example.com/x')],
  ['an escaped dollar in a price', script, `curl ${CALLS} --json "{\\"phoneNumber\\": \\"+13175550142\\", \\"label\\": \\"costs \\$5\\"}"\n`],
];

describe('lint: placeholders', () => {
  for (const [what, severity, hint, text] of TOLD) it(`tells ${what} (${severity})`, () => void isTold('placeholder', severity, text, hint));
  for (const [what, hint, text] of NOT_TOLD) it(`does not tell ${what}`, () => isNotTold('placeholder', text, hint));
});
