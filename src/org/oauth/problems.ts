import type { Region } from '../../platform/regions.js';

/** How a token is asked for; the names of FACTS §4.1. */
export type GrantName = 'client-credentials' | 'authorization-code' | 'refresh-token' | 'saml2-bearer';

/** What `invalid_client` cannot mean, since something that happened before has proved otherwise. */
export type Excluded = 'region' | 'client-id' | 'client-state';

/** What is odd about an id and a secret by themselves. */
export type Doubt = 'id-is-no-guid' | 'secret-is-the-id' | 'secret-is-an-id' | 'white-space-in-secret';

/** What stood in the way of a sign-in, as data. `explainProblem` puts it into sentences. Nothing in it is secret. */
export type SignInProblem =
  | ClientRejected
  /** The client is not of the type that the grant needs: `unauthorized_client` and its like. */
  | { readonly kind: 'grant-not-allowed'; readonly grant: GrantName; readonly clientId: string }
  | { readonly kind: 'redirect-mismatch'; readonly redirectUri: string | undefined }
  /** `access_denied`: the person, or a rule of the org, said no on the login page. */
  | { readonly kind: 'denied'; readonly description: string | undefined }
  /** The person did not come back from the browser. */
  | { readonly kind: 'nobody-came'; readonly redirectUri: string; readonly region: Region; readonly clientId: string; readonly minutes: number }
  /** `invalid_grant`. `skew`: seconds by which the clock here is ahead of the login host's; undefined where they agree or it did not tell. */
  | { readonly kind: 'grant-unusable'; readonly grant: GrantName; readonly description: string | undefined; readonly skew: number | undefined }
  /** `invalid_request`, `invalid_scope`. */
  | { readonly kind: 'request-malformed'; readonly error: string; readonly description: string | undefined }
  /** `retryAfter` in seconds. */
  | { readonly kind: 'rate-limited'; readonly retryAfter: number | undefined }
  | { readonly kind: 'platform-fault'; readonly status: number | undefined }
  /** Something else than a token endpoint answered. `title`: of its HTML page. */
  | { readonly kind: 'not-genesys'; readonly host: string; readonly status: number; readonly title: string | undefined }
  /** `to`: the host that it points to. It was not asked. */
  | { readonly kind: 'redirected'; readonly host: string; readonly status: number; readonly to: string | undefined }
  /** No answer came. `why` continues a sentence about the host. */
  | { readonly kind: 'offline' | 'connection-refused' | 'tls' | 'proxy' | 'no-answer'; readonly host: string; readonly why: string; readonly code: string }
  | { readonly kind: 'port-taken'; readonly port: number }
  | { readonly kind: 'port-failed'; readonly port: number; readonly code: string }
  | { readonly kind: 'other'; readonly error: string; readonly description: string | undefined };

/** `invalid_client` is one answer to a wrong id, a wrong secret, a disabled client and another region (FACTS §3.1, §5). */
export interface ClientRejected {
  readonly kind: 'client-rejected';
  readonly region: Region;
  readonly clientId: string;
  readonly withSecret: boolean;
  readonly grant: GrantName;
  readonly excluded: readonly Excluded[];
  readonly doubts: readonly Doubt[];
}

/** What happened, what it can mean, most likely first, and what to do: sentences. */
export interface Explanation {
  readonly title: string;
  readonly reasons: readonly string[];
  readonly fix: readonly string[];
}

