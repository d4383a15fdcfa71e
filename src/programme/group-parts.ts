/** The parts of his group that a mentor writes to, as audiences. */
import type { Model } from 'mongoose';
import { agreesTo, QUIET_DAYS, type GroupPart } from '../conversation';
import type { ParticipantDocument } from '../database/models/participant';
import type { Audience } from './audience';

const PARTS: Record<GroupPart, Omit<Audience, 'groups'>> = {
  all: {},
  quiet: { quietForDays: QUIET_DAYS },
  'not-pledged': { pledged: false },
};

/**
 * To whom a mentor's broadcast goes. Whoever does not let his mentor see how he does belongs to no part but all: his
 * message would tell the mentor, by its number, what he does not show.
 * @param group the group's code
 */
export async function audienceOfPart(
  participants: Model<ParticipantDocument>,
  group: string,
  part: GroupPart,
): Promise<Audience> {
  if (part === 'all') return { groups: [group] };
  const members = await participants
    .find({ 'profile.group': group })
    .select({ consents: 1 })
    .lean<Pick<ParticipantDocument, '_id' | 'consents'>[]>();
  const hiding = members.filter(({ consents }) => !agreesTo(consents, 'mentor')).map(({ _id }) => _id);
  return {
    groups: [group],
    ...PARTS[part],
    ...(hiding.length > 0 && { except: { participants: hiding } }),
  };
}
