/** Who is in a golden conversation in company, as its head says it. */
import { z } from 'zod';
import { LANGUAGES } from '../../src/conversation';

const DAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

const lesson = z
  .string()
  .regex(/^[A-Z][a-z]+day \d{1,2}$/, 'write a day and an hour, as Sunday 18')
  .transform((text) => {
    const [day = '', hour] = text.split(' ');
    return { day: DAYS.indexOf(day) + 1, hour: Number(hour) };
  })
  .refine(({ day }) => day > 0, 'no such day');

const person = z
  .strictObject({
    channel: z.enum(['whatsapp', 'sms']).default('whatsapp'),
    /** Has never written: everything else is left out. */
    is: z.enum(['new', 'Saathi', 'mentor', 'mentor and Saathi', 'coordinator']).default('Saathi'),
    language: z.enum(LANGUAGES).default('hi'),
    called: z.string().optional(),
    place: z.string().default('UP-sitapur'),
    lesson: lesson.optional(),
    /** A coordinator's: `UP` or `UP-sitapur`; the whole country without it. */
    area: z.string().optional(),
  })
  .transform(({ is, area, called = '', ...rest }) => ({
    ...rest,
    called,
    isNew: is === 'new',
    isSaathi: is.endsWith('Saathi'),
    mentor: is.startsWith('mentor'),
    ...(is === 'coordinator' && { coordinator: areaOf(area) }),
  }));

function areaOf(place: string | undefined) {
  if (place === undefined) return { level: 'national' as const };
  return { level: place.includes('-') ? ('district' as const) : ('state' as const), place };
}

const group = z.strictObject({ name: z.string(), mentor: z.string(), members: z.array(z.string()).max(25) });

const shape = z
  .object({
    people: z.record(z.string().regex(/^[A-Z]/), person),
    groups: z.record(z.string(), group).default({}),
  })
  .transform(({ people, groups }) => ({
    groups,
    people: Object.fromEntries(
      Object.entries(people).map(([name, one]) => [name, { ...one, called: one.called || name }]),
    ),
  }));

export type TownHeader = z.output<typeof shape>;
export type PersonHeader = TownHeader['people'][string];
export type GroupHeader = TownHeader['groups'][string];

/** @throws ZodError for a head that says something else */
export function readTownHeader(head: unknown): TownHeader {
  return shape.parse(head);
}
