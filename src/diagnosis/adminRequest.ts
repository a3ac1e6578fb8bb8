import type { Diagnosis } from './diagnose.js';
import { isForAdministrators } from './forAdministrators.js';
import type { Finding } from './model.js';
import type { Caller } from './orgFacts.js';
import { oneLine } from './report.js';

/**
 * What fails as a message to the org's administrator: who, what, why, and the smallest grant that suffices. Plain text for a mail or a
 * ticket. Undefined where nothing that fails is an administrator's to mend.
 */
export function adminRequest(d: Diagnosis): string | undefined {
  const theirs = d.findings.filter(isForAdministrators);
  if (theirs.length === 0) return undefined;
  const { operation, caller } = d;
  return [
    `Subject: Genesys Cloud access for ${caller?.name || 'an API client'}`,
    '',
    `${whoIs(caller)} cannot send this request:`,
    operation ? `  ${operation.method} ${operation.path}` : '  (the request was not kept)',
    ...theirs.flatMap(paragraph),
    ...whereToGrant(theirs, caller),
    ...(d.contextId === undefined ? [] : ['', `Correlation id of the refusal, for Genesys support: ${d.contextId}`]),
  ]
    .map(oneLine)
    .concat('')
    .join('\n');
}

function whoIs(caller: Caller | undefined): string {
  if (!caller) return 'The caller (which user or OAuth client that is could not be asked)';
  const org = caller.org === '' ? '' : ` of the organization ${caller.org}`;
  if (caller.kind === 'client') return `The OAuth client ${caller.name} (id ${caller.id})${org}`;
  const through = caller.client.name === '' ? '' : `, signed in through the OAuth client ${caller.client.name}`;
  return `The user ${caller.name} (id ${caller.id})${org}${through}`;
}

function paragraph(f: Finding): string[] {
  const lines = ['', `${f.title} (${f.verdict}).`, ...f.because.map((e) => `  - ${e.fact}`)];
  const { remedy } = f;
  if (remedy) return [...lines, 'What is needed, and no more:', `  the role ${remedy.roleName} in the division ${remedy.divisionName}`];
  return f.fix[0] === undefined ? lines : [...lines, 'What is needed:', `  ${f.fix[0]}`];
}

function whereToGrant(findings: readonly Finding[], caller: Caller | undefined): string[] {
  if (!caller || !findings.some((f) => f.remedy)) return [];
  const where =
    caller.kind === 'client'
      ? `Admin, Integrations, OAuth, ${caller.name}, Roles: each role has its divisions beside it.`
      : `Admin, People, ${caller.name}, Roles.`;
  return ['', `Where: ${where}`];
}
