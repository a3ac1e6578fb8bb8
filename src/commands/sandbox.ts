import * as vscode from 'vscode';
import { isRemedy, type Remedy } from '../diagnosis/model.js';
import { withoutLinks } from '../platform/withoutLinks.js';
import type { CommandServices } from './services.js';

/** Starts the sandbox org of this window in a state that is worth trying. */
export async function startSandbox(s: CommandServices): Promise<void> {
  const { SCENARIO_GROUPS } = await s.sandbox.library();
  const now = s.sandbox.isRunning ? await s.sandbox.start() : undefined;
  const current = now?.kind === 'running' ? now.sandbox.scenario.name : undefined;
  const items = SCENARIO_GROUPS.flatMap(({ title, scenarios }) => [
    { label: title, kind: vscode.QuickPickItemKind.Separator },
    ...scenarios.map((scenario) => ({
      label: scenario.title,
      description: scenario.name === current ? `${scenario.name} · running now` : scenario.name,
      detail: `${scenario.signIn} ${scenario.attempt}`,
      scenario,
    })),
  ]);
  const picked = await vscode.window.showQuickPick(items, {
    title: 'Start the sandbox org',
    placeHolder: 'In which state?',
    matchOnDescription: true,
    matchOnDetail: true,
  });
  if (!picked || !('scenario' in picked)) return;
  const { scenario } = picked;
  let running = await s.sandbox.restart(scenario.name);
  while (running.kind === 'failed') {
    const { why, nextPort } = running;
    const offers = nextPort === undefined ? [] : [`Use Port ${nextPort}`];
    const taken = await vscode.window.showErrorMessage(withoutLinks(`The sandbox org did not start: ${why}`), ...offers);
    if (taken === undefined || nextPort === undefined) return;
    running = await s.sandbox.restart(scenario.name, nextPort);
  }
  const { origin } = running.sandbox;
  const answer = await vscode.window.showInformationMessage(
    withoutLinks(`The sandbox org listens at ${origin}. ${scenario.signIn} ${scenario.attempt}`),
    'Sign In',
    'Copy Address',
  );
  if (answer === 'Sign In') await s.signIn('sandbox');
  if (answer === 'Copy Address') await vscode.env.clipboard.writeText(origin);
}

export async function stopSandbox(s: CommandServices): Promise<void> {
  const ran = s.sandbox.isRunning;
  await s.sandbox.stop();
  void vscode.window.showInformationMessage(withoutLinks(ran ? 'The sandbox org has ended, and its state with it.' : 'The sandbox org was not running.'));
}

/** Who may grant roles in the built-in sandbox org. */
const ADMINISTRATOR = 'Admin 1';

/** Tries a remedy where that harms nobody: gives the role in the sandbox org, as its administrator would. */
export async function grantInSandbox(s: CommandServices, remedy: unknown): Promise<void> {
  const account = await s.accounts.active();
  if (!isRemedy(remedy) || account?.how !== 'sandbox') {
    void vscode.window.showInformationMessage('Roles are granted in the sandbox org only. In your own org, an administrator grants them.');
    return;
  }
  const failure = await grant(s, remedy);
  if (failure !== undefined) void vscode.window.showErrorMessage(withoutLinks(`The role was not granted: ${failure}.`));
  else
    void vscode.window.showInformationMessage(withoutLinks(`${remedy.subjectName} now has the role ${remedy.roleName} in ${remedy.divisionName}. Try again.`));
}

/** Returns what went wrong. */
async function grant(s: CommandServices, { subjectId, subjectKind, divisionId, roleId }: Remedy): Promise<string | undefined> {
  const running = await s.sandbox.start();
  if (running.kind === 'failed') return running.why;
  const administrator = running.sandbox.users.find((u) => u.name === ADMINISTRATOR);
  if (!administrator) return `the sandbox has no ${ADMINISTRATOR}`;
  const [{ Client }, { send }, { sandboxRegion }] = await Promise.all([import('../org/client.js'), import('../org/http.js'), import('../platform/regions.js')]);
  const client = new Client(sandboxRegion(running.sandbox.origin), async () => ({ kind: 'ok', token: administrator.token }), send);
  const segments = [subjectId, 'divisions', divisionId, 'roles', roleId].map(encodeURIComponent).join('/');
  const type = subjectKind === 'client' ? 'PC_OAUTH_CLIENT' : 'PC_USER';
  const { outcome } = await client.exchange('POST', `/api/v2/authorization/subjects/${segments}?subjectType=${type}`);
  if (outcome.kind !== 'answered') return outcome.kind === 'cancelled' ? 'cancelled' : outcome.why;
  return outcome.status < 300 ? undefined : `answered ${outcome.status}`;
}
