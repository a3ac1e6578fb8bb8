import type { Activity } from '../sidebar/callForm/protocol.js';
import { isOutcome } from './outcome.js';

/** Moves the focus and the view along when the activity changes: to Cancel before a call, back to *Place call* after, to the outcome. */
export function followActivity(before: Activity['kind'] | undefined, activity: Activity): void {
  if (before === activity.kind) return;
  if (activity.kind === 'confirming') document.getElementById('cancel')?.focus({ preventScroll: true });
  else if (before === 'confirming' && document.activeElement === document.body) document.getElementById('place')?.focus({ preventScroll: true });
  if (before !== undefined && isOutcome(activity)) document.querySelector('.result')?.scrollIntoView({ block: 'nearest' });
}
