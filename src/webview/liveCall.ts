import { html, nothing, type TemplateResult } from 'lit';
import type { LiveView } from '../sidebar/callForm/protocol.js';
import { unbroken } from './breakable.js';
import type { FormView } from './formView.js';
import { icon } from './icon.js';

const ICONS: Readonly<Record<LiveView['phase'], string>> = {
  placed: 'call-outgoing',
  dialing: 'call-outgoing',
  agent: 'bell',
  outside: 'bell',
  connected: 'unmute',
  held: 'debug-pause',
  ended: 'pass',
  lost: 'eye-closed',
};

const isOver = ({ phase }: LiveView): boolean => phase === 'ended' || phase === 'lost';

/**
 * The call that was placed last, until it is dismissed. The live region is always there and holds the phase alone, so that a screen
 * reader says each phase once; the seconds that tick are not read out.
 */
export function liveCall(view: FormView): TemplateResult {
  const { live } = view.state;
  const spoken = live ? [live.words, live.phase === 'ended' || live.phase === 'lost' ? live.detail : '', live.hangUpSaid].filter(Boolean).join('. ') : '';
  return html`
    <p class="visually-hidden live-spoken" role="status" aria-live="polite" aria-atomic="true">${spoken}</p>
    ${live ? box(view, live) : nothing}
  `;
}

function box({ post, elapsed }: FormView, live: LiveView): TemplateResult {
  const { phase, words, title, detail, code, failed, connection, hangUpSaid } = live;
  const tone = failed ? 'error' : phase === 'lost' ? 'warning' : phase === 'connected' ? 'success' : 'info';
  const time = live.talked < 0 ? nothing : html`<span class="live-time" aria-hidden=${live.ticks ? 'true' : nothing}>${clock(elapsed)}</span>`;
  return html`
    <section class="live ${tone}" aria-label="Call">
      ${icon(failed ? 'error' : ICONS[phase], tone)}
      <div class="live-text">
        <div class="live-phase"><strong>${words}</strong>${time}</div>
        <span class="live-title">${unbroken(title)}</span>
      </div>
      <div class="live-buttons">${live.hangUp === 'none' ? nothing : hangUp(post, live)}${isOver(live) ? dismiss(post) : nothing}</div>
      ${[detail, hangUpSaid].filter(Boolean).map((text) => html`<p class="live-more">${text}</p>`)}
      ${code ? html`<code class="live-more live-code">${code}</code>` : nothing}
      ${connection ? html`<p class="live-more live-connection">${connection}</p>` : nothing}
    </section>
  `;
}

/** Answers one press until the host has said what came of it; it keeps its place in the tab order. */
function hangUp(post: FormView['post'], { hangUp: state, conversationId }: LiveView): TemplateResult {
  const isSending = state === 'sending';
  return html`<button type="button" class="hang-up" id="hang-up" data-call=${conversationId} aria-disabled=${isSending ? 'true' : nothing}
    @click=${() => isSending || post({ type: 'do', action: 'hang-up' })}>${icon('debug-disconnect')}<span>${isSending ? 'Hanging up…' : 'Hang up'}</span></button>`;
}

const dismiss = (post: FormView['post']): TemplateResult => html`<button type="button" class="icon-button" title="Dismiss" aria-label="Dismiss the call"
  @click=${() => post({ type: 'do', action: 'dismiss-call' })}>${icon('close')}</button>`;

/** `2:05`, `1:02:05`. */
function clock(milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  const two = (n: number): string => String(n).padStart(2, '0');
  const hours = Math.floor(seconds / 3600);
  return hours > 0 ? `${hours}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}` : `${Math.floor(seconds / 60)}:${two(seconds % 60)}`;
}
