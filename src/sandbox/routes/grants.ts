import { isRecord } from '../../platform/json.js';
import { BAD_REQUEST, isRefusal, type Refusal } from '../http/refusals.js';
import { type Answer, done, named, type Route, type Visit, withNamed } from '../http/route.js';
import type { Division, Role } from '../org/types.js';
import { withSubject } from './authorization.js';

const ONE = '/api/v2/authorization/subjects/{subjectId}/divisions/{divisionId}/roles/{roleId}';
const SUBJECT = '/api/v2/authorization/subjects/{subjectId}';

/** Who may do what where, as it is changed. When a change counts: `grantDelaySeconds` of the org file. */
export const GRANTS: readonly Route[] = [
  { operation: `POST ${ONE}`, answer: (v) => changeOne(v, 'grant') },
  { operation: `DELETE ${ONE}`, answer: (v) => changeOne(v, 'revoke') },
  { operation: `POST ${SUBJECT}/bulkadd`, answer: (v) => changeSeveral(v, (id, pairs) => changeAll(v, 'grant', id, pairs)) },
  { operation: `POST ${SUBJECT}/bulkremove`, answer: (v) => changeSeveral(v, (id, pairs) => changeAll(v, 'revoke', id, pairs)) },
  { operation: `POST ${SUBJECT}/bulkreplace`, answer: (v) => changeSeveral(v, (id, pairs) => replaceAll(v, id, pairs)) },
];

type Pair = readonly [role: Role, division: Division | '*'];

const counts = (v: Visit): string =>
  v.world.grants.delaySeconds === 0 ? 'status of a success without a body, and that a grant takes effect at once' : 'status of a success without a body';

/** A division may be `*`: every division (FACTS §4.3). */
const divisionNamed = (v: Visit, id: string): Division | '*' | Refusal => (id === '*' ? '*' : named(v.world.divisions, id));

function changeOne(v: Visit, what: 'grant' | 'revoke'): Answer {
  return withSubject(v, (subject) =>
    withNamed(v, 'roleId', v.world.roles, (role) => {
      const division = divisionNamed(v, v.params['divisionId'] ?? '');
      if (division !== '*' && isRefusal(division)) return division;
      v.world[what](subject.id, role, division);
      return done(counts(v));
    }),
  );
}

const MOST = 1000;

/** `grants`: pairs of role and division. All or none. */
function changeSeveral(v: Visit, change: (subjectId: string, pairs: readonly Pair[]) => void): Answer {
  return withSubject(v, (subject) => {
    const entries = isRecord(v.body) ? v.body['grants'] : undefined;
    if (!Array.isArray(entries) || entries.length > MOST) return BAD_REQUEST;
    const pairs: Pair[] = [];
    for (const entry of entries as readonly unknown[]) {
      if (!isRecord(entry) || typeof entry['roleId'] !== 'string' || typeof entry['divisionId'] !== 'string') return BAD_REQUEST;
      const role = named(v.world.roles, entry['roleId']);
      if (isRefusal(role)) return role;
      const division = divisionNamed(v, entry['divisionId']);
      if (division !== '*' && isRefusal(division)) return division;
      pairs.push([role, division]);
    }
    change(subject.id, pairs);
    return done(counts(v));
  });
}

function changeAll(v: Visit, what: 'grant' | 'revoke', subjectId: string, pairs: readonly Pair[]): void {
  for (const [role, division] of pairs) v.world[what](subjectId, role, division);
}

function replaceAll(v: Visit, subjectId: string, pairs: readonly Pair[]): void {
  const others = v.world.grantsOf(subjectId).filter((g) => !pairs.some(([role, division]) => role === g.role && division === g.division));
  changeAll(
    v,
    'revoke',
    subjectId,
    others.map((g) => [g.role, g.division]),
  );
  changeAll(v, 'grant', subjectId, pairs);
}
