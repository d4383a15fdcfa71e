/**
 * Meetings: called, changed, cancelled, and afterwards who came. Everything that is told goes out as signals, anew
 * for each revision: what was to be said of an earlier one and has not been said yet is taken back, so that whoever
 * has been told of it is told of the change, and everybody else of the new one only.
 */
import { createHash } from 'node:crypto';
import type { Connection, Model } from 'mongoose';
import type { OrderName, PlacedOrder } from '../conversation';
import { ALL_REMINDERS } from '../conversation/meeting-draft';
import { isDuplicate } from '../database/duplicate';
import { groupModel, type GroupDocument } from '../database/models/group';
import { meetingModel, type MeetingDocument } from '../database/models/meeting';
import { participantModel, type ParticipantDocument } from '../database/models/participant';
import type { JournalEntry, JournalPort } from '../delivery';
import type { QuietHours } from '../delivery/quiet-hours';
import { aboutOf, type OrderHandlers, type Signals } from '../people';
import { attendanceChange } from './attendance';
import { meetingToPrint, type PrintedMeeting } from './meeting-print';
import { reminderTimes } from './meeting-reminders';

export interface MeetingsParts {
  meetings: Model<MeetingDocument>;
  groups: Model<GroupDocument>;
  participants: Model<ParticipantDocument>;
  signals: Pick<Signals, 'send' | 'withdraw'>;
  journal: JournalPort;
  /** Undefined where there are none. */
  quiet: QuietHours | undefined;
}

type MeetingOrder = Extract<OrderName, `${string} meeting` | 'note attendance'>;

const HOUR_MS = 3_600_000;
/** So long after its beginning a meeting is over. */
const LASTS_MS = 2 * HOUR_MS;
/** Of so many orders a meeting remembers that it has carried them out. */
const REMEMBERED = 50;

/** What of a meeting only the group's mentor is told. */
const MENTORS_OWN = ['sheet', 'over'];

/** A signal's id, anew for each revision. */
const idOf = ({ _id, revision }: Pick<MeetingDocument, '_id' | 'revision'>, what: string) =>
  `${_id}:${revision}:${what}`;

/** The one who ordered and the group that he may order for. */
interface Standing {
  group: GroupDocument;
  mentor: ParticipantDocument;
}

/** Wires the meetings' service on a connection whose indexes are made. */
export function createMeetings({
  connection,
  ...parts
}: Pick<MeetingsParts, 'signals' | 'journal' | 'quiet'> & { connection: Connection }): Meetings {
  return new Meetings({
    ...parts,
    meetings: meetingModel(connection),
    groups: groupModel(connection),
    participants: participantModel(connection),
  });
}

export class Meetings {
  readonly #parts: MeetingsParts;
  readonly orders: Pick<OrderHandlers, MeetingOrder> = {
    'call meeting': (placed) => this.#call(placed),
    'change meeting': (placed) => this.#change(placed),
    'cancel meeting': (placed) => this.#cancel(placed),
    'note attendance': (placed) => this.#attend(placed),
  };

  constructor(parts: MeetingsParts) {
    this.#parts = parts;
  }

