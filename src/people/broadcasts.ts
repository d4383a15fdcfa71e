/** What is to be known of people's broadcasts while a conversation takes a step. */
import type { Model } from 'mongoose';
import type {
  Addressee,
  AreaBroadcastView,
  BroadcastsView,
  BroadcastView,
  CoordinatorRole,
} from '../conversation';
import type { BroadcastDocument } from '../database/models/broadcast';
import { broadcastMediaModel } from '../database/models/broadcast-media';
import type { ParticipantDocument } from '../database/models/participant';

const DAY_MS = 24 * 3_600_000;
/** As many as a man looks back at. */
const SHOWN = 3;

type Asked = Pick<ParticipantDocument, 'profile' | 'current' | 'lastHeardAt'>;

/** He as one whom a broadcast is for. */
export function addresseeOf({ profile, current, lastHeardAt }: Asked): Addressee {
  return { language: profile.language ?? 'hi', medium: isBySms(current) ? 'sms' : 'whatsapp', lastHeardAt };
}

/** Does he write by SMS? `current` is the key of an identity; the simulator's addresses name what they play. */
export function isBySms(current: string): boolean {
  return /^(sms |simulator sms\/)/.test(current);
}

async function ofTheLastDay(
  broadcasts: Model<BroadcastDocument>,
  participantId: string,
  now: Date,
): Promise<BroadcastDocument[]> {
  const since = new Date(now.getTime() - DAY_MS);
  return broadcasts
    .find({ 'by.participantId': participantId, createdAt: { $gt: since }, state: { $ne: 'draft' } })
    .sort({ createdAt: -1 })
    .lean<BroadcastDocument[]>();
}

/** How many he has sent in the last 24 hours; what he took back before it left counts for nothing. */
export async function sentToday(
  broadcasts: Model<BroadcastDocument>,
  participantId: string,
  now: Date,
): Promise<number> {
  return countable(await ofTheLastDay(broadcasts, participantId, now));
}

function countable(sent: BroadcastDocument[]): number {
  return sent.filter(({ state, startedAt }) => state !== 'cancelled' || startedAt !== undefined).length;
}

/** His latest broadcasts, and how many he may still send today. */
export async function broadcastsViewOf(
  broadcasts: Model<BroadcastDocument>,
  participantId: string,
  now: Date,
  aDay: number,
): Promise<BroadcastsView> {
  const today = await ofTheLastDay(broadcasts, participantId, now);
  const latest =
    today.length >= SHOWN
      ? today
      : await broadcasts
          .find({ 'by.participantId': participantId, state: { $ne: 'draft' } })
          .sort({ createdAt: -1 })
          .limit(SHOWN)
          .lean<BroadcastDocument[]>();
  return { latest: latest.slice(0, SHOWN).map(toView), left: Math.max(0, aDay - countable(today)) };
}

/** Which broadcasts a coordinator sees, as a query; all of them where he looks after the whole country. */
export function seenBy({ level, place }: Pick<CoordinatorRole, 'level' | 'place'>): Record<string, unknown> {
  return level === 'national' ? {} : { areas: { $in: [place ?? '', 'all'] } };
}

/** As many as a list on a phone holds. */
const LISTED = 6;

/** What was sent in a coordinator's area, and how many he may still send today. */
export async function areaViewOf(
  broadcasts: Model<BroadcastDocument>,
  participantId: string,
  role: CoordinatorRole,
  now: Date,
  aDay: number,
): Promise<{ latest: AreaBroadcastView[]; left: number }> {
  const latest = await broadcasts
    .find({ ...seenBy(role), state: { $ne: 'draft' } })
    .sort({ createdAt: -1 })
    .limit(LISTED)
    .lean<BroadcastDocument[]>();
  const today = await sentToday(broadcasts, participantId, now);
  return {
    latest: latest.map((one) => ({ ...toView(one), from: one.name })),
    left: Math.max(0, aDay - today),
  };
}

function toView({ _id, state, words, media, told, startsAt, counts }: BroadcastDocument): BroadcastView {
  return {
    id: _id,
    state,
    words: Object.values(words)[0] ?? '',
    told,
    ...(media && { media: media.kind }),
    ...(startsAt && { startsAt }),
    ...(counts && { counts }),
  };
}

/** What he wrote to many goes with him: nothing more of it leaves, his name, his words and what went with them are taken off. Idempotent. */
export async function forgetBroadcasts(
  broadcasts: Model<BroadcastDocument>,
  participantId: string,
): Promise<void> {
  const his = { 'by.participantId': participantId };
  await broadcasts.updateMany(
    { ...his, state: { $ne: 'cancelled' } },
    { $set: { state: 'cancelled' }, $inc: { revision: 1 } },
  );
  const illustrated = await broadcasts
    .find({ ...his, media: { $exists: true } })
    .select({ _id: 1 })
    .lean<Pick<BroadcastDocument, '_id'>[]>();
  await broadcastMediaModel(broadcasts.db).deleteMany({ _id: { $in: illustrated.map(({ _id }) => _id) } });
  await broadcasts.updateMany(his, { $set: { name: '', words: {} }, $unset: { media: 1 } });
}
