/**
 * What the form in the webview shows and says. The host owns all state and sends the whole of it; the webview draws it and
 * reports what the person did. No token, secret or client id crosses this line.
 */
export interface FormState {
  readonly account: AccountView;
  readonly agent: AgentView | undefined;
  readonly agentSearch: SearchView;
  readonly as: 'self' | 'on-behalf';
  /** False with the reason where the sign-in cannot place a call of that kind. */
  readonly selfAllowed: { readonly allowed: boolean; readonly reason: string };
  /** The operation that will be sent and what it needs, as one line each. */
  readonly operation: { readonly line: string; readonly needs: string; readonly why: string };
  readonly queues: { readonly state: 'loading' | 'ready' | 'failed'; readonly items: readonly QueueView[]; readonly message: string };
  readonly fromQueueId: string;
  readonly to: {
    readonly kind: 'phone' | 'user' | 'queue';
    readonly phone: PhoneView;
    readonly userId: string;
    readonly userName: string;
    readonly queueId: string;
  };
  readonly options: OptionsView;
  /** The exact body that will be sent, indented. */
  readonly json: string;
  /** Why *Place call* cannot be pressed, or nothing. */
  readonly blocked: string;
  readonly activity: Activity;
}

export type AccountView =
  | { readonly kind: 'signed-out' }
  | { readonly kind: 'loading' }
  | { readonly kind: 'failed'; readonly title: string; readonly message: string }
  | { readonly kind: 'signed-in'; readonly sandbox: boolean; readonly org: string; readonly region: string; readonly name: string; readonly grant: string };

export interface AgentView {
  readonly id: string;
  readonly name: string;
  /** `Available`, `Busy`, …; empty where unknown. */
  readonly presence: string;
  readonly presenceKind: 'available' | 'busy' | 'away' | 'offline' | 'unknown';
  readonly station: string;
  readonly division: string;
  /** Empty when the agent can take a call, as far as is known; else what stands in the way. */
  readonly obstacle: string;
}

export interface QueueView {
  readonly id: string;
  readonly name: string;
  readonly division: string;
  /** The calling-party name and number that the queue shows; empty where it has none. */
  readonly callerId: string;
}

export interface SearchView {
  readonly state: 'idle' | 'loading' | 'ready' | 'failed';
  readonly query: string;
  /** Which field asks: the agent who calls, or the user who is called. */
  readonly field: 'agent' | 'callee';
  readonly items: readonly AgentView[];
  /** "No agent matches…", "Type more to narrow…", an error; empty when there is nothing to say. */
  readonly message: string;
}

export interface PhoneView {
  readonly text: string;
  /** `+1 317 555 0142`, empty until it is a number. */
  readonly international: string;
  /** `US`, empty where unknown. */
  readonly country: string;
  readonly problem: string;
}

export interface OptionsView {
  readonly callerId: string;
  readonly callerIdName: string;
  readonly label: string;
  readonly uuiData: string;
  readonly externalContactId: string;
  /** One `name=value` a line. */
  readonly attributes: string;
  readonly priority: string;
  /** Ids, separated by commas or spaces. */
  readonly routingSkillsIds: string;
  readonly languageId: string;
  /** Problems by option, for the helper line below it. */
  readonly problems: Readonly<Partial<Record<OptionName, string>>>;
}
export const OPTION_NAMES = [
  'callerId',
  'callerIdName',
  'label',
  'uuiData',
  'externalContactId',
  'attributes',
  'priority',
  'routingSkillsIds',
  'languageId',
] as const;
export type OptionName = (typeof OPTION_NAMES)[number];

export type Activity =
  | { readonly kind: 'idle' }
  | { readonly kind: 'checking' | 'placing'; readonly text: string }
  | { readonly kind: 'confirming'; readonly text: string; readonly detail: string }
  | { readonly kind: 'placed' | 'refused' | 'unknown' | 'checked' | 'failed'; readonly text: string; readonly detail: string };

/** What the person did. The host ignores anything that is not one of these. */
export type FormMessage =
  | { readonly type: 'ready' }
  | { readonly type: 'search'; readonly field: 'agent' | 'callee'; readonly query: string }
  | { readonly type: 'pick'; readonly field: 'agent' | 'callee'; readonly id: string }
  | { readonly type: 'as'; readonly value: 'self' | 'on-behalf' }
  | { readonly type: 'from-queue'; readonly id: string }
  | { readonly type: 'to-kind'; readonly value: 'phone' | 'user' | 'queue' }
  | { readonly type: 'phone'; readonly text: string }
  | { readonly type: 'to-queue'; readonly id: string }
  | { readonly type: 'option'; readonly name: OptionName; readonly value: string }
  | { readonly type: 'do'; readonly action: FormAction };
export const FORM_ACTIONS = [
  'sign-in',
  'sign-in-sandbox',
  'switch-account',
  'check',
  'place',
  'confirm',
  'cancel',
  'edit-json',
  'show-diagnosis',
  'reload',
] as const;
export type FormAction = (typeof FORM_ACTIONS)[number];

/** Host → webview. */
export interface StateMessage {
  readonly type: 'state';
  readonly state: FormState;
}
