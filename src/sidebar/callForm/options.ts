import type { CallOptions } from '../../platform/callRequest.js';
import { isGuid } from '../../platform/guid.js';
import { OPTION_NAMES, type OptionName } from './protocol.js';

export type OptionTexts = Readonly<Record<OptionName, string>>;

export const NO_OPTIONS: OptionTexts = Object.fromEntries(OPTION_NAMES.map((n) => [n, ''])) as Record<OptionName, string>;

/** The options as typed, turned into those of a request, with what is wrong by option. Wrong ones are left out. */
export function readOptions(texts: OptionTexts): { readonly options: CallOptions; readonly problems: Partial<Record<OptionName, string>> } {
  const options: Record<string, unknown> = {};
  const problems: Partial<Record<OptionName, string>> = {};
  for (const name of OPTION_NAMES) {
    const typed = texts[name].trim();
    if (typed === '') continue;
    const read = READERS[name]?.(typed) ?? { value: typed };
    if ('problem' in read) problems[name] = read.problem;
    else options[name] = read.value;
  }
  return { options, problems };
}

type Read = { readonly value: unknown } | { readonly problem: string };
const id = (typed: string): Read => (isGuid(typed) ? { value: typed } : { problem: 'An id is a GUID, as in 3f2504e0-4f89-41d3-9a0c-0305e82c3301.' });

const READERS: Partial<Record<OptionName, (typed: string) => Read>> = {
  externalContactId: id,
  languageId: id,
  priority: (typed) => (/^-?\d{1,9}$/.test(typed) ? { value: Number(typed) } : { problem: 'Priority is a whole number.' }),
  routingSkillsIds: (typed) => {
    const ids = typed.split(/[\s,]+/).filter(Boolean);
    const wrong = ids.find((i) => !isGuid(i));
    return wrong === undefined ? { value: ids } : { problem: `${wrong} is not an id: ids are GUIDs.` };
  },
  attributes: (typed) => {
    const entries: [string, string][] = [];
    for (const line of typed.split('\n')) {
      if (line.trim() === '') continue;
      const at = line.indexOf('=');
      if (line.slice(0, Math.max(0, at)).trim() === '') return { problem: `“${line.trim().slice(0, 40)}” is not name=value.` };
      entries.push([line.slice(0, at).trim(), line.slice(at + 1).trim()]);
    }
    return { value: Object.fromEntries(entries) };
  },
};
