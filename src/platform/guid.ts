const GUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The form of the platform's ids of users, queues, divisions, roles, stations and conversations. */
export const isGuid = (value: string): boolean => GUID.test(value);
