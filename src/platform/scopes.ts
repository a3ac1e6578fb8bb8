import { edits } from './edits.js';

/** A name that is written where an OAuth scope belongs, and is none. */
export interface ScopeProblem {
  readonly name: string;
  /** `permission`: roles have it, scopes do not. */
  readonly kind: 'no-such-scope' | 'permission';
  /** The scope that does what was meant, as far as that can be told. */
  readonly nearest?: string;
  readonly text: string;
  readonly source: string;
}

/** What is known to exist: `Operations` has both. */
export interface KnownNames {
  readonly scopes: ReadonlySet<string>;
  readonly permissions: ReadonlySet<string>;
}

/** FACTS §4.3. */
const SOURCE = 'Terraform provider 1.84.1, 2026-07-01, and Genesys help on scopes, read 2026-11-22';
const FORM = 'Scopes have the form “conversations”, or “conversations:readonly” to read only.';
const NO_EFFECT = 'Scopes do not apply to client credentials: roles of the client do.';

/** Words of invented scopes, and the scope of what they are about (FACTS §4.3, §4.5). */
const ABOUT: ReadonlyMap<string, string> = /* @__PURE__ */ byWord({
  conversations: ['call', 'calls', 'callback', 'callbacks', 'dial', 'voice', 'participant'],
  routing: ['queue', 'queues', 'skill', 'skills'],
  users: ['agent', 'agents'],
  telephony: ['phone', 'edge'],
  authorization: ['role', 'roles', 'permission', 'division'],
  oauth: ['client'],
});

function byWord(words: Readonly<Record<string, readonly string[]>>): ReadonlyMap<string, string> {
  return new Map(Object.entries(words).flatMap(([scope, some]) => some.map((word): [string, string] => [word, scope])));
}
const READS = /^(?:read|readonly|read-only|view|get|list)$/;

/**
 * Why a name is no scope; nothing where it is one.
 * @param name as written, one scope
 */
export function scopeProblem(name: string, known: KnownNames): ScopeProblem | undefined {
  if (known.scopes.has(name)) return undefined;
  const nearest = nearestScope(name, known.scopes);
  const meant = nearest === undefined ? '' : ` ${nearest} is the scope that is meant, as far as its words tell.`;
  if (known.permissions.has(name))
    return {
      name,
      kind: 'permission',
      ...(nearest === undefined ? {} : { nearest }),
      text: `“${name}” is a permission, not a scope: a role grants it, and no OAuth client has it as a scope.${meant} ${FORM}`,
      source: SOURCE,
    };
  return {
    name,
    kind: 'no-such-scope',
    ...(nearest === undefined ? {} : { nearest }),
    text: `There is no scope “${name}”: it is none of the ${known.scopes.size} known.${meant} ${FORM} ${NO_EFFECT}`,
    source: SOURCE,
  };
}

/** The scope that a name was probably meant as: by its words, or by a letter or two. */
function nearestScope(name: string, scopes: ReadonlySet<string>): string | undefined {
  const written = name.toLowerCase();
  const parts = written.split(/[:._\s/]+/).filter(Boolean);
  const reads = READS.test(parts.at(-1) ?? '');
  const base = parts.map((p) => topic(p, scopes) ?? ABOUT.get(p)).find((scope) => scope !== undefined && scopes.has(scope));
  if (base !== undefined) return reads && scopes.has(`${base}:readonly`) ? `${base}:readonly` : base;
  let best: string | undefined;
  let least = 3;
  for (const scope of scopes) {
    const distance = edits(written, scope, least);
    if (distance < least) {
      least = distance;
      best = scope;
    }
  }
  return best;
}

/** A scope whose name a word is, in the singular or the plural. */
const topic = (word: string, scopes: ReadonlySet<string>): string | undefined => [word, `${word}s`, word.replace(/s$/, '')].find((w) => scopes.has(w));
