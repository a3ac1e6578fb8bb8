import type { BodyModel, OperationName } from './bodyModel.js';
import { CHANGE_CALLBACK, CREATE_CALLBACK } from './callbackBodies.js';
import {
  ADD_PARTICIPANTS,
  ASSIGN_WRAPUP,
  CALL_COMMAND,
  CHANGE_ATTRIBUTES,
  CHANGE_CONVERSATION,
  DISCONNECT,
  MEDIA_PARTICIPANT,
  SET_RECORDING_STATE,
} from './conversationBodies.js';
import { CREATE_CALL } from './createCallRequest.js';

/** Every body whose fields are known. */
export const BODY_MODELS: readonly BodyModel[] = [
  CREATE_CALL,
  CALL_COMMAND,
  ADD_PARTICIPANTS,
  CHANGE_CONVERSATION,
  MEDIA_PARTICIPANT,
  ASSIGN_WRAPUP,
  CHANGE_ATTRIBUTES,
  SET_RECORDING_STATE,
  DISCONNECT,
  CREATE_CALLBACK,
  CHANGE_CALLBACK,
];

/** Names of parameters mean nothing. */
const keyOf = ({ method, path }: OperationName): string => `${method.toUpperCase()} ${path.replaceAll(/\{\w+\}/g, '{}')}`;

const BY_OPERATION: ReadonlyMap<string, BodyModel> = new Map(BODY_MODELS.flatMap((model) => model.operations.map((o) => [keyOf(o), model])));

/** The body that an operation takes. @param operation its method and path template, as `Operations.find` gives them */
export const bodyModelFor = (operation: OperationName): BodyModel | undefined => BY_OPERATION.get(keyOf(operation));
