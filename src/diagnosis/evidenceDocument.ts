import type { Diagnosis } from './diagnose.js';
import type { Evidence } from './model.js';
import type { Known, OrgFacts } from './orgFacts.js';

/**
 * What a diagnosis stands on, as JSON to read: what the org answered to which request, and what the facts say of the operation.
 * Of the org's permissions only those that the diagnosis speaks of: the whole list has more than a thousand.
 */
export function renderEvidence(d: Diagnosis, facts: OrgFacts | undefined): string {
  return JSON.stringify({ operation: d.operation ?? null, asked: facts?.at ?? null, org: facts ? answers(d, facts) : null, findings: d.findings }, null, 2);
}

function answers(d: Diagnosis, facts: OrgFacts): Record<string, unknown> {
  const words = JSON.stringify(d.findings);
  return Object.fromEntries(
    Object.entries(facts)
      .filter((entry): entry is [string, Known<unknown>] => typeof entry[1] === 'object')
      .map(([name, fact]) => {
        if (fact.kind === 'unchecked') return [name, { from: fact.from, unchecked: fact.why }];
        return [name, { from: fact.from, value: name === 'catalogue' ? spokenOf(facts.catalogue, words) : plain(fact.value) }];
      }),
  );
}

const spokenOf = (catalogue: OrgFacts['catalogue'], words: string): unknown =>
  catalogue.kind === 'known' ? { size: catalogue.value.length, spokenOf: catalogue.value.filter((p) => words.includes(p.permission)) } : undefined;

const plain = (value: unknown): unknown => (value instanceof Map ? Object.fromEntries(value) : (value ?? null));

/** Where in the text of `renderEvidence` a piece of evidence stands: the org's answer that it quotes, else the finding that has it. */
export function evidenceOffset(text: string, evidence: Evidence): number {
  const quoted = /GET \/api\/v2\/[^\s),]+/.exec(evidence.fact)?.[0];
  const answer = quoted === undefined ? -1 : text.indexOf(`"from": ${JSON.stringify(quoted)}`);
  return Math.max(0, answer >= 0 ? answer : text.indexOf(JSON.stringify(evidence.fact)));
}
