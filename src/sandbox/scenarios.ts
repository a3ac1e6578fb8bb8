import type { OrgFile } from './org/orgFile.js';
import { NETWORK } from './scenarios/network.js';
import { AGENT, ownCall } from './scenarios/parts.js';
import { PAYLOAD } from './scenarios/payload.js';
import { PHONES } from './scenarios/phones.js';
import { RIGHTS } from './scenarios/rights.js';
import type { Scenario, ScenarioInfo } from './scenarios/scenario.js';
import { SIGN_IN } from './scenarios/signIn.js';

export type { ScenarioInfo, ScenarioRequest } from './scenarios/scenario.js';

const DEFAULT: Scenario = {
  name: 'default',
  title: 'The org as it is',
  cause: null,
  who: AGENT,
  needs: [],
  signIn: 'Sign in as anybody.',
  attempt: `${AGENT} can call as themselves; dialer-service can call on behalf of everybody.`,
  requests: [ownCall()],
};

/** What the scenarios are about, in the order in which a request meets it. */
const GROUPS: readonly (readonly [title: string, scenarios: readonly Scenario[]])[] = [
  ['Nothing is wrong', [DEFAULT]],
  ['Signing in', SIGN_IN],
  ['What the caller may do', RIGHTS],
  ['What is asked for', PAYLOAD],
  ['Phones and numbers', PHONES],
  ['On the way', NETWORK],
];
const LIST = GROUPS.flatMap(([, scenarios]) => scenarios);

const infoOf = ({ name, title, cause, who, signIn, attempt, requests }: Scenario): ScenarioInfo => ({ name, title, cause, who, signIn, attempt, requests });

export const SCENARIO_GROUPS: readonly { readonly title: string; readonly scenarios: readonly ScenarioInfo[] }[] = GROUPS.map(([title, scenarios]) => ({
  title,
  scenarios: scenarios.map(infoOf),
}));
export const SCENARIOS: readonly ScenarioInfo[] = LIST.map(infoOf);

/** Puts an org into a scenario. @returns what is wrong, as a sentence, where that cannot be */
export function applyScenario(
  org: OrgFile,
  name: string,
): { readonly ok: true; readonly org: OrgFile; readonly scenario: ScenarioInfo } | { readonly ok: false; readonly problem: string } {
  const scenario = LIST.find((s) => s.name === name);
  if (!scenario) return { ok: false, problem: `There is no scenario "${name}". Known: ${LIST.map((s) => s.name).join(', ')}.` };
  const names = new Set([...org.users, ...org.clients, ...org.queues, ...org.stations, ...org.roles, ...(org.dataActions ?? [])].map((x) => x.name));
  const missing = scenario.needs.filter((n) => !names.has(n));
  if (missing.length > 0)
    return { ok: false, problem: `The scenario "${name}" is about ${missing.map((m) => `"${m}"`).join(' and ')}, which this org does not have.` };
  return { ok: true, org: scenario.patch?.(org) ?? org, scenario: infoOf(scenario) };
}
