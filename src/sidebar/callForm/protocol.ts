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
  readonly to: ToView;
  readonly options: OptionsView;
  /** The exact body that will be sent, indented. */
  readonly json: string;
  /** Why *Place call* cannot be pressed, or nothing. */
  readonly blocked: string;
  readonly activity: Activity;
  /** The call that was placed last, while it is followed and after; absent where there is none. */
  readonly live: LiveView | undefined;
  /** What else there is where this sign-in cannot call for somebody; mostly empty. */
  readonly otherWays: readonly OtherWay[];
}

export const DESTINATIONS = ['phone', 'user', 'queue', 'conference'] as const;
export interface ToView {
  readonly kind: (typeof DESTINATIONS)[number];
  readonly phone: PhoneView;
  readonly userId: string;
  readonly userName: string;
  readonly queueId: string;
  /** Of a conference, in the order in which they were added. */
  readonly parties: readonly PartyView[];
  /** The number that is typed to be added to a conference. */
  readonly party: PhoneView;
}

export interface PartyView {
  /** A number in E.164, or the id of a user. */
  readonly id: string;
  readonly kind: 'phone' | 'user';
  /** `+1 317 555 0142`, or the user's name. */
  readonly name: string;
  /** ISO 3166-1 of a number; empty where unknown, and for users. */
  readonly country: string;
}

export const PHASES = ['placed', 'dialing', 'agent', 'outside', 'connected', 'held', 'ended', 'lost'] as const;

/** A call that was placed, as far as it is known. */
export interface LiveView {
  readonly conversationId: string;
  /** "Sales Agent 7 → +1 317 555 0142" */
  readonly title: string;
  /** `placed`: nothing is known yet. `lost`: it cannot be followed. */
  readonly phase: (typeof PHASES)[number];
  /** The phase in words, which a screen reader says once. */
  readonly words: string;
  /** Why it ended or cannot be followed, and what to do; empty where there is nothing to say. */
  readonly detail: string;
  /** What the platform or the network said, as it said it; empty otherwise. */
  readonly code: string;
  /** Whether it ended with anything going wrong. */
  readonly failed: boolean;
  /** For how long both sides have talked when this is sent, in milliseconds; -1 where they have not. */
  readonly talked: number;
  /** Whether `talked` goes on. */
  readonly ticks: boolean;
  /** How it is followed, where that is not as it should be: "Reconnecting…". */
  readonly connection: string;
  readonly hangUp: 'possible' | 'sending' | 'none';
  /** What came of hanging up; empty where there is nothing to say. */
  readonly hangUpSaid: string;
}

/** Another legitimate way to have somebody called (FACTS §7). */
export interface OtherWay {
  readonly title: string;
  /** What it requires, as sentences. */
  readonly needs: string;
  /** What its button says and does. */
  readonly label: string;
  readonly action: FormAction;
}

export type AccountView =
  | { readonly kind: 'signed-out' }
  | { readonly kind: 'loading' }
  | { readonly kind: 'failed'; readonly title: string; readonly message: string }
  | {
      readonly kind: 'signed-in';
      readonly sandbox: boolean;
      readonly org: string;
      readonly region: string;
      readonly name: string;
      readonly grant: string;
      /** When the sign-in ends, where it is known and near: "ends at 14:20"; empty otherwise. */
      readonly ending: string;
    };

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
  /** `found`: what was found out later of a call of which nobody knew. */
  | {
      readonly kind: 'placed' | 'refused' | 'unknown' | 'found' | 'checked' | 'failed';
      readonly text: string;
      readonly detail: string;
      /** Whether the reason is who is signed in, and not what was asked for. */
      readonly mayNot?: boolean;
    };

/** What the person did. The host ignores anything that is not one of these. */
export type FormMessage =
  | { readonly type: 'ready' }
  | { readonly type: 'search'; readonly field: 'agent' | 'callee'; readonly query: string }
  | { readonly type: 'pick'; readonly field: 'agent' | 'callee'; readonly id: string }
  | { readonly type: 'as'; readonly value: 'self' | 'on-behalf' }
  | { readonly type: 'from-queue'; readonly id: string }
  | { readonly type: 'to-kind'; readonly value: ToView['kind'] }
  | { readonly type: 'phone'; readonly text: string }
  | { readonly type: 'party'; readonly text: string }
  | { readonly type: 'remove-party'; readonly id: string }
  | { readonly type: 'to-queue'; readonly id: string }
  | { readonly type: 'option'; readonly name: OptionName; readonly value: string }
  | { readonly type: 'do'; readonly action: FormAction };
export const FORM_ACTIONS = [
  'sign-in',
  'sign-in-sandbox',
  'switch-account',
  'show-session',
  'check',
  'place',
  'confirm',
  'cancel',
  'edit-json',
  'show-diagnosis',
  'reload',
  'add-party',
  'hang-up',
  'dismiss-call',
  'create-callback',
  'export-list',
] as const;
export type FormAction = (typeof FORM_ACTIONS)[number];

/** Host → webview. */
export interface StateMessage {
  readonly type: 'state';
  readonly state: FormState;
}
