/**
 * Broadcasts, as chat, console and command line use them: drafted within the borders of their author, previewed,
 * scheduled, paused, resumed, cancelled, tried again, reported. What leaves is handed out by the tick
 * (broadcast-work.ts); what is paused or cancelled is kept back by delivery, which asks `held` before each send.
 */
import type { Connection, Model } from 'mongoose';
import type { Clock } from '../clock';
import type { Content } from '../content/model';
import {
  emptyPreview,
  keyOfBroadcast,
  waysOf,
  withAddressee,
  type BroadcastMode,
  type BroadcastPreview,
  type BroadcastSteering,
  type Translate,
} from '../conversation';
import { createGuard } from '../conversation/disclosure';
import { broadcastModel, type BroadcastAuthor, type BroadcastDocument } from '../database/models/broadcast';
import { groupModel, type GroupDocument } from '../database/models/group';
import { isDuplicate } from '../database/duplicate';
import { participantModel, type ParticipantDocument } from '../database/models/participant';
import { createBroadcastRows, type BroadcastRows, type Held } from '../delivery';
import { addresseeOf, seenBy, sentToday, type Signals } from '../people';
import type { Audience } from './audience';
import {
  BroadcastRefused,
  coordinatorsBorders,
  mentorsBorders,
  wordsIn,
  type Borders,
  type Draft,
} from './broadcast-drafts';
import { createBroadcastMedia, type BroadcastMedia, type FetchMedia } from './broadcast-media';
import { broadcastOrders, type BroadcastOrders } from './broadcast-orders';
import { BroadcastWork, DRAFT_KEPT, peopleOf } from './broadcast-work';

export interface BroadcastsParts {
  connection: Connection;
  signals: Signals;
  content: Pick<
    Content,
    'states' | 'campaignDays' | 'templates' | 'disclosure' | 'lessons' | 'pledges' | 'words'
  >;
  translate: Translate;
  clock: Clock;
  /** How many one may send in 24 hours. */
  aDay: { mentor: number; coordinator: number };
  /** Fetches what somebody sent to go with his words; without it none can leave from here. */
  fetchMedia?: FetchMedia;
  /** People read at a time, and pages handed out in one tick. */
  page?: number;
  rounds?: number;
}

/** Who asks: somebody from his own chat or login, or an operator. */
export type Asker = BroadcastAuthor;

export interface DraftPreview extends BroadcastPreview {
  /** Its words speak of violence: whoever sends it must see to it that nobody is recognised. */
  isDelicate: boolean;
}

export class Broadcasts {
  readonly #parts: BroadcastsParts;
  readonly #broadcasts: Model<BroadcastDocument>;
  readonly #participants: Model<ParticipantDocument>;
  readonly #groups: Model<GroupDocument>;
  readonly #rows: BroadcastRows;
  readonly #work: BroadcastWork;
  /** What goes with broadcasts, as it is handed out. */
  readonly media: BroadcastMedia;
  readonly #guard: ReturnType<typeof createGuard>;

