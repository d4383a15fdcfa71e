/** The verdict: what the provider really took, held against what people wrote (design, section 4). */
import type { OutboxRow } from '../../src/database/models/outbox';
import type { ParticipantDocument } from '../../src/database/models/participant';
import type { StoredMessage } from '../support/twilio-stub';
import type { Phone } from './phones';

export interface Evidence {
  phones: Phone[];
  accepted: StoredMessage[];
  rows: OutboxRow[];
  participants: ParticipantDocument[];
  /** Simulated milliseconds for which a message may have been on its way when somebody stopped. */
  longestFlight: number;
}

export interface Verdict {
  /** Sentences, each about one thing that must never happen. */
  violations: string[];
  messages: number;
  accepted: number;
  /** Taken twice after their outcome had been unknown. */
  doubledUnknown: number;
  /** Whose outcome stayed unknown. */
  unknown: number;
  lessons: number;
}

const LEFT = new Set(['sent', 'delivered', 'read']);

export function judge({ phones, accepted, rows, participants, longestFlight }: Evidence): Verdict {
  const violations: string[] = [];
  const byId = new Map(rows.map((row) => [row._id, row]));
  const times = new Map<string, number>();
  for (const { outboxId = 'none' } of accepted) times.set(outboxId, (times.get(outboxId) ?? 0) + 1);

  const doubled = [...times].filter(([, count]) => count > 1).map(([id]) => id);
  const blind = doubled.filter((id) => !byId.get(id)?.times.unknown);
  if (blind.length > 0) violations.push(`${blind.length} messages were taken twice: ${blind.join(' ')}`);
  for (const id of times.keys()) if (!byId.has(id)) violations.push(`${id} was sent and is in no outbox`);
  for (const { _id, state, live, flight } of rows) {
    if (live ?? flight) violations.push(`${_id} is still ${state}`);
    if (state === 'dead' || state === 'expired') violations.push(`${_id} ended as ${state}`);
    if (LEFT.has(state) && !times.has(_id)) violations.push(`${_id} is ${state} and was never taken`);
  }

  for (const phone of phones) {
    const his = participants.filter(({ identities }) =>
      identities.some(({ address }) => address === phone.number),
    );
    const participant = his[0];
    if (his.length !== 1 || !participant) {
      violations.push(`${his.length} participants for one phone`);
      continue;
    }
    violations.push(...judgeOne(phone, participant, { accepted, rows, byId, longestFlight }));
  }
  return {
    violations,
    messages: phones.reduce((sum, { written }) => sum + written.length, 0),
    accepted: accepted.length,
    doubledUnknown: doubled.length - blind.length,
    unknown: rows.filter(({ state }) => state === 'unknown').length,
    lessons: rows.filter(({ purpose, _id }) => purpose === 'lesson' && times.has(_id)).length,
  };
}

function judgeOne(
  { written, stop, number }: Phone,
  { _id: id, effects, unrelayedSince }: ParticipantDocument,
  {
    accepted,
    rows,
    byId,
    longestFlight,
  }: Pick<Evidence, 'accepted' | 'rows' | 'longestFlight'> & { byId: Map<string, OutboxRow> },
): string[] {
  const violations: string[] = [];
  const own = rows.filter(({ participantId }) => participantId === id);
  const taken = accepted.filter(({ to }) => to === `whatsapp:${number}`);
  const stopped = own.find(({ final }) => final)?.sequence;

  // Each message that was acknowledged has had its one effect, and that effect its one answer.
  const replies = own.filter(({ purpose }) => purpose === 'reply');
  if (replies.length !== written.length)
    violations.push(`${id}: ${written.length} messages, ${replies.length} answers`);
  if (new Set(replies.map(({ sequence }) => sequence)).size !== replies.length)
    violations.push(`${id}: two answers of one step`);
  if (effects.length > 0 || unrelayedSince) violations.push(`${id}: effects were left behind`);
  const ids = new Set(taken.map(({ outboxId }) => outboxId));
  for (const { _id, state, sequence } of own)
    if (!ids.has(_id) && state !== 'unknown' && !(stopped !== undefined && sequence < stopped))
      violations.push(`${_id} (${state}) never reached him`);
  const lessons = own.filter(({ purpose }) => purpose === 'lesson');
  if (lessons.length > 1) violations.push(`${id}: one week's lesson fell due ${lessons.length} times`);

  // Answers in the order of their steps; what the provider took twice counts where it came first.
  const order = [...new Set(taken.map(({ outboxId }) => outboxId))]
    .map((outboxId) => byId.get(outboxId ?? ''))
    .flatMap((row) => (row?.purpose === 'reply' ? [row.sequence] : []));
  if (order.some((sequence, place) => place > 0 && sequence < order[place - 1]!))
    violations.push(`${id}: answers came in the order ${order.join(' ')}`);

  if (stop && stopped === undefined) violations.push(`${id}: said stop and was not confirmed`);
  const stoppedAt = stop?.acknowledgedAt;
  if (stoppedAt !== undefined && stopped !== undefined)
    for (const { outboxId = '', createdAt } of taken) {
      const row = byId.get(outboxId);
      if (!row || row.sequence >= stopped) continue;
      const sending = row.times.sending?.getTime() ?? 0;
      if (sending > stoppedAt || createdAt.getTime() > stoppedAt + longestFlight)
        violations.push(`${outboxId} left ${createdAt.getTime() - stoppedAt} ms after he had stopped`);
    }
  return violations;
}
