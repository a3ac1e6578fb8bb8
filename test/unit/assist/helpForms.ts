import type { RegionHint } from '../../../src/exchange/regions.js';

/** A form in which a call request stands in a text, and how a person writes one with this body. */
export interface Form {
  readonly name: string;
  readonly hint: RegionHint;
  /** @param method of the operation @param url its whole URL */
  write(method: string, url: string, body: string): string;
}

const single = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
const inDouble = (text: string): string => text.replace(/[\\"$`]/g, '\\$&');

/** The forms of issue 5, part 1, whose bodies are quoted in one way each. */
export const FORMS: readonly Form[] = [
  { name: 'a cURL command, single quotes', hint: { languageId: 'shellscript' }, write: (m, u, b) => `set -e\ncurl -X ${m} ${u} \\\n  -d ${single(b)}\n` },
  {
    name: "a cURL command, $'…'",
    hint: { languageId: 'shellscript' },
    write: (m, u, b) => `curl -X ${m} "${u}" -d $'${b.replace(/[\\']/g, '\\$&').replaceAll('\n', '\\n')}'\n`,
  },
  { name: 'a cURL command, double quotes', hint: { languageId: 'shellscript' }, write: (m, u, b) => `curl -X ${m} '${u}' --data-raw "${inDouble(b)}"\n` },
  { name: 'a cURL command of cmd', hint: { languageId: 'bat' }, write: (m, u, b) => `curl -X ${m} ${u} ^\r\n  -d "${b.replaceAll('"', '\\"')}"\r\n` },
  {
    name: 'a cURL command of PowerShell',
    hint: { languageId: 'powershell' },
    write: (m, u, b) => `curl.exe -X ${m} "${u}" --data-raw '${b.replaceAll("'", "''")}'\n`,
  },
  {
    name: 'a Markdown fence',
    hint: { languageId: 'markdown' },
    write: (m, u, b) => `# Call\n\n\`\`\`bash\ncurl -X ${m} ${u} -d ${single(b)}\n\`\`\`\n`,
  },
  { name: 'a .http file', hint: { languageId: 'http' }, write: (m, u, b) => `### one\n${m} ${u}\nContent-Type: application/json\n\n${b}\n` },
  {
    name: 'a Pact file',
    hint: { languageId: 'json' },
    write: (m, u, b) => `{"interactions":[{"request":{"method":"${m}","path":"${new URL(u).pathname}","body":${b}},"response":{"status":200}}]}`,
  },
  {
    name: 'a Pact file whose body is a string',
    hint: { languageId: 'json' },
    write: (m, u, b) => `{"interactions":[{"request":{"method":"${m}","path":"${new URL(u).pathname}","body":${JSON.stringify(b)}}}]}`,
  },
  { name: 'a request as JSON', hint: { fileName: 'a.call.json', languageId: 'json' }, write: (m, u, b) => `{"method":"${m}","url":"${u}","body":${b}}` },
];
