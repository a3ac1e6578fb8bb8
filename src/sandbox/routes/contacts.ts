import { randomUUID } from 'node:crypto';
import { isRecord } from '../../platform/json.js';
import { contactDocument, externalOrganizationDocument } from '../documents/contacts.js';
import { aReference, aText, type Field, readFields, violated } from '../http/fields.js';
import { byName, isDescending, nameFilter } from '../http/filters.js';
import { admitIn, mayWhere } from '../http/gate.js';
import { BAD_REQUEST, isRefusal, NOT_FOUND, type Refusal } from '../http/refusals.js';
import { type Answer, done, listing, ok, type Route, type Visit, valuesOf, withNamed } from '../http/route.js';
import { type Contact, EMAIL_FIELDS, type ExternalOrganization, MOST_CONTACTS, only, PHONE_FIELDS, TEXT_FIELDS } from '../org/contacts.js';

const CONTACT = '/api/v2/externalcontacts/contacts/{contactId}';
const ORGANIZATION = '/api/v2/externalcontacts/organizations/{externalOrganizationId}';
const EMPTY = 'status of a success without a body';

export const CONTACTS: readonly Route[] = [
  { operation: 'GET /api/v2/externalcontacts/contacts', answer: (v) => contacts(v, [...v.world.contacts.values()]) },
  { operation: 'POST /api/v2/externalcontacts/contacts', answer: makeContact },
  { operation: `GET ${CONTACT}`, answer: (v) => withContact(v, (c) => ok(contactDocument(c, valuesOf(v.query, 'expand')))) },
  { operation: `PUT ${CONTACT}`, answer: (v) => withContact(v, (c) => changeContact(v, c)) },
  { operation: `DELETE ${CONTACT}`, answer: (v) => withContact(v, (c) => deleteContact(v, c)) },
  { operation: 'GET /api/v2/externalcontacts/reversewhitepageslookup', answer: lookup },
  { operation: 'GET /api/v2/externalcontacts/organizations', answer: organizations },
  { operation: `GET ${ORGANIZATION}`, answer: (v) => withOrganization(v, (o) => ok(externalOrganizationDocument(o))) },
  {
    operation: `GET ${ORGANIZATION}/contacts`,
    answer: (v) =>
      withOrganization(v, (o) =>
        contacts(
          v,
          [...v.world.contacts.values()].filter((c) => c.organization === o),
        ),
      ),
  },
];

const withContact = (v: Visit, use: (c: Contact) => Answer): Answer => withNamed(v, 'contactId', v.world.contacts, use);
const withOrganization = (v: Visit, use: (o: ExternalOrganization) => Answer): Answer =>
  withNamed(v, 'externalOrganizationId', v.world.externalOrganizations, use);

const nameOf = (c: Contact): string => [c.texts.firstName, c.texts.middleName, c.texts.lastName].filter(Boolean).join(' ');

/** `q` is looked for in names, e-mail addresses and numbers; a number in whatever way it is written. */
function contacts(v: Visit, from: readonly Contact[]): Answer {
  const q = v.query.get('q')?.trim().toLowerCase() ?? '';
  const digits = /^[\d\s()+.-]+$/.test(q) ? q.replace(/\D/g, '') : '';
  const divisions = valuesOf(v.query, 'divisionIds');
  const may = mayWhere(v.world, v.operation, v.caller);
  const found = from
    .filter(
      (c) =>
        may(c.division.id) &&
        (divisions.length === 0 || divisions.includes(c.division.id)) &&
        (q === '' ||
          [nameOf(c), ...EMAIL_FIELDS.map((f) => c.texts[f] ?? '')].some((text) => text.toLowerCase().includes(q)) ||
          (digits !== '' && Object.values(c.phones).some((number) => number.includes(digits)))),
    )
    .sort((a, b) => nameOf(a).localeCompare(nameOf(b), 'en'));
  const sorted = isDescending(v.query) || v.query.get('sortOrder')?.endsWith(':desc') ? found.reverse() : found;
  return listing(v, sorted, (c) => contactDocument(c, valuesOf(v.query, 'expand')));
}

