/**
 * What the tick does for broadcasts: hands each page by page to its audience, tries again those it did not reach,
 * takes back what has not fired, and counts. A crash repeats at most one page, and no signal has a second effect;
 * every write to a broadcast is conditional on its revision, so that several processes do no harm.
 */
import type { Model } from 'mongoose';
import type { Clock } from '../clock';
import type { Content } from '../content/model';
import type { GivenMedia, Signals as SignalData } from '../conversation';
import type { BroadcastDocument } from '../database/models/broadcast';
import type { ParticipantDocument } from '../database/models/participant';
import type { BroadcastRows } from '../delivery';
import type { Signals } from '../people';
import { audienceFilter, audienceSchema } from './audience';
import type { BroadcastMedia } from './broadcast-media';
import { withinScope, wordsIn } from './broadcast-drafts';
import { occasionAt } from './occasion';

export interface BroadcastWorkParts {
  broadcasts: Model<BroadcastDocument>;
  participants: Model<ParticipantDocument>;
  signals: Pick<Signals, 'send' | 'withdraw'>;
  rows: BroadcastRows;
  media: Pick<BroadcastMedia, 'keep'>;
  content: Pick<Content, 'states' | 'campaignDays'>;
  clock: Clock;
  /** People read at a time. */
  page?: number;
  /** Pieces of work for one broadcast in one tick. */
  rounds?: number;
}

type Person = Pick<ParticipantDocument, '_id' | 'profile'>;
interface Change {
  $set?: Partial<BroadcastDocument>;
  $unset?: Partial<Record<keyof BroadcastDocument, 1>>;
}

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Broadcasts looked after in one tick. */
const AT_A_TIME = 20;
/** Pages handed out in one tick, so that answers and lessons don't wait for a large audience. */
const ROUNDS = 8;
/** Not worth hearing any more so long after it was due. */
export const WORTH = 3 * DAY;
/** So long a draft that nobody confirmed is kept. */
export const DRAFT_KEPT = DAY;
/** Receipts come for so long. */
const COUNTED = 7 * DAY;

/** The signal's id: sent again it has no second effect. */
export function signalId({ _id, retries }: Pick<BroadcastDocument, '_id' | 'retries'>): string {
  return retries === 0 ? `broadcast:${_id}` : `broadcast:${_id}:${retries}`;
}

/**
 * Those whom it is for: joined, active, within its borders, without its author.
 * @param at against this moment "quiet for N days" is judged
 * @param after the last `_id` of the page before
 */
export function peopleOf(
  { audience, scope, by }: Pick<BroadcastDocument, 'audience' | 'scope' | 'by'>,
  states: Content['states'],
  at: Date,
  after?: string,
): Record<string, unknown> {
  return {
    $and: [
      audienceFilter(audienceSchema.parse(audience), states, at, after),
      withinScope(scope),
      ...('participantId' in by ? [{ _id: { $ne: by.participantId } }] : []),
    ],
  };
}

export class BroadcastWork {
  readonly #parts: BroadcastWorkParts;

  constructor(parts: BroadcastWorkParts) {
    this.#parts = parts;
  }

  /**
   * Does for the broadcasts that are due their next pieces of work, not more than what leaves a tick its time.
   * @returns how many pieces
   */
  async advance(): Promise<number> {
    const { broadcasts, clock, rounds = ROUNDS } = this.#parts;
    let done = 0;
    for (let round = 0; round < rounds; round += 1) {
      const due = await broadcasts
        .find({ dueAt: { $lte: clock.now() } })
        .sort({ dueAt: 1 })
        .limit(AT_A_TIME)
        .lean<BroadcastDocument[]>();
      if (due.length === 0) break;
      for (const one of due) await this.#work(one, clock.now());
      done += due.length;
    }
    return done;
  }

  /** When something begins to leave after this moment; counting is no reason to look. */
  async nextDue(after: Date): Promise<Date | undefined> {
    const next = await this.#parts.broadcasts
      .findOne({ dueAt: { $gt: after }, state: { $in: ['scheduled', 'sending'] } })
      .sort({ dueAt: 1 })
      .select({ dueAt: 1 })
      .lean<Pick<BroadcastDocument, 'dueAt'>>();
    return next?.dueAt;
  }

