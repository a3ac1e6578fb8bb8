/** Where facts come from, in the words that stand behind them. The sections are those of the fact base that the project was built from. */
export const SOURCES = {
  /** FACTS §2: permissions of each operation. */
  sdk259: 'SDK 259.0.0, 2026-08-15',
  /** FACTS §1.1, §3.1: models and operations. */
  sdk262: 'SDK 262.0.0, 2026-09-16',
  /** FACTS §1.4, §3.2: error codes and their templates. */
  codes: 'API description in SDK 22.0.0, 2018-03-21',
  /** FACTS §0.2. */
  blog: 'Genesys developer blog, 2023-09-28',
  /** FACTS §4.3: what scopes and roles of a client are for. */
  oauthClient: '.NET SDK 270.0.0, OAuthClientRequest, 2026-08-15',
  /** FACTS §4.3. */
  enforcement: 'Genesys help on OAuth scope enforcement, read 2026-11-22',
  /** FACTS §4.3: `scopes.json`. */
  scopeNames: 'Terraform provider 1.84.1, 2026-07-01',
  /** FACTS §3.4. */
  delay: 'Genesys help on outbound dialing roles, read 2026-11-22',
  /** FACTS §2, §3.4: what Genesys engineers wrote in public. */
  engineers: 'Genesys engineers in issues of the Terraform provider, latest 2026-01-26',
  /** Errors of data actions; https://help.mypurecloud.com/articles/data-action-fails-during-testing/ */
  actions: 'Genesys help, Data action fails during testing, read 2026-11-22',
  /** Errors of the telephony edge in conversations, as others have seen them. */
  edge: 'public reports of integrators, 2025 and 2026, not confirmed by Genesys',
  /** FACTS §3.1: measured by others. */
  community: 'community reports, not confirmed by Genesys',
} as const;
