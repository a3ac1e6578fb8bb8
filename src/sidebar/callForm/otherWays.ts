import type { OtherWay } from './protocol.js';

/** What else there is where an application may not call for an agent, or no user is there to call as (FACTS §7). */
export const OTHER_WAYS: readonly OtherWay[] = [
  {
    title: 'A callback that the agent owns',
    needs: 'Needs conversation:callback:create and a queue that allows agent-owned callbacks. The agent accepts it and dials.',
    label: 'Create Callback…',
    action: 'create-callback',
  },
  {
    title: 'The agent’s own sign-in',
    needs: 'The agent signs in here and calls as themselves. Needs a station; declared is conversation:conference:add, not verified for one party.',
    label: 'Sign In…',
    action: 'sign-in',
  },
  {
    title: 'For a list: an Outbound campaign',
    needs:
      'Needs outbound:contactList:add and outbound:campaign:add. It calls for agents of its queue. The list is exported as the file that the contact list imports.',
    label: 'Export List…',
    action: 'export-list',
  },
];
