/**
 * The ways into an org as data: what each gives and needs, and in which windows it works. Nothing here knows VS Code, so that the
 * choice can be tested for every place that VS Code runs in. Grants and redirect URIs: FACTS §4.1, §4.2.
 */
export const WAY_IDS = ['sandbox', 'browser', 'browser-uri', 'browser-secret', 'client-credentials', 'saml2', 'token', 'environment', 'gc-profile'] as const;
export type WayId = (typeof WAY_IDS)[number];

/** What a way depends on beside the org. */
type Need = 'loopback' | 'callback-uri' | 'environment' | 'gc-profile';

export interface Way {
  readonly id: WayId;
  readonly title: string;
  /** A codicon. */
  readonly icon: string;
  /** Whose the token is. */
  readonly gives: 'user' | 'application' | 'either';
  /** Whether a client secret, a token or a refresh token is kept. */
  readonly keeps: 'secret' | 'token' | 'nothing';
  /** Whether the person needs the secret of an OAuth client. */
  readonly needsSecret: boolean;
  readonly needs: readonly Need[];
  /** What it is and needs, in a sentence that fits into a line of a picker. */
  readonly detail: string;
  /** What it cannot do, in words after its name; empty where there is nothing to say. */
  readonly cannot: string;
}

/** `desktop`: VS Code and its extensions on one machine. `remote`: extensions on another (SSH, WSL, a container). `web`: in a browser. */
export type Place = 'desktop' | 'remote' | 'web';

/** What matters of a window for the choice. */
export interface WindowEnvironment {
  readonly place: Place;
  /** False in a workspace that is not trusted. */
  readonly trusted: boolean;
  /** False where the secret store cannot be used: then everything is kept in memory. */
  readonly keyring: boolean;
  /** Whether variables of the environment name a token or a client. */
  readonly environment: boolean;
  /** Whether the platform's own command line has a configuration on this machine. */
  readonly gcProfile: boolean;
}

/** A way that can work here, and what there is to know about it here: sentences that each fit into a line of a picker. */
export interface OfferedWay {
  readonly way: Way;
  readonly notes: readonly string[];
}

const ENDS = 'cannot renew itself';

export const WAYS: readonly Way[] = [
  {
    id: 'sandbox',
    title: 'Sandbox org',
    icon: 'beaker',
    gives: 'either',
    keeps: 'nothing',
    needsSecret: false,
    needs: [],
    detail: 'A Genesys Cloud look-alike on this machine: people, queues, roles, and refusals.',
    cannot: 'rings no phone',
  },
  {
    id: 'browser',
    title: 'Browser, with PKCE',
    icon: 'globe',
    gives: 'user',
    keeps: 'token',
    needsSecret: false,
    needs: ['loopback'],
    detail: 'On the login page of your org, with the id of an OAuth client (authorization code).',
    cannot: ENDS,
  },
  {
    id: 'browser-secret',
    title: 'Browser, with client secret',
    icon: 'globe',
    gives: 'user',
    keeps: 'secret',
    needsSecret: true,
    needs: ['loopback'],
    detail: 'On the login page of your org, with the id and secret of an OAuth client.',
    cannot: '',
  },
  {
    id: 'browser-uri',
    title: 'Browser, back by a VS Code address',
    icon: 'globe',
    gives: 'user',
    keeps: 'token',
    needsSecret: false,
    needs: ['callback-uri'],
    detail: 'As before, for a client with this extension’s address as redirect URI, which is not verified.',
    cannot: ENDS,
  },
  {
    id: 'client-credentials',
    title: 'Client credentials',
    icon: 'key',
    gives: 'application',
    keeps: 'secret',
    needsSecret: true,
    needs: [],
    detail: 'The id and secret of an OAuth client. It calls on behalf of agents.',
    cannot: 'cannot place a plain call',
  },
  {
    id: 'token',
    title: 'Access token',
    icon: 'clippy',
    gives: 'either',
    keeps: 'token',
    needsSecret: false,
    needs: [],
    detail: 'A token that you already have, of a client of any kind.',
    cannot: ENDS,
  },
  {
    id: 'saml2',
    title: 'SAML2 assertion',
    icon: 'file-code',
    gives: 'user',
    keeps: 'token',
    needsSecret: true,
    needs: [],
    detail: 'A file with an assertion of your identity provider, and an OAuth client’s id and secret.',
    cannot: ENDS,
  },
  {
    id: 'environment',
    title: 'Environment variables',
    icon: 'terminal',
    gives: 'either',
    keeps: 'secret',
    needsSecret: false,
    needs: ['environment'],
    detail: 'GENESYSCLOUD_ACCESS_TOKEN, or GENESYSCLOUD_OAUTHCLIENT_ID and …_SECRET.',
    cannot: '',
  },
  {
    id: 'gc-profile',
    title: 'Profile of the gc command line',
    icon: 'terminal',
    gives: 'either',
    keeps: 'secret',
    needsSecret: false,
    needs: ['gc-profile'],
    detail: 'A profile in ~/.gc/config.toml, which is read now and never written.',
    cannot: '',
  },
];

const REMOTE = 'Comes back to a port that VS Code forwards: it has to be free on this machine, too.';
const WEB = 'Comes back by itself only where this browser and VS Code’s server are one machine.';
const NO_KEYRING = 'Kept until this window closes: there is no keyring.';

/** The ways that can work in a window, in the order in which they are shown. */
export function waysFor(window: WindowEnvironment): readonly OfferedWay[] {
  return WAYS.filter((way) => way.needs.every((need) => meets(window, need))).map((way) => ({ way, notes: notesOn(way, window) }));
}

function meets({ place, trusted, environment, gcProfile }: WindowEnvironment, need: Need): boolean {
  switch (need) {
    case 'loopback':
      // Where nothing can come back by itself, the address can be pasted.
      return true;
    case 'callback-uri':
      // In a browser, VS Code's address is another one at each sign-in, and what is registered has to match exactly (FACTS §4.2).
      return place !== 'web';
    case 'environment':
      // A workspace may set variables (dev containers, direnv): they are believed with the workspace.
      return environment && trusted;
    case 'gc-profile':
      return gcProfile;
  }
}

function notesOn(way: Way, { place, keyring }: WindowEnvironment): readonly string[] {
  const notes: string[] = [];
  if (way.needs.includes('loopback') && place === 'remote') notes.push(REMOTE);
  if (way.needs.includes('loopback') && place === 'web') notes.push(WEB);
  if (way.keeps !== 'nothing' && !keyring) notes.push(NO_KEYRING);
  return notes;
}
