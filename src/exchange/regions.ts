import { optional } from '../platform/json.js';
import { curlRegions } from './curlRegion.js';
import type { Shell } from './findCurl.js';
import { findRequestLine, firstLineKind } from './httpFile.js';
import { httpRegions } from './httpRegion.js';
import { jsonRegions, payloadRegion } from './jsonRegion.js';
import { isCallBody, loosePayloads, speaksOfCalls } from './loosePayloads.js';
import type { SourceRange } from './mappedText.js';
import { looksLikeJson } from './readRequest.js';
import type { Region } from './region.js';

/** What an editor knows about a text. */
export interface RegionHint {
  /** VS Code's id of the language. */
  readonly languageId?: string;
  readonly fileName?: string;
  /** True where the user asks for a JSON document to be taken as the body of a call request, as `*.call.json` is. */
  readonly payload?: boolean;
}

export interface Regions {
  /** In the order of the text, apart from each other. */
  readonly regions: readonly Region[];
  /** Why the text was not looked at, as a sentence. */
  readonly declined?: string;
}

/** A longer text is not looked at: an editor would stop for it. */
export const LONGEST_TEXT = 5_000_000;

/**
 * The call requests in a text: cURL commands, .http requests, Pact, HAR and request JSON, a payload; all of what the editor helps with
 * stands in one of them. Comments are no commands; strings and templates of programs are left alone. Never throws; linear.
 */
export function findRegions(text: string, hint: RegionHint = {}): Regions {
  if (text.length > LONGEST_TEXT) {
    return { regions: [], declined: `This text is longer than ${LONGEST_TEXT / 1e6} million characters; no calls are looked for in it.` };
  }
  try {
    return { regions: [...regionsOf(text.startsWith('\ufeff') ? ` ${text.slice(1)}` : text, hint)] };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return { regions: [], declined: 'This text is nested too deeply to be read.' };
  }
}

/** What a text is, as far as it matters where calls stand in it. */
export type TextKind = 'json' | 'http' | 'markdown' | 'script' | 'program' | 'text';

function regionsOf(text: string, hint: RegionHint): Iterable<Region> {
  const kind = textKind(text, hint);
  switch (kind) {
    case 'program':
      return [];
    case 'json':
      return jsonRegions(text, 0, text.length, hint.payload === true || /\.call\.json$/i.test(hint.fileName ?? ''));
    case 'http':
      return inHttpFile(text);
    case 'markdown':
      return inMarkdown(text, hint.payload === true, false);
    case 'script':
      return curlRegions(text, { inSentences: false, ...optional('shellAt', shellOf(hint)) });
    case 'text':
      return inText(text, hint.payload === true);
  }
}

/** A .http file may hold cURL commands too. */
const inHttpFile = (text: string): Region[] => inOrder([...httpRegions(text), ...curlRegions(text, { inSentences: false })]);

/** A note, a terminal, a file without a language: what it looks like. */
function inText(text: string, payload: boolean): Iterable<Region> {
  if (firstLineKind(text) === 'request') return inHttpFile(text);
  const found = inMarkdown(text, payload, true);
  if (found.length > 0) return found;
  const line = findRequestLine(text);
  return line === -1 ? [] : httpRegions(text, line);
}

/** Commands, and the requests and JSON documents that fill a fence. */
function inMarkdown(text: string, payload: boolean, inSentences: boolean): Region[] {
  const fences = [...fencesOf(text)];
  let next = 0;
  const shellAt = (offset: number): Shell | undefined => {
    while (next < fences.length && (fences[next] as Fence).end <= offset) next++;
    const fence = fences[next];
    const shell = fence && fence.start <= offset ? SHELLS[fence.language] : undefined;
    // Commands of cmd stand in fences of bash too: there the command tells.
    return shell === 'posix' ? undefined : shell;
  };
  const found: Region[] = [...curlRegions(text, { shellAt, inSentences })];
  for (const { start, end, language } of fences) {
    const content = text.slice(start, end);
    if (language === 'http' || language === 'rest' || firstLineKind(content) === 'request') found.push(...httpRegions(text, start, end));
    else if (looksLikeJson(content, content.search(/\S/))) {
      const isPayload = payload || (speaksOfCalls(text) && isCallBody(content));
      found.push(...jsonRegions(text, start, end, isPayload));
    }
  }
  const ordered = inOrder(found);
  const taken = apart([...ordered.map((r) => r.span), ...fences], (range) => range);
  for (const { start, end } of loosePayloads(text, taken)) ordered.push(payloadRegion(text, start, end));
  return inOrder(ordered);
}

