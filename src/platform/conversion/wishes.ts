/** What became of one thing in a request. */
export interface ConversionNote {
  /** JSON pointer into the old body. */
  readonly pointer: string;
  /** `moved` into `to`; `left-out`, since nothing here takes it; `missing`, what somebody still has to say. */
  readonly kind: 'moved' | 'left-out' | 'missing';
  /** Where it is now: a JSON pointer into the new body, or `path`. */
  readonly to?: string;
  readonly text: string;
}

/** A value and where it stood. */
export interface Said {
  readonly pointer: string;
  readonly value: string;
}

/** What a body says, whatever names it uses for it. Readers add to it, and the new body is built from it. */
export interface Wishes {
  readonly real: Map<string, { readonly pointer: string; readonly value: unknown }>;
  readonly callees: { readonly pointer: string; readonly kind: 'number' | 'user' | 'queue' | 'conference'; readonly value: unknown }[];
  readonly agents: Said[];
  readonly queues: Said[];
  readonly skills: Said[];
  readonly languages: Said[];
  readonly priorities: { readonly pointer: string; readonly value: unknown }[];
  readonly callerIds: Said[];
  readonly callerNames: Said[];
  readonly attributes: { readonly pointer: string; readonly name: string; readonly value: string }[];
  readonly notes: ConversionNote[];
}

export const noWishes = (): Wishes => ({
  real: new Map(),
  callees: [],
  agents: [],
  queues: [],
  skills: [],
  languages: [],
  priorities: [],
  callerIds: [],
  callerNames: [],
  attributes: [],
  notes: [],
});

export function moved(wishes: Wishes, pointer: string, to: string, text: string): void {
  wishes.notes.push({ pointer, kind: 'moved', to, text });
}

export function leaveOut(wishes: Wishes, pointer: string, text: string): void {
  wishes.notes.push({ pointer, kind: 'left-out', text });
}
