import { EMAIL_FIELDS, PHONE_FIELDS, TEXT_FIELDS } from './contacts.js';
import { aBoolean, aGuid, aList, aMap, anInteger, anObject, aString, checked, type Reader } from './shape.js';
import { aText, aTime, entities, find, findAll, nullable } from './statePart.js';
import type { Named, Rated } from './types.js';

const named = anObject({ name: aString }, {});
const nameOf = ({ name }: Named): { name: string } => ({ name });
const undefinedAsNull = <T>(value: T | undefined): T | null => value ?? null;
const nullAsUndefined = <T>(value: T | null): T | undefined => value ?? undefined;
const maybeText = nullable(aText);

export const DIVISIONS = entities(anObject({ name: aString, description: aText, home: aBoolean }, {}), {
  name: 'divisions',
  kind: 'division',
  things: (world) => world.divisions,
  save: ({ name, description, home }) => ({ name, description, home }),
  make: (_, saved) => saved,
});

export const ROLES = entities(
  anObject({ name: aString, description: aText, policies: aList(anObject({ domain: aString, entityName: aString, actions: aList(aString) }, {})) }, {}),
  {
    name: 'roles',
    kind: 'role',
    things: (world) => world.roles,
    save: ({ name, description, policies }) => ({ name, description, policies }),
    make: (_, saved) => saved,
  },
);

export const SKILLS = entities(named, { name: 'skills', kind: 'skill', things: (world) => world.skills, save: nameOf, make: (_, saved) => saved });
export const LANGUAGES = entities(named, {
  name: 'languages',
  kind: 'language',
  things: (world) => world.languages,
  save: nameOf,
  make: (_, saved) => saved,
});

export const WRAP_UP_CODES = entities(anObject({ name: aString, division: nullable(aGuid), description: maybeText }, {}), {
  name: 'wrapUpCodes',
  kind: 'wrapUpCode',
  things: (world) => world.wrapUpCodes,
  save: ({ name, division, description }) => ({ name, division: division?.id ?? null, description: undefinedAsNull(description) }),
  make: (world, { name, division, description }, wrong) => ({
    name,
    division: division === null ? undefined : find(world.divisions, division, 'division', wrong, 'division'),
    description: nullAsUndefined(description),
  }),
});

const rated = aList(anObject({ id: aGuid }, { proficiency: checked({ type: 'number' }, 'a number', (v): v is number => typeof v === 'number') }));
const ratings = (things: readonly Rated[]): { id: string; proficiency?: number }[] =>
  things.map(({ id, proficiency }) => (proficiency === undefined ? { id } : { id, proficiency }));

export const PEOPLE = entities(
  anObject(
    {
      name: aString,
      email: aString,
      title: maybeText,
      department: maybeText,
      phone: maybeText,
      division: aGuid,
      skills: rated,
      languages: rated,
      defaultStation: nullable(aGuid),
      acdAutoAnswer: aBoolean,
      version: anInteger(0, Number.MAX_SAFE_INTEGER),
    },
    {},
  ),
  {
    name: 'users',
    kind: 'person',
    things: (world) => world.people,
    save: (p) => ({
      name: p.name,
      email: p.email,
      title: undefinedAsNull(p.title),
      department: undefinedAsNull(p.department),
      phone: undefinedAsNull(p.phone),
      division: p.division.id,
      skills: ratings(p.skills),
      languages: ratings(p.languages),
      defaultStation: p.defaultStation?.id ?? null,
      acdAutoAnswer: p.acdAutoAnswer ?? false,
      version: p.version ?? 1,
    }),
    make: (world, saved, wrong) => {
      const division = find(world.divisions, saved.division, 'division', wrong, 'division');
      const rate = (list: typeof saved.skills, things: ReadonlyMap<string, Named>, kind: string): Rated[] =>
        list.flatMap(({ id, proficiency }) => {
          const thing = find(things, id, kind, wrong, `${kind}s`);
          return thing ? [proficiency === undefined ? thing : { ...thing, proficiency }] : [];
        });
      const defaultStation = saved.defaultStation === null ? undefined : find(world.stations, saved.defaultStation, 'station', wrong, 'defaultStation');
      const { name, email, title, department, phone, acdAutoAnswer, version } = saved;
      return (
        division && {
          name,
          email,
          title: nullAsUndefined(title),
          department: nullAsUndefined(department),
          phone: nullAsUndefined(phone),
          division,
          skills: rate(saved.skills, world.skills, 'skill'),
          languages: rate(saved.languages, world.languages, 'language'),
          defaultStation,
          acdAutoAnswer,
          version,
        }
      );
    },
  },
);