  constructor(parts: BroadcastsParts) {
    this.#parts = parts;
    const { connection, signals, content, clock } = parts;
    this.#broadcasts = broadcastModel(connection);
    this.#participants = participantModel(connection);
    this.#groups = groupModel(connection);
    this.#rows = createBroadcastRows(connection, () => clock.now());
    this.#guard = createGuard(content);
    this.media = createBroadcastMedia(connection, parts.fetchMedia);
    this.#work = new BroadcastWork({
      media: this.media,
      broadcasts: this.#broadcasts,
      participants: this.#participants,
      signals,
      rows: this.#rows,
      content,
      clock,
      ...(parts.page !== undefined && { page: parts.page }),
      ...(parts.rounds !== undefined && { rounds: parts.rounds }),
    });
  }

  /** Does what is due now; called by every tick. @returns how many pieces of work */
  advance(): Promise<number> {
    return this.#work.advance();
  }

  /** When something begins to leave after this moment. */
  nextDue(after: Date): Promise<Date | undefined> {
    return this.#work.nextDue(after);
  }

  /**
   * Writes a draft down, within the borders of its author whatever it asks for. A draft that nobody confirms goes
   * after a day. The same id again changes nothing.
   * @throws BroadcastRefused where it is not his to send
   */
  async draft(id: string, by: BroadcastAuthor, draft: Draft): Promise<BroadcastDocument> {
    const { clock } = this.#parts;
    const now = clock.now();
    const { scope, areas, name } = await this.#bordersOf(by, draft.audience);
    const { audience, words, media, mode, occasion } = draft;
    const made: BroadcastDocument = {
      _id: id,
      by,
      name,
      audience,
      scope,
      areas,
      words,
      ...(media && { media }),
      mode,
      ...(occasion && { occasion }),
      state: 'draft',
      createdAt: now,
      told: 0,
      passedOver: 0,
      retries: 0,
      dueAt: new Date(now.getTime() + DRAFT_KEPT),
      revision: 0,
    };
    try {
      await this.#broadcasts.create([made]);
    } catch (error) {
      if (!isDuplicate(error)) throw error;
    }
    return made;
  }

  /** What it would be if it left now: counted over the whole audience, a few at a time. */
  async preview(one: BroadcastDocument): Promise<DraftPreview> {
    const { content, translate, clock } = this.#parts;
    const now = clock.now();
    const key = keyOfBroadcast(one.by.hat, wordsIn(one.words, undefined), one.media);
    const ways = waysOf(content.templates, key, (language) =>
      translate({ key, params: { name: one.name, words: wordsIn(one.words, language) } }, language),
    );
    let preview = emptyPreview();
    const people = this.#participants
      .find(peopleOf(one, content.states, now))
      .select({ profile: 1, current: 1, lastHeardAt: 1 })
      .lean<ParticipantDocument[]>()
      .cursor({ batchSize: 500 });
    for await (const person of people) preview = withAddressee(preview, addresseeOf(person), ways, now);
    const isDelicate = Object.values(one.words).some((words) => this.#guard(words) !== undefined);
    return { ...preview, isDelicate };
  }

  /**
   * It will leave, at once or at the moment given.
   * @throws BroadcastRefused where his day's number is used up or nobody is meant
   */
  async confirm(id: string, asker: Asker, startsAt?: Date, mode?: BroadcastMode): Promise<void> {
    const one = await this.#own(id, asker);
    if (one?.state !== 'draft') return;
    const now = this.#parts.clock.now();
    await this.#checkDay(one.by, now);
    const anybody = await this.#participants.exists(peopleOf(one, this.#parts.content.states, now));
    if (!anybody) throw new BroadcastRefused('nobody', 'Nobody is meant by its audience.');
    const begins = startsAt && startsAt > now ? startsAt : now;
    await this.#write(one, {
      $set: { state: 'scheduled', confirmedAt: now, startsAt: begins, dueAt: begins, ...(mode && { mode }) },
    });
  }

  /**
   * Pauses, resumes, cancels or tries again those it did not reach; what makes no sense in its state does nothing.
   * @returns the broadcast as it is now; undefined where the asker may not steer it
   */
  async steer(id: string, asker: Asker, how: BroadcastSteering): Promise<BroadcastDocument | undefined> {
    for (;;) {
      const one = await this.#own(id, asker);
      if (!one) return undefined;
      const change = changeFor(one, how, this.#parts.clock.now());
      if (!change) return one;
      if (!(await this.#write(one, change))) continue;
      if (how === 'resume') await this.#rows.release(id);
      if (how === 'cancel') await this.#rows.withdraw(id);
      return (await this.#broadcasts.findById(id).lean<BroadcastDocument>()) ?? undefined;
    }
  }

  /** The broadcast with its figures of this moment; undefined where the asker may not see it. */
  async report(id: string, asker: Asker): Promise<BroadcastDocument | undefined> {
    const [one] = await this.#broadcasts
      .find({ _id: id, ...(await this.#visibleTo(asker)) })
      .lean<BroadcastDocument[]>();
    return one && { ...one, counts: await this.#rows.count(id), countedAt: this.#parts.clock.now() };
  }

  /** The latest that the asker may see, the newest first; without drafts. */
  async list(asker: Asker, most = 10): Promise<BroadcastDocument[]> {
    return this.#broadcasts
      .find({ ...(await this.#visibleTo(asker)), state: { $ne: 'draft' } })
      .sort({ createdAt: -1 })
      .limit(most)
      .lean<BroadcastDocument[]>();
  }

  /** Which of these must not go on: delivery asks in the moment before sending. */
  async held(ids: string[]): Promise<Map<string, Held>> {
    const found = await this.#broadcasts
      .find({ _id: { $in: ids } })
      .select({ state: 1 })
      .lean<Pick<BroadcastDocument, '_id' | 'state'>[]>();
    return new Map(
      found.flatMap(({ _id, state }) =>
        state === 'paused' || state === 'cancelled' ? [[_id, state] as const] : [],
      ),
    );
  }

  /** The orders that a mentor or a coordinator gives from his chat. */
  get orders(): BroadcastOrders {
    const { signals, clock } = this.#parts;
    return broadcastOrders({ broadcasts: this, participants: this.#participants, signals, clock });
  }

  async #person(id: string): Promise<ParticipantDocument | undefined> {
    return (await this.#participants.findById(id).lean<ParticipantDocument>()) ?? undefined;
  }

  async #bordersOf(by: BroadcastAuthor, audience: Audience): Promise<Borders & { name: string }> {
    if (by.hat === 'campaign') return { scope: {}, areas: ['all'], name: by.operator };
    const he = await this.#person(by.participantId);
    const name = he?.profile.name ?? '';
    if (by.hat === 'mentor' && he?.roles?.mentor) {
      const own = await this.#groups.find({ mentorId: by.participantId }).lean<GroupDocument[]>();
      return { ...mentorsBorders(own, audience), name };
    }
    if (by.hat === 'coordinator' && he?.roles?.coordinator)
      return { ...coordinatorsBorders(he.roles.coordinator, this.#parts.content.states), name };
    throw new BroadcastRefused('not-yours', 'He has no role in which he could write to others.');
  }

  /** His own; an operator's is every one; of a mentor's in his area a coordinator may take hold too. */
  async #own(id: string, asker: Asker): Promise<BroadcastDocument | undefined> {
    const one = await this.#broadcasts.findById(id).lean<BroadcastDocument>();
    if (!one || asker.hat === 'campaign') return one ?? undefined;
    if ('participantId' in one.by && one.by.participantId === asker.participantId) return one;
    const isAMentors = one.by.hat === 'mentor' && asker.hat === 'coordinator' && one.state !== 'draft';
    return isAMentors ? this.report(id, asker) : undefined;
  }

  async #visibleTo(asker: Asker): Promise<Record<string, unknown>> {
    if (asker.hat === 'campaign') return {};
    if (asker.hat === 'mentor') return { 'by.participantId': asker.participantId, 'by.hat': 'mentor' };
    const coordinator = (await this.#person(asker.participantId))?.roles?.coordinator;
    return coordinator ? seenBy(coordinator) : { 'by.participantId': asker.participantId };
  }

  async #checkDay(by: BroadcastAuthor, now: Date): Promise<void> {
    if (by.hat === 'campaign') return;
    const sent = await sentToday(this.#broadcasts, by.participantId, now);
    if (sent >= this.#parts.aDay[by.hat])
      throw new BroadcastRefused('limit', `He has sent ${sent} in the last 24 hours.`);
  }

  /** @returns false where somebody else was faster */
  async #write({ _id, revision }: BroadcastDocument, { $set, $unset }: Change): Promise<boolean> {
    const { matchedCount } = await this.#broadcasts.updateOne(
      { _id, revision },
      { $set: { ...$set, revision: revision + 1 }, ...($unset && { $unset }) },
    );
    return matchedCount > 0;
  }
}

interface Change {
  $set: Partial<BroadcastDocument>;
  $unset?: Partial<Record<keyof BroadcastDocument, 1>>;
}

/** What a steering changes; undefined where it makes no sense any more. */
function changeFor(one: BroadcastDocument, how: BroadcastSteering, now: Date): Change | undefined {
  const { state } = one;
  switch (how) {
    case 'pause':
      return state === 'scheduled' || state === 'sending' || state === 'done'
        ? {
            $set: { state: 'paused', pausedFrom: state },
            ...(state === 'scheduled' && { $unset: { dueAt: 1 as const } }),
          }
        : undefined;
    case 'resume': {
      if (state !== 'paused') return undefined;
      const dueAt = one.startsAt && one.startsAt > now ? one.startsAt : now;
      return { $set: { state: one.pausedFrom ?? 'done', dueAt }, $unset: { pausedFrom: 1 } };
    }
    case 'cancel':
      return state === 'cancelled'
        ? undefined
        : {
            $set: { state: 'cancelled', dueAt: now, ...(one.cursor !== undefined && { withdrawCursor: '' }) },
            $unset: { retryCursor: 1, pausedFrom: 1 },
          };
    case 'retry':
      return state === 'done' && one.retryCursor === undefined
        ? { $set: { retries: one.retries + 1, retryCursor: '', dueAt: now } }
        : undefined;
  }
}
