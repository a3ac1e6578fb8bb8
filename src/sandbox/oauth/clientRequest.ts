import { isGuid } from '../../platform/guid.js';
import { isRecord } from '../../platform/json.js';
import { BAD_REQUEST, type Refusal } from '../http/refusals.js';
import { CLIENT_STATES, type Client, type GrantType, VALIDITY } from '../org/oauthClients.js';
import { aRedirectUri } from '../org/shape.js';
import type { Division, Role } from '../org/types.js';
import type { World } from '../org/world.js';

/** What somebody wants a client to be. */
export interface ClientRequest {
  readonly client: Pick<Client, 'name' | 'description' | 'grant' | 'state' | 'scopes' | 'redirectUris' | 'validitySeconds'>;
  readonly grants: readonly { readonly role: Role; readonly division: Division | '*' }[];
}

/** No new clients of TOKEN since March 2026 (FACTS §4.1); one that is there may stay one. */
const NEW_GRANTS: readonly GrantType[] = ['CLIENT-CREDENTIALS', 'CODE', 'SAML2-BEARER'];
const LONGEST_NAME = 255;

/** The grants whose clients send people to the login page, and need a place that they come back to. */
const returns = (grant: GrantType): boolean => grant === 'CODE' || grant === 'TOKEN';

/**
 * Reads an OAuthClientRequest (types of purecloud-platform-client-v2 262.0.0). What is wrong is in the details of the refusal,
 * each with the name of its field. Fields that the model does not have are ignored.
 * @param scopes every scope that there is @param before the client that it is about, where there is one already
 */
export function readClientRequest(world: World, scopes: ReadonlySet<string>, body: unknown, before?: Client): ClientRequest | Refusal {
  if (!isRecord(body)) return BAD_REQUEST;
  const problems: Problem[] = [];
  const say = (fieldName: string, why: string): undefined => void problems.push({ fieldName, why });
  const given = (name: string): unknown => (Object.hasOwn(body, name) && body[name] !== null ? body[name] : undefined);

  const name = textOf(given('name'), LONGEST_NAME) ?? say('name', `a text of 1 to ${LONGEST_NAME} characters is required`);
  const descriptionGiven = given('description');
  const description = typeof descriptionGiven === 'string' ? descriptionGiven : undefined;
  if (descriptionGiven !== undefined && description === undefined) say('description', 'a text is expected');

  const allowed = before && !NEW_GRANTS.includes(before.grant) ? [...NEW_GRANTS, before.grant] : NEW_GRANTS;
  const grant = allowed.find((g) => g === given('authorizedGrantType'));
  if (!grant) say('authorizedGrantType', `one of ${allowed.join(', ')} is required`);
  const wantedState = given('state') ?? before?.state ?? 'active';
  const state = CLIENT_STATES.find((s) => s === wantedState) ?? say('state', `one of ${CLIENT_STATES.join(', ')} is expected`);

  const wantedSeconds = given('accessTokenValiditySeconds') ?? before?.validitySeconds ?? VALIDITY.standard;
  const validitySeconds = isValidity(wantedSeconds)
    ? wantedSeconds
    : say('accessTokenValiditySeconds', `a whole number from ${VALIDITY.least} to ${VALIDITY.most} is expected`);

  const redirectUris = listOf(given('registeredRedirectUri'));
  const badUri = redirectUris?.findIndex((uri) => aRedirectUri(uri, '', []) === undefined) ?? -1;
  if (!redirectUris) say('registeredRedirectUri', 'a list of texts is expected');
  else if (badUri >= 0) say(`registeredRedirectUri[${badUri}]`, 'an absolute URI without a fragment is expected');
  else if (grant && returns(grant) && redirectUris.length === 0) say('registeredRedirectUri', `a client of ${grant} needs one at least`);

  const wantedScopes = listOf(given('scope'));
  const unknownScope = wantedScopes?.find((s) => !scopes.has(s));
  if (!wantedScopes) say('scope', 'a list of texts is expected');
  else if (unknownScope !== undefined) say('scope', `there is no scope ${unknownScope}`);
  else if (grant === 'CLIENT-CREDENTIALS' && wantedScopes.length > 0) say('scope', 'scopes apply to clients of the other grants only');

  if (Array.isArray(given('roleIds')) && (given('roleIds') as unknown[]).length > 0) say('roleIds', 'is replaced by roleDivisions');
  const grants = readRoleDivisions(world, given('roleDivisions'), say);
  if (grants.length > 0 && grant !== undefined && grant !== 'CLIENT-CREDENTIALS') say('roleDivisions', 'roles apply to clients of CLIENT-CREDENTIALS only');

  if (name === undefined || !grant || !state || validitySeconds === undefined || !redirectUris || !wantedScopes || problems.length > 0)
    return refusal(problems);
  return { client: { name, description, grant, state, scopes: wantedScopes, redirectUris, validitySeconds }, grants };
}

interface Problem {
  readonly fieldName: string;
  readonly why: string;
}

/** FACTS §3.1, §3.2: the code, and that details name fields. */
const refusal = (problems: readonly Problem[]): Refusal => ({
  status: 400,
  code: 'constraint.validation',
  message: problems.map((p) => `${p.fieldName}: ${p.why}`).join('; '),
  details: problems.map(({ fieldName }) => ({ errorCode: 'constraint.validation', fieldName })),
  assumption: 'what of an OAuth client is validated, and the text',
});

function readRoleDivisions(world: World, given: unknown, say: (fieldName: string, why: string) => undefined): ClientRequest['grants'] {
  if (given === undefined) return [];
  if (!Array.isArray(given)) {
    say('roleDivisions', 'a list is expected');
    return [];
  }
  return given.flatMap((pair: unknown, i) => {
    const { roleId, divisionId }: Record<string, unknown> = isRecord(pair) ? pair : {};
    const role = named(world.roles, roleId);
    const division = divisionId === '*' ? '*' : named(world.divisions, divisionId);
    if (!role) say(`roleDivisions[${i}].roleId`, 'no role has this id');
    if (!division) say(`roleDivisions[${i}].divisionId`, 'no division has this id');
    return role && division ? [{ role, division }] : [];
  });
}

const named = <T>(things: ReadonlyMap<string, T>, id: unknown): T | undefined =>
  typeof id === 'string' && isGuid(id) ? things.get(id.toLowerCase()) : undefined;

const textOf = (value: unknown, longest: number): string | undefined =>
  typeof value === 'string' && value.trim() !== '' && value.length <= longest ? value.trim() : undefined;

const isValidity = (value: unknown): value is number => Number.isInteger(value) && Number(value) >= VALIDITY.least && Number(value) <= VALIDITY.most;

/** @returns the texts, each once; none where nothing is given; undefined where it is no list of texts */
function listOf(value: unknown): readonly string[] | undefined {
  if (value === undefined) return [];
  return Array.isArray(value) && value.every((v): v is string => typeof v === 'string') ? [...new Set(value)] : undefined;
}
