import type { MappedText } from '../exchange/mappedText.js';
import type { Placeholder } from '../exchange/placeholders.js';
import type { Region } from '../exchange/region.js';
import type { HelpLine } from '../platform/bodies/fieldHelp.js';
import { filledByRestClient } from './restClient.js';

/** Where a placeholder stands: in which text of a region, and at which offset of that text. */
interface Where {
  readonly region: Region;
  readonly text: MappedText;
  readonly at: number;
}

/** What belongs in the place of a placeholder, and who fills it. @param wanted as in "the id of a queue"; absent where nobody knows */
export function placeholderLines(placeholder: Placeholder, where: Where, wanted: string | undefined): HelpLine[] {
  return [
    { kind: 'meaning', text: ['A placeholder. ', wanted === undefined ? 'A value has to take its place.' : `Here belongs ${wanted}.`] },
    { kind: 'note', text: [filledBy(placeholder, where)] },
  ];
}

const NOBODY = 'Nobody fills it: it is sent as it is written.';

function filledBy({ kind, text }: Placeholder, where: Where): string {
  const { form } = where.region;
  switch (kind) {
    case 'template':
      if (form === 'http') {
        const own = filledByRestClient(text);
        if (own !== undefined) return `The REST client fills it ${own}.`;
        return `This file defines no @${text.replace(/[{}\s]/g, '')}. An environment of the REST client may; otherwise it is sent as it is written.`;
      }
      return form === 'pact' ? 'Pact fills no template: the example is sent as it is written.' : `${NOBODY} Postman and .http files fill such names.`;
    case 'shell':
      return byShell(where);
    case 'percent':
      return form === 'curl' && where.region.shell === 'cmd'
        ? 'cmd fills it when the command runs, where the variable is set.'
        : `${NOBODY} Only cmd fills such names.`;
    case 'brace':
      return `${NOBODY} It is the name of a parameter of the path, as the documentation writes it.`;
    default:
      return NOBODY;
  }
}

/** A variable is filled where its `$` is not text to the shell. */
function byShell({ region, text, at }: Where): string {
  if (region.form !== 'curl') return `${NOBODY} Only a shell fills such names.`;
  if (region.shell === 'cmd') return `${NOBODY} cmd fills %NAME% only.`;
  const asText = text.encode('$', at) === '$';
  const { start, end } = text.sourceRange(at, at + 1);
  if (asText || end - start !== 1) return `${NOBODY} Here the shell takes it as text: it is in single quotes or behind an escape.`;
  return 'The shell fills it when the command runs, where the variable is set. If it is not set, nothing stands there.';
}
