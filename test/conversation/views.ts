/** What somebody with a role sees of others in the walks through the conversation. */
import type { Participant, View } from '../../src/conversation';

const START = new Date('2026-01-01T10:00:00+05:30');

/** A mentor's group in these walks, and what he has sent to it. */
const VIEW: View = {
  at: START,
  broadcasts: {
    left: 1,
    latest: [
      {
        id: 'b1',
        state: 'done',
        words: 'Meeting on Sunday at five. Bring a friend!',
        told: 2,
        counts: {
          waiting: 0,
          unreachable: 0,
          sent: 0,
          delivered: 1,
          read: 1,
          failed: 1,
          expired: 0,
          cancelled: 0,
          reasons: { address: 1 },
        },
      },
    ],
  },
  groups: [
    {
      code: 'KTR47',
      name: 'Sitapur Saathis',
      members: [
        {
          number: 1,
          participantId: 'm1',
          name: 'Asif',
          language: 'hi',
          status: 'active',
          lessons: 3,
          actions: 2,
          pledges: 1,
        },
        {
          number: 2,
          participantId: 'm2',
          name: 'Salim',
          language: 'or',
          status: 'active',
          lastHeardAt: START,
          lastDoneAt: START,
          talkWantedAt: START,
          lessons: 1,
          actions: 0,
          pledges: 0,
        },
        {
          number: 3,
          participantId: 'm3',
          name: 'Ravi',
          language: 'hi',
          status: 'active',
          lessons: 0,
          actions: 0,
          pledges: 0,
        },
        {
          number: 4,
          participantId: 'm4',
          name: 'Dev',
          language: 'bn',
          status: 'stopped',
          lessons: 0,
          actions: 0,
          pledges: 0,
        },
      ],
    },
    { code: 'KTR48', name: 'Misrikh Saathis', members: [] },
  ],
};

/** As the product reads it: for mentors their groups, for everybody else nothing. */
export function viewOf({ roles, profile }: Participant): View | undefined {
  if (!roles) return undefined;
  // Whoever has no state yet has no group yet either; whoever has just become a Saathi has not sent anything.
  if (!roles.mentor || profile.state === undefined || profile.group !== undefined)
    return { at: START, groups: [] };
  return profile.joinedAt ? { ...VIEW, broadcasts: { left: 3, latest: [] } } : VIEW;
}