export function explainProblem(problem: SignInProblem): Explanation {
  switch (problem.kind) {
    case 'client-rejected':
      return clientRejected(problem);
    case 'grant-not-allowed': {
      const type = CLIENT_TYPE[problem.grant];
      return {
        title: `The OAuth client may not sign in ${WAY[problem.grant]}`,
        reasons: [`Client ${problem.clientId} has another grant type than “${type}”.`],
        fix: [`In Genesys Cloud, Admin › Integrations › OAuth, set the client’s grant type to “${type}”, or use a client that has it.`],
      };
    }
    case 'redirect-mismatch':
      return {
        title: 'The redirect URI is not one of the OAuth client’s',
        reasons: ['It must be registered exactly as it is sent: scheme, host, port, path and query.'],
        fix: [register(problem.redirectUri)],
      };
    case 'denied':
      return {
        title: 'The sign-in was turned down on the login page',
        reasons: [...said(problem.description), 'Somebody chose Cancel there, or the org does not let this person use the client.'],
        fix: ['Sign in again. Where it stays, ask an administrator whether the client is authorized for the org.'],
      };
    case 'nobody-came': {
      const { redirectUri, region, clientId, minutes } = problem;
      return {
        title: `Nobody came back from the browser within ${minutes} minutes`,
        reasons: [
          'The page was closed or left alone.',
          `Or the login page showed an error: it sends nobody back where the client or its redirect URI is unknown in ${region.name}.`,
          'Or the browser is on another machine than this window: it then finds nothing at that address.',
        ],
        fix: [`Sign in again. If the page showed an error: ${lower(register(redirectUri))} Check, too, that client ${clientId} is one of ${region.label}.`],
      };
    }
    case 'grant-unusable':
      return unusable(problem);
    case 'request-malformed':
      return {
        title: `The login host did not understand the request (${problem.error})`,
        reasons: said(problem.description),
        fix: ['Check what was filled in: the client id, the org’s name, the redirect URI. If all are right, please report it with the details.'],
      };
    case 'rate-limited':
      return {
        title: 'The login host has had too many requests',
        reasons: [],
        fix: [problem.retryAfter === undefined ? 'Wait a minute, then sign in again.' : `Wait ${problem.retryAfter} seconds, then sign in again.`],
      };
    case 'platform-fault':
      return {
        title: `The login host has a fault of its own${problem.status === undefined ? '' : ` (${problem.status})`}`,
        reasons: ['Id, secret and account have not been judged.'],
        fix: ['Try again in a few minutes. The status page of Genesys Cloud tells of disturbances.'],
      };
    case 'not-genesys':
      return {
        title: `The answer of ${problem.host} did not come from Genesys Cloud`,
        reasons: [
          problem.title === undefined
            ? `It has status ${problem.status} and another shape than a token endpoint’s.`
            : `It is an HTML page titled “${problem.title}” (status ${problem.status}).`,
          'A proxy, a firewall or the sign-in page of a Wi-Fi network writes such answers.',
        ],
        fix: ['Open any page in the browser: if the network asks you to sign in, do. Otherwise ask who runs the proxy to let this host through.'],
      };
    case 'redirected':
      return {
        title: `${problem.host} answered with a redirect, which was not followed`,
        reasons: [
          problem.to === undefined || problem.to === problem.host
            ? `It has status ${problem.status}; a token endpoint does not redirect.`
            : `It points to ${problem.to} (status ${problem.status}). The secret would have gone there.`,
        ],
        fix: ['Find out what wrote it: a proxy that wants a sign-in, or a gateway.'],
      };
    case 'offline':
      return {
        title: `${problem.host} cannot be found`,
        reasons: [sentence(problem.why)],
        fix: ['Check the network, and a VPN if the company needs one. Nothing was sent.'],
      };
    case 'connection-refused':
      return {
        title: `${problem.host} does not take connections`,
        reasons: [sentence(problem.why)],
        fix: ['A sandbox may have ended: start it again. For Genesys Cloud, check whether a firewall or proxy stands between. Nothing was sent.'],
      };
    case 'tls':
      return {
        title: `The connection to ${problem.host} is not trusted`,
        reasons: [sentence(problem.why), 'A company’s proxy often opens connections and shows a certificate of its own.'],
        fix: [
          'Have the certificate of the proxy’s authority added to the certificates of this system, then start VS Code again. Nothing was sent.',
          'If no proxy is meant to be there, do not sign in on this network.',
        ],
      };
    case 'proxy':
      return {
        title: `The proxy does not let the request through to ${problem.host}`,
        reasons: [sentence(problem.why)],
        fix: ['Name the proxy in the setting http.proxy of VS Code, or sign in to it. In a terminal, HTTPS_PROXY names it for other programs.'],
      };
    case 'no-answer':
      return {
        title: `${problem.host} did not answer`,
        reasons: [sentence(problem.why)],
        fix: ['Try again. If it stays, check the network and the proxy.'],
      };
    case 'port-taken':
      return {
        title: `Port ${problem.port} is taken by another program`,
        reasons: ['The browser comes back to this port, since the OAuth client has it registered. Another window may be signing in at this moment.'],
        fix: ['End the other sign-in or program, or set another port, and register the redirect URI with that port for the client.'],
      };
    case 'port-failed':
      return {
        title: `Port ${problem.port} cannot be used (${problem.code})`,
        reasons: ['The system does not let this program listen there. Ports below 1024 are often reserved.'],
        fix: ['Set another port, and register the redirect URI with that port for the client.'],
      };
    case 'other':
      return {
        title: `The sign-in was refused: ${problem.error}`,
        reasons: said(problem.description),
        fix: ['Sign in again. If it stays, ask an administrator.'],
      };
  }
}

/** One paragraph, for a message. */
export function sayProblem(problem: SignInProblem): string {
  const { title, reasons, fix } = explainProblem(problem);
  return [`${title}.`, ...reasons, ...fix].join(' ');
}

