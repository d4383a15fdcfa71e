/**
 * MEET: a meeting is called or changed, all in one line or one question after the other, with a preview as its
 * members will see it; once confirmed it can be taken back until it goes out.
 */
import type { Part } from '../../src/conversation/effect';
import { reachOf } from '../../src/conversation/cost';
import {
  addToDraft,
  ALL_REMINDERS,
  beginning,
  missingIn,
  type CallingDraft,
  type Missing,
  type Reminder,
} from '../../src/conversation/meeting-draft';
import type { MeetingWanted } from '../../src/conversation/order';
import { createTranslate } from '../../src/conversation/translate';
import { createReadWhen } from '../../src/conversation/when';
import { sayWhen } from '../../src/conversation/when/say';
import { to } from '../everywhere';
import { answers, invitationParts } from '../meeting';
import {
  afterCommand,
  chosen,
  note,
  options,
  part,
  question,
  say,
  when,
  written,
  type Step,
} from '../phrases';
import type { Content } from '../../src/content/model';
import type { Context, Flow, Transition } from '../setup';
import { tellAt } from '../time';
import { groupInHand } from './group';
import { draftOf, meetingAhead, reachable } from './meetings';

const REMINDED: Record<string, Reminder[]> = {
  'remind-both': [...ALL_REMINDERS],
  'remind-two-days': ['two-days'],
  'remind-three-hours': ['three-hours'],
  'remind-none': [],
};

const draft = ({ scratch }: Context): CallingDraft => scratch.calling ?? {};
const beginsAt = ({ context }: Step) => beginning(draft(context), context.profile.zone);
const remindersOf = (context: Context) => draft(context).reminders ?? [...ALL_REMINDERS];

/** It would begin before anybody can be told of it. */
function isTooSoon(step: Step): boolean {
  const begins = beginsAt(step);
  return begins !== undefined && begins <= tellAt(step.context.profile, step.event.at);
}

function wanted(step: Step): MeetingWanted {
  const { context, event } = step;
  return {
    at: beginsAt(step) ?? event.at,
    place: draft(context).place ?? '',
    reminders: remindersOf(context),
    tellAt: tellAt(context.profile, event.at),
  };
}

const order = {
  type: 'order' as const,
  params: (step: Step) => {
    const { id } = draft(step.context);
    const group = groupInHand(step.context)?.code ?? '';
    return id === undefined
      ? { do: 'call meeting' as const, group, ...wanted(step) }
      : { do: 'change meeting' as const, meeting: id, ...wanted(step) };
  },
};

const takeBack = {
  type: 'order' as const,
  params: ({ context, event }: Step) => {
    const { id, was } = draft(context);
    return id !== undefined && was
      ? { do: 'change meeting' as const, meeting: id, ...was, tellAt: event.at }
      : { do: 'cancel meeting' as const, group: groupInHand(context)?.code ?? '', tellAt: event.at };
  },
};

function hasNobody({ context }: Step): boolean {
  const group = groupInHand(context);
  return !group || reachable(group).length === 0;
}

const forget = note(() => ({ calling: undefined }));

/** Goes out in two minutes, or when the night is over. */
function goesOut({ context, event }: Step): Part[] {
  const due = tellAt(context.profile, event.at);
  const isSoon = due.getTime() - event.at.getTime() < 600_000;
  return isSoon
    ? [part('calling.goes-soon')]
    : [part('calling.goes-later'), { ...sayWhen(due, context.profile.zone), continues: true }];
}

function reminded(context: Context): Part {
  const chosenOnes = remindersOf(context);
  const which = chosenOnes.length === 2 ? 'both' : (chosenOnes[0] ?? 'none');
  return part(`calling.reminders.${which}`);
}

/** What he was asked for last is asked again, with why his answer cannot be used. */
const asking =
  (key: string) =>
  ({ context }: Step) => {
    const { problem } = draft(context);
    return problem ? [`when.problem.${problem}`, key] : key;
  };

/** What the draft becomes by his words; unchanged where they say nothing. */
function reader(content: Content) {
  const readWhen = createReadWhen(content.when);
  return function read(before: CallingDraft, text: string, step: Step, asked?: Missing): CallingDraft {
    const base = withoutProblem(before);
    const { zone } = step.context.profile;
    const said = addToDraft(base, text, { now: step.event.at, zone, readWhen, ...(asked && { asked }) });
    const after = { ...base, ...said.draft, ...(said.problem && { problem: said.problem }) };
    // Asked for nothing in particular, what names neither day nor hour is the place.
    return asked === undefined && isSame(after, base) ? read(base, text, step, 'place') : after;
  };
}

/** MEET with words after it: a new meeting, or another time or place for the one that lies ahead. */
export function meetWith(content: Content): Transition {
  const read = reader(content);
  return {
    target: to.calling,
    actions: [
      note((step) => {
        const { context, event } = step;
        const ahead = meetingAhead(groupInHand(context), event.at);
        const base = ahead ? draftOf(ahead, context.profile.zone) : {};
        const words = afterCommand(event);
        return { calling: words === '' ? base : read(base, words, step) };
      }),
    ],
  };
}

