import { header } from '../exchange/exchange.js';
import { codesOfWordings } from '../platform/errorBody.js';
import { optional } from '../platform/json.js';
import type { Operation } from '../platform/operations.js';
import { type Case, type CaseInput, openCase } from './case.js';
import { CAUSES, type Cause, type Finding, VERDICTS } from './model.js';
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
import { clip, type Requirement } from './requirements/requirement.js';
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
  const rows: Finding[] = [];
  for (const requirement of REQUIREMENTS) rows.push(...requirement(c));
  for (const other of alsoSaid(c)) rows.push(...ownFindings({ ...c, code: other }, rows));
  const weighed = c.accepted ? rows.map(acceptedAnyway) : c.prose ? rows.flatMap((f) => quotedOnly(f, c)) : rows;
  const findings = byWeight(c.response && c.facts?.senderAssumed ? weighed.map((f) => senderAssumed(f, c)) : weighed);
  const caller = c.facts?.caller.kind === 'known' ? c.facts.caller.value : undefined;
  const contextId = c.error?.contextId ?? (c.response && header(c.response.headers, 'inin-correlation-id'));
  return {
    operation: c.operation,
    status: c.status,
    summary: summarize(c, findings),
    findings,
    ...optional('caller', caller),
    ...optional('contextId', contextId === undefined ? undefined : clip(contextId, 100)),
  };
}

/** A request that was accepted met what it had to: what still looks wrong about it is a remark. */
function acceptedAnyway(f: Finding): Finding {
  if ((f.verdict !== 'confirmed' && f.verdict !== 'likely') || f.place?.document === 'response') return f;
  return { ...f, verdict: 'possible', because: [...f.because, { source: 'response', fact: 'The request was accepted all the same.' }] };
}

/** A sentence of the platform in somebody's text may be quoted to say that it comes no more, or of another request: it proves nothing. */
function quotedOnly(f: Finding, c: Case): Finding[] {
  // Who quotes the correlation id, as SDKs do, had an answer.
  if (f.verdict === 'ruled-out' && c.error?.contextId === undefined && f.because.some((e) => e.source === 'response')) return [];
  return [f.verdict === 'confirmed' && f.place?.document === 'response' ? { ...f, verdict: 'likely' } : f];
}

/** The codes whose sentences a text quotes besides the one that it is read as. */
const alsoSaid = (c: Case): readonly string[] =>
  c.prose && c.error?.code === undefined && c.error?.message !== undefined ? codesOfWordings(c.error.message).filter((code) => code !== c.code) : [];

/** What the same text says, read as another answer, of causes that nothing has been said about. */
function ownFindings(c: Case, found: readonly Finding[]): Finding[] {
  const known = new Set(found.filter((f) => f.verdict !== 'unchecked').map((f) => f.cause));
  return REQUIREMENTS.flatMap((requirement) => requirement(c)).filter((f) => f.place?.document === 'response' && !known.has(f.cause));
}

/** Causes that depend on who sent the request. */
const OF_CALLER: ReadonlySet<Cause> = new Set([
  'wrong-region',
  'no-user-context',
  'missing-permission',
  'missing-division',
  'missing-scope',
  'access-rule',
  'stale-grant',
]);

/** Whose grants were read, where that the refused request was theirs is taken for granted. */
function senderAssumed(f: Finding, c: Case): Finding {
  const caller = c.facts?.caller;
  if (!OF_CALLER.has(f.cause) || caller?.kind !== 'known' || !f.because.some((e) => e.source === 'org' || e.source === 'token')) return f;
  const { kind, name } = caller.value;
  const fact = `Read as ${kind === 'client' ? 'the client ' : ''}${name}; that the refused request was sent by the same caller is assumed.`;
  return { ...f, because: [...f.because, { source: 'org', fact }] };
}

/** Those that speak against the request: what a person has to act on. */
export const failing = (findings: readonly Finding[]): readonly Finding[] => findings.filter((f) => f.verdict === 'confirmed' || f.verdict === 'likely');

/** Strongest first; among equals what the answer itself proves, then the platform's own order of checking. */
const byWeight = (findings: readonly Finding[]): readonly Finding[] =>
  findings
    .map((f) => ({ f, weight: weightOf(f) }))
    .sort((a, b) => a.weight - b.weight)
    .map(({ f }) => f);

const VERDICT_RANK: ReadonlyMap<string, number> = new Map(VERDICTS.map((verdict, i) => [verdict, i * 1000]));
const CAUSE_RANK: ReadonlyMap<string, number> = new Map(CAUSES.map((cause, i) => [cause, i]));
const weightOf = ({ verdict, place, cause }: Finding): number =>
  (VERDICT_RANK.get(verdict) ?? 0) + (place?.document === 'response' && cause !== 'not-genesys' ? 0 : 100) + (CAUSE_RANK.get(cause) ?? 0);

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
