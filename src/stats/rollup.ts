/**
 * From journal and outbox to figures. A period is always worked out as a whole and written over what was there, so it
 * may be done again at any time, by any process, after any crash: the figures are what the journal says.
 */
import type { Connection } from 'mongoose';
import { figuresModel, type FiguresRow } from '../database/models/figures';
import { journalModel, type JournalRow } from '../database/models/journal';
import { outboxModel } from '../database/models/outbox';
import { Aggregation, type CountedMessage } from './aggregate';
import { periodAt, periodsBetween, type Period, type PeriodKind } from './periods';

export interface RollupParts {
  connection: Connection;
  now: () => Date;
  /** IANA zone in which weeks and months begin. */
  zone: string;
  networkOf: (state: string) => string | undefined;
}

const ROWS_AT_A_TIME = 500;
/** The running week is looked at often, the month, which is four times as much to read, less so. */
const STALE_AFTER_MS: Record<PeriodKind, number> = { week: 10 * 60_000, month: 3_600_000 };
/** Effects may be relayed late, after a crash: a period is done for good only when it has been over for so long. */
const SETTLED_AFTER_MS = 24 * 3_600_000;

export class Rollup {
  readonly parts: RollupParts;

  constructor(parts: RollupParts) {
    this.parts = parts;
  }

  /**
   * Works out what may have changed: the running week and month, and those that have just ended. Costs a small
   * query for each of them where nothing is to be done.
   * @returns the periods that were made anew
   */
  async refresh(): Promise<string[]> {
    const { now, zone } = this.parts;
    const made: string[] = [];
    for (const kind of ['week', 'month'] as const)
      for (const at of [new Date(now().getTime() - SETTLED_AFTER_MS), now()]) {
        const period = periodAt(kind, at, zone);
        if (made.includes(period.id) || !(await this.#isStale(period))) continue;
        await this.#make(period);
        made.push(period.id);
      }
    return made;
  }

  /** Throws all figures away and makes them from the journal. @returns how many periods there are */
  async rebuild(onPeriod: (period: Period) => void = () => undefined): Promise<number> {
    const { connection, now, zone } = this.parts;
    await figuresModel(connection).deleteMany({});
    const first = await journalModel(connection).findOne({}).sort({ at: 1 }).lean<JournalRow>();
    if (!first) return 0;
    const periods = (['week', 'month'] as const).flatMap((kind) =>
      periodsBetween(kind, first.at, now(), zone),
    );
    for (const period of periods) {
      await this.#make(period);
      onPeriod(period);
    }
    return periods.length;
  }

  async #isStale({ kind, id, until }: Period): Promise<boolean> {
    const { connection, now } = this.parts;
    const row = await figuresModel(connection)
      .findOne({ area: 'all', facet: '', kind, period: id })
      .lean<FiguresRow>();
    if (!row) return true;
    const isSettled = row.madeAt.getTime() >= until.getTime() + SETTLED_AFTER_MS;
    return !isSettled && now().getTime() - row.madeAt.getTime() >= STALE_AFTER_MS[kind];
  }

  async #make(period: Period): Promise<void> {
    const { connection, now, networkOf } = this.parts;
    const madeAt = now();
    const within = { $gte: period.from, $lt: period.until };
    const aggregation = new Aggregation(networkOf);
    const entries = journalModel(connection).collection.find({ at: within }).sort({ at: 1 });
    for await (const entry of entries) aggregation.add(entry as unknown as JournalRow);
    const messages = outboxModel(connection).collection.find(
      { createdAt: within },
      { projection: { participantId: 1, medium: 1, state: 1, times: 1, segments: 1, about: 1 } },
    );
    for await (const message of messages) aggregation.addMessage(message as unknown as CountedMessage);

    const figures = figuresModel(connection).collection;
    const rows = aggregation.rows(period, madeAt);
    for (let from = 0; from < rows.length; from += ROWS_AT_A_TIME)
      await figures.bulkWrite(
        rows.slice(from, from + ROWS_AT_A_TIME).map(({ _id, ...row }) => ({
          replaceOne: { filter: { _id: _id as never }, replacement: row, upsert: true },
        })),
        { ordered: false },
      );
    await figures.deleteMany({ kind: period.kind, period: period.id, madeAt: { $lt: madeAt } });
  }
}
