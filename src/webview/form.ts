// The call form in the sidebar. The host owns the state and sends the whole of it; this draws it and reports what the person did.
import './form.css';
import { html, render, type TemplateResult } from 'lit';
import type { Activity, FormMessage, FormState } from '../sidebar/callForm/protocol.js';
import { accountHeader } from './accountHeader.js';
import { actions } from './actions.js';
import { agentField } from './agentField.js';
import { asField } from './asField.js';
import { followActivity } from './attention.js';
import type { FormView, SectionName } from './formView.js';
import { fromField } from './fromField.js';
import { gate } from './gate.js';
import { jsonSection } from './jsonSection.js';
import { liveCall } from './liveCall.js';
import { optionsSection } from './optionsSection.js';
import { otherWays } from './otherWays.js';
import { outcome } from './outcome.js';
import { stateOf } from './stateMessage.js';
import { Stopwatch } from './stopwatch.js';
import { toField } from './toField.js';

interface VsCodeApi {
  postMessage(message: FormMessage): void;
  getState(): unknown;
  setState(state: { readonly open: readonly SectionName[] }): void;
}
declare function acquireVsCodeApi(): VsCodeApi;

/** Longer than any system's double click is meant to take. */
const ARMED_AFTER_MS = 600;

const vscode = acquireVsCodeApi();
const root = document.getElementById('form');
if (!root) throw new Error('the page has no #form');

const open = new Set<SectionName>(openBefore(vscode.getState()));
let state: FormState | undefined;
let drawn: Activity['kind'] | undefined;
let arming: ReturnType<typeof setTimeout> | undefined;
const stopwatch = new Stopwatch(draw);

window.addEventListener('message', (event: MessageEvent<unknown>) => {
  const next = stateOf(event.data);
  if (!next) return;
  if (next.activity.kind === 'confirming' && state?.activity.kind !== 'confirming') arm();
  state = next;
  stopwatch.set(next.live);
  draw();
});
vscode.postMessage({ type: 'ready' });

function arm(): void {
  clearTimeout(arming);
  arming = setTimeout(() => {
    arming = undefined;
    draw();
  }, ARMED_AFTER_MS);
}

function draw(): void {
  if (!state || !root) return;
  render(page(viewOf(state)), root);
  followActivity(drawn, state.activity);
  drawn = state.activity.kind;
}

function viewOf(state: FormState): FormView {
  return {
    state,
    post: (message) => vscode.postMessage(message),
    armed: arming === undefined,
    elapsed: stopwatch.elapsed,
    isOpen: (section) => open.has(section),
    toggle: (section) => {
      if (!open.delete(section)) open.add(section);
      vscode.setState({ open: [...open] });
      draw();
    },
  };
}

/** What is asked for cannot be changed while it is being confirmed or sent. */
function page(view: FormView): TemplateResult {
  const { account, activity } = view.state;
  if (account.kind !== 'signed-in') return html`${gate(view, account)}`;
  return html`
    ${accountHeader(view, account)}
    <div class="intent" ?inert=${activity.kind === 'confirming' || activity.kind === 'placing'}>
      <div class="fields">${agentField(view)}${asField(view)}${fromField(view)}${toField(view)}</div>
      ${optionsSection(view)}${jsonSection(view)}
    </div>
    ${otherWays(view)}
    <div class="bottom">${outcome(view)}${actions(view, liveCall(view))}</div>
  `;
}

/** The sections that were expanded when the view was last hidden. */
function openBefore(saved: unknown): SectionName[] {
  if (typeof saved !== 'object' || saved === null || !('open' in saved) || !Array.isArray(saved.open)) return [];
  return saved.open.filter((s: unknown): s is SectionName => s === 'options' || s === 'json' || s === 'ways');
}
