/** The group's meetings, out of the mentor's view. */
import { DateTime } from 'luxon';
import type { CallingDraft } from '../../src/conversation/meeting-draft';
import type { GroupView, MeetingView, MemberView } from '../../src/conversation/view';
import { zoneOf } from '../zone';

/** The meeting that lies ahead; there is one at a time. */
export function meetingAhead(group: GroupView | undefined, at: Date): MeetingView | undefined {
  return group?.meetings.findLast((one) => one.at > at);
}

/** The last one that has begun: who came is noted for it. */
export function meetingBegun(group: GroupView | undefined, at: Date): MeetingView | undefined {
  return group?.meetings.find((one) => one.at <= at);
}

/** A meeting as a draft, to be changed. */
export function draftOf({ id, at, place, reminders }: MeetingView, zone: string): CallingDraft {
  const local = DateTime.fromJSDate(at, { zone: zoneOf(zone) });
  return {
    id,
    day: local.toISODate() ?? '',
    hour: local.toFormat('HH:mm'),
    place,
    reminders,
    was: { at, place, reminders },
  };
}

/** Those who get messages at present. */
export function reachable({ members }: GroupView): MemberView[] {
  return members.filter(({ status }) => status === 'active');
}

/** Who comes, who does not, and who has not said. */
export function answersTo({ members }: GroupView, { id }: MeetingView) {
  const said = (answer: 'yes' | 'no' | undefined) =>
    members.filter(({ meeting }) => (meeting?.id === id ? meeting.answer : undefined) === answer);
  return { coming: said('yes'), notComing: said('no'), unsaid: said(undefined) };
}

/** `1 Asif, 4 Dev` */
export function listed(members: readonly MemberView[]): string {
  return members.map(({ number, name }) => `${number} ${name}`).join(', ');
}