export const QUEUES = entities(
  anObject(
    {
      name: aString,
      description: maybeText,
      division: aGuid,
      callingPartyName: maybeText,
      callingPartyNumber: maybeText,
      members: aMap(aBoolean),
      wrapUpCodes: aList(aGuid),
    },
    {},
  ),
  {
    name: 'queues',
    kind: 'queue',
    things: (world) => world.queues,
    save: (q) => ({
      name: q.name,
      description: undefinedAsNull(q.description),
      division: q.division.id,
      callingPartyName: undefinedAsNull(q.callingPartyName),
      callingPartyNumber: undefinedAsNull(q.callingPartyNumber),
      members: Object.fromEntries([...q.members].map(([person, joined]) => [person.id, joined])),
      wrapUpCodes: [...(q.wrapUpCodes ?? [])].map((code) => code.id),
    }),
    make: (world, saved, wrong) => {
      const division = find(world.divisions, saved.division, 'division', wrong, 'division');
      const members = [...saved.members].flatMap(([id, joined]) => {
        const person = find(world.people, id, 'user', wrong, 'members');
        return person ? [[person, joined] as const] : [];
      });
      return (
        division && {
          name: saved.name,
          description: nullAsUndefined(saved.description),
          division,
          callingPartyName: nullAsUndefined(saved.callingPartyName),
          callingPartyNumber: nullAsUndefined(saved.callingPartyNumber),
          members: new Map(members),
          wrapUpCodes: new Set(findAll(world.wrapUpCodes, saved.wrapUpCodes, 'wrap-up code', wrong, 'wrapUpCodes')),
        }
      );
    },
  },
);

export const GROUPS = entities(anObject({ name: aString, description: maybeText, members: aList(aGuid) }, {}), {
  name: 'groups',
  kind: 'group',
  things: (world) => world.groups,
  save: ({ name, description, members }) => ({ name, description: undefinedAsNull(description), members: [...members].map((m) => m.id) }),
  make: (world, { name, description, members }, wrong) => ({
    name,
    description: nullAsUndefined(description),
    members: new Set(findAll(world.people, members, 'user', wrong, 'members')),
  }),
});

export const EXTERNAL_ORGANIZATIONS = entities(
  anObject({ name: aString, division: aGuid, industry: maybeText, phoneNumber: maybeText, websites: aList(aText), createdAt: aTime, modifiedAt: aTime }, {}),
  {
    name: 'externalOrganizations',
    kind: 'externalOrganization',
    things: (world) => world.externalOrganizations,
    save: (o) => ({
      name: o.name,
      division: o.division.id,
      industry: undefinedAsNull(o.industry),
      phoneNumber: undefinedAsNull(o.phoneNumber),
      websites: o.websites,
      createdAt: o.createdAt.toISOString(),
      modifiedAt: o.modifiedAt.toISOString(),
    }),
    make: (world, saved, wrong) => {
      const division = find(world.divisions, saved.division, 'division', wrong, 'division');
      const { name, websites } = saved;
      const [createdAt, modifiedAt] = [new Date(saved.createdAt), new Date(saved.modifiedAt)];
      return (
        division && {
          name,
          division,
          industry: nullAsUndefined(saved.industry),
          phoneNumber: nullAsUndefined(saved.phoneNumber),
          websites,
          createdAt,
          modifiedAt,
        }
      );
    },
  },
);

const textFields = anObject({}, fieldsOf([...TEXT_FIELDS, ...EMAIL_FIELDS]));
const phoneFields = anObject({}, fieldsOf(PHONE_FIELDS));
function fieldsOf<const N extends string>(names: readonly N[]): { readonly [K in N]: Reader<string> } {
  return Object.fromEntries(names.map((name) => [name, aText])) as { readonly [K in N]: Reader<string> };
}

export const CONTACTS = entities(
  anObject({ division: aGuid, organization: nullable(aGuid), texts: textFields, phones: phoneFields, createdAt: aTime, modifiedAt: aTime }, {}),
  {
    name: 'contacts',
    kind: 'contact',
    things: (world) => world.contacts,
    save: (c) => ({
      division: c.division.id,
      organization: c.organization?.id ?? null,
      texts: c.texts,
      phones: c.phones,
      createdAt: c.createdAt.toISOString(),
      modifiedAt: c.modifiedAt.toISOString(),
    }),
    make: (world, saved, wrong) => {
      const division = find(world.divisions, saved.division, 'division', wrong, 'division');
      const organization =
        saved.organization === null ? undefined : find(world.externalOrganizations, saved.organization, 'organization', wrong, 'organization');
      const { texts, phones } = saved;
      return division && { division, organization, texts, phones, createdAt: new Date(saved.createdAt), modifiedAt: new Date(saved.modifiedAt) };
    },
  },
);

export const OUTBOUND_ROUTES = entities(
  anObject({ name: aString, site: aGuid, description: maybeText, classificationTypes: aList(aString), enabled: aBoolean }, {}),
  {
    name: 'outboundRoutes',
    kind: 'outboundRoute',
    things: (world) => world.outboundRoutes,
    save: ({ name, site, description, classificationTypes, enabled }) => ({
      name,
      site: site.id,
      description: undefinedAsNull(description),
      classificationTypes,
      enabled,
    }),
    make: (world, { name, site, description, classificationTypes, enabled }, wrong) => {
      const found = find(world.sites, site, 'site', wrong, 'site');
      return found && { name, site: found, description: nullAsUndefined(description), classificationTypes, enabled };
    },
  },
);
