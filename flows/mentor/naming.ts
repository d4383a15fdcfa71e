/** A new group: its name; the code comes back when it has been made. */
import { groupMade } from '../membership';
import { note, options, question, when, written, type Step } from '../phrases';
import type { Flow, Transition } from '../setup';

const SHORTEST = 3;
const LONGEST = 40;

/** One line of 3 to 40 signs with letters in it; undefined for anything else. */
export function groupNameFrom(text: string): string | undefined {
  const name = text.replace(/\s+/g, ' ').trim();
  const isName = name.length >= SHORTEST && name.length <= LONGEST && /\p{L}{2}/u.test(name);
  return isName ? name : undefined;
}

const nameIn = ({ event }: Step) => groupNameFrom(written(event));

export const naming: Flow = () =>
  question({
    ask: () => 'naming.ask',
    options: options('mentor-menu'),
    unclear: 'naming.unclear',
    chosen: [when('mentor-menu', { target: 'home' })],
    text: [
      {
        guard: (step) => nameIn(step) !== undefined,
        target: 'making',
        actions: [
          {
            type: 'order',
            params: (step: Step) => ({ do: 'create group' as const, name: nameIn(step) ?? '' }),
          },
        ],
      },
    ],
  });

/** Until the code is there. */
export const making: Flow = () => {
  const asked = question({
    ask: () => 'naming.done',
    options: options('mentor-menu'),
    chosen: [when('mentor-menu', { target: 'home' })],
  });
  const made: Transition = {
    target: 'home',
    actions: [
      ...groupMade,
      note(({ event }) =>
        event.type === 'GROUP_MADE' ? { group: event.data.group, member: undefined } : {},
      ),
    ],
  };
  return { ...asked, on: { ...asked.on, GROUP_MADE: made } };
};
