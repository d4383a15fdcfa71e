/** On which day, at what hour: asked when he joins and whenever he wants it changed. */
import { options, change, note, question, record, written, chosen, type Step } from './phrases';
import type { FlowState, Transition } from './setup';
import { hourFrom } from './time';

const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const HOURS: Record<string, number> = { morning: 10, afternoon: 13, evening: 18 };

/**
 * The two questions, as sibling states `day` and `hour`.
 * @param after what happens once both are known
 */
export function scheduleStates(after: Transition): { day: FlowState; hour: FlowState } {
  const keep = (hour: (step: Step) => number | undefined) =>
    change((step) => ({
      profile: {
        ...step.context.profile,
        lessonDay: step.context.scratch.day ?? 7,
        lessonHour: hour(step) ?? 18,
      },
    }));
  const afterwards = [
    note(() => ({ day: undefined })),
    record('profile.changed', () => ({ what: 'schedule' })),
  ];
  const then = [after.actions ?? []].flat();
  return {
    day: question({
      ask: () => 'schedule.day',
      options: options(...DAYS),
      chosen: [
        { target: 'hour', actions: [note(({ event }) => ({ day: DAYS.indexOf(chosen(event)) + 1 }))] },
      ],
    }),
    hour: question({
      ask: () => 'schedule.hour',
      options: options(...Object.keys(HOURS)),
      unclear: 'schedule.hour-unclear',
      chosen: [{ ...after, actions: [keep(({ event }) => HOURS[chosen(event)]), ...afterwards, ...then] }],
      text: [
        {
          ...after,
          guard: ({ event }) => hourFrom(written(event)) !== undefined,
          actions: [keep(({ event }) => hourFrom(written(event))), ...afterwards, ...then],
        },
      ],
    }),
  };
}