  /** A meeting as its sheet shows it, and in which language; undefined where there is none (any more). */
  toPrint(meetingId: string): Promise<PrintedMeeting | undefined> {
    return meetingToPrint(this.#parts, meetingId);
  }

  /**
   * The group has another mentor: the sheet of the meeting that lies ahead, or has just been, and the question who came
   * are his now, and no more of the one who called it. Idempotent.
   */
  async follow(code: string, at: Date): Promise<void> {
    const { meetings, groups, participants, signals } = this.#parts;
    const since = new Date(at.getTime() - LASTS_MS);
    const meeting = await meetings
      .findOne({ group: code, state: 'called', at: { $gt: since } })
      .lean<MeetingDocument>();
    const group = meeting && (await groups.findById(code).lean<GroupDocument>());
    const mentor = group && (await participants.findById(group.mentorId).lean<ParticipantDocument>());
    if (!meeting || !mentor || mentor._id === meeting.mentorId) return;
    for (const what of MENTORS_OWN) await signals.withdraw([meeting.mentorId], idOf(meeting, what));
    await this.#tellMentor(meeting, mentor);
  }

  async #call({ id, participantId, at, order }: PlacedOrder<'call meeting'>): Promise<void> {
    const { meetings } = this.#parts;
    const standing = await this.#standing(participantId, order.group);
    if (!standing || order.at <= at) return;
    const _id = meetingId(id);
    const ahead = await meetings.findOne({ group: order.group, state: 'called', at: { $gt: at } }).lean();
    if (ahead && ahead._id !== _id) return;
    try {
      await meetings.create([
        {
          _id,
          group: order.group,
          mentorId: participantId,
          at: order.at,
          place: order.place,
          reminders: order.reminders,
          state: 'called',
          tellAt: order.tellAt,
          revision: 0,
          createdAt: at,
          orders: [id],
          attendance: [],
        },
      ]);
    } catch (error) {
      if (!isDuplicate(error)) throw error;
    }
    await this.#announce(_id, standing);
    await this.#record(id, 'meeting.called', at, standing);
  }

  async #change({ id, participantId, at, order }: PlacedOrder<'change meeting'>): Promise<void> {
    const { meetings } = this.#parts;
    const found = await meetings.findById(order.meeting).lean<MeetingDocument>();
    const standing = found && (await this.#standing(participantId, found.group));
    if (!standing || order.at <= at) return;
    const { place, reminders, tellAt } = order;
    await meetings.updateOne(
      { _id: order.meeting, state: 'called', orders: { $ne: id } },
      { $set: { at: order.at, place, reminders, tellAt }, ...doneBy(id) },
    );
    await this.#announce(order.meeting, standing);
    await this.#record(id, 'meeting.changed', at, standing);
  }

