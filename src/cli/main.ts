import { fail, packageVersion, Unusable } from './input.js';

const USAGE = `call-doctor: explains why a Genesys Cloud API request was refused

  call-doctor explain [--request FILE] [--response FILE] [--status N]
                      [--all | --only-denied] [--exchanges FILE]
                      [--grant client-credentials|user] [--org ORG]
                      [--facts FILE] [--format text|json|markdown|sarif]
  call-doctor check    --request FILE  --org ORG [--facts FILE] [--format …]
                      what would fail; nothing is dialled, nothing is written
  call-doctor lint     FILE|FOLDER… [--severity error|warning|information]
                      [--name NAME] [--facts FILE] [--format text|json|sarif]
                      what is wrong with the calls that are written in files:
                      payloads, cURL commands, .http, Markdown, Pact files.
                      NAME says what standard input (-) is called
  call-doctor permissions "POST /api/v2/…" | --search TEXT
                      [--facts FILE] [--format text|json|markdown]
                      what an operation requires; FILE is an API description
  call-doctor sandbox [--port N] [--org FILE] [--scenario NAME]
                      [--users N [--seed N]] [--state FILE]
                      [--list-scenarios] [--format text|json]
                      a Genesys Cloud to be refused by, on this machine. --users
                      makes up N people more (the same for the same seed); --state
                      keeps what is changed in FILE

  call-doctor --version | --help

FILE may be - for standard input. A request is a cURL command, a .http request, a
Pact file, a HAR, {"method","url","headers","body"} or a call payload alone. A
response is raw HTTP text, a HAR or Pact response, an error body alone, or
{"status","headers","body"}. Of a file that holds several, the first that was denied
is explained. --exchanges reads newline-delimited JSON, {"request","response"} in
each line, any number of them; --all and --exchanges print JSON in lines too.

ORG is a region (us-east-1, mypurecloud.com, …) or a sandbox (http://127.0.0.1:PORT).
Credentials come from GENESYSCLOUD_ACCESS_TOKEN, or GENESYSCLOUD_OAUTHCLIENT_ID and
GENESYSCLOUD_OAUTHCLIENT_SECRET; never from arguments.

Exit code: 0 nothing speaks against the request (lint: no errors, no warnings),
1 something does, 2 unusable input, 3 org unreachable.
`;

async function main(argv: readonly string[]): Promise<number> {
  const [command, ...rest] = argv;
  if (rest.some((word) => word === '--help' || word === '-h')) return main(['--help']);
  switch (command) {
    case 'explain':
      return (await import('./explain.js')).explain(rest);
    case 'check':
      return (await import('./check.js')).check(rest);
    case 'lint':
      return (await import('./lint.js')).lint(rest);
    case 'permissions':
      return (await import('./permissions.js')).permissions(rest);
    case 'sandbox':
      return (await import('./sandbox.js')).sandbox(rest);
    case '--version':
    case '-v':
      process.stdout.write(`${packageVersion()}\n`);
      return 0;
    case undefined:
    case 'help':
    case '--help':
    case '-h':
      process.stdout.write(USAGE);
      return command === undefined ? 2 : 0;
    default:
      return fail(2, `there is no command “${command}”. The commands are explain, check, lint, permissions and sandbox; call-doctor --help describes them.`);
  }
}

// A reader that closes the pipe early (| head) is no fault of ours.
process.stdout.on('error', (e: NodeJS.ErrnoException) => {
  process.exit(e.code === 'EPIPE' ? 0 : fail(2, `standard output cannot be written (${e.code ?? e.message}).`));
});

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    const words = error instanceof Error ? error.message : String(error);
    process.exitCode = fail(2, error instanceof Unusable ? words : `this is a fault of call-doctor itself: ${words}`);
  },
);
