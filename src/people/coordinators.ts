/** The coordinators who answer for a place. */
import type { Model } from 'mongoose';
import type { ParticipantDocument } from '../database/models/participant';

/** Ids of those whose area holds the place; those of the whole country always. */
export async function coordinatorsFor(
  participants: Model<ParticipantDocument>,
  { state, district }: { state?: string | undefined; district?: string | undefined },
): Promise<string[]> {
  const all = await participants
    .find({ 'roles.coordinator.level': { $in: ['national', 'state', 'district'] } })
    .select({ roles: 1 })
    .lean<Pick<ParticipantDocument, '_id' | 'roles'>[]>();
  return all
    .filter(({ roles }) => {
      const { level, place } = roles?.coordinator ?? {};
      return level === 'national' || (place !== undefined && (place === state || place === district));
    })
    .map(({ _id }) => _id);
}
