/**
 * The tick: lets everything happen that has fallen due, and picks up what a crash left behind. It may run as
 * often as it likes, in as many processes as it likes: each effect happens once, because each step is a write
 * that is conditional on the participant's sequence.
 */
import type { Model } from 'mongoose';
import type { Clock } from '../clock';
import type { ParticipantDocument } from '../database/models/participant';
import type { Relaying, Turns } from '../people';

export interface TickParts {
  participants: Model<ParticipantDocument>;
  turns: Pick<Turns, 'fireDue'>;
  relaying: Pick<Relaying, 'leftBehind' | 'idle'>;
  /** What leaves on behalf of somebody who writes to many. */
  broadcasts: { advance(): Promise<number> };
  clock: Clock;
  /** Participants read at a time; a tick goes on until nobody is due. */
  batch?: number;
}

/** Effects this old were left behind: whoever committed them should long have carried them out. */
const LEFT_BEHIND_MS = 15_000;

/**
 * One whose turn fails holds nobody else up.
 * @returns how many participants something happened to
 * @throws the first failure, once everybody else has had his turn
 */
export async function tick({
  participants,
  turns,
  relaying,
  broadcasts,
  clock,
  batch = 100,
}: TickParts): Promise<number> {
  while ((await relaying.leftBehind(new Date(clock.now().getTime() - LEFT_BEHIND_MS), batch)) === batch);
  const failures: unknown[] = [];
  await broadcasts.advance().catch((error: unknown) => failures.push(error));
  let happened = 0;
  for (;;) {
    const due = await participants
      .find({ nextDue: { $lte: clock.now() } })
      .sort({ nextDue: 1 })
      .limit(batch)
      .lean<ParticipantDocument[]>();
    const fired = await Promise.allSettled(due.map((document) => turns.fireDue(document)));
    const stepped = fired.filter((one) => one.status === 'fulfilled' && one.value).length;
    failures.push(...fired.filter((one) => one.status === 'rejected').map(({ reason }) => reason as unknown));
    happened += stepped;
    // Lost races are somebody else's work; a full batch of them means others are faster here.
    if (due.length < batch || stepped === 0) break;
  }
  await relaying.idle();
  if (failures.length > 0) throw failures[0];
  return happened;
}
