import type { AgentView, SearchView } from '../sidebar/callForm/protocol.js';
import type { Choice, Choices } from './choice.js';

export const personChoice = (person: AgentView): Choice => ({
  id: person.id,
  name: person.name,
  detail: [person.presence, person.station, person.division].filter(Boolean).join(' · '),
  dot: person.presenceKind,
  warning: person.obstacle,
});

/** The host has one search at a time; a field only shows its own. */
export function personChoices(search: SearchView, field: SearchView['field']): Choices {
  if (search.field !== field) return { state: 'idle', query: '', items: [], message: '' };
  return { state: search.state, query: search.query, items: search.items.map(personChoice), message: search.message };
}
