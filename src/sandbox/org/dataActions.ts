import { aGuid, aList, anInteger, anObject, aString, described } from './shape.js';

/** A data action: a request to a system outside the platform, with that system's own credentials. */
const aDataAction = anObject(
  { id: aGuid, name: aString },
  { category: aString, remoteStatus: described('With which the remote system answers; 200 where it is absent.', anInteger(200, 599)) },
);
export const dataActions = described('Requests to systems outside the platform.', aList(aDataAction));

export type DataAction = NonNullable<ReturnType<typeof aDataAction>>;
