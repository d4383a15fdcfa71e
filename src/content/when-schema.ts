/** content/when.yaml: how people name days and hours. */
import { z } from 'zod';

const words = z
  .array(
    z
      .union([z.string(), z.number()], { error: 'must be a word.' })
      .transform(String)
      .pipe(z.string().trim().min(1)),
  )
  .min(1);

/** Words under numbered or named keys, every one of which must stand there. */
function keyed<const K extends string>(...keys: K[]) {
  return z.strictObject(Object.fromEntries(keys.map((key) => [key, words])) as Record<K, typeof words>);
}

const PARTS = ['morning', 'noon', 'afternoon', 'evening', 'night'] as const;

export const whenFile = z.strictObject({
  weekdays: keyed('1', '2', '3', '4', '5', '6', '7'),
  months: keyed('1', '2', '3', '4', '5', '6', '7', '8', '9', '10', '11', '12'),
  ahead: z.record(z.string().regex(/^\d{1,2}$/, { error: 'must be a number of days.' }), words),
  past: words,
  parts: keyed(...PARTS),
  halves: keyed('am', 'pm'),
  numbers: z.record(z.string().regex(/^\d{1,2}$/, { error: 'must be a number up to 99.' }), words),
  fractions: z.record(
    z.string().regex(/^-?\d{1,2}$/, { error: 'must be minutes to add, like 30 or -15.' }),
    words,
  ),
  hours: z.record(z.string().regex(/^\d\d:\d\d$/, { error: 'must be an hour, like 01:30.' }), words),
  clock: words,
  joined: words,
  minutes: words,
  from: words,
  date: words,
  next: words,
  coming: words,
  day: words,
  week: words,
  month: words,
  later: words,
  in: words,
  until: words,
  ending: words,
  fillers: words,
});

export type WhenFile = z.infer<typeof whenFile>;
