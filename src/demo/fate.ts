/** What became of a message that was written long ago: the row as delivery would have left it. */
import type { OutboxRow } from '../database/models/outbox';
import type { Dice } from './random';

const SECOND_MS = 1_000;
/** A phone without a network, or switched off. */
const AWAY = 0.06;
const FAILS = 0.008;
const READS = 0.55;

/**
 * A finished row. What was said is left out: its content is in the journal's lesson and week, and 500,000 rows of a
 * demo stay small.
 * @param row as it was written: pending
 * @param answeredAt when he answered it
 * @param until nothing is known of what happened later
 */
export function finished(row: OutboxRow, dice: Dice, answeredAt: Date | undefined, until: Date): OutboxRow {
  const { say: _say, live: _live, lane: _lane, ...rest } = row;
  const written = row.createdAt.getTime();
  const latest = Math.min(answeredAt?.getTime() ?? Infinity, until.getTime());
  const after = (from: number, ms: number) => new Date(Math.min(from + ms, latest));
  const sent = after(written, SECOND_MS + Math.round(dice.wait(2 * SECOND_MS)));
  const base = { ...rest, sender: 'simulator', attempts: 0, providerId: `${DEMO_PROVIDER}${row._id}` };
  if (!answeredAt && row.purpose !== 'reply' && dice.chance(FAILS)) {
    const failed = after(sent.getTime(), Math.round(dice.wait(60 * SECOND_MS)));
    return {
      ...base,
      state: 'failed',
      error: { kind: 'undelivered', reason: 'His phone could not be reached.' },
      times: { ...row.times, sent, failed },
    };
  }
  const underway = dice.wait(dice.chance(AWAY) ? 6 * 3_600 * SECOND_MS : 4 * SECOND_MS);
  const arrives = sent.getTime() + Math.round(underway);
  if (!answeredAt && arrives > until.getTime())
    return { ...base, state: 'sent', times: { ...row.times, sent } };
  const delivered = after(arrives, 0);
  const reads = delivered.getTime() + Math.round(dice.wait(3_600 * SECOND_MS));
  const read = answeredAt ?? (dice.chance(READS) && reads <= until.getTime() ? new Date(reads) : undefined);
  return read
    ? { ...base, state: 'read', times: { ...row.times, sent, delivered, read } }
    : { ...base, state: 'delivered', times: { ...row.times, sent, delivered } };
}

const DEMO_PROVIDER = 'simulated:';