const WAY: Readonly<Record<GrantName, string>> = {
  'client-credentials': 'with client credentials',
  'authorization-code': 'through the browser',
  'refresh-token': 'with a refresh token',
  'saml2-bearer': 'with a SAML assertion',
};

/** As the admin pages call the grant types (CLI166 docs/index.md; dev-center). */
const CLIENT_TYPE: Readonly<Record<GrantName, string>> = {
  'client-credentials': 'Client Credentials',
  'authorization-code': 'Code Authorization',
  'refresh-token': 'Code Authorization',
  'saml2-bearer': 'SAML2 Bearer',
};

const DOUBTS: Readonly<Record<Doubt, string>> = {
  'secret-is-the-id': 'What was given as the secret is the client id again.',
  'secret-is-an-id': 'What was given as the secret looks like an id.',
  'white-space-in-secret': 'There is white space inside the secret.',
  'id-is-no-guid': 'The client id does not look like one: it has 8-4-4-4-12 hexadecimal digits.',
};

function clientRejected({ region, clientId, withSecret, grant, excluded, doubts }: ClientRejected): Explanation {
  const isOut = (what: Excluded): boolean => excluded.includes(what);
  const reasons = doubts.map((doubt) => DOUBTS[doubt]);
  const fix: string[] = [];
  if (!isOut('region')) {
    reasons.push(`A client exists in one region only: it may be one of another region than ${region.name}.`);
    fix.push(`Compare the address of the org in the browser with ${region.domain}.`);
  }
  if (withSecret) {
    reasons.push('The secret may be wrong, or was replaced by a new one.');
    fix.push('Copy the secret again from Admin › Integrations › OAuth.');
  } else if (isOut('client-id')) {
    reasons.push('The client may want its secret.');
    fix.push('Sign in with the client’s secret, or with a client that needs none.');
  }
  if (!isOut('client-id')) reasons.push('The client id may be wrong.');
  if (!isOut('client-state')) {
    reasons.push('The client may be disabled or deleted.');
    fix.push('See there whether the client is active.');
  }
  const proof = grant === 'authorization-code' ? 'the login page sent you back for it a moment ago' : 'it has signed in here before';
  const out = excluded.map((what) => EXCLUDED[what]);
  if (out.length > 0) reasons.push(`It is not ${list(out)}: ${proof}.`);
  return { title: `${new URL(region.login).host} does not accept client ${clientId}`, reasons, fix };
}

const EXCLUDED: Readonly<Record<Excluded, string>> = { region: 'the region', 'client-id': 'the client id', 'client-state': 'a disabled client' };

function unusable({ grant, description, skew }: Extract<SignInProblem, { kind: 'grant-unusable' }>): Explanation {
  const clock = skew === undefined ? [] : [`The clock of this machine is ${duration(Math.abs(skew))} ${skew > 0 ? 'ahead of' : 'behind'} the login host’s.`];
  const setClock = skew === undefined ? [] : ['Set the clock of this machine.'];
  switch (grant) {
    case 'refresh-token':
      return {
        title: 'The sign-in has ended',
        reasons: [...said(description), 'Its refresh token was used already, was revoked, or is too old; or the client was changed.'],
        fix: ['Sign in again.'],
      };
    case 'saml2-bearer':
      return {
        title: 'The SAML assertion was not accepted',
        reasons: [
          ...said(description),
          ...clock,
          'An assertion is good for a few minutes, for one audience and one org. The person that it names must be in the org by that e-mail address.',
        ],
        fix: [...setClock, 'Have the identity provider make a new assertion, and check the org’s name.'],
      };
    default:
      return {
        title: 'The login page’s code was not accepted',
        reasons: [...said(description), ...clock, 'A code is good once, and for a few minutes.'],
        fix: ['Sign in again.'],
      };
  }
}

const register = (redirectUri: string | undefined): string =>
  redirectUri === undefined
    ? 'Compare the redirect URI with those of the client in Admin › Integrations › OAuth.'
    : `Register exactly this redirect URI for the client in Admin › Integrations › OAuth: ${redirectUri}`;

const said = (description: string | undefined): string[] => (description ? [`The login host says: “${description}”.`] : []);
const sentence = (words: string): string => `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
const lower = (words: string): string => `${words.charAt(0).toLowerCase()}${words.slice(1)}`;
const list = (words: readonly string[]): string => (words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`);

/** "90 seconds", "12 minutes", "3 hours". */
const duration = (seconds: number): string =>
  seconds < 120 ? `${seconds} seconds` : seconds < 7200 ? `${Math.round(seconds / 60)} minutes` : `${Math.round(seconds / 3600)} hours`;
