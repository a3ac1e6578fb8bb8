import { header } from '../exchange/exchange.js';
import { optional } from '../platform/json.js';
import type { Operation } from '../platform/operations.js';
import { type Case, type CaseInput, openCase } from './case.js';
import { CAUSES, type Finding, VERDICTS } from './model.js';
import type { Caller } from './orgFacts.js';
import { afterwards } from './requirements/afterwards.js';
import { bareStatus } from './requirements/bareStatus.js';
import { ids } from './requirements/ids.js';
import { number } from './requirements/number.js';
import { operationExists } from './requirements/operation.js';
import { answeredByGenesys } from './requirements/origin.js';
import { payload } from './requirements/payload.js';
import { permission } from './requirements/permission.js';
import { placeholders } from './requirements/placeholders.js';
import { refusals } from './requirements/refusals.js';
import type { Requirement } from './requirements/requirement.js';
import { station } from './requirements/station.js';
import { token } from './requirements/token.js';
import { userContext } from './requirements/userContext.js';

/** The truth table (DESIGN §1): what has to hold for a request to succeed. Another requirement is another row. */
const REQUIREMENTS: readonly Requirement[] = [
  answeredByGenesys,
  token,
  operationExists,
  userContext,
  permission,
  refusals,
  placeholders,
  ids,
  payload,
  station,
  number,
  afterwards,
  bareStatus,
];

/** An exchange's findings, best first, with one sentence on top. */
export interface Diagnosis {
  readonly operation: Operation | undefined;
  readonly status: number | undefined;
  readonly summary: string;
  readonly findings: readonly Finding[];
  /** Who asked, where the org told. */
  readonly caller?: Caller;
  /** By which Genesys support finds the request. */
  readonly contextId?: string;
}

/** Explains an exchange, or looks ahead where it has no response yet. Pure, offline, and never throws for any input. */
export function diagnose(input: CaseInput): Diagnosis {
  const c = openCase(input);
  const rows = REQUIREMENTS.flatMap((r) => r(c));
  const findings = (c.accepted ? rows.map(acceptedAnyway) : rows).sort(byWeight);
  const caller = c.facts?.caller.kind === 'known' ? c.facts.caller.value : undefined;
  const contextId = c.error?.contextId ?? (c.response && header(c.response.headers, 'inin-correlation-id'));
  return {
    operation: c.operation,
    status: c.status,
    summary: summarize(c, findings),
    findings,
    ...optional('caller', caller),
    ...optional('contextId', contextId),
  };
}

/** A request that was accepted met what it had to: what still looks wrong about it is a remark. */
function acceptedAnyway(f: Finding): Finding {
  if ((f.verdict !== 'confirmed' && f.verdict !== 'likely') || f.place?.document === 'response') return f;
  return { ...f, verdict: 'possible', because: [...f.because, { source: 'response', fact: 'The request was accepted all the same.' }] };
}

/** Those that speak against the request: what a person has to act on. */
export const failing = (findings: readonly Finding[]): readonly Finding[] => findings.filter((f) => f.verdict === 'confirmed' || f.verdict === 'likely');

/** Strongest first; among equals what the answer itself proves, then the platform's own order of checking. */
function byWeight(a: Finding, b: Finding): number {
  return VERDICTS.indexOf(a.verdict) - VERDICTS.indexOf(b.verdict) || said(a) - said(b) || CAUSES.indexOf(a.cause) - CAUSES.indexOf(b.cause);
}
const said = (f: Finding): number => (f.place?.document === 'response' && f.cause !== 'not-genesys' ? 0 : 1);

function summarize(c: Case, findings: readonly Finding[]): string {
  const status = c.status === undefined ? '' : `${c.status}: `;
  const against = failing(findings);
  if (c.accepted && against.length === 0) return `${status}the request was accepted.`;
  const first = against[0] ?? findings.find((f) => f.verdict === 'possible');
  if (!first) return c.denied ? `${status}refused for a reason that the answer does not give.` : `${status}nothing speaks against the request.`;
  const more = against.length - 1;
  const after = c.accepted ? 'accepted, and failed afterwards. ' : '';
  const hedge = first.verdict === 'confirmed' ? '' : first.verdict === 'likely' ? 'Likely: ' : 'Possibly: ';
  return `${status}${after}${hedge}${first.title}.${more > 0 ? ` ${more} more ${more === 1 ? 'requirement fails' : 'findings speak'}${more === 1 ? '' : ' against the request'}.` : ''}`;
}
