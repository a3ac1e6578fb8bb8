import { type BodyProblem, checkBody } from './bodies/checkBody.js';
import { CREATE_CALL } from './bodies/createCallRequest.js';

export { pointerTo } from './pointer.js';

/** Compares the body of a call request with its model (FACTS §1.1). In the order of the body, then what is missing. */
export const checkCallPayload = (body: unknown): BodyProblem[] => checkBody(body, CREATE_CALL);
