/**
 * What providers say later. Receipts come in any order, twice, before the send's own answer, or never; a row
 * only ever moves forward: accepted < failed < delivered < read.
 */
import type { Receipt } from '../channels/channel';
import type { OutboxRow, OutboxState } from '../database/models/outbox';
import { attend, type AftermathParts } from './aftermath';
import type { Random } from './back-off';
import type { OutboxWrite } from './claims';
import { fail } from './outcome';
import { lane } from './rows';
import { unlessDuplicate } from '../database/duplicate';
import { RELEASED } from './store';

/** States from which a receipt may move a row on. */
const UNANSWERED: OutboxState[] = ['pending', 'leased', 'sending', 'unknown'];
const MOVES_FROM: Record<Exclude<Receipt['status'], 'queued'>, OutboxState[]> = {
  sent: UNANSWERED,
  failed: [...UNANSWERED, 'sent'],
  delivered: [...UNANSWERED, 'sent', 'failed', 'dead', 'expired', 'cancelled'],
  read: [...UNANSWERED, 'sent', 'failed', 'dead', 'expired', 'cancelled', 'delivered'],
};

type Status = keyof typeof MOVES_FROM;

/** Which row is meant, and by which try: a late receipt of an earlier try that failed says nothing any more. */
function which({ outboxId, providerId }: Receipt) {
  return outboxId === undefined ? { providerId } : { _id: outboxId };
}

/** The moment is kept whatever the order; the state moves only forward. */
function writes(receipt: Receipt, status: Exclude<Status, 'failed'>): OutboxWrite[] {
  const row = which(receipt);
  const { providerId, at } = receipt;
  const ofThisTry = status === 'sent' ? { past: { $ne: providerId } } : {};
  return [
    { updateOne: { filter: row, update: { $min: { [`times.${status}`]: at } } } },
    {
      updateOne: {
        filter: { ...row, state: { $in: MOVES_FROM[status] }, ...ofThisTry },
        // The token stays: the sending process recognises its row by it and adds what only it knows.
        update: { $set: { state: status, providerId }, $unset: { ...RELEASED, error: 1 } },
      },
    },
  ];
}

/** Applies receipts in bulk; unknown ids are passed over. Safe to repeat. */
export async function applyReceipts(
  receipts: Receipt[],
  parts: AftermathParts & { random: Random },
): Promise<void> {
  const good = receipts.flatMap((receipt) =>
    receipt.status === 'failed' ? [] : writes(receipt, receipt.status === 'queued' ? 'sent' : receipt.status),
  );
  if (good.length > 0) await unlessDuplicate(parts.outbox.bulkWrite(good, { ordered: false }));
  for (const receipt of receipts) if (receipt.status === 'failed') await applyFailure(receipt, parts);
}

/** Failures are few, and each may have consequences of its own. */
async function applyFailure(receipt: Receipt, parts: AftermathParts & { random: Random }): Promise<void> {
  const { outbox, random, clock } = parts;
  const { providerId, at } = receipt;
  await outbox.updateOne(which(receipt), { $min: { 'times.failed': at } });
  const row = await outbox.findOne({
    ...which(receipt),
    state: { $in: MOVES_FROM.failed },
    past: { $ne: providerId },
  });
  if (!row) return;
  const { kind, code } = receipt.failure ?? { kind: 'other' as const };
  const cause = { code, reason: `The provider reported "${kind}" after it had taken the message.` };
  const { next, actions } = fail(row, { kind, ...cause }, clock.now(), random);
  const moved = await outbox.updateOne(
    { _id: row._id, state: row.state, past: { $ne: providerId } },
    failedUpdate(row, next, providerId),
  );
  if (moved.modifiedCount === 1) await attend(row, actions, cause, parts);
}

function failedUpdate(row: OutboxRow, next: ReturnType<typeof fail>['next'], providerId: string): object {
  if (next.state === 'pending')
    return {
      $set: {
        state: 'pending',
        live: true,
        lane: lane(row.channel, next.waiting),
        dueAt: next.dueAt,
        error: next.error,
        ...next.set,
      },
      $unset: { flight: 1, leaseToken: 1, leaseUntil: 1, providerId: 1 },
      $addToSet: { past: providerId },
    };
  return {
    $set: { state: next.state, providerId, ...('error' in next && { error: next.error }) },
    $unset: RELEASED,
    $addToSet: { past: providerId },
  };
}
