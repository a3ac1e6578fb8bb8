import { randomUUID } from 'node:crypto';
import { isRecord } from '../../platform/json.js';
import { BAD_REQUEST, errorBody, type Refusal } from '../http/refusals.js';
import { type Answer, ok, type Route, type Visit, withNamed } from '../http/route.js';
import type { DataAction } from '../org/dataActions.js';

const REMOTE = 'how a failed data action is told: codes after help.mypurecloud.com, data action fails during testing; shape of ErrorBody';

export const INTEGRATIONS: readonly Route[] = [
  { operation: 'POST /api/v2/integrations/actions/{actionId}/execute', answer: run },
  { operation: 'POST /api/v2/integrations/actions/{actionId}/test', answer: test },
];

/** What a data action gets from its remote system is made up: its own input (assumed). */
function run(v: Visit): Answer {
  return withNamed(v, 'actionId', v.world.dataActions, (action) => {
    if (v.body !== undefined && !isRecord(v.body)) return BAD_REQUEST;
    return remoteRefusal(action) ?? ok(v.body ?? {}, 'what a data action answers');
  });
}

/** TestExecutionResult: a remote system that fails makes a test that failed, not a refusal (assumed). */
function test(v: Visit): Answer {
  return withNamed(v, 'actionId', v.world.dataActions, (action) => {
    if (v.body !== undefined && !isRecord(v.body)) return BAD_REQUEST;
    const refusal = remoteRefusal(action);
    const outcome = refusal ? { success: false, error: errorBody(refusal, randomUUID()) } : { success: true };
    const result = v.body ?? {};
    return ok(
      {
        operations: [{ step: 1, name: 'Execute', ...outcome, ...(refusal ? {} : { result }) }],
        ...outcome,
        ...(refusal ? {} : { finalResult: result }),
      },
      'what the test of a data action answers',
    );
  });
}

/** What the platform makes of a remote system's error: a 400 whose detail says whose error it was. */
function remoteRefusal({ name, remoteStatus = 200 }: DataAction): Refusal | undefined {
  if (remoteStatus < 400) return undefined;
  const refused = remoteStatus === 401 || remoteStatus === 403;
  const code = refused ? 'INVALID_CREDENTIALS' : BAD_REQUEST.code;
  return {
    status: 400,
    code,
    message: refused ? 'There was an issue validating the credentials.' : BAD_REQUEST.message,
    details: [{ errorCode: refused ? 'ACTION.AUTHENTICATION' : 'ACTION.REMOTE_ENDPOINT', entityName: name }],
    errors: [
      {
        status: 400,
        code,
        message: `REST call for action execute failed. Message: Request to backend service failed. Response from web service: ${remoteStatus}`,
      },
    ],
    assumption: REMOTE,
  };
}
