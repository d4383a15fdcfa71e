/** ATTEND: who came, by the numbers of the list; said again it corrects what was said before. */
import type { Attendance } from '../../src/conversation/attendance';
import { createReadAttendance } from '../../src/conversation/attendance';
import type { Content } from '../../src/content/model';
import { to } from '../everywhere';
import { note, options, part, question, say, when, written, type Step } from '../phrases';
import type { Flow, Transition } from '../setup';
import { groupInHand } from './group';
import { listed, meetingBegun } from './meetings';
import { meetingOf } from './sheet';

const begun = ({ context, event }: Step) => meetingBegun(groupInHand(context), event.at);

const noMeeting: Transition = {
  guard: (step) => begun(step) === undefined,
  target: to.meetings,
  actions: [say('attendance.no-meeting')],
};

const nobodyCame: Transition = {
  target: to.attended,
  actions: [
    {
      type: 'order',
      params: (step: Step) => ({
        do: 'note attendance' as const,
        meeting: begun(step)?.id ?? '',
        present: [],
        guests: 0,
      }),
    },
    note(() => ({ came: undefined })),
  ],
};

/** What is done with a list of numbers, wherever it stands. */
export function attendanceFrom(content: Content, textOf: (step: Step) => string): Transition[] {
  const readAttendance = createReadAttendance(content.attendance);
  const read = (step: Step): Attendance =>
    readAttendance(textOf(step), groupInHand(step.context)?.members.map(({ number }) => number) ?? []);
  const presentIn = (step: Step) => {
    const said = read(step);
    return 'present' in said ? said : undefined;
  };
  const unknownIn = (step: Step) => {
    const said = read(step);
    return 'unknown' in said ? said.unknown : [];
  };
  const came = {
    type: 'order' as const,
    params: (step: Step) => {
      const said = presentIn(step);
      const members = groupInHand(step.context)?.members ?? [];
      return {
        do: 'note attendance' as const,
        meeting: begun(step)?.id ?? '',
        present: members
          .filter(({ number }) => said?.present.includes(number))
          .map(({ participantId }) => participantId),
        guests: said?.guests ?? 0,
      };
    },
  };
  return [
    noMeeting,
    {
      guard: (step) => presentIn(step) !== undefined,
      target: to.attended,
      reenter: true,
      actions: [
        came,
        note((step) => {
          const said = presentIn(step);
          return { came: { numbers: said?.present ?? [], guests: said?.guests ?? 0 } };
        }),
      ],
    },
    {
      guard: (step) => unknownIn(step).length > 0,
      target: to.attendance,
      reenter: true,
      actions: [say((step) => part('attendance.unknown', { numbers: unknownIn(step).join(', ') }))],
    },
  ];
}

/** ATTEND with numbers after it, or without. */
export function attend(content: Content, textOf: (step: Step) => string): Transition[] {
  return [
    ...attendanceFrom(content, textOf),
    { guard: (step) => textOf(step) === '', target: to.attendance },
    { target: to.attendance, actions: [say('attendance.unread')] },
  ];
}

const leave = when('mentor-menu', { target: to.mentor, actions: [note(() => ({ came: undefined }))] });
const typed = ({ event }: Step) => written(event);

export const attendance: Flow = (content) =>
  question({
    ask: () => 'attendance.ask',
    options: options('nobody-came', 'mentor-menu'),
    unclear: 'attendance.unread',
    chosen: [leave, noMeeting, nobodyCame],
    text: attendanceFrom(content, typed),
  });

/** What has been noted, to be looked over. */
export const attended: Flow = (content) =>
  question({
    ask: ({ context }) => {
      const { numbers, guests } = context.scratch.came ?? { numbers: [], guests: 0 };
      const members = (groupInHand(context)?.members ?? []).filter(({ number }) => numbers.includes(number));
      return [
        numbers.length === 0
          ? part('attendance.nobody')
          : part('attendance.noted', { number: numbers.length, names: listed(members) }),
        ...(guests > 0 ? [part('attendance.guests', { number: guests })] : []),
        part('attendance.again'),
      ];
    },
    options: options('mentor-menu'),
    unclear: 'attendance.unread',
    chosen: [leave],
    text: attendanceFrom(content, typed),
  });

/** The meeting is over: who came? Said without changing where he stands; he answers when he can. */
export const MEETING_OVER: Transition[] = [
  {
    guard: (step) => {
      const due = meetingOf(step);
      return due !== undefined && !due.meeting.attendance;
    },
    actions: [say((step) => part('attendance.over', { group: meetingOf(step)?.group.name ?? '' }))],
  },
];