const isSame = (one: CallingDraft, other: CallingDraft) => JSON.stringify(one) === JSON.stringify(other);
const withoutProblem = ({ problem: _problem, ...rest }: CallingDraft): CallingDraft => rest;

export const calling: Flow = (content) => {
  const read = reader(content);
  const translate = createTranslate(content);
  const leave = when('mentor-menu', { target: to.mentor, actions: [forget] });
  const said = (step: Step, asked?: Missing) => read(draft(step.context), written(step.event), step, asked);
  const taking = (asked?: Missing): Transition => ({
    guard: (step) => !isSame(said(step, asked), withoutProblem(draft(step.context))),
    target: 'route',
    actions: [note((step) => ({ calling: said(step, asked) }))],
  });
  const asks = (missing: Missing) =>
    question({
      ask: asking(`calling.${missing}`),
      options: options('mentor-menu'),
      unclear: `calling.${missing}-unclear`,
      chosen: [leave],
      text: [taking(missing)],
    });

  function preview(step: Step): Part[] {
    const { context } = step;
    const group = groupInHand(context);
    const at = beginsAt(step);
    const { place = '', id } = draft(context);
    if (!group || !at) return [part('mentor.no-group')];
    const { zone, name = '' } = context.profile;
    const shown = invitationParts({ at, place }, { mentor: name, zone, isMoved: id !== undefined });
    const { whatsapp, sms, segments } = reachOf(
      translate,
      { parts: shown, options: answers },
      reachable(group),
    );
    return [
      part('calling.preview'),
      ...shown,
      ...answers.map(({ id: option }) => ({ ...part(`options.${option}`), continues: true as const })),
      sms > 0
        ? part('calling.reach-sms', { people: whatsapp + sms, whatsapp, sms, segments })
        : part('calling.reach', { people: whatsapp }),
      ...goesOut(step).map((line): Part => ({ ...line, continues: true })),
      { ...reminded(context), continues: true },
    ];
  }

  return {
    initial: 'route',
    states: {
      route: {
        always: [
          {
            guard: isTooSoon,
            target: 'day',
            actions: [
              note(({ context }) => {
                const { day: _day, hour: _hour, ...rest } = draft(context);
                return { calling: { ...rest, problem: 'too-soon' as const } };
              }),
            ],
          },
          { guard: ({ context }) => missingIn(draft(context)) === 'day', target: 'day' },
          { guard: ({ context }) => missingIn(draft(context)) === 'hour', target: 'hour' },
          { guard: ({ context }) => missingIn(draft(context)) === 'place', target: 'place' },
          // What was changed makes no sense: it stays as it is.
          { guard: ({ context }) => draft(context).problem !== undefined, target: 'changing' },
          { target: 'preview' },
        ],
      },
      day: asks('day'),
      hour: asks('hour'),
      place: asks('place'),
      changing: question({
        ask: asking('calling.changing'),
        options: options('mentor-menu'),
        unclear: 'calling.day-unclear',
        chosen: [leave],
        text: [taking()],
      }),
      preview: question({
        ask: preview,
        options: options('send-it', 'change-reminders', 'change-meeting', 'drop-it'),
        chosen: [
          {
            guard: hasNobody,
            target: to.mentor,
            actions: [forget, say('calling.nobody')],
          },
          when('send-it', { guard: isTooSoon, target: 'route' }),
          when('send-it', {
            target: 'sent',
            actions: [
              order,
              note((step) => ({
                calling: { ...draft(step.context), tellAt: tellAt(step.context.profile, step.event.at) },
              })),
            ],
          }),
          when('change-reminders', { target: 'reminders' }),
          when('change-meeting', { target: 'changing' }),
          when('drop-it', { target: to.mentor, actions: [forget, say('calling.dropped')] }),
        ],
      }),
      reminders: question({
        ask: () => 'calling.ask-reminders',
        options: options('remind-both', 'remind-two-days', 'remind-three-hours', 'remind-none'),
        chosen: [
          {
            target: 'preview',
            actions: [
              note(({ context, event }) => ({
                calling: { ...draft(context), reminders: REMINDED[chosen(event)] ?? [] },
              })),
            ],
          },
        ],
      }),
      sent: question({
        ask: (step) => ['calling.sent', ...goesOut(step).map((line): Part => ({ ...line, continues: true }))],
        options: options('undo-it', 'mentor-menu'),
        chosen: [
          leave,
          when('undo-it', {
            guard: ({ context, event }) => event.at < (draft(context).tellAt ?? event.at),
            target: to.mentor,
            actions: [takeBack, forget, say('calling.undone')],
          }),
          when('undo-it', { target: to.meetings, actions: [forget, say('calling.undone-late')] }),
        ],
      }),
    },
  };
};
