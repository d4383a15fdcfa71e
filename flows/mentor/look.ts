/** WHO: the group's meeting, who comes, who does not and who has not said; and what can be done about it. */
import type { Part } from '../../src/conversation/effect';
import type { MeetingView } from '../../src/conversation/view';
import { to } from '../everywhere';
import { whenAndWhere } from '../meeting';
import { note, options, part, question, say, when, type Step } from '../phrases';
import type { Context, Flow } from '../setup';
import { tellAt } from '../time';
import { meetWith } from './calling';
import { groupInHand } from './group';
import { answersTo, draftOf, listed, meetingAhead, meetingBegun } from './meetings';
import { saySheet } from './sheet';

const ahead = ({ context, event }: Step) => meetingAhead(groupInHand(context), event.at);
const begun = ({ context, event }: Step) => meetingBegun(groupInHand(context), event.at);

function described({ context }: Step, meeting: MeetingView): Part[] {
  return [part('meetings.next'), ...whenAndWhere(meeting.at, meeting.place, context.profile.zone)];
}

function answered({ context }: Step, meeting: MeetingView): Part[] {
  const group = groupInHand(context);
  if (!group) return [];
  const { coming, notComing, unsaid } = answersTo(group, meeting);
  return [
    { key: 'meetings.coming', members: coming },
    { key: 'meetings.not-coming', members: notComing },
    { key: 'meetings.unsaid', members: unsaid },
  ].flatMap(({ key, members }) =>
    members.length === 0 ? [] : [part(key, { number: members.length, names: listed(members) })],
  );
}

/** Who came, once it has been noted. */
function noted({ context }: Step, { attendance }: MeetingView): Part[] {
  if (!attendance) return [part('meetings.not-noted')];
  const members = groupInHand(context)?.members ?? [];
  const came = members.filter(({ participantId }) => attendance.present.includes(participantId));
  return [part('meetings.came', { number: came.length, guests: attendance.guests, names: listed(came) })];
}

export const lookAtMeetings: Flow = (content) => {
  const leave = when('mentor-menu', { target: to.mentor });
  const call = when('call-meeting', meetWith(content));
  const over = { guard: (step: Step) => ahead(step) === undefined, target: to.meetings };
  const change = (step: Step) => {
    const meeting = ahead(step);
    return { calling: meeting ? draftOf(meeting, step.context.profile.zone) : undefined };
  };
  return {
    initial: 'which',
    states: {
      which: {
        always: [
          { guard: ({ context }) => !groupInHand(context), target: to.mentor },
          { guard: (step) => ahead(step) !== undefined, target: 'ahead' },
          { guard: (step) => begun(step) !== undefined, target: 'begun' },
          { target: 'none' },
        ],
      },
      ahead: question({
        ask: (step) => {
          const meeting = ahead(step);
          return meeting ? [...described(step, meeting), ...answered(step, meeting)] : 'meetings.over';
        },
        options: options('change-meeting', 'cancel-meeting', 'the-sheet', 'mentor-menu'),
        chosen: [
          leave,
          over,
          when('change-meeting', { target: to.changing, actions: [note(change)] }),
          when('cancel-meeting', { target: to.cancelling }),
          when('the-sheet', { actions: [saySheet(content, ahead)] }),
        ],
      }),
      begun: question({
        ask: (step) => {
          const meeting = begun(step);
          return meeting ? [...described(step, meeting), ...noted(step, meeting)] : 'meetings.none';
        },
        options: options('note-attendance', 'call-meeting', 'mentor-menu'),
        chosen: [leave, call, when('note-attendance', { target: to.attendance })],
      }),
      none: question({
        ask: () => 'meetings.none',
        options: options('call-meeting', 'mentor-menu'),
        chosen: [leave, call],
      }),
    },
  };
};

/** Can those who know of it still be told that it is off? */
const isTold = (step: Step) =>
  (ahead(step)?.at ?? step.event.at) > tellAt(step.context.profile, step.event.at);

const cancel = {
  type: 'order' as const,
  params: ({ context, event }: { context: Context; event: Step['event'] }) => ({
    do: 'cancel meeting' as const,
    group: groupInHand(context)?.code ?? '',
    tellAt: tellAt(context.profile, event.at),
  }),
};

export const cancelling: Flow = () =>
  question({
    ask: (step) => {
      const meeting = ahead(step);
      return meeting ? [...described(step, meeting), part('meetings.cancel-ask')] : 'meetings.over';
    },
    options: options('cancel-it', 'keep-it'),
    chosen: [
      when('keep-it', { target: to.meetings }),
      { guard: (step) => ahead(step) === undefined, target: to.meetings },
      when('cancel-it', {
        guard: isTold,
        target: to.mentor,
        actions: [cancel, say('meetings.cancelled')],
      }),
      when('cancel-it', { target: to.mentor, actions: [cancel, say('meetings.cannot-tell')] }),
    ],
  });
