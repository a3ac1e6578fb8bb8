import { isRecord, text } from '../../platform/json.js';
import { DESTINATIONS, FORM_ACTIONS, type FormMessage, OPTION_NAMES } from './protocol.js';

/** The longest text that the form may send: no field needs more. */
const MOST = 10_000;

/** What the webview sent, or nothing where it is not a message of the protocol: a webview is not trusted (DESIGN §8). */
export function readFormMessage(message: unknown): FormMessage | undefined {
  if (!isRecord(message)) return undefined;
  const at = (key: string): string | undefined => {
    const value = text(message[key]);
    return value !== undefined && value.length <= MOST ? value : undefined;
  };
  const field = oneOf(at('field'), ['agent', 'callee']);
  const id = at('id');
  const value = at('value');
  switch (message['type']) {
    case 'ready':
      return { type: 'ready' };
    case 'search': {
      const query = at('query');
      return field && query !== undefined ? { type: 'search', field, query } : undefined;
    }
    case 'pick':
      return field && id !== undefined ? { type: 'pick', field, id } : undefined;
    case 'as': {
      const as = oneOf(value, ['self', 'on-behalf']);
      return as && { type: 'as', value: as };
    }
    case 'from-queue':
    case 'to-queue':
      return id === undefined ? undefined : { type: message['type'], id };
    case 'to-kind': {
      const kind = oneOf(value, DESTINATIONS);
      return kind && { type: 'to-kind', value: kind };
    }
    case 'phone':
    case 'party': {
      const typed = at('text');
      return typed === undefined ? undefined : { type: message['type'], text: typed };
    }
    case 'remove-party':
      return id === undefined ? undefined : { type: 'remove-party', id };
    case 'option': {
      const name = oneOf(at('name'), OPTION_NAMES);
      return name && value !== undefined ? { type: 'option', name, value } : undefined;
    }
    case 'do': {
      const action = oneOf(at('action'), FORM_ACTIONS);
      return action && { type: 'do', action };
    }
    default:
      return undefined;
  }
}

const oneOf = <T extends string>(value: string | undefined, allowed: readonly T[]): T | undefined => allowed.find((a) => a === value);
