/** The meeting's sheet, in the group's language: as text, and as a page to be printed. */
import type { Content } from '../../src/content/model';
import { groupLanguage, sheetMessage, sheetParts } from '../../src/conversation/meeting-sheet';
import type { GroupView, MeetingView } from '../../src/conversation/view';
import { part, sayWith, type Step } from '../phrases';
import type { SayParams, Transition } from '../setup';
import { groupsOf, groupInHand } from './group';

function sheetOf(content: Content, { context }: Step, group: GroupView, meeting: MeetingView): SayParams {
  const { zone, language: own = 'hi' } = context.profile;
  const { name, members, week, answers } = group;
  const language = groupLanguage(
    members.map((member) => member.language),
    own,
  );
  const parts = sheetMessage(
    sheetParts(content, { group: name, at: meeting.at, zone, place: meeting.place, members, week, answers }),
  );
  return {
    parts: [{ ...part('sheet.link'), hasPicture: true }, ...parts.map((one) => ({ ...one, language }))],
    picture: { kind: 'sheet', meeting: meeting.id },
  };
}

/** Says the sheet of a meeting of the group in hand. */
export function saySheet(content: Content, which: (step: Step) => MeetingView | undefined) {
  return sayWith((step) => {
    const [group, meeting] = [groupInHand(step.context), which(step)];
    return group && meeting ? sheetOf(content, step, group, meeting) : { parts: [part('meetings.none')] };
  });
}

/** The group and the meeting that a signal speaks of, while they are his. */
export function meetingOf({ context, event }: Step): { group: GroupView; meeting: MeetingView } | undefined {
  if (event.type !== 'MEETING_SHEET' && event.type !== 'MEETING_OVER') return undefined;
  const group = groupsOf(context).find(({ code }) => code === event.data.group);
  const meeting = group?.meetings.find(({ id }) => id === event.data.meeting);
  return group && meeting && { group, meeting };
}

/** Some hours before it begins. */
export function sheetDue(content: Content): Transition[] {
  return [
    {
      guard: (step) => meetingOf(step) !== undefined,
      actions: [
        sayWith((step) => {
          const due = meetingOf(step);
          return due ? sheetOf(content, step, due.group, due.meeting) : { parts: [] };
        }),
      ],
    },
  ];
}
