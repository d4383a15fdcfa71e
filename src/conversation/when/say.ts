/** A moment in words: "Sunday 29 November, 5:00 in the evening". What is said here, src/conversation/when reads. */
import { DateTime } from 'luxon';
import { zoneOf } from '../../../flows/zone';
import type { Part } from '../effect';
import type { PartOfDay } from './reading';

/** From which hour on a part of the day is said. */
const PARTS: [from: number, part: PartOfDay][] = [
  [19, 'night'],
  [17, 'evening'],
  [15, 'afternoon'],
  [12, 'noon'],
  [0, 'morning'],
];

/** @param zone IANA name of the zone in which the moment is told. @returns a part with the key `when.moment` */
export function sayWhen(at: Date, zone: string): Part {
  const local = DateTime.fromJSDate(at, { zone: zoneOf(zone) });
  const part = PARTS.find(([from]) => local.hour >= from)?.[1] ?? 'morning';
  return {
    key: 'when.moment',
    params: { date: local.day, time: local.toFormat('h:mm') },
    texts: {
      day: `days.${local.weekday}`,
      month: `when.months.${local.month}`,
      part: `when.parts.${part}`,
    },
  };
}
