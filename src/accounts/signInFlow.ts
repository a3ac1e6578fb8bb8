import * as vscode from 'vscode';
import { Client } from '../org/client.js';
import { send } from '../org/http.js';
import { type FoundCredentials, readEnvironment } from '../org/oauth/environment.js';
import { readGcProfiles } from '../org/oauth/gcProfile.js';
import { readSession, type Session } from '../org/oauth/session.js';
import { clientCredentialsToken, type GrantedToken, samlToken, type TokenAnswer } from '../org/oauth/tokens.js';
import { type Region, sandboxRegion } from '../platform/regions.js';
import type { Account, Secret } from './account.js';
import type { Accounts } from './accounts.js';
import { type BrowserWay, redirectUriOf, signInByBrowser } from './browserWay.js';
import type { CallbackUris } from './callbackUris.js';
import { walk } from './draftSteps.js';
import { askPick } from './quickSteps.js';
import { placeOf } from './regionStep.js';
import { Remembered } from './remembered.js';
import type { SandboxHost } from './sandboxHost.js';
import { type Draft, type Pasted, SignInSteps } from './signInSteps.js';
import { findRegionOf, showFailure, showProblem, type TroubleLog, type Wanderer } from './signInTrouble.js';
import { pickWay } from './wayStep.js';
import type { WayId } from './ways.js';
import { accountOf, type SignInFacts } from './whoSignedIn.js';
import { placeOfWindow } from './windowEnvironment.js';

export interface SignInServices {
  readonly accounts: Accounts;
  readonly sandbox: SandboxHost;
  readonly callbacks: CallbackUris;
  /** Of all windows: what was typed before and is no secret. */
  readonly state: vscode.Memento;
  readonly log: TroubleLog;
}

/** `back`: to the choice of the way. `undefined`: the person stopped, or was told why it did not work. */
type Ended = Account | 'back' | undefined;

/** Asks who signs in, proves it, and adds the account. Failures are shown here. */
export class SignInFlow {
  readonly #remembered: Remembered;
  readonly #steps: SignInSteps;

  constructor(private readonly services: SignInServices) {
    this.#remembered = new Remembered(services.state);
    this.#steps = new SignInSteps(this.#remembered);
  }

  /** @param way where it is chosen already @returns `undefined` where nobody signed in */
  async run(way?: WayId, pasted: Pasted = {}): Promise<Account | undefined> {
    if (way) {
      const ended = await this.#by(way, false, pasted);
      return ended === 'back' ? undefined : ended;
    }
    for (;;) {
      const picked = await pickWay(this.services.accounts.isStored);
      if (!picked) return undefined;
      const ended = await this.#by(picked, true);
      if (ended !== 'back') return ended;
    }
  }

