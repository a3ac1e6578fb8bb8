import { isRecord } from '../platform/json.js';
import { SCENARIOS, type ScenarioInfo } from './scenarios.js';

/** What the Pact verifier asks of a provider: to be in a state, or to leave it. */
export type ProviderState =
  | { readonly kind: 'setup'; readonly scenario: ScenarioInfo /** Whose token is wanted, where the state says. */; readonly who: string | null }
  | { readonly kind: 'teardown' }
  | { readonly kind: 'unknown'; readonly state: string }
  | { readonly kind: 'malformed'; readonly problem: string };

/**
 * Reads the request with which the verifier sets a state: `{consumer, state, states, params, action}`, as its provider states
 * URL gets it. A state is the name or title of a scenario, perhaps with ` as ` and the name of a user or client; `params.as`
 * says the same.
 */
export function readProviderState(body: unknown): ProviderState {
  if (!isRecord(body)) return { kind: 'malformed', problem: 'Expected {"state": …, "action": "setup" | "teardown"}.' };
  const action = body['action'] ?? 'setup';
  if (action === 'teardown') return { kind: 'teardown' };
  if (action !== 'setup') return { kind: 'malformed', problem: 'action is "setup" or "teardown".' };
  const states = statesOf(body);
  if (states.length === 0) return { kind: 'setup', scenario: SCENARIOS[0] as ScenarioInfo, who: null };
  const read = states.map(readState);
  const unknown = states.find((_, i) => read[i] === undefined);
  if (unknown !== undefined) return { kind: 'unknown', state: unknown };
  const [first, ...others] = read;
  if (!first || others.some((o) => o?.scenario !== first.scenario)) return { kind: 'malformed', problem: 'The org can be in one state at a time.' };
  const { params } = body;
  const as = isRecord(params) && typeof params['as'] === 'string' ? params['as'] : undefined;
  return { kind: 'setup', scenario: first.scenario, who: as ?? read.find((r) => r?.who)?.who ?? null };
}

function statesOf(body: Readonly<Record<string, unknown>>): readonly string[] {
  const { state, states } = body;
  if (typeof state === 'string' && state !== '') return [state];
  if (!Array.isArray(states)) return [];
  return states.flatMap((s: unknown) => (typeof s === 'string' ? s : isRecord(s) && typeof s['name'] === 'string' ? s['name'] : []));
}

function readState(text: string): { readonly scenario: ScenarioInfo; readonly who: string | null } | undefined {
  const called = (name: string): ScenarioInfo | undefined => {
    const wanted = name.trim().toLowerCase();
    return SCENARIOS.find((s) => s.name === wanted || s.title.toLowerCase() === wanted);
  };
  const whole = called(text);
  if (whole) return { scenario: whole, who: null };
  const at = text.lastIndexOf(' as ');
  const scenario = at < 0 ? undefined : called(text.slice(0, at));
  return scenario && { scenario, who: text.slice(at + 4).trim() };
}
