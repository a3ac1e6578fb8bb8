import type { FormMessage, FormState } from '../sidebar/callForm/protocol.js';

export type SectionName = 'options' | 'json' | 'ways';

/** What every part of the form is drawn from: the host's state, a way to answer, and which sections are expanded. */
export interface FormView {
  readonly state: FormState;
  readonly post: (message: FormMessage) => void;
  /** False in the first moment of a confirmation: its button appears under a pointer that may be in the middle of a double click. */
  readonly armed: boolean;
  /** How long the call has lasted, in milliseconds. */
  readonly elapsed: number;
  readonly isOpen: (section: SectionName) => boolean;
  readonly toggle: (section: SectionName) => void;
}
