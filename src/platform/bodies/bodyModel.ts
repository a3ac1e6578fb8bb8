/** What an id is of. A query that looks up a name goes by it. */
export type IdKind = 'user' | 'queue' | 'skill' | 'language' | 'external-contact' | 'conversation' | 'participant' | 'wrap-up-code' | 'script';

/** What a value is in JSON; other types are names of objects, `RoutingData`, or of lists of them, `Destination[]`. */
export type ValueType = 'string' | 'boolean' | 'int32' | 'date-time' | 'string[]' | 'map<string,string>';
export type FieldType = ValueType | Capitalize<string>;

/** One field of a body. What is absent is not known or does not apply. */
export interface Field {
  readonly name: string;
  readonly type: FieldType;
  /** `guid` for ids of the platform, `phone` for what can be dialled, `country` for ISO 3166-1 alpha-2. */
  readonly format?: 'guid' | 'phone' | 'country';
  /** With `guid`: whose id. */
  readonly idOf?: IdKind;
  /** The only values that there are. */
  readonly values?: readonly string[];
  readonly unit?: string;
  readonly meaning: string;
  readonly example: unknown;
  readonly required?: true;
  /** True for the fields of which a call has exactly one. */
  readonly destination?: true;
  /** The field beside it without which this one does nothing. */
  readonly onlyWith?: string;
  /** Fields beside it that are often written with this one. */
  readonly goesWith?: readonly string[];
  /** What it needs beyond what the operation does: a permission, a setting, a source that is not there. */
  readonly requires?: string;
  readonly note?: string;
  /** Date of the first SDK that has it, YYYY-MM-DD. */
  readonly since?: string;
  /** The model of the object, or of each object in the list. */
  readonly object?: ObjectModel;
}

/** Fields of which at least one is needed; `only` says that a second one is a mistake. */
export interface OneOf {
  readonly names: readonly string[];
  readonly only?: true;
  /** Fields that do without any of the names. */
  readonly orElse?: readonly string[];
}

export interface ObjectModel {
  /** The name of the type in the official SDKs. */
  readonly name: string;
  readonly fields: readonly Field[];
  readonly oneOf?: OneOf;
  /** Fields of a type that requests share with answers, of which no source says that this request reads them. */
  readonly answerOnly?: readonly string[];
}

export interface OperationName {
  readonly method: string;
  /** Path template, `/api/v2/users/{userId}`. */
  readonly path: string;
}

/** The body that some operations take. Without fields: they take none. */
export interface BodyModel extends ObjectModel {
  readonly operations: readonly OperationName[];
  /** What sending it does. */
  readonly meaning: string;
  /** A whole body. */
  readonly example?: unknown;
  readonly source: string;
  /** Date of the source, YYYY-MM-DD. */
  readonly asOf: string;
}

/** The official SDK whose types the models have (FACTS, NPM262). */
export const SDK = 'purecloud-platform-client-v2 262.0.0';
export const SDK_AS_OF = '2026-09-16';
export const GUID_EXAMPLE = '3f2504e0-4f89-41d3-9a0c-0305e82c3301';
