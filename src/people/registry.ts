/** What the rest of the house may ask about people and do to them, outside a turn. */
import type { Model } from 'mongoose';
import { identityKey, type Address, type ChannelId } from '../channels/channel';
import type { Clock } from '../clock';
import type { Status } from '../conversation';
import { insertNew } from '../database/duplicate';
import type { BroadcastDocument } from '../database/models/broadcast';
import type { ErasureRow } from '../database/models/erasure';
import type { JournalRow } from '../database/models/journal';
import type { Identity, ParticipantDocument } from '../database/models/participant';
import type { ReflectionRow } from '../database/models/reflection';
import type { Tombstone } from '../database/models/tombstone';
import { keyedHash } from './anonymous';
import { forgetBroadcasts } from './broadcasts';
import { placeOnly } from './document';
import type { Groups } from './groups';
import type { JodiService } from './jodis';

export interface RegistryParts {
  participants: Model<ParticipantDocument>;
  journal: Model<JournalRow>;
  reflections: Model<ReflectionRow>;
  tombstones: Model<Tombstone>;
  erasures: Model<ErasureRow>;
  broadcasts: Model<BroadcastDocument>;
  groups: Pick<Groups, 'leaveOthers' | 'orphan'>;
  jodis: Pick<JodiService, 'endAll'>;
  /** Erases what he asked for in care (src/care). */
  forgetCases: (participantId: string) => Promise<void>;
  clock: Clock;
  /** Told of every id that was erased, to be noted apart from the database. */
  onErased?: (id: string, at: Date) => Promise<void>;
  /** Keys the hashes of what is left of the erased. */
  secret: string;
}

/** A participant as whoever sends to him must know him. */
export interface KnownRecipient {
  status: Status;
  zone: string;
  lastHeardAt?: Date;
  /** The step of his last STOP. */
  lastStop?: number;
  closed?: Partial<Record<ChannelId, 'opted-out' | 'unreachable'>>;
  /** Where he agreed to be reached when the first channel fails. */
  fallback?: Address;
}

export class Registry {
  readonly #parts: RegistryParts;

  constructor(parts: RegistryParts) {
    this.#parts = parts;
  }

  /** The participant behind an address. */
  async at(address: Address): Promise<ParticipantDocument | undefined> {
    const key = identityKey(address);
    return (
      (await this.#parts.participants.findOne({ 'identities.key': key }).lean<ParticipantDocument>()) ??
      undefined
    );
  }

  /** The participant with this id. */
  async byId(id: string): Promise<ParticipantDocument | undefined> {
    return (await this.#parts.participants.findById(id).lean<ParticipantDocument>()) ?? undefined;
  }

  /** Read afresh at every call: consent is judged on what is committed now. Who is missing is gone. */
  async recipients(ids: string[]): Promise<Map<string, KnownRecipient>> {
    const found = await this.#parts.participants
      .find({ _id: { $in: ids } })
      .select({ status: 1, profile: 1, lastHeardAt: 1, lastStop: 1, identities: 1 })
      .lean<ParticipantDocument[]>();
    return new Map(found.map((document) => [document._id, toRecipient(document)]));
  }

  /** The provider says that he blocked us or sent its own STOP: nothing leaves on this channel any more. */
  optOut(id: string, channel: ChannelId): Promise<void> {
    return this.#close(id, channel, 'opted-out');
  }

  /** Nobody is to be found at that address. */
  unreachable(id: string, channel: ChannelId): Promise<void> {
    return this.#close(id, channel, 'unreachable');
  }

  /**
   * Erases him at once and for good: profile, conversation, identities and reflections. What he did stays as
   * unlinkable counts; keyed hashes of his last message ids stay for two days. Idempotent.
   */
  async erase(id: string): Promise<void> {
    const { participants, reflections, tombstones, erasures, broadcasts, groups, jodis, clock, onErased } =
      this.#parts;
    const document = await participants
      .findById(id)
      .select({ recent: 1 })
      .lean<Pick<ParticipantDocument, 'recent'>>();
    if (document) {
      const rows = document.recent.map((messageId) => ({ _id: this.#hash(messageId), at: clock.now() }));
      await insertNew(tombstones.collection, rows);
    }
    // Noted first: what is broken off here is erased again by whoever reads the list.
    await insertNew(erasures.collection, [{ _id: id, at: clock.now() }]);
    await onErased?.(id, clock.now());
    await jodis.endAll(id);
    await groups.leaveOthers(id);
    await groups.orphan(id);
    await forgetBroadcasts(broadcasts, id);
    await this.#parts.forgetCases(id);
    await reflections.deleteMany({ participantId: id });
    await this.#unlink(id);
    await participants.deleteOne({ _id: id });
  }

  /** Was this message handled for somebody who has been erased since? */
  async isBuried(messageId: string): Promise<boolean> {
    return (await this.#parts.tombstones.exists({ _id: this.#hash(messageId) })) !== null;
  }

  /** His journal entries lose every link to him: new ids, no participant. */
  async #unlink(id: string): Promise<void> {
    const { journal } = this.#parts;
    const linked = await journal.find({ participantId: id }).lean<JournalRow[]>();
    await insertNew(
      journal.collection,
      linked.map(({ _id, at, type, data, about }) => ({
        _id: this.#hash(_id),
        at,
        type,
        ...(data && { data }),
        ...(about && { about: placeOnly(about) }),
      })),
    );
    await journal.deleteMany({ participantId: id });
  }

  async #close(id: string, channel: ChannelId, closed: NonNullable<Identity['closed']>): Promise<void> {
    const { participants } = this.#parts;
    for (;;) {
      const document = await participants.findById(id).lean<ParticipantDocument>();
      if (!document) return;
      const { sequence } = document;
      const identities = document.identities.map((one) =>
        one.channel === channel ? { ...one, closed } : one,
      );
      const { matchedCount } = await participants.updateOne(
        { _id: id, sequence },
        { $set: { identities, sequence: sequence + 1 } },
      );
      if (matchedCount > 0) return;
    }
  }

  #hash(value: string): string {
    return keyedHash(value, this.#parts.secret);
  }
}

function toRecipient({
  status,
  profile,
  lastHeardAt,
  lastStop,
  identities,
}: ParticipantDocument): KnownRecipient {
  const closed = Object.fromEntries(
    identities.flatMap((one) => (one.closed ? [[one.channel, one.closed]] : [])),
  );
  const other = identities.find(({ agreedAt }) => agreedAt !== undefined);
  return {
    status,
    zone: profile.zone,
    closed,
    ...(lastHeardAt && { lastHeardAt }),
    ...(lastStop !== undefined && { lastStop }),
    ...(other && { fallback: { channel: other.channel, address: other.address } }),
  };
}
