/**
 * To whom: a typed filter over those who have joined and not stopped, and the query that finds them. Pure; whoever
 * asks reads page by page in the order of `_id`, so that ten thousand people are never in memory at once.
 */
import { z } from 'zod';
import type { State } from '../content/model';
import { LANGUAGES } from '../conversation';
import type { ParticipantDocument } from '../database/models/participant';

const ids = z.array(z.string().min(1).max(64)).min(1).max(500);
const NARROWING = [
  'states',
  'districts',
  'networks',
  'groups',
  'languages',
  'lesson',
  'pledged',
  'quietForDays',
  'coming',
] as const;

/** What an operator or a flow may ask for; every condition must hold. Strict: an unknown one is refused. */
export const audienceSchema = z
  .strictObject({
    /** Must be said where nothing else narrows it: nobody writes to ten thousand people by leaving a field empty. */
    everybody: z.literal(true).exactOptional(),
    /** Ids of content/geography.yaml: `UP`, `UP-sitapur`. */
    states: ids.exactOptional(),
    districts: ids.exactOptional(),
    networks: z
      .array(z.enum(['FEM', 'MASVAW', 'MAE']))
      .min(1)
      .exactOptional(),
    /** Group codes. */
    groups: ids.exactOptional(),
    languages: z.array(z.enum(LANGUAGES)).min(1).exactOptional(),
    /** Has he completed this week's lesson? */
    lesson: z.strictObject({ week: z.int().min(1).max(104), completed: z.boolean() }).exactOptional(),
    /** Has he taken a pledge? */
    pledged: z.boolean().exactOptional(),
    /** Nothing heard from him for so many days. */
    quietForDays: z.int().min(1).max(365).exactOptional(),
    /** Has said that he comes to this meeting. */
    coming: ids.element.exactOptional(),
    except: z
      .strictObject({ groups: ids.exactOptional(), participants: ids.exactOptional() })
      .exactOptional(),
  })
  .superRefine((audience, context) => {
    const isNarrowed = NARROWING.some((condition) => audience[condition] !== undefined);
    if (isNarrowed === (audience.everybody === true))
      context.addIssue({
        code: 'custom',
        path: ['everybody'],
        message: isNarrowed
          ? 'everybody stands beside a condition. Leave out one of the two.'
          : 'no condition is given. Name one, or say everybody: true.',
      });
  });

export type Audience = z.infer<typeof audienceSchema>;

const DAY_MS = 24 * 3_600_000;

/**
 * The query for one page of an audience, to be sorted by `_id`.
 * @param at the moment against which `quietForDays` is judged
 * @param after the last `_id` of the page before
 */
export function audienceFilter(
  audience: Audience,
  states: readonly State[],
  at: Date,
  after?: string,
): Record<string, unknown> {
  const { groups, languages, lesson, pledged, quietForDays, coming, except } = audience;
  const inNetworks = audience.networks && new Set<string>(audience.networks);
  const placed = inNetworks && states.filter(({ network }) => inNetworks.has(network)).map(({ id }) => id);
  const completed = lesson && {
    lessons: { $elemMatch: { week: lesson.week, completedAt: { $exists: true } } },
  };
  const conditions: Record<string, unknown>[] = [
    oneOf('profile.state', audience.states),
    oneOf('profile.state', placed),
    oneOf('profile.district', audience.districts),
    oneOf('profile.group', groups),
    oneOf('profile.language', languages),
    completed && (lesson.completed ? completed : { $nor: [completed] }),
    pledged !== undefined && { 'pledges.0': { $exists: pledged } },
    quietForDays !== undefined && { lastHeardAt: { $lt: new Date(at.getTime() - quietForDays * DAY_MS) } },
    coming !== undefined && { 'meeting.id': coming, 'meeting.answer': 'yes' },
    except?.groups && { 'profile.group': { $nin: except.groups } },
    except?.participants && { _id: { $nin: except.participants } },
    after !== undefined && { _id: { $gt: after } },
  ].filter((condition) => typeof condition === 'object');
  const joined = {
    status: 'active' satisfies ParticipantDocument['status'],
    'profile.joinedAt': { $exists: true },
  };
  return conditions.length > 0 ? { ...joined, $and: conditions } : joined;
}

function oneOf(field: string, values: readonly string[] | undefined): Record<string, unknown> | undefined {
  return values && { [field]: { $in: values } };
}
