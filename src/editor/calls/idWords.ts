import { escapeMarkdown } from '../../diagnosis/report.js';
import type { Told } from '../../org/nameCache.js';
import type { NamedKind } from '../../org/names.js';

/** How things are spoken of. */
export const KIND_WORDS: Readonly<Record<NamedKind, string>> = {
  user: 'user',
  queue: 'queue',
  skill: 'skill',
  language: 'language skill',
  'external-contact': 'external contact',
  'wrap-up-code': 'wrap-up code',
  script: 'script',
};

/** Who is asking: the signed-in account. */
export interface Asker {
  readonly org: string;
  readonly name: string;
}

/** What an id names, as a line of Markdown with theme icons; names come from the platform and are escaped. Nothing where it was not waited for. */
export function idMarkdown(kind: NamedKind, told: Told, { org, name }: Asker): string | undefined {
  const where = `$(organization) ${escapeMarkdown(org)}`;
  const thing = KIND_WORDS[kind];
  switch (told.kind) {
    case 'named':
      return `${where}: ${thing} **${escapeMarkdown(told.name.name)}**${told.name.details.map((d) => ` · ${escapeMarkdown(d)}`).join('')}`;
    case 'absent':
      return `${where}: there is no ${thing} with this id`;
    case 'forbidden': {
      const needs = told.permissions.length === 0 ? '' : `: ${escapeMarkdown(told.permissions.join(', '))}`;
      return `${where}: ${escapeMarkdown(name)} may not read this ${thing}${needs}`;
    }
    case 'unknown':
      return `${where}: the ${thing} could not be read: ${escapeMarkdown(told.why)}`;
    case 'cancelled':
      return undefined;
  }
}
