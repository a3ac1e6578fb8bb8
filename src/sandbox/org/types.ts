import type { CallRecord } from '../calls/conversation.js';
import type { Access } from './access.js';
import type { ActiveCall } from './activeCalls.js';
import type { Contact, ExternalContacts, ExternalOrganization } from './contacts.js';
import type { DataAction } from './dataActions.js';
import type { OrgFault } from './faults.js';
import type { MadeUp } from './generate.js';
import type { Group } from './groups.js';
import type { Client } from './oauthClients.js';
import type { RoutingStatusName } from './orgFile.js';
import type { Outcomes } from './outcomes.js';
import type { Population } from './population.js';
import type { OutboundRoute, Telephony } from './telephony.js';

export interface Division {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly home: boolean;
}
export interface Policy {
  readonly domain: string;
  readonly entityName: string;
  readonly actions: readonly string[];
}
export interface Role {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly policies: readonly Policy[];
}
/** A role in a division, or in every one of them. */
export interface Grant {
  readonly role: Role;
  readonly division: Division | '*';
  readonly madeAt: Date;
}
export interface Named {
  readonly id: string;
  readonly name: string;
}
export interface Edge extends Named {
  readonly online: boolean;
}
export interface Station extends Named {
  readonly type: string;
  readonly edge: Edge | undefined;
  /** The person whose WebRTC phone it is. */
  readonly owner: Person | undefined;
  /** A WebRTC phone has it unless it says otherwise. */
  readonly webRtcPersistentEnabled?: boolean | undefined;
  readonly webRtcRequireMediaHelper?: boolean | undefined;
}
/** A skill or a language of somebody, from 0 to 5; 5 where it is absent. */
export interface Rated extends Named {
  readonly proficiency?: number;
}
export interface WrapUpCode extends Named {
  /** Everywhere where there is none. */
  readonly division: Division | undefined;
  readonly description: string | undefined;
}
export interface PresenceDefinition {
  readonly id: string;
  readonly systemPresence: string;
}
export interface Person extends Named {
  readonly email: string;
  readonly title: string | undefined;
  readonly department: string | undefined;
  readonly phone: string | undefined;
  readonly division: Division;
  readonly skills: readonly Rated[];
  readonly languages: readonly Rated[];
  readonly defaultStation?: Station | undefined;
  readonly acdAutoAnswer?: boolean | undefined;
  /** Counts the changes of what a directory shows; 1 where it is absent. */
  readonly version?: number | undefined;
  // What changes while the org runs:
  station: Station | undefined;
  lastStation: Station | undefined;
  stationSince: Date;
  presence: { definition: PresenceDefinition; message: string; since: Date };
  routing: { status: RoutingStatusName; since: Date };
}
export interface Queue extends Named {
  readonly description: string | undefined;
  readonly division: Division;
  readonly callingPartyName: string | undefined;
  readonly callingPartyNumber: string | undefined;
  /** Each member, and whether they have activated the queue. */
  readonly members: ReadonlyMap<Person, boolean>;
  readonly wrapUpCodes?: ReadonlySet<WrapUpCode> | undefined;
}

/** Everything that an org is made of, its parts pointing at each other. */
export interface Parts {
  readonly divisions: ReadonlyMap<string, Division>;
  readonly home: Division;
  readonly roles: ReadonlyMap<string, Role>;
  readonly clients: Map<string, Client>;
  readonly stations: Population<Station>;
  readonly presences: readonly PresenceDefinition[];
  readonly skills: ReadonlyMap<string, Named>;
  readonly languages: ReadonlyMap<string, Named>;
  readonly wrapUpCodes: ReadonlyMap<string, WrapUpCode>;
  readonly groups: ReadonlyMap<string, Group>;
  readonly telephony: Telephony;
  readonly externalContacts: ExternalContacts;
  readonly people: Population<Person>;
  readonly madeUp: MadeUp | undefined;
  readonly queues: ReadonlyMap<string, Queue>;
  /** By the id of a user, client or group. */
  readonly grants: ReadonlyMap<string, readonly Grant[]>;
  readonly expired: ReadonlySet<string>;
  readonly access: Access;
  readonly faults: readonly OrgFault[];
  readonly dataActions: ReadonlyMap<string, DataAction>;
  readonly outcomes: Outcomes;
  readonly activeCalls: readonly ActiveCall[];
}

/** What is made, changed and unmade while an org runs. */
export interface Entities {
  readonly division: Division;
  readonly role: Role;
  readonly queue: Queue;
  readonly skill: Named;
  readonly language: Named;
  readonly wrapUpCode: WrapUpCode;
  readonly group: Group;
  readonly person: Person;
  readonly contact: Contact;
  readonly externalOrganization: ExternalOrganization;
  readonly outboundRoute: OutboundRoute;
}

/** What has changed in a running org, told after it has. */
export type Change =
  | { readonly kind: 'entity'; readonly entity: keyof Entities; readonly how: 'added' | 'changed' | 'removed'; readonly id: string }
  | { readonly kind: 'presence' | 'routing' | 'station'; readonly person: Person }
  | { readonly kind: 'grants'; readonly subjectId: string }
  | { readonly kind: 'client'; readonly clientId: string }
  | { readonly kind: 'member'; readonly queue: Queue; readonly person: Person; readonly joined: boolean | undefined }
  | { readonly kind: 'token'; readonly person: Person; readonly clientId: string; readonly expiresAt: number }
  | { readonly kind: 'call'; readonly call: CallRecord };
