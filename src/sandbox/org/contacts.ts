import { aGuid, aList, anObject, aPattern, aString, described, type ShapeProblem } from './shape.js';
import type { Division, Named } from './types.js';

/** The telephone fields of a contact, and its e-mail fields. */
export const PHONE_FIELDS = ['workPhone', 'cellPhone', 'homePhone', 'otherPhone'] as const;
export const EMAIL_FIELDS = ['workEmail', 'personalEmail', 'otherEmail'] as const;
export const TEXT_FIELDS = ['firstName', 'middleName', 'lastName', 'salutation', 'title', 'externalSystemUrl'] as const;
type PhoneField = (typeof PHONE_FIELDS)[number];
type TextField = (typeof EMAIL_FIELDS)[number] | (typeof TEXT_FIELDS)[number];

/** Somebody outside the org. Numbers are E.164. */
export interface Contact {
  readonly id: string;
  readonly division: Division;
  readonly texts: Readonly<Partial<Record<TextField, string>>>;
  readonly phones: Readonly<Partial<Record<PhoneField, string>>>;
  readonly organization: ExternalOrganization | undefined;
  readonly createdAt: Date;
  readonly modifiedAt: Date;
}
export interface ExternalOrganization extends Named {
  readonly division: Division;
  readonly industry: string | undefined;
  readonly phoneNumber: string | undefined;
  readonly websites: readonly string[];
  readonly createdAt: Date;
  readonly modifiedAt: Date;
}
export interface ExternalContacts {
  readonly contacts: ReadonlyMap<string, Contact>;
  readonly externalOrganizations: ReadonlyMap<string, ExternalOrganization>;
}

/** How many of either an org can have; a listing searches all of them. */
export const MOST_CONTACTS = 10_000;

const anE164 = aPattern('^\\+[1-9]\\d{6,14}$', 'a number such as +13175550142');
const division = described('The name or the id of a division; home where it is absent.', aString);

export const theExternalContacts = anObject(
  {},
  {
    organizations: aList(anObject({ id: aGuid, name: aString }, { division, industry: aString, phoneNumber: anE164, websites: aList(aString) })),
    contacts: described(
      'People outside the org.',
      aList(
        anObject(
          { id: aGuid },
          {
            division,
            organization: described('The name or the id of one of the organizations beside.', aString),
            firstName: aString,
            middleName: aString,
            lastName: aString,
            salutation: aString,
            title: aString,
            externalSystemUrl: aString,
            workPhone: anE164,
            cellPhone: anE164,
            homePhone: anE164,
            otherPhone: anE164,
            workEmail: aString,
            personalEmail: aString,
            otherEmail: aString,
          },
        ),
      ),
    ),
  },
);
type Section = NonNullable<ReturnType<typeof theExternalContacts>>;

/** @param divisionOf the division of that name or id, or home for none */
export function linkExternalContacts(
  { organizations = [], contacts = [] }: Section,
  divisionOf: (idOrName: string | undefined, pointer: string) => Division | undefined,
  now: Date,
  problems: ShapeProblem[],
): ExternalContacts {
  const linked = new Map<string, ExternalOrganization>();
  const byName = new Map<string, ExternalOrganization>();
  organizations.forEach(({ id, name, division: where, industry, phoneNumber, websites = [] }, i) => {
    const found = divisionOf(where, `/externalContacts/organizations/${i}/division`);
    if (!found) return;
    const organization = { id, name, division: found, industry, phoneNumber, websites, createdAt: now, modifiedAt: now };
    linked.set(id, organization);
    byName.set(name, organization);
  });
  const people = new Map<string, Contact>();
  contacts.forEach((c, i) => {
    const found = divisionOf(c.division, `/externalContacts/contacts/${i}/division`);
    const organization = c.organization === undefined ? undefined : (linked.get(c.organization) ?? byName.get(c.organization));
    if (c.organization !== undefined && !organization)
      problems.push({ pointer: `/externalContacts/contacts/${i}/organization`, why: `no organization has the id or name "${c.organization}"` });
    if (!found) return;
    people.set(c.id, {
      id: c.id,
      division: found,
      texts: only(c, [...TEXT_FIELDS, ...EMAIL_FIELDS]),
      phones: only(c, PHONE_FIELDS),
      organization,
      createdAt: now,
      modifiedAt: now,
    });
  });
  return { contacts: people, externalOrganizations: linked };
}

/** The fields of `of` that are named and there. */
export function only<T, K extends keyof T>(of: T, names: readonly K[]): { [P in K]?: NonNullable<T[P]> } {
  return Object.fromEntries(names.filter((n) => of[n] !== undefined && of[n] !== null).map((n) => [n, of[n]])) as { [P in K]?: NonNullable<T[P]> };
}
