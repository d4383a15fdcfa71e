/** Between a Saathi and his mentor: he would like to talk, or is asked how he is. Only within one group. */
import type { Model } from 'mongoose';
import type { Clock } from '../clock';
import type { PlacedOrder } from '../conversation';
import type { GroupDocument, Member } from '../database/models/group';
import type { ParticipantDocument } from '../database/models/participant';
import type { Vault } from '../vault';
import type { Signals } from './signals';

export interface AttentionParts {
  groups: Model<GroupDocument>;
  participants: Model<ParticipantDocument>;
  signals: Signals;
  clock: Clock;
  /** Seals his number on its way to the mentor: among timers and in the outbox it never stands in the open. */
  vault: Pick<Vault, 'seal'>;
}

const DAY_MS = 24 * 3_600_000;
/** A mentor is told of the same wish once a day. */
const TOLD_GAP_MS = DAY_MS;
/** Nobody is asked after more often than once in seven days. */
const ASKED_GAP_MS = 7 * DAY_MS;

/** The number in an address; a WhatsApp identity without one cannot be called. */
const PHONE = /\+\d{8,15}$/;

export class Attention {
  readonly #parts: AttentionParts;

  constructor(parts: AttentionParts) {
    this.#parts = parts;
  }

  /** Tells the mentor of his group; with his phone number only where he has said so now. */
  async tellMentor({
    id,
    participantId,
    at,
    order: { withPhone },
  }: PlacedOrder<'tell mentor'>): Promise<void> {
    const { groups, participants, signals, clock, vault } = this.#parts;
    const he = await participants.findById(participantId).lean<ParticipantDocument>();
    const group = await groups.findOne({ 'members.participantId': participantId }).lean<GroupDocument>();
    if (!he || !group) return;
    let number: number | undefined;
    await this.#change(group._id, (member) => {
      if (member.participantId !== participantId) return member;
      const before = member.talkWanted;
      const isKnown = before && before.order !== id && isWithin(TOLD_GAP_MS, before.at, at);
      if (isKnown && (before.withPhone || !withPhone)) return member;
      number = member.number;
      return { ...member, talkWanted: { at, withPhone, order: id } };
    });
    if (number === undefined) return;
    const phone = withPhone ? phoneOf(he) : undefined;
    await signals.send(
      {
        ids: [group.mentorId],
        data: {
          number,
          name: he.profile.name ?? '',
          ...(phone !== undefined && {
            contact: { text: vault.seal(JSON.stringify({ phone }), id), place: id },
          }),
        },
      },
      { id: `${id}:wanted`, event: 'TALK_WANTED', due: clock.now() },
    );
  }

  /** Has these men asked how they are; whoever is not in a group of his, or was asked lately, is passed over. */
  async askAfter({ id, participantId, at, order: { ids } }: PlacedOrder<'ask after'>): Promise<void> {
    const { groups, participants, signals, clock } = this.#parts;
    const mentor = await participants.findById(participantId).lean<ParticipantDocument>();
    if (!mentor?.roles?.mentor) return;
    const wanted = new Set(ids);
    const asked = new Set<string>();
    for (const { _id } of await groups.find({ mentorId: participantId }).lean<GroupDocument[]>())
      await this.#change(_id, (member) => {
        const before = member.askedAfter;
        const isLate = before && before.order !== id && isWithin(ASKED_GAP_MS, before.at, at);
        if (!wanted.has(member.participantId) || isLate) return member;
        asked.add(member.participantId);
        return { ...member, askedAfter: { at, order: id } };
      });
    await signals.send(
      { ids: [...asked], data: { mentor: mentor.profile.name ?? '' } },
      { id: `${id}:asked`, event: 'ASKED_AFTER', due: clock.now() },
    );
  }

  /** Changes the members of a group, on condition that nobody else did meanwhile; otherwise looks again. */
  async #change(code: string, change: (member: Member) => Member): Promise<void> {
    const { groups } = this.#parts;
    for (;;) {
      const group = await groups.findById(code).lean<GroupDocument>();
      if (!group) return;
      const members = group.members.map(change);
      if (members.every((member, index) => member === group.members[index])) return;
      const { matchedCount } = await groups.updateOne(
        { _id: code, revision: group.revision },
        { $set: { members }, $inc: { revision: 1 } },
      );
      if (matchedCount > 0) return;
    }
  }
}

function isWithin(span: number, moment: Date, at: Date): boolean {
  return at.getTime() - moment.getTime() < span;
}

/** Where he can be called: the number that he wrote from last, or another of his. */
function phoneOf({ identities, current }: ParticipantDocument): string | undefined {
  const first = identities.filter(({ key }) => key === current);
  return [...first, ...identities].flatMap(({ address }) => PHONE.exec(address) ?? [])[0];
}