  async #cancel({ id, participantId, at, order }: PlacedOrder<'cancel meeting'>): Promise<void> {
    const { meetings } = this.#parts;
    const standing = await this.#standing(participantId, order.group);
    if (!standing) return;
    // Only one that was there when he gave the order: carried out again it must not take the next one.
    await meetings.updateOne(
      { group: order.group, state: 'called', at: { $gt: at }, createdAt: { $lte: at }, orders: { $ne: id } },
      { $set: { state: 'cancelled', tellAt: order.tellAt }, ...doneBy(id) },
    );
    const cancelled = await meetings.findOne({ group: order.group, orders: id }).lean<MeetingDocument>();
    if (!cancelled) return;
    await this.#announce(cancelled._id, standing);
    await this.#record(id, 'meeting.cancelled', at, standing);
  }

  async #attend({ id, participantId, at, order }: PlacedOrder<'note attendance'>): Promise<void> {
    const { meetings } = this.#parts;
    const found = await meetings.findById(order.meeting).lean<MeetingDocument>();
    const standing = found && (await this.#standing(participantId, found.group));
    if (!standing || found.at > at) return;
    const isMember = new Set(standing.group.members.map((member) => member.participantId));
    const present = [...new Set(order.present)].filter((one) => isMember.has(one));
    await meetings.updateOne(
      { _id: order.meeting, state: { $in: ['called', 'held'] }, 'attendance.order': { $ne: id } },
      {
        $set: { state: 'held' },
        $push: { attendance: { order: id, at, present, guests: order.guests } },
      },
    );
    const held = await meetings.findById(order.meeting).lean<MeetingDocument>();
    const change = held && attendanceChange(held.attendance, id);
    if (!change) return;
    await this.#record(`${held._id}:held`, 'meeting.held', held.at, standing);
    await this.#recordAttendance(id, held.at, change, standing.group);
  }

  /** His own group: whoever is not its mentor (any more) orders nothing. */
  async #standing(participantId: string, code: string): Promise<Standing | undefined> {
    const { groups, participants } = this.#parts;
    const group = await groups.findById(code).lean<GroupDocument>();
    if (group?.mentorId !== participantId) return undefined;
    const mentor = await participants.findById(participantId).lean<ParticipantDocument>();
    return mentor?.roles?.mentor ? { group, mentor } : undefined;
  }

  /** Says what is so now, and takes back what has not been said of earlier revisions. Idempotent. */
  async #announce(meetingId: string, { group, mentor }: Standing): Promise<void> {
    const { meetings, signals, quiet } = this.#parts;
    const meeting = await meetings.findById(meetingId).lean<MeetingDocument>();
    if (!meeting) return;
    const { _id, at, place, reminders, state, tellAt, revision } = meeting;
    const ids = group.members.map((member) => member.participantId);
    for (let earlier = 0; earlier < revision; earlier += 1) {
      const then = { _id, revision: earlier };
      for (const what of ['told', ...ALL_REMINDERS]) await signals.withdraw(ids, idOf(then, what));
      for (const what of MENTORS_OWN)
        await signals.withdraw([mentor._id, meeting.mentorId], idOf(then, what));
    }
    const data = { meeting: _id, group: group._id, at, place, mentor: mentor.profile.name ?? '' };
    const told = { id: idOf(meeting, 'told'), due: tellAt, expiresAt: at };
    if (state === 'cancelled') {
      await signals.send({ ids, data }, { ...told, event: 'MEETING_OFF' });
      return;
    }
    await signals.send({ ids, data }, { ...told, event: 'MEETING' });
    const { zone } = mentor.profile;
    for (const { reminder, due } of reminderTimes({ at, chosen: reminders, zone, quiet, now: tellAt }))
      await signals.send(
        { ids, data },
        { id: idOf(meeting, reminder), event: 'MEETING_REMINDER', due, expiresAt: at },
      );
    await this.#tellMentor(meeting, mentor);
  }

  /** The sheet before a meeting, and after it the question who came. */
  async #tellMentor(meeting: MeetingDocument, mentor: ParticipantDocument): Promise<void> {
    const { signals, quiet } = this.#parts;
    const { _id, group, at, tellAt } = meeting;
    const { zone } = mentor.profile;
    const own = { ids: [mentor._id], data: { meeting: _id, group } };
    const before =
      reminderTimes({ at, chosen: ['three-hours'], zone, quiet, now: new Date(0) })[0]?.due ?? at;
    await signals.send(own, {
      id: idOf(meeting, 'sheet'),
      event: 'MEETING_SHEET',
      due: before > tellAt ? before : tellAt,
      expiresAt: at,
    });
    await signals.send(own, {
      id: idOf(meeting, 'over'),
      event: 'MEETING_OVER',
      due: new Date(at.getTime() + LASTS_MS),
    });
  }

  async #record(
    id: string,
    type: JournalEntry['type'],
    at: Date,
    { group, mentor }: Standing,
  ): Promise<void> {
    await this.#parts.journal.write([entry(`${id}:${type}`, type, at, mentor, group)]);
  }

  /** Counted where and when the meeting was, whoever enters it later. */
  async #recordAttendance(
    id: string,
    at: Date,
    { came, struck }: { came: string[]; struck: string[] },
    group: GroupDocument,
  ): Promise<void> {
    const { participants, journal } = this.#parts;
    const people = await participants
      .find({ _id: { $in: [...came, ...struck] } })
      .lean<ParticipantDocument[]>();
    const hasCome = new Set(came);
    const entries = people.map((one) => {
      const type = hasCome.has(one._id) ? 'meeting.attended' : 'meeting.struck';
      return entry(`${id}:${type}:${one._id}`, type, at, one, group);
    });
    if (entries.length > 0) await journal.write(entries);
  }
}

const doneBy = (id: string) => ({
  $inc: { revision: 1 },
  $push: { orders: { $each: [id], $slice: -REMEMBERED } },
});

/** Short and fit for a link; the same for the same order, so that carrying it out twice calls one meeting. */
function meetingId(orderId: string): string {
  return createHash('sha256').update(`meeting ${orderId}`).digest('base64url').slice(0, 16);
}

/** A line of the journal about somebody, counted in the group that met. */
function entry(
  _id: string,
  type: JournalEntry['type'],
  at: Date,
  person: ParticipantDocument,
  group: GroupDocument,
): JournalEntry {
  return {
    _id,
    participantId: person._id,
    at,
    type,
    data: { group: group._id },
    about: { ...aboutOf(person), group: group._id },
  };
}
