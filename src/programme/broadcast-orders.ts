/** What a mentor or a coordinator orders from his chat, handed to the broadcasts; a refusal comes back to him. */
import type { Model } from 'mongoose';
import type { Clock } from '../clock';
import type { BroadcastMode, BroadcastPreview, BroadcastSteering, PlacedOrder } from '../conversation';
import type { BroadcastAuthor, BroadcastDocument } from '../database/models/broadcast';
import type { ParticipantDocument } from '../database/models/participant';
import type { OrderHandlers, Signals } from '../people';
import { BroadcastRefused, draftSchema, type Draft } from './broadcast-drafts';
import { audienceOfPart } from './group-parts';

export type BroadcastOrders = Pick<
  OrderHandlers,
  'send broadcast' | 'draft broadcast' | 'confirm broadcast' | 'steer broadcast'
>;

/** What the orders need of the broadcasts. */
export interface OrderedBroadcasts {
  draft(id: string, by: BroadcastAuthor, draft: Draft): Promise<BroadcastDocument>;
  preview(one: BroadcastDocument): Promise<BroadcastPreview & { isDelicate: boolean }>;
  confirm(id: string, by: BroadcastAuthor, startsAt?: Date, mode?: BroadcastMode): Promise<void>;
  steer(id: string, by: BroadcastAuthor, how: BroadcastSteering): Promise<unknown>;
}

export interface BroadcastOrdersParts {
  broadcasts: OrderedBroadcasts;
  participants: Model<ParticipantDocument>;
  signals: Pick<Signals, 'send'>;
  clock: Clock;
}

/** So long the count of a draft is worth something. */
const HOUR = 3_600_000;

/** The handlers; each is idempotent by its order's id, and the service looks whether its author may. */
export function broadcastOrders(parts: BroadcastOrdersParts): BroadcastOrders {
  const { broadcasts, participants, signals, clock } = parts;

  async function orRefuse(
    { id, participantId }: Pick<PlacedOrder, 'id' | 'participantId'>,
    work: () => Promise<void>,
  ): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof BroadcastRefused)) throw error;
      await signals.send(
        { ids: [participantId], data: { why: error.why } },
        { id: `${id}:refused`, event: 'BROADCAST_REFUSED', due: clock.now() },
      );
    }
  }

  /** In the language that its author writes. */
  async function inHisLanguage(participantId: string, words: string) {
    if (words === '') return {};
    const he = await participants.findById(participantId).lean<ParticipantDocument>();
    return { [he?.profile.language ?? 'hi']: words };
  }

  return {
    'send broadcast': (placed) =>
      orRefuse(placed, async () => {
        const { id, participantId, order } = placed;
        const { group, part, meeting, words, media, startsAt } = order;
        const by = { hat: 'mentor' as const, participantId };
        await broadcasts.draft(id, by, {
          audience: await audienceOfPart(participants, group, part, meeting),
          words: await inHisLanguage(participantId, words),
          ...(media && { media }),
          mode: 'free',
        });
        await broadcasts.confirm(id, by, startsAt);
      }),
    'draft broadcast': (placed) =>
      orRefuse(placed, async () => {
        const { id, participantId, order } = placed;
        const { token, aim, words, media } = order;
        const wanted = draftSchema.parse({
          audience: Object.keys(aim).length > 0 ? aim : { everybody: true },
          words: await inHisLanguage(participantId, words),
          ...(media && { media }),
        });
        const made = await broadcasts.draft(id, { hat: 'coordinator', participantId }, wanted);
        const { isDelicate: _isDelicate, ...preview } = await broadcasts.preview(made);
        const now = clock.now();
        await signals.send(
          { ids: [participantId], data: { token, broadcast: id, preview } },
          {
            id: `${id}:drafted`,
            event: 'BROADCAST_DRAFTED',
            due: now,
            expiresAt: new Date(now.getTime() + HOUR),
          },
        );
      }),
    'confirm broadcast': (placed) =>
      orRefuse(placed, () => {
        const { broadcast, startsAt, mode } = placed.order;
        return broadcasts.confirm(
          broadcast,
          { hat: 'coordinator', participantId: placed.participantId },
          startsAt,
          mode,
        );
      }),
    'steer broadcast': async ({ participantId, order }) => {
      await broadcasts.steer(order.broadcast, { hat: order.hat, participantId }, order.how);
    },
  };
}
