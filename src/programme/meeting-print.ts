/** What the sheet of a meeting shows, gathered from its group. */
import type { Model } from 'mongoose';
import type { Language } from '../conversation';
import { groupLanguage, type MeetingToPrint } from '../conversation/meeting-sheet';
import type { GroupDocument } from '../database/models/group';
import type { MeetingDocument } from '../database/models/meeting';
import type { ParticipantDocument } from '../database/models/participant';
import { groupAnswers } from '../people';

export interface PrintedMeeting {
  meeting: MeetingToPrint;
  /** The group's. */
  language: Language;
}

interface Stored {
  meetings: Model<MeetingDocument>;
  groups: Model<GroupDocument>;
  participants: Model<ParticipantDocument>;
}

/** @returns undefined where there is no such meeting (any more) */
export async function meetingToPrint(parts: Stored, meetingId: string): Promise<PrintedMeeting | undefined> {
  const { meetings, groups, participants } = parts;
  const found = await meetings.findById(meetingId).lean<MeetingDocument>();
  const group = found && (await groups.findById(found.group).lean<GroupDocument>());
  if (!group || found.state === 'cancelled') return undefined;
  const numbers = new Map(group.members.map(({ participantId, number }) => [participantId, number]));
  const people = await participants
    .find({ _id: { $in: [group.mentorId, ...numbers.keys()] } })
    .select({ profile: 1, lessons: 1 })
    .lean<Pick<ParticipantDocument, '_id' | 'profile' | 'lessons'>[]>();
  const mentor = people.find(({ _id }) => _id === group.mentorId);
  const members = people.filter(({ _id }) => numbers.has(_id));
  return {
    language: groupLanguage(
      members.map(({ profile }) => profile.language ?? 'hi'),
      mentor?.profile.language ?? 'hi',
    ),
    meeting: {
      group: group.name,
      at: found.at,
      zone: mentor?.profile.zone ?? 'Asia/Kolkata',
      place: found.place,
      members: members.map(({ _id, profile }) => ({
        number: numbers.get(_id) ?? 0,
        name: profile.name ?? '',
      })),
      ...groupAnswers(members.map(({ lessons }) => lessons)),
    },
  };
}
