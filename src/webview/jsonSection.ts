import { html, type TemplateResult } from 'lit';
import type { FormView } from './formView.js';
import { icon } from './icon.js';
import { section } from './section.js';

/** A body longer than this is shown in one colour. */
const TINTED = 20_000;
const TOKEN = /("(?:\\.|[^"\\])*")(\s*:)?|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|\b(?:true|false|null)\b/g;

/** The exact body that will be sent. */
export function jsonSection(view: FormView): TemplateResult {
  const edit = html`<button type="button" class="icon-button" title="Edit as File" aria-label="Edit as File"
    @click=${() => view.post({ type: 'do', action: 'edit-json' })}>${icon('go-to-file')}</button>`;
  const body = (): TemplateResult => html`<pre class="json" tabindex="0" role="region" aria-label="Request JSON"><code>${tinted(view.state.json)}</code></pre>`;
  return section(view, { name: 'json', title: 'Request JSON', actions: edit, body });
}

function tinted(json: string): readonly (string | TemplateResult)[] {
  if (json.length > TINTED) return [json];
  const parts: (string | TemplateResult)[] = [];
  let end = 0;
  for (const match of json.matchAll(TOKEN)) {
    const [whole, quoted, colon] = match;
    parts.push(json.slice(end, match.index), html`<span class=${tone(whole, quoted, colon)}>${quoted ?? whole}</span>`, colon ?? '');
    end = match.index + whole.length;
  }
  parts.push(json.slice(end));
  return parts;
}

function tone(whole: string, quoted: string | undefined, colon: string | undefined): string {
  if (quoted !== undefined) return colon === undefined ? 'json-text' : 'json-name';
  return /^[-\d]/.test(whole) ? 'json-number' : 'json-word';
}