  #by(way: WayId, back: boolean, pasted: Pasted = {}): Promise<Ended> {
    switch (way) {
      case 'sandbox':
        return this.#sandbox(back);
      case 'browser':
      case 'browser-secret':
      case 'browser-uri':
        return this.#browser(way, back);
      case 'client-credentials':
        return this.#clientCredentials(back, pasted);
      case 'saml2':
        return this.#saml(back);
      case 'token':
        return this.#token(back, pasted);
      case 'environment':
        return this.#environment(back);
      case 'gc-profile':
        return this.#gcProfile(back);
    }
  }

  // The ways

  async #sandbox(back: boolean): Promise<Ended> {
    const { sandbox, log } = this.services;
    const running = await vscode.window.withProgress({ location: vscode.ProgressLocation.Notification, title: 'Starting the sandbox org…' }, () =>
      sandbox.start('wanted'),
    );
    if (running.kind === 'failed') return this.#again(await showFailure(`The sandbox org did not start: ${running.why}`, log), 'sandbox', back);
    const { origin, clients, users } = running.sandbox;
    const region = sandboxRegion(origin);
    type Item = vscode.QuickPickItem & { readonly who?: { readonly id: string; readonly secret?: string; readonly token?: string }; readonly page?: true };
    const byCode = clients.find((c) => c.grant === 'code');
    const items: Item[] = [
      { label: 'Applications (client credentials)', kind: vscode.QuickPickItemKind.Separator },
      ...clients
        .filter((c) => c.grant === 'client-credentials')
        .map((c): Item => ({ label: `$(key) ${c.name}`, description: 'client', who: { id: c.id, secret: c.secret } })),
      { label: 'People (their own login)', kind: vscode.QuickPickItemKind.Separator },
      ...users.map((u): Item => ({ label: `$(person) ${u.name}`, description: 'user', who: { id: u.id, token: u.token } })),
      ...(byCode ? [{ label: '$(globe) Somebody else, on its login page…', description: 'opens the browser', page: true } as const] : []),
    ];
    const picked = await askPick({ title: 'Sandbox org: sign in as', back, placeholder: 'An application, or a person', items });
    if (picked.kind === 'back') return 'back';
    if (picked.kind === 'stop') return undefined;
    const { who, page } = picked.value;
    if (page && byCode) {
      const came = await signInByBrowser(this.#browserWay(region, { clientId: byCode.id }, 'browser', true));
      if (came.kind === 'back') return this.#sandbox(back);
      const granted = await this.#granted(came, 'sandbox', back, { redirectUri: redirectUriOf(this.#returns('browser')) });
      if (granted?.kind !== 'ok') return granted?.ended;
      return this.#prove(region, granted.token, { how: 'sandbox', clientId: byCode.id, grant: 'authorization-code' }, { how: 'sandbox' }, 'sandbox', back);
    }
    if (who?.token !== undefined) {
      // Its tokens are told by the sandbox: there is nothing to ask for, and nothing that can be refused.
      const facts: SignInFacts = { how: 'sandbox', clientId: byCode?.id ?? '', grant: 'authorization-code' };
      const session = await readSession(new Client(region, async () => ({ kind: 'ok', token: who.token ?? '' }), send));
      const account = accountOf(session, facts);
      const name = users.find((u) => u.id === who.id)?.name ?? account.name;
      await this.services.accounts.add(
        { ...account, kind: 'user', name, principal: who.id, org: session.organization.kind === 'known' ? account.org : 'Sandbox org' },
        { how: 'sandbox' },
      );
      return this.services.accounts.active();
    }
    if (who?.secret === undefined) return undefined;
    const answer = await clientCredentialsToken(region, { clientId: who.id, clientSecret: who.secret }, send);
    const granted = await this.#granted(answer, 'sandbox', back);
    if (granted?.kind !== 'ok') return granted?.ended;
    return this.#prove(region, granted.token, { how: 'sandbox', clientId: who.id, grant: 'client-credentials' }, { how: 'sandbox' }, 'sandbox', back);
  }

  async #browser(way: 'browser' | 'browser-secret' | 'browser-uri', back: boolean): Promise<Ended> {
    const draft: Draft = {};
    const title = 'Sign in with the browser';
    const redirectUri = redirectUriOf(this.#returns(way));
    let came: Awaited<ReturnType<typeof signInByBrowser>> | undefined;
    const ended = await walk(back, [
      this.#steps.region(title, draft),
      this.#steps.clientId(title, draft, way, `Client id of an OAuth client with the redirect URI ${redirectUri}`),
      async (b) => (way === 'browser-secret' ? this.#steps.secret(title, draft)(b) : 'skip'),
      async (b) => {
        const { region, clientId = '', clientSecret } = draft;
        if (!region) return 'stop';
        const client = { clientId, ...(clientSecret === undefined ? {} : { clientSecret }) };
        came = await signInByBrowser(this.#browserWay(region, client, way, b));
        return came.kind === 'back' ? 'back' : 'next';
      },
    ]);
    const { region, clientId = '', clientSecret } = draft;
    if (ended !== 'done' || !came || !region || came.kind === 'back') return ended === 'back' ? 'back' : undefined;
    await this.#remembered.keep(placeOf(region), way, { clientId });
    const granted = await this.#granted(came, way, back, { redirectUri });
    if (granted?.kind !== 'ok') return granted?.ended;
    const { token, expiresAt, refreshToken } = granted.token;
    const secret: Secret = {
      how: 'code',
      clientId,
      ...(clientSecret === undefined ? {} : { clientSecret }),
      token,
      expiresAt,
      ...(refreshToken === undefined ? {} : { refreshToken }),
    };
    const facts: SignInFacts = { how: 'code', clientId, grant: 'authorization-code', ...(refreshToken === undefined ? { expiresAt } : {}) };
    return this.#prove(region, granted.token, facts, secret, way, back);
  }

  async #clientCredentials(back: boolean, pasted: Pasted): Promise<Ended> {
    const draft: Draft = { ...pasted };
    const title = 'Sign in with client credentials';
    const ended = await walk(back, [
      this.#steps.region(title, draft),
      this.#steps.clientId(title, draft, 'client-credentials', 'Client id'),
      async (b) => (pasted.clientSecret === undefined ? this.#steps.secret(title, draft)(b) : 'skip'),
    ]);
    const { region, clientId, clientSecret } = draft;
    if (ended !== 'done' || !region || !clientId || !clientSecret) return ended === 'back' ? 'back' : undefined;
    return this.#asClient(region, { clientId, clientSecret }, 'client-credentials', back);
  }

  async #asClient(region: Region, client: { readonly clientId: string; readonly clientSecret: string }, way: WayId, back: boolean): Promise<Ended> {
    await this.#remembered.keep(placeOf(region), way, { clientId: client.clientId });
    const answer = await working(`Signing in to ${region.label}…`, (signal) => clientCredentialsToken(region, client, send, signal));
    const granted = await this.#granted(answer, way, back, { wanderer: { kind: 'client', client }, region });
    if (granted?.kind === 'elsewhere') return this.#asClient(granted.region, client, way, back);
    if (granted?.kind !== 'ok') return granted?.ended;
    const { clientId, clientSecret } = client;
    const facts: SignInFacts = { how: 'client-credentials', clientId, grant: 'client-credentials' };
    return this.#prove(region, granted.token, facts, { how: 'client-credentials', clientId, clientSecret }, way, back);
  }

  async #token(back: boolean, pasted: Pasted): Promise<Ended> {
    const draft: Draft = { ...pasted };
    const title = 'Sign in with an access token';
    const ended = await walk(back, [this.#steps.region(title, draft), async (b) => (pasted.token !== undefined ? 'skip' : this.#steps.token(title, draft)(b))]);
    const { region, token } = draft;
    if (ended !== 'done' || !region || !token) return ended === 'back' ? 'back' : undefined;
    return this.#asToken(region, token, 'token', back);
  }

  async #asToken(region: Region, token: string, way: WayId, back: boolean): Promise<Ended> {
    await this.#remembered.keep(placeOf(region), way, {});
    return this.#prove(region, { token }, { how: 'token', clientId: '', grant: 'unknown' }, { how: 'token', token }, way, back);
  }

  async #saml(back: boolean): Promise<Ended> {
    const draft: Draft = {};
    const title = 'Sign in with a SAML2 assertion';
    const ended = await walk(back, [
      this.#steps.region(title, draft),
      this.#steps.clientId(title, draft, 'saml2', 'Client id of an OAuth client for SAML2 bearer'),
      this.#steps.secret(title, draft),
      this.#steps.orgName(title, draft),
      this.#steps.assertion(draft),
    ]);
    const { region, clientId, clientSecret, orgName, assertion } = draft;
    if (ended !== 'done' || !region || !clientId || !clientSecret || !orgName || !assertion) return ended === 'back' ? 'back' : undefined;
    await this.#remembered.keep(placeOf(region), 'saml2', { clientId, orgName });
    const answer = await working(`Signing in to ${region.label}…`, (signal) => samlToken(region, { clientId, clientSecret, orgName }, assertion, send, signal));
    const granted = await this.#granted(answer, 'saml2', back);
    if (granted?.kind !== 'ok') return granted?.ended;
    const { token, expiresAt } = granted.token;
    const facts: SignInFacts = { how: 'saml2', clientId, grant: 'saml2-bearer', expiresAt };
    return this.#prove(region, granted.token, facts, { how: 'token', token, expiresAt }, 'saml2', back);
  }

  async #environment(back: boolean): Promise<Ended> {
    // The picker does not offer it there; the command can be asked for it by name.
    if (!vscode.workspace.isTrusted) {
      await showFailure('Variables of the environment are not used in a workspace that is not trusted.', this.services.log);
      return undefined;
    }
    const found = readEnvironment(process.env);
    if (found.kind === 'none') {
      await showFailure('No variable names a token or a client: VS Code has the environment that it was started with.', this.services.log);
      return undefined;
    }
    if (found.kind === 'unusable') {
      await showFailure(found.why, this.services.log);
      return undefined;
    }
    return this.#asFound(found, 'environment', 'Sign in with environment variables', back);
  }

  async #gcProfile(back: boolean): Promise<Ended> {
    const read = await readGcProfiles();
    if (read.kind !== 'read') {
      await showFailure(read.kind === 'none' ? 'The gc command line has no profile on this machine.' : read.why, this.services.log);
      return undefined;
    }
    const items = read.profiles.map((profile) => ({
      profile,
      label: `$(${profile.usable.kind === 'yes' ? 'terminal' : 'circle-slash'}) ${profile.name}`,
      description: [profile.region?.name, profile.usable.kind === 'yes' ? (profile.usable.credentials.kind === 'token' ? 'token' : 'client credentials') : '']
        .filter(Boolean)
        .join(' · '),
      ...(profile.usable.kind === 'no' ? { detail: profile.usable.why } : {}),
    }));
    const picked = await askPick({
      title: 'Sign in with a profile of gc',
      back,
      placeholder: 'A profile of ~/.gc/config.toml',
      items,
      can: (item) => item.profile.usable.kind === 'yes',
    });
    if (picked.kind === 'back') return 'back';
    if (picked.kind === 'stop' || picked.value.profile.usable.kind === 'no') return undefined;
    return this.#asFound(picked.value.profile.usable.credentials, 'gc-profile', `Sign in with the profile ${picked.value.profile.name}`, back);
  }

  /** Signs in with what the environment or a profile holds. The region is asked for where it is not named there. */
  async #asFound(found: FoundCredentials, way: WayId, title: string, back: boolean): Promise<Ended> {
    const draft: Draft = found.region ? { region: found.region } : {};
    const ended = await walk(back, [async (b) => (draft.region ? 'skip' : this.#steps.region(title, draft)(b))]);
    if (ended !== 'done' || !draft.region) return ended === 'back' ? 'back' : undefined;
    return found.kind === 'token' ? this.#asToken(draft.region, found.token, way, back) : this.#asClient(draft.region, found, way, back);
  }

  #returns(way: WayId): BrowserWay['returns'] {
    if (way === 'browser-uri') return { kind: 'uri', callbacks: this.services.callbacks };
    return { kind: 'port', port: vscode.workspace.getConfiguration('callDoctor').get<number>('signIn.port', 8085) };
  }

  #browserWay(region: Region, client: BrowserWay['client'], way: WayId, back: boolean): BrowserWay {
    return {
      region,
      client,
      returns: this.#returns(way),
      place: placeOfWindow(),
      back,
      title: `Waiting for the browser · ${region.label}`,
      http: send,
      turnedAway: (why) => this.services.log.note(`A callback was turned away: ${why}`),
    };
  }

  // What comes of it

  /** A token that was granted; otherwise what came of telling why there is none. */
  async #granted(
    answer: TokenAnswer | Exclude<Awaited<ReturnType<typeof signInByBrowser>>, { kind: 'back' }>,
    way: WayId,
    back: boolean,
    { redirectUri, wanderer, region }: { readonly redirectUri?: string; readonly wanderer?: Wanderer; readonly region?: Region } = {},
  ): Promise<
    | { readonly kind: 'ok'; readonly token: GrantedToken }
    | { readonly kind: 'ended'; readonly ended: Ended }
    | { readonly kind: 'elsewhere'; readonly region: Region; readonly ended?: undefined }
    | undefined
  > {
    if (answer.kind === 'ok') return { kind: 'ok', token: answer };
    if (answer.kind === 'cancelled') return undefined;
    const elsewhere = wanderer !== undefined && region !== undefined && !region.sandbox;
    const remedy =
      answer.kind === 'rejected'
        ? await showFailure(answer.why, this.services.log)
        : await showProblem(answer.problem, this.services.log, { redirectUri, elsewhere });
    if (remedy === 'which-region' && elsewhere) {
      const found = await findRegionOf(wanderer, region, send);
      return found && { kind: 'elsewhere', region: found };
    }
    return { kind: 'ended', ended: await this.#again(remedy, way, back) };
  }

  async #again(remedy: Awaited<ReturnType<typeof showFailure>>, way: WayId, back: boolean): Promise<Ended> {
    return remedy === 'again' ? this.#by(way, back) : undefined;
  }

  /** Asks the org whose token it is; only a token that works becomes an account. */
  async #prove(
    region: Region,
    granted: { readonly token: string; readonly expiresAt?: number },
    facts: SignInFacts,
    secret: Secret,
    way: WayId,
    back: boolean,
  ): Promise<Ended> {
    const { token, expiresAt } = granted;
    const client = new Client(region, async () => ({ kind: 'ok', token }), send);
    const session = await working(`Asking ${region.label} whose token this is…`, (signal) => readSession(client, signal));
    if (session.caller.kind === 'unchecked' && session.grant.kind === 'unchecked') return this.#unproved(region, session, granted, facts, way, back);
    const account = accountOf(session, facts);
    await this.services.accounts.add(account, secret, expiresAt === undefined ? undefined : { token, expiresAt });
    return account;
  }

  /** The token was refused, or its org cannot be asked. */
  async #unproved(region: Region, session: Session, { token }: { readonly token: string }, { how }: SignInFacts, way: WayId, back: boolean): Promise<Ended> {
    const { why, status } = session.caller as Extract<Session['caller'], { kind: 'unchecked' }>;
    if (why === 'cancelled') return undefined;
    const elsewhere = status === 401 && how === 'token' && !region.sandbox;
    const hint = status === 401 ? ' A token ends after the lifetime of its client, and is known only in its own region.' : '';
    const remedy = await showFailure(`${region.api} does not accept the token: ${why}.${hint}`, this.services.log, elsewhere);
    if (remedy !== 'which-region') return this.#again(remedy, way, back);
    const found = await findRegionOf({ kind: 'token', token }, region, send);
    return found && this.#asToken(found, token, way, back);
  }
}

function working<T>(title: string, work: (signal: AbortSignal) => Promise<T>): Thenable<T> {
  return vscode.window.withProgress({ location: vscode.ProgressLocation.Notification, title, cancellable: true }, (_progress, cancelled) => {
    const controller = new AbortController();
    cancelled.onCancellationRequested(() => controller.abort());
    return work(controller.signal);
  });
}
