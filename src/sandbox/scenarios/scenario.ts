import type { OrgFile } from '../org/orgFile.js';

/**
 * A request that shows a scenario. In the path and in the texts of the body, `{name}` stands for the id of what has that name
 * in the org, or for what was kept of an earlier answer.
 */
export interface ScenarioRequest {
  /** Whose token it bears: the name of a user or client; null for none. */
  readonly as: string | null;
  readonly method: string;
  readonly path: string;
  readonly body?: unknown;
  /** Instead of a body: a form, as `/oauth/token` takes it. */
  readonly form?: Readonly<Record<string, string>>;
  /** The client whose id and secret go in a Basic header. */
  readonly basic?: string;
  /** What to keep of the answer: names, and where it is (JSON pointer). */
  readonly keep?: Readonly<Record<string, string>>;
  /** How often it is sent; once where absent. */
  readonly times?: number;
}

/** A state of the org in which something goes wrong in one known way. */
export interface ScenarioInfo {
  readonly name: string;
  readonly title: string;
  /** The requirement of DESIGN §5 that fails; null where none does. */
  readonly cause: string | null;
  /** The name of the client or user of the org to sign in as; null where it does not matter. */
  readonly who: string | null;
  readonly signIn: string;
  readonly attempt: string;
  /** What shows it, in this order: the last one has the answer that the scenario is about. */
  readonly requests: readonly ScenarioRequest[];
}

export interface Scenario extends ScenarioInfo {
  /** Makes the scenario of the org. What it changes must be there: `needs`. */
  readonly patch?: (org: OrgFile) => OrgFile;
  /** Names of users, clients, queues, stations and data actions without which the scenario means nothing. */
  readonly needs: readonly string[];
}