/** `PhoneNumber`: the E.164 that it has or what was typed comes to. */
const aPhone: Field<string> = (value) => {
  if (!isRecord(value)) return undefined;
  const typed = [value['e164'], value['userInput'], value['display']].find((t) => typeof t === 'string');
  const number = typeof typed === 'string' ? typed.replace(/[^\d+]/g, '') : '';
  return /^\+[1-9]\d{6,14}$/.test(number) ? number : undefined;
};

type ContactFields = Pick<Contact, 'texts' | 'phones' | 'organization'> & { readonly division: string | undefined };

function contactFields(v: Visit): ContactFields | Refusal {
  const texts = Object.fromEntries([...TEXT_FIELDS, ...EMAIL_FIELDS].map((f) => [f, aText])) as Record<
    (typeof TEXT_FIELDS | typeof EMAIL_FIELDS)[number],
    typeof aText
  >;
  const phones = Object.fromEntries(PHONE_FIELDS.map((f) => [f, aPhone])) as Record<(typeof PHONE_FIELDS)[number], typeof aPhone>;
  const fields = readFields(v.body, {}, { ...texts, ...phones, division: aReference, externalOrganization: aReference });
  if (isRefusal(fields)) return fields;
  const organization = fields.externalOrganization === undefined ? undefined : v.world.externalOrganizations.get(fields.externalOrganization);
  if (fields.externalOrganization !== undefined && !organization) return NOT_FOUND;
  const read = { texts: only(fields, [...TEXT_FIELDS, ...EMAIL_FIELDS]), phones: only(fields, PHONE_FIELDS), organization, division: fields.division };
  return [...Object.values(read.texts), ...Object.values(read.phones)].some((x) => x !== '') ? read : violated('a contact has a name, an address or a number');
}

function makeContact(v: Visit): Answer {
  const fields = contactFields(v);
  if (isRefusal(fields)) return fields;
  const division = fields.division === undefined ? v.world.home : v.world.divisions.get(fields.division);
  if (!division) return NOT_FOUND;
  const refusal = admitIn(v.world, v.operation, v.caller, division.id);
  if (refusal) return refusal;
  if (v.world.contacts.size >= MOST_CONTACTS) return violated(`an org of the sandbox has at most ${MOST_CONTACTS} contacts`);
  const now = new Date();
  const contact: Contact = { id: randomUUID(), ...fields, division, createdAt: now, modifiedAt: now };
  v.world.add('contact', contact);
  return ok(contactDocument(contact));
}

/** What the body does not mention goes away; the division stays. */
function changeContact(v: Visit, contact: Contact): Answer {
  const fields = contactFields(v);
  if (isRefusal(fields)) return fields;
  const { division: _, ...rest } = fields;
  v.world.change('contact', contact, { ...rest, modifiedAt: new Date() });
  return ok(contactDocument(contact));
}

function deleteContact(v: Visit, contact: Contact): Answer {
  v.world.remove('contact', contact);
  return done(EMPTY);
}

/** Whose number or e-mail address it is. */
function lookup(v: Visit): Answer {
  const wanted = v.query.get('lookupVal')?.trim().toLowerCase() ?? '';
  if (wanted === '') return BAD_REQUEST;
  const digits = wanted.replace(/\D/g, '');
  const may = mayWhere(v.world, v.operation, v.caller);
  const found = [...v.world.contacts.values()].filter(
    (c) =>
      may(c.division.id) &&
      (wanted.includes('@') ? EMAIL_FIELDS.some((f) => c.texts[f]?.toLowerCase() === wanted) : Object.values(c.phones).some((n) => n === `+${digits}`)),
  );
  return ok({ contacts: found.map((c) => contactDocument(c, valuesOf(v.query, 'expand'))) });
}

function organizations(v: Visit): Answer {
  const named = nameFilter(v.query, 'q');
  const divisions = valuesOf(v.query, 'divisionIds');
  const may = mayWhere(v.world, v.operation, v.caller);
  const found = [...v.world.externalOrganizations.values()].filter(
    (o) => named(o.name) && may(o.division.id) && (divisions.length === 0 || divisions.includes(o.division.id)),
  );
  return listing(v, byName(v.query, found), externalOrganizationDocument);
}
