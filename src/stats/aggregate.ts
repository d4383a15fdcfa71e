/** Journal entries and messages of one period in, figures of every cut out. Pure; a period is a few 100,000 entries. */
import type { JournalType } from '../conversation/effect';
import type { FiguresRow } from '../database/models/figures';
import type { About, JournalRow } from '../database/models/journal';
import type { OutboxRow } from '../database/models/outbox';
import { cutsOf, WHOLE } from './cuts';
import {
  ENTRIES,
  KINDS,
  LESSON_STEPS,
  PEOPLE,
  type CountName,
  type Measure,
  type PeopleByMessages,
} from './measures';
import type { Period } from './periods';

type Figures = Pick<FiguresRow, 'area' | 'facet' | 'counts' | 'lessons' | 'kinds'>;

/** Which fields of an outbox row the figures need. */
export type CountedMessage = Pick<OutboxRow, 'medium' | 'state' | 'times' | 'segments' | 'about'> &
  Partial<Pick<OutboxRow, 'participantId'>>;

interface Person {
  /** The newest that is known of him in the period. */
  about: About | undefined;
  types: Set<JournalType>;
  /** What became of messages to him. */
  messages: { isReached?: true; left?: true; failed?: true };
}

const ENTRIES_BY_TYPE = byType(Object.entries(ENTRIES) as [CountName, Measure][]);
const STEP_BY_TYPE = new Map<JournalType, string>(
  Object.entries(LESSON_STEPS).map(([step, type]) => [type, step]),
);

export class Aggregation {
  readonly #figures = new Map<string, Figures>();
  readonly #people = new Map<string, Person>();
  readonly #networkOf: (state: string) => string | undefined;

  /** @param networkOf the network of a state */
  constructor(networkOf: (state: string) => string | undefined) {
    this.#networkOf = networkOf;
  }

  /** Takes an entry of the journal; the order does not matter but for people who moved, whose newest place counts. */
  add({ type, participantId, about, data = {} }: JournalRow): void {
    const counted = (ENTRIES_BY_TYPE.get(type) ?? []).filter(({ where }) =>
      Object.entries(where ?? {}).every(([field, value]) => data[field] === value),
    );
    const step = STEP_BY_TYPE.get(type);
    const kindField = (KINDS as Partial<Record<JournalType, string>>)[type];
    for (const figures of this.#of(about)) {
      for (const { name, by } of counted) bump(figures.counts, name, by);
      if (figures.facet !== WHOLE) continue;
      if (step !== undefined && data.week !== undefined) {
        const lesson = ((figures.lessons ??= {})[String(data.week)] ??= {});
        bump(lesson, step);
        if (type === 'question.answered') {
          bump(lesson, `option${data.option}`);
          if (data.right === true) bump(lesson, 'right');
        }
      }
      if (kindField !== undefined) bump(((figures.kinds ??= {})[type] ??= {}), String(data[kindField]));
    }
    if (participantId === undefined) return;
    const person = this.#person(participantId);
    person.about = about ?? person.about;
    person.types.add(type);
  }

  /** Takes a message, by how far it came. */
  addMessage({ participantId, medium, state, times, segments, about }: CountedMessage): void {
    const names: CountName[] = [];
    const isDelivered = (times.delivered ?? times.read) !== undefined;
    const hasFailed = state === 'failed' || state === 'dead';
    if (times.sent) names.push('sent');
    if (isDelivered) names.push('delivered');
    if (times.read) names.push('read');
    if (hasFailed) names.push('failed');
    if (state === 'unknown') names.push('unknown');
    for (const { counts } of this.#of(about)) {
      for (const name of names) bump(counts, name);
      if (medium === 'sms' && times.sent && segments) bump(counts, 'smsSegments', segments);
    }
    // Whoever has been erased is no person any more, though his last message is still a row.
    if (participantId === undefined || !about) return;
    const person = this.#person(participantId);
    person.about ??= about;
    if (isDelivered) person.messages.isReached = true;
    if (hasFailed) person.messages.failed = true;
    else if (times.sent) person.messages.left = true;
  }

  /** The figures of all cuts in which anything happened. */
  rows({ kind, id }: Period, madeAt: Date): FiguresRow[] {
    for (const { about, types, messages } of this.#people.values()) {
      const names: string[] = Object.entries(PEOPLE).flatMap(([name, counted]) =>
        counted.some((type) => types.has(type)) ? [name] : [],
      );
      if (messages.isReached) names.push('reachedPeople' satisfies PeopleByMessages);
      if (messages.failed && !messages.left) names.push('unreachablePeople' satisfies PeopleByMessages);
      for (const { counts } of this.#of(about)) for (const name of names) bump(counts, name);
    }
    this.#people.clear();
    return [...this.#figures].map(([key, figures]) => ({
      _id: `${kind} ${id} ${key}`,
      kind,
      period: id,
      ...figures,
      madeAt,
    }));
  }

  #person(id: string): Person {
    let person = this.#people.get(id);
    if (!person) {
      person = { about: undefined, types: new Set(), messages: {} };
      this.#people.set(id, person);
    }
    return person;
  }

  #of(about: About | undefined): Figures[] {
    return cutsOf(about, this.#networkOf).map(({ area, facet }) => {
      const key = facet === WHOLE ? area : `${area} ${facet}`;
      let figures = this.#figures.get(key);
      if (!figures) {
        figures = { area, facet, counts: {} };
        this.#figures.set(key, figures);
      }
      return figures;
    });
  }
}

function bump(counts: Record<string, number>, name: string, by = 1): void {
  counts[name] = (counts[name] ?? 0) + by;
}

interface Counting {
  name: CountName;
  where: Measure['where'];
  by: number;
}

function byType(measures: [CountName, Measure][]): Map<JournalType, Counting[]> {
  const map = new Map<JournalType, Counting[]>();
  const add = (type: JournalType, counting: Counting) => map.set(type, [...(map.get(type) ?? []), counting]);
  for (const [name, { type, where, less }] of measures) {
    add(type, { name, where, by: 1 });
    if (less) add(less, { name, where, by: -1 });
  }
  return map;
}