  async #work(one: BroadcastDocument, now: Date): Promise<void> {
    if (one.state === 'draft') {
      await this.#parts.broadcasts.deleteOne({ _id: one._id, revision: one.revision });
    } else if (one.withdrawCursor !== undefined) {
      await this.#takeBack(one, one.withdrawCursor, now);
    } else if (one.state === 'scheduled' && one.media?.ref !== undefined) {
      await this.#fetchMedia(one, { ...one.media, ref: one.media.ref }, now);
    } else if (one.state === 'scheduled') {
      await this.#write(one, { $set: { state: 'sending', startedAt: now, dueAt: now } });
    } else if (one.state === 'sending') {
      await this.#hand(one, now);
    } else if (one.retryCursor !== undefined && one.state === 'done') {
      await this.#retry(one, one.retryCursor, now);
    } else {
      await this.#count(one, now);
    }
  }

  /** Before it begins, so that what was taken back in time has been fetched by nobody. */
  async #fetchMedia(one: BroadcastDocument, given: GivenMedia, now: Date): Promise<void> {
    const { media, signals } = this.#parts;
    const kept = await media.keep(one._id, given, now);
    if (typeof kept === 'object') {
      const { contentType } = kept;
      await this.#write(one, { $set: { media: { kind: given.kind, contentType }, dueAt: now } });
    } else if (kept === 'later' && now.getTime() - (one.startsAt ?? now).getTime() < HOUR) {
      await this.#write(one, { $set: { dueAt: new Date(now.getTime() + MINUTE) } });
    } else {
      if ('participantId' in one.by)
        await signals.send(
          { ids: [one.by.participantId], data: { why: 'media' as const } },
          { id: `${one._id}:refused`, event: 'BROADCAST_REFUSED', due: now },
        );
      await this.#write(one, { $set: { state: 'cancelled' }, $unset: { dueAt: 1 } });
    }
  }

  /** One page of the audience gets its signal. */
  async #hand(one: BroadcastDocument, now: Date): Promise<void> {
    const { participants, signals, content, page = 500 } = this.#parts;
    const at = one.startedAt ?? now;
    const people = await participants
      .find(peopleOf(one, content.states, at, one.cursor))
      .sort({ _id: 1 })
      .limit(page)
      .select({ profile: 1 })
      .lean<Person[]>();
    const moments = new Map<number | undefined, Person[]>();
    for (const person of people) {
      const moment = this.#dueFor(one, person, at)?.getTime();
      const together = moments.get(moment);
      if (together) together.push(person);
      else moments.set(moment, [person]);
    }
    for (const [moment, together] of moments) {
      if (moment === undefined) continue;
      await signals.send(
        { each: together.map((person) => ({ id: person._id, data: dataFor(one, person) })) },
        {
          id: signalId(one),
          event: 'BROADCAST',
          due: new Date(moment),
          expiresAt: new Date(moment + WORTH),
        },
      );
    }
    const passedOver = moments.get(undefined)?.length ?? 0;
    const last = people.at(-1)?._id;
    const isOver = people.length < page;
    await this.#write(one, {
      $set: {
        told: one.told + people.length - passedOver,
        passedOver: one.passedOver + passedOver,
        dueAt: now,
        ...(last !== undefined && { cursor: last }),
        ...(isOver && { state: 'done' as const, finishedAt: now }),
      },
    });
  }

  /** The start for all, or each man's own moment; undefined where that is past. */
  #dueFor({ occasion }: BroadcastDocument, { profile }: Person, at: Date): Date | undefined {
    return occasion ? occasionAt(occasion, this.#parts.content.campaignDays, profile, at) : at;
  }

  /** One page of those whom it did not reach gets its signal anew. */
  async #retry(one: BroadcastDocument, after: string, now: Date): Promise<void> {
    const { rows, participants, signals, page = 500 } = this.#parts;
    const failed = await rows.failed(one._id, after, page);
    const people = await participants
      .find({ _id: { $in: failed.map(({ participantId }) => participantId) } })
      .select({ profile: 1 })
      .lean<Person[]>();
    await signals.send(
      { each: people.map((person) => ({ id: person._id, data: dataFor(one, person) })) },
      { id: signalId(one), event: 'BROADCAST', due: now, expiresAt: new Date(now.getTime() + WORTH) },
    );
    await rows.supersede(failed);
    const last = failed.at(-1)?.participantId;
    await this.#write(
      one,
      last === undefined
        ? { $set: { dueAt: now }, $unset: { retryCursor: 1 } }
        : { $set: { dueAt: now, retryCursor: last } },
    );
  }

  /** One page of signals that have not fired is taken back. */
  async #takeBack(one: BroadcastDocument, after: string, now: Date): Promise<void> {
    const { participants, signals, page = 500 } = this.#parts;
    const id = signalId(one);
    const waiting = await participants
      .find({ _id: { $gt: after, $lte: one.cursor ?? '' }, 'conversation.timers.id': id })
      .sort({ _id: 1 })
      .limit(page)
      .select({ _id: 1 })
      .lean<Pick<ParticipantDocument, '_id'>[]>();
    await signals.withdraw(
      waiting.map(({ _id }) => _id),
      id,
    );
    const last = waiting.at(-1)?._id;
    await this.#write(
      one,
      last === undefined || waiting.length < page
        ? { $set: { dueAt: now }, $unset: { withdrawCursor: 1 } }
        : { $set: { dueAt: now, withdrawCursor: last } },
    );
  }

  async #count(one: BroadcastDocument, now: Date): Promise<void> {
    const counts = await this.#parts.rows.count(one._id);
    const dueAt = nextCount(one, now);
    await this.#write(one, {
      $set: { counts, countedAt: now, ...(dueAt && { dueAt }) },
      ...(!dueAt && { $unset: { dueAt: 1 as const } }),
    });
  }

  /** Where somebody else was faster it is his turn: the next tick sees what he left. */
  async #write({ _id, revision }: BroadcastDocument, { $set, $unset }: Change): Promise<void> {
    await this.#parts.broadcasts.updateOne(
      { _id, revision },
      { $set: { ...$set, revision: revision + 1 }, ...($unset && { $unset }) },
    );
  }
}

/** Often at first, seldom later; no more once receipts no longer come. */
function nextCount({ startedAt, occasion }: BroadcastDocument, now: Date): Date | undefined {
  const age = startedAt ? now.getTime() - startedAt.getTime() : 0;
  // A man's own date may lie a year ahead.
  if (age > (occasion ? 400 * DAY : COUNTED)) return undefined;
  return new Date(now.getTime() + Math.min(6 * HOUR, Math.max(5 * SECOND, age / 10)));
}

function dataFor(one: BroadcastDocument, { profile }: Person): SignalData['BROADCAST'] {
  const { kind, contentType } = one.media ?? {};
  return {
    broadcast: one._id,
    from: one.by.hat,
    name: one.name,
    words: wordsIn(one.words, profile.language),
    mode: one.mode,
    ...(kind && contentType !== undefined && { media: { kind, contentType } }),
  };
}
