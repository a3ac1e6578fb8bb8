import type { Contact, ExternalOrganization } from '../org/contacts.js';
import { divisionReference } from './references.js';

/** PhoneNumber, of a number in E.164. */
const phoneDocument = (e164: string): object => ({ display: e164, e164, userInput: e164, acceptsSMS: false });

export const externalOrganizationDocument = (o: ExternalOrganization): object => ({
  id: o.id,
  name: o.name,
  division: divisionReference(o.division),
  ...(o.industry === undefined ? {} : { industry: o.industry }),
  ...(o.phoneNumber === undefined ? {} : { phoneNumber: phoneDocument(o.phoneNumber) }),
  websites: o.websites,
  modifyDate: o.modifiedAt.toISOString(),
  createDate: o.createdAt.toISOString(),
  selfUri: `/api/v2/externalcontacts/organizations/${o.id}`,
});

export const contactDocument = (c: Contact, expand: readonly string[] = []): object => ({
  id: c.id,
  division: divisionReference(c.division),
  ...c.texts,
  ...Object.fromEntries(Object.entries(c.phones).map(([field, number]) => [field, phoneDocument(number)])),
  ...(c.organization
    ? {
        externalOrganization: expand.includes('externalOrganization')
          ? externalOrganizationDocument(c.organization)
          : { id: c.organization.id, selfUri: `/api/v2/externalcontacts/organizations/${c.organization.id}` },
      }
    : {}),
  type: 'Curated',
  modifyDate: c.modifiedAt.toISOString(),
  createDate: c.createdAt.toISOString(),
  selfUri: `/api/v2/externalcontacts/contacts/${c.id}`,
});
