/**
 * People who are told of by others before they write themselves: by a list, by an operator, by a coordinator. Nothing
 * is sent to anybody for it. Whoever writes is asked for his language and his consent like everybody else; only what is
 * known already is not asked again. A role is offered, and his only once he has taken it from his own phone.
 */
import type { Model } from 'mongoose';
import { identityKey } from '../channels/channel';
import { newcomer, type Invitation, type PlacedOrder } from '../conversation';
import { isDuplicate } from '../database/duplicate';
import type { ParticipantDocument } from '../database/models/participant';
import { addressesOf, whoHas } from './phones';
import type { Enrolled } from './roll';
import type { Signals } from './signals';

export interface EnrolmentParts {
  participants: Model<ParticipantDocument>;
  signals: Signals;
  makeId: () => string;
  /** IANA zone in which their lesson hours are meant. */
  zone: string;
}

/**
 * `expected`: he is known now, and nothing happens until he writes. `invited`: he takes part already and is offered the
 * role. `known`: he was there, with all of it.
 */
export type EnrolmentResult = 'expected' | 'invited' | 'known';

export class Enrolment {
  readonly #parts: EnrolmentParts;

  constructor(parts: EnrolmentParts) {
    this.#parts = parts;
  }

  /** What `enrol` would do; nothing is written. */
  async foresee(one: Enrolled): Promise<EnrolmentResult> {
    const he = await whoHas(this.#parts.participants, one.phone);
    return he ? resultFor(he, one.invited) : 'expected';
  }

  /** Takes somebody in. Safe to repeat: a second time changes nothing, and asks nobody again who has declined. */
  async enrol(one: Enrolled, at: Date): Promise<EnrolmentResult> {
    const { participants } = this.#parts;
    for (;;) {
      const he = await whoHas(participants, one.phone);
      if (he) return this.#invite(he, one.invited, at);
      try {
        await participants.create([this.#documentFor(one, at)]);
        return 'expected';
      } catch (error) {
        // He has just written himself.
        if (!isDuplicate(error)) throw error;
      }
    }
  }

  /** A coordinator invites to his own area; from anybody else nothing comes of it. */
  async inviteMentor({ participantId, at, order }: PlacedOrder<'invite mentor'>): Promise<void> {
    const he = await this.#parts.participants.findById(participantId).lean<ParticipantDocument>();
    const role = he?.roles?.coordinator;
    if (!role) return;
    const [state] = role.place?.split('-') ?? [];
    await this.enrol(
      {
        phone: order.phone,
        ...(state !== undefined && { state }),
        ...(role.level === 'district' && role.place !== undefined && { district: role.place }),
        invited: { role: 'mentor' },
      },
      at,
    );
  }

  async #invite(
    he: ParticipantDocument,
    invited: Invitation | undefined,
    at: Date,
  ): Promise<EnrolmentResult> {
    const result = resultFor(he, invited);
    if (result === 'known' || !invited) return result;
    const { participants, signals } = this.#parts;
    if (he.lastHeardAt === undefined) {
      // He has not written yet: the offer waits for him.
      await participants.updateOne(
        { _id: he._id, sequence: he.sequence },
        { $set: { invited }, $inc: { sequence: 1 } },
      );
      return 'expected';
    }
    const id = `invited:${he._id}:${invited.role}`;
    const sent = await signals.send(
      { ids: [he._id], data: { invitation: invited } },
      { id, event: 'INVITED', due: at },
    );
    return sent > 0 ? 'invited' : 'known';
  }

  #documentFor({ phone, name, state, district, group, invited }: Enrolled, at: Date): ParticipantDocument {
    const { makeId, zone } = this.#parts;
    const { id, ...blank } = newcomer(makeId(), at, zone);
    const identities = addressesOf(phone).map((address) => ({
      key: identityKey(address),
      ...address,
      since: at,
    }));
    return {
      _id: id,
      ...blank,
      profile: {
        ...blank.profile,
        ...(name !== undefined && { name }),
        ...(state !== undefined && { state }),
        ...(district !== undefined && { district }),
        ...(group !== undefined && { group }),
      },
      ...(invited && { invited }),
      identities,
      current: identities[0]?.key ?? '',
      recent: [],
      effects: [],
    };
  }
}

function resultFor(he: ParticipantDocument, invited: Invitation | undefined): EnrolmentResult {
  if (!invited || he.roles?.[invited.role] || he.invited?.role === invited.role) return 'known';
  return he.lastHeardAt === undefined ? 'expected' : 'invited';
}
