/** What it is to stop, by his word or because he does not agree to the new notice; what is said of it is the caller's. */
import { disarmAll } from './everywhere';
import { leaveJodi } from './jodi';
import { change, record } from './phrases';

/** His jodi ends, nothing of his falls due any more, and what waits for him is withdrawn. */
export const stopping = [
  ...leaveJodi,
  change(({ context }) => ({ status: 'stopped' as const, lastStop: context.sequence })),
  ...disarmAll(),
  'cancelOutbox' as const,
  record('participant.stopped'),
];
