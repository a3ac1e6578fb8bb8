import { anInteger, anObject, described } from './shape.js';

export const notifications = described(
  'How notifications behave.',
  anObject({}, { heartbeatMilliseconds: described('Between two heartbeats of a channel; 30,000 by default.', anInteger(10, 3_600_000)) }),
);

/** Community sources; the Swift client of a community source waits 35 seconds for one (index of 2026-11). */
export const HEARTBEAT_MILLISECONDS = 30_000;
