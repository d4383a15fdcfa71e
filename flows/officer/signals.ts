/** What an officer is told of cases, in words that anybody may read on his screen. */
import { to } from '../everywhere';
import { note, say, sayWith, type Step } from '../phrases';
import type { Transition } from '../setup';

const isNone = ({ context }: Step) => context.roles?.officer === undefined;

/** Said without changing where he stands. */
export const CASE_WAITING: Transition[] = [
  { guard: isNone },
  {
    actions: [
      sayWith(({ event }) =>
        event.type === 'CASE_WAITING' && event.data.urgent
          ? { parts: [{ key: 'officer.waiting-urgent' }], urgent: true }
          : { parts: [{ key: 'officer.waiting' }] },
      ),
    ],
  },
];

/** The answer to "I take it": he is led to it unless he has turned to something else. */
export const CASE_TAKEN: Transition[] = [
  { guard: isNone },
  {
    guard: ({ event }) => event.type === 'CASE_TAKEN' && !event.data.mine,
    actions: [say('officer.quicker')],
  },
  {
    guard: ({ context }) => context.scratch.hat === 'officer',
    target: to.case,
    actions: [
      note(({ event }) => (event.type === 'CASE_TAKEN' ? { case: event.data.case } : {})),
      say('officer.taken'),
    ],
  },
  { actions: [say('officer.taken')] },
];

/** He must not call any more, wherever he stands. */
export const CASE_WITHDRAWN: Transition[] = [{ guard: isNone }, { actions: [say('officer.withdrawn')] }];
