/** VS Code's ids of the languages in whose texts calls are looked for: those that exchange/regions.ts reads. */
export const LANGUAGES = [
  'json',
  'jsonc',
  'json5',
  'har',
  'http',
  'rest',
  'markdown',
  'mdx',
  'shellscript',
  'bat',
  'powershell',
  'dockerfile',
  'makefile',
  'yaml',
  'dockercompose',
  'ini',
  'properties',
  'plaintext',
  'log',
  'restructuredtext',
  'asciidoc',
  'latex',
] as const;

/** What is in every text that has to do with Genesys Cloud: a path of its API, a host, its name. */
const SIGN = /\/api\/v2\b|\/conversations\/|\/oauth\/token|purecloud|pure\.cloud|genesys/i;

/** The body of a call request, which its name says. */
export const isPayloadName = (path: string): boolean => /\.call\.json$/i.test(path);

/** Whether a text is worth reading for calls. Cheap, and true for every text that holds one. */
export const mayHoldCalls = (text: string): boolean => SIGN.test(text);
