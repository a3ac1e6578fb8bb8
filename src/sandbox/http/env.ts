import type { HttpBindings } from '@hono/node-server';
import type { Mishap } from './faults.js';
import type { RequestRecord } from './requestLog.js';

/** What goes along with a request through the web application. */
export type Env = {
  Bindings: HttpBindings;
  Variables: {
    /** What goes wrong with it. */
    mishap?: Mishap;
    /** What is remembered of it, where anything is. */
    record?: RequestRecord;
  };
};
