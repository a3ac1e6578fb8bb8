import type { RegionHint } from '../../../src/exchange/regions.js';

/** Writes a body into a source, as a person would by the rules of the shell or format (not by our own code). */
export interface Writer {
  readonly name: string;
  readonly hint?: RegionHint;
  /** Nothing where the form cannot say this body. */
  write(body: string): string | undefined;
  /** The body as this form sends it. */
  readonly sent?: (body: string) => string;
  /** What bash makes of it can be compared. */
  readonly bash?: true;
}

const HEAD = 'curl -X POST https://api.mypurecloud.com/api/v2/conversations/calls';
const AROUND = (command: string): string => `# a script\nset -e\n\n${command} -H 'X-After: 1'\necho "done" # it's over\n`;
const noNul = (body: string, write: (body: string) => string): string | undefined => (body.includes('\0') ? undefined : write(body));
/** How bash quotes a word, by the manual. */
const single = (body: string): string => `'${body.split("'").join("'\\''")}'`;
const double = (body: string): string => `"${body.replace(/[\\"$`]/g, (c) => `\\${c}`)}"`;
const ansi = (body: string): string =>
  `$'${body
    .replace(/[\\']/g, (c) => `\\${c}`)
    .replace(/\n/g, '\\n')
    .replace(/\t/g, '\\t')
    .replace(/\r/g, '\\r')}'`;
const unquoted = (body: string): string => (body === '' ? "''" : body.replace(/[^\w]/gu, (c) => (c === '\n' ? "$'\\n'" : `\\${c}`)));
/** Pieces of seven characters, quoted in turns. */
const mixed = (body: string): string =>
  body === '' ? '""' : (body.match(/[\s\S]{1,7}/gu) ?? []).map((piece, i) => [single, double, ansi, unquoted][i % 4]?.(piece)).join('');

export const BASH_QUOTINGS: Readonly<Record<string, (text: string) => string>> = { single, double, ansi, unquoted, mixed };

const cQuoted = (body: string): string => `"${body.replace(/(\\*)"/g, '$1$1\\"').replace(/\\+$/, '$&$&')}"`;
const psSingle = (text: string): string => `'${text.replace(/['‘’‚‛]/g, '$&$&')}'`;
const inPs = (value: string): string => `curl.exe -X POST https://api.mypurecloud.com/p \`\n  --data-raw ${value} \`\n  -H 'X-After: 1'\n`;

const shell: RegionHint = { languageId: 'shellscript' };
const powershell: RegionHint = { languageId: 'powershell' };
const json: RegionHint = { languageId: 'json' };

