/** Turns what is due on one channel into messages to claim now, and puts everything else where it belongs. */
import type { Channel } from '../channels/channel';
import type { Clock } from '../clock';
import type { OutboxRow, Waiting } from '../database/models/outbox';
import { fallBack, type AftermathParts } from './aftermath';
import { WAITS_FOR, type OutboxWrite } from './claims';
import { decide, type Decision } from './decide';
import type { BroadcastsPort, Held, ObservePort, PeoplePort, TemplatePort } from './ports';
import { due, turns } from './queue';
import type { QuietHours } from './quiet-hours';
import type { Reach } from './reach';
import { lane } from './rows';
import type { SenderRules } from './sender-rules';
import { RELEASED, type Rows } from './store';

export interface PlannerParts extends AftermathParts {
  outbox: Rows<OutboxRow>;
  people: PeoplePort;
  broadcasts: BroadcastsPort;
  reach: Reach;
  template: TemplatePort;
  observe: ObservePort;
  quiet: QuietHours | undefined;
  clock: Clock;
}

export interface Planned {
  row: OutboxRow;
  /** Leaves outside the window: by template, and on a seat. */
  outside: boolean;
}

export interface Plan {
  send: Planned[];
  /** Rows that were put elsewhere: deferred, parked, cancelled, expired. */
  moved: number;
}

/**
 * @param room how many messages may be claimed at most.
 * @param busy participants who have a message in flight in this process already.
 */
export async function plan(
  channel: Channel,
  rules: SenderRules,
  room: number,
  busy: ReadonlySet<string>,
  parts: PlannerParts,
): Promise<Plan> {
  const { outbox, people, broadcasts, reach, template, quiet, clock } = parts;
  const now = clock.now();
  const reachLeft = reach.mayHaveRoom(channel.sender);
  const waits: Waiting[] = Number.isFinite(rules.dailyReach) && reachLeft ? ['open', 'reach'] : ['open'];
  const found = await due(outbox, channel.id, waits, now, 2 * room + busy.size);
  const ids = found.filter((id) => !busy.has(id));
  if (ids.length === 0) return { send: [], moved: 0 };
  const [{ next, behind }, recipients, seated] = await Promise.all([
    turns(outbox, channel.id, ids, now),
    people.recipients(ids),
    reachLeft ? undefined : reach.seated(channel.sender, ids),
  ]);
  const held = await heldAmong(next, broadcasts);
  const result: Plan = { send: [], moved: 0 };
  const writes: OutboxWrite[] = behind
    .filter(({ head }) => head.dueAt > now)
    .map(({ row, head }) => change(row, { $set: { dueAt: head.dueAt } }));
  for (const row of next) {
    const recipient = recipients.get(row.participantId);
    const hasTemplate =
      rules.window && row.say !== undefined && template(row.say, row.language, row.purpose) !== undefined;
    const hasSeat = reachLeft || seated?.has(row.participantId) === true;
    const decision = decide(row, {
      now,
      recipient,
      rules,
      quiet,
      hasTemplate,
      hasSeat,
      held: held.get(row.broadcast ?? ''),
    });
    if (decision.do === 'send') {
      if (result.send.length < room) result.send.push({ row, outside: decision.outside });
    } else {
      writes.push(...writeDecision(row, decision, now));
      if (decision.do === 'fall-back') await fallBack(row, decision.reason, parts);
      if (decision.do === 'cancel' || decision.do === 'expire')
        parts.observe({
          sender: channel.sender,
          channel: channel.id,
          outcome: decision.do === 'cancel' ? 'cancelled' : 'expired',
        });
    }
  }
  if (writes.length > 0) result.moved = (await outbox.bulkWrite(writes, { ordered: false })).modifiedCount;
  return result;
}

/** The broadcasts among these that must not go on; where none is one, nothing is asked. */
async function heldAmong(rows: OutboxRow[], broadcasts: BroadcastsPort): Promise<Map<string, Held>> {
  const ids = new Set(rows.flatMap(({ broadcast }) => broadcast ?? []));
  return ids.size === 0 ? new Map() : broadcasts.held([...ids]);
}

/** A change to a row that nobody holds. */
function change({ _id }: OutboxRow, update: object): OutboxWrite {
  return { updateOne: { filter: { _id, state: 'pending', live: true }, update } };
}

function writeDecision(
  row: OutboxRow,
  decision: Exclude<Decision, { do: 'send' }>,
  now: Date,
): OutboxWrite[] {
  const end = (
    state: 'cancelled' | 'expired' | 'failed',
    error: NonNullable<OutboxRow['error']>,
  ): OutboxWrite[] => [change(row, { $set: { state, error, [`times.${state}`]: now }, $unset: RELEASED })];
  switch (decision.do) {
    case 'cancel':
      return end('cancelled', { kind: decision.kind, reason: decision.reason });
    case 'expire':
      return end('expired', { kind: 'expired', reason: 'It was no longer worth sending.' });
    case 'fail':
      return end('failed', { kind: decision.kind, reason: decision.reason });
    case 'fall-back':
      return end('failed', { kind: 'window', reason: decision.reason });
    case 'defer':
      return [change(row, { $set: { dueAt: decision.until } })];
    case 'park':
      return park(row, decision.waiting);
  }
}

/** Out of the way until a seat is free, with all that stands behind it; or until he writes or it goes on, alone. */
function park(row: OutboxRow, waiting: 'reach' | 'window' | 'paused'): OutboxWrite[] {
  const own = change(row, { $set: { lane: lane(row.channel, waiting), error: WAITS_FOR[waiting] } });
  if (waiting !== 'reach') return [own];
  const { participantId, channel } = row;
  const behind = { participantId, live: true as const, lane: lane(channel, 'open') };
  return [own, { updateMany: { filter: behind, update: { $set: { lane: lane(channel, 'reach') } } } }];
}