interface Fence extends SourceRange {
  readonly language: string;
}

/** The contents of the fences of a text (CommonMark §4.5): at least three backquotes or tildes, up to as many. */
function* fencesOf(text: string): Generator<Fence> {
  const mark = /^[ \t>]{0,20}(`{3,}|~{3,})[ \t]*([\w+#.-]{0,30})[^\n]*$/gm;
  let open: { readonly start: number; readonly mark: string; readonly language: string } | undefined;
  for (const m of text.matchAll(mark)) {
    const [whole, ticks = '', language = ''] = m;
    const isInline = ticks.startsWith('`') && whole.lastIndexOf('`') >= whole.indexOf(ticks) + ticks.length;
    if (!open && !isInline) open = { start: Math.min(text.length, m.index + whole.length + 1), mark: ticks, language: language.toLowerCase() };
    else if (open && ticks.startsWith(open.mark) && language === '') {
      yield { start: open.start, end: Math.max(open.start, m.index), language: open.language };
      open = undefined;
    }
  }
  if (open) yield { start: open.start, end: text.length, language: open.language };
}

/** Sorted, without what stands inside another. */
const inOrder = (regions: Region[]): Region[] => apart(regions, ({ span }) => span);

function apart<T>(things: T[], rangeOf: (thing: T) => SourceRange): T[] {
  let end = 0;
  return things
    .sort((a, b) => rangeOf(a).start - rangeOf(b).start)
    .filter((thing) => {
      const range = rangeOf(thing);
      if (range.start < end) return false;
      end = range.end;
      return true;
    });
}

const SHELLS: Readonly<Record<string, Shell>> = {
  bash: 'posix',
  sh: 'posix',
  zsh: 'posix',
  shellscript: 'posix',
  bat: 'cmd',
  batch: 'cmd',
  cmd: 'cmd',
  powershell: 'powershell',
  pwsh: 'powershell',
  ps1: 'powershell',
};

function shellOf({ languageId = '', fileName = '' }: RegionHint): (() => Shell) | undefined {
  const shell = SHELLS[languageId] ?? SHELLS[/\.(\w+)$/.exec(fileName)?.[1]?.toLowerCase() ?? ''];
  return shell && (() => shell);
}

const KINDS: Readonly<Record<string, TextKind>> = Object.fromEntries(
  (
    [
      ['json', 'json jsonc json5 har'],
      ['http', 'http rest'],
      ['markdown', 'markdown mdx md'],
      ['script', 'shellscript bat powershell dockerfile makefile yaml dockercompose ini properties sh bash zsh cmd ps1 yml env'],
      ['text', 'plaintext log restructuredtext asciidoc latex txt rst adoc'],
    ] as const
  ).flatMap(([kind, names]) => names.split(' ').map((name): [string, TextKind] => [name, kind])),
);

/**
 * By the language, where there is one, or the ending of the name, or how the text begins. A language or ending that is neither of text
 * nor of scripts is a program's: it has its commands in strings.
 */
export function textKind(text: string, { languageId = '', fileName = '' }: RegionHint): TextKind {
  const ending = /\.(\w+)$/.exec(fileName)?.[1]?.toLowerCase() ?? '';
  const name = languageId === '' || languageId === 'plaintext' ? ending : languageId;
  const kind = name === '' ? 'text' : (KINDS[name] ?? (languageId === 'plaintext' ? 'text' : 'program'));
  if (kind !== 'text') return kind;
  const start = text.search(/\S/);
  return start !== -1 && looksLikeJson(text, start) && !/^[ \t]{0,20}(?:\$ )?curl(?:\.exe)? /m.test(text) ? 'json' : 'text';
}
