/** Who may write to whom: the shape of a broadcast as it is asked for, and the borders of its author. Pure. */
import { z } from 'zod';
import type { State } from '../content/model';
import {
  broadcastWordsFrom,
  LANGUAGES,
  LONGEST_BROADCAST,
  SHORTEST_BROADCAST,
  type BroadcastRefusal,
  type CoordinatorRole,
  type Language,
} from '../conversation';
import type { BroadcastScope } from '../database/models/broadcast';
import type { GroupDocument } from '../database/models/group';
import { audienceSchema, type Audience } from './audience';

const words = z.string().transform((text, context) => {
  const found = broadcastWordsFrom(text);
  if (found !== undefined) return found;
  context.addIssue({
    code: 'custom',
    message: `a broadcast has ${SHORTEST_BROADCAST} to ${LONGEST_BROADCAST} characters. Shorten or lengthen it.`,
  });
  return z.NEVER;
});

/** What somebody asks for who writes to many. */
export const draftSchema = z
  .strictObject({
    audience: audienceSchema,
    words: z.partialRecord(z.enum(LANGUAGES), words),
    /** As it came with somebody's message. */
    media: z
      .strictObject({ kind: z.enum(['picture', 'voice']), ref: z.string().min(1).max(1000) })
      .exactOptional(),
    mode: z.enum(['interrupt', 'free', 'passive']).default('free'),
    /** For each man by himself: his own date or one of the calendar, some days before or after it, at an hour. */
    occasion: z
      .strictObject({
        on: z.union([
          z.strictObject({ own: z.literal('joined') }),
          z.strictObject({ day: z.string().min(1) }),
          z.strictObject({ date: z.iso.date() }),
        ]),
        offsetDays: z.int().min(-365).max(365),
        hour: z.int().min(0).max(23),
      })
      .exactOptional(),
  })
  .refine(
    ({ words, media }) => media !== undefined || Object.keys(words).length > 0,
    'no words are given. Write them in one language at least.',
  );
export type Draft = z.infer<typeof draftSchema>;

/** The broadcast does not leave; `why` is what its author is told. */
export class BroadcastRefused extends Error {
  override readonly name = 'BroadcastRefused';
  constructor(
    readonly why: BroadcastRefusal,
    message: string,
  ) {
    super(message);
  }
}

/** Within which borders its author writes, and for which coordinators it is to be seen. */
export interface Borders {
  scope: BroadcastScope;
  areas: string[];
}

/**
 * A mentor's: of his own groups those that he asks for.
 * @throws BroadcastRefused where he asks for another's, or for none
 */
export function mentorsBorders(
  own: readonly Pick<GroupDocument, '_id' | 'state' | 'district'>[],
  { groups = [] }: Audience,
): Borders {
  const asked = groups.map((code) => own.find(({ _id }) => _id === code));
  const his = asked.filter((group) => group !== undefined);
  if (his.length === 0 || his.length < groups.length)
    throw new BroadcastRefused('not-yours', 'A mentor writes to his own groups and to nobody else.');
  return {
    scope: { groups: his.map(({ _id }) => _id) },
    areas: [...new Set(his.flatMap(({ state, district }) => [state ?? [], district ?? []].flat()))],
  };
}

/** A coordinator's: his area, whatever he asks. */
export function coordinatorsBorders(
  { level, place }: Pick<CoordinatorRole, 'level' | 'place'>,
  states: readonly State[],
): Borders {
  if (level === 'national') return { scope: {}, areas: ['all'] };
  const state = states.find(
    ({ id, districts }) =>
      id === place || (level === 'district' && districts.some((one) => one.id === place)),
  );
  if (place === undefined || !state) throw new BroadcastRefused('not-yours', 'This coordinator has no area.');
  return level === 'state'
    ? { scope: { state: place }, areas: [place, ...state.districts.map(({ id }) => id)] }
    : { scope: { district: place }, areas: [place, state.id] };
}

/** The borders as a condition on participants. */
export function withinScope({ groups, state, district }: BroadcastScope): Record<string, unknown> {
  return {
    ...(groups && { 'profile.group': { $in: groups } }),
    ...(state !== undefined && { 'profile.state': state }),
    ...(district !== undefined && { 'profile.district': district }),
  };
}

/** The words for somebody's language; Hindi in its own script before another language. */
export function wordsIn(given: Partial<Record<Language, string>>, language: Language | undefined): string {
  const order: (Language | undefined)[] = [language, language === 'hi-Latn' ? 'hi' : 'hi-Latn', ...LANGUAGES];
  return order.flatMap((one) => (one && given[one] !== undefined ? [given[one]] : []))[0] ?? '';
}