export const WRITERS: readonly Writer[] = [
  { name: 'bash, single quotes', hint: shell, bash: true, write: (b) => noNul(b, () => AROUND(`${HEAD} \\\n  --data-raw ${single(b)}`)) },
  { name: 'bash, double quotes', hint: shell, bash: true, write: (b) => noNul(b, () => AROUND(`${HEAD} --data-raw ${double(b)}`)) },
  { name: "bash, $'…'", hint: shell, bash: true, write: (b) => noNul(b, () => AROUND(`${HEAD} --data-raw ${ansi(b)}`)) },
  { name: 'bash, no quotes', hint: shell, bash: true, write: (b) => noNul(b, () => AROUND(`${HEAD} --data-raw ${unquoted(b)}`)) },
  { name: 'bash, quotes in turns', hint: shell, bash: true, write: (b) => noNul(b, () => AROUND(`${HEAD} --data-raw ${mixed(b)}`)) },
  {
    name: 'bash, -d with its value',
    hint: shell,
    bash: true,
    write: (b) => (b.startsWith('@') ? undefined : noNul(b, () => AROUND(`${HEAD} -d${single(b)}`))),
  },
  { name: 'bash, --json', hint: shell, bash: true, write: (b) => (b.startsWith('@') ? undefined : noNul(b, () => AROUND(`${HEAD} --json ${double(b)}`))) },
  {
    name: 'bash, here-document',
    hint: shell,
    bash: true,
    sent: (b) => `${b}\n`,
    write: (b) => (/\0|^END\r?$/m.test(b) ? undefined : `${HEAD} -H 'X-After: 1' --data-binary @- <<'END'\n${b}\nEND\necho "done"\n`),
  },
  {
    name: 'bash, here-document that expands',
    hint: shell,
    bash: true,
    sent: (b) => `${b}\n`,
    write: (b) =>
      /\0|^END\r?$/m.test(b) ? undefined : `${HEAD} -H 'X-After: 1' --data-binary @- <<END\n${b.replace(/[\\$`]/g, (c) => `\\${c}`)}\nEND\necho "done"\n`,
  },
  {
    name: 'bash, here-string',
    hint: shell,
    bash: true,
    sent: (b) => `${b}\n`,
    write: (b) => noNul(b, () => `${HEAD} -H 'X-After: 1' --data-binary @- <<<${single(b)}\n`),
  },
  { name: 'a terminal with second prompts', write: (b) => noNul(b, () => `${`$ ${HEAD} \\\n  --data-raw ${single(b)}`.replace(/\n/g, '\n> ')}\nit failed\n`) },
  {
    name: 'a Markdown fence',
    hint: { languageId: 'markdown' },
    write: (b) => (/\0|^\s*(?:`{3}|~{3})/m.test(b) ? undefined : `# Calls\n\n\`\`\`bash\n${HEAD} --data-raw ${single(b)}\n\`\`\`\n\nDon't.\n`),
  },
  {
    name: 'cmd, \\"',
    hint: { fileName: 'x.bat' }, // To cmd the rest of the line is in quotes behind an odd number of them.
    write: (b) => (/[\0\r\n&|<>^]/.test(b) || b.split('"').length % 2 === 0 ? undefined : `${HEAD} ^\r\n  --data-raw ${cQuoted(b)} ^\r\n  -H "X-After: 1"\r\n`),
  },
  {
    name: 'cmd, doubled quotes',
    hint: { fileName: 'x.bat' },
    write: (b) => (/[\0\r\n]/.test(b) ? undefined : `${HEAD} --data-raw "${b.replace(/(\\*)"/g, '$1$1""').replace(/\\+$/, '$&$&')}"\r\n`),
  },
  {
    name: 'cmd, as browsers copy it',
    hint: { fileName: 'x.bat' },
    write: (b) =>
      /[\0\r]/.test(b)
        ? undefined
        : `${HEAD} ^\n  --data-raw ^"${b
            .replace(/(\\*)"/g, '$1$1\\"')
            .replace(/\\+$/, '$&$&')
            .replace(/[^a-zA-Z0-9\s_\-:=+~'/.',?;()*`\\]/g, '^$&')
            .replace(/\n/g, '^\n\n')}^"\n`,
  },
  { name: 'PowerShell, single quotes', hint: powershell, write: (b) => (/\0/.test(b) || !/(?<!\\)(?:\\\\)*"/.test(b) ? undefined : inPs(psSingle(b))) },
  {
    name: 'PowerShell, double quotes',
    hint: powershell,
    write: (b) => (/\0/.test(b) || !/(?<!\\)(?:\\\\)*"/.test(b) ? undefined : inPs(`"${b.replace(/["“”„`$]/g, '`$&')}"`)),
  },
  {
    name: 'PowerShell, here-string',
    hint: powershell,
    write: (b) => (/\0|^['‘’]@/m.test(b) || !/(?<!\\)(?:\\\\)*"/.test(b) ? undefined : inPs(`@'\n${b}\n'@`)),
  },
  {
    name: 'PowerShell, here-string that expands',
    hint: powershell,
    write: (b) => (/\0|^["“”]@/m.test(b) || !/(?<!\\)(?:\\\\)*"/.test(b) ? undefined : inPs(`@"\n${b.replace(/[`$]/g, '`$&')}\n"@`)),
  },
  {
    name: 'PowerShell before 7.3',
    hint: powershell,
    write: (b) => (/\0/.test(b) || !b.includes('"') ? undefined : inPs(psSingle(b.replace(/(\\*)"/g, '$1$1\\"')))),
  },
  {
    name: '.http',
    hint: { languageId: 'http' },
    write: (b) =>
      /^\s|\s$|^$|^(?:###|```|> ?\{%|<> |HTTP\/|<)/m.test(b) ? undefined : `### one\nPOST https://h/p HTTP/1.1\nA: b\n\n${b}\n\n### two\nGET https://h/q\n`,
  },
  { name: 'Pact, JSON', hint: json, write: (b) => (isJson(b) ? pact(`"body": ${b.trim()}`) : undefined), sent: (b) => b.trim() },
  { name: 'Pact, text', hint: json, write: (b) => pact(`"body": ${JSON.stringify(b)}`) },
  {
    name: 'Pact 4',
    hint: json,
    write: (b) => (isJson(b) ? pact(`"body": {"content": ${b.trim()}, "contentType": "application/json", "encoded": false}`) : undefined),
    sent: (b) => b.trim(),
  },
  {
    name: 'HAR',
    hint: { fileName: 'x.har' },
    write: (b) =>
      `{"log": {"entries": [{"request": {"method": "POST", "url": "https://h/p", "headers": [{"name": "A", "value": "b"}], "postData": {"text": ${escaped(b)}}}}]}}`,
  },
  {
    name: 'request JSON',
    hint: json,
    write: (b) => (isJson(b) ? `{"method": "POST", "url": "https://h/p", "headers": {"A": "b"}, "body": ${b.trim()}}` : undefined),
    sent: (b) => b.trim(),
  },
  {
    name: '*.call.json',
    hint: { fileName: 'first.call.json' },
    write: (b) => (/\S/.test(b) && !/"(?:interactions|entries|request|method)"/.test(b) ? b : undefined),
  },
];

const pact = (body: string): string =>
  `{"consumer": {"name": "c"}, "interactions": [{"description": "curl https://x -d '{}'", "request": {"method": "POST", "path": "/p", ${body}}, "response": {"status": 403}}]}`;

/** Everything beyond ASCII as \uXXXX. */
const escaped = (text: string): string => JSON.stringify(text).replace(/[^ -~]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);

function isJson(text: string): boolean {
  try {
    return typeof JSON.parse(text) === 'object' && JSON.parse(text) !== null && !('content' in JSON.parse(text));
  } catch {
    return false;
  }
}
