/** The parts of his group that a mentor writes to, as audiences. */
import type { Model } from 'mongoose';
import { agreesTo, QUIET_DAYS, type GroupPart } from '../conversation';
import type { ParticipantDocument } from '../database/models/participant';
import type { Audience } from './audience';

const PARTS: Record<Exclude<GroupPart, 'all' | 'coming'>, Omit<Audience, 'groups'>> = {
  quiet: { quietForDays: QUIET_DAYS },
  'not-pledged': { pledged: false },
};

/**
 * To whom a mentor's broadcast goes. Whoever does not let his mentor see how he does belongs to no part but all: his
 * message would tell the mentor, by its number, what he does not show. Whether he comes, his mentor knows from him.
 * @param group the group's code
 * @param meeting to which they come whom it is for; without one it is for nobody
 */
export async function audienceOfPart(
  participants: Model<ParticipantDocument>,
  group: string,
  part: GroupPart,
  meeting = 'none',
): Promise<Audience> {
  if (part === 'all') return { groups: [group] };
  if (part === 'coming') return { groups: [group], coming: meeting };
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
