import type { Division, Named, Person } from '../org/types.js';

// How the platform's entities point at each other: id, name and address. Names of fields, here and in the files beside: the
// types of purecloud-platform-client-v2 262.0.0.

/** @param path under `/api/v2/`, without the id */
export const reference = (thing: Named, path: string): object => ({ id: thing.id, name: thing.name, selfUri: `/api/v2/${path}/${thing.id}` });

export const divisionReference = (d: Division): object => reference(d, 'authorization/divisions');

/** The division of what can be in every one. */
export const starrableDivision = (d: Division | undefined): object => (d ? divisionReference(d) : { id: '*', name: '*' });

export const userReference = (p: Person): object => reference(p, 'users');
