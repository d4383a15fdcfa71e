/** A new number: the code that his mentor told him brings everything that is his to this phone. */
import { afterCommand, inHisLanguage, say, type Step } from './phrases';
import type { Transition } from './setup';
import { digitsIn } from './phone';

/** CODE and six digits, whatever he is being asked. */
export const claims: Transition = {
  actions: [
    {
      type: 'order',
      params: ({ event }: Step) => ({ do: 'claim number' as const, code: digitsIn(afterCommand(event)) }),
    },
    say(({ context }) => inHisLanguage('number.checking', context)),
  ],
};

/** Told without changing where he stands. */
export const NUMBER_REFUSED: Transition = {
  actions: [say(({ context }) => inHisLanguage('number.refused', context))],
};
export const NUMBER_MOVED: Transition = {
  actions: [say(({ context }) => inHisLanguage('number.moved', context))],
};
export const NUMBER_VOUCHED: Transition = {
  actions: [
    say(({ event }) =>
      event.type === 'NUMBER_VOUCHED' ? { key: 'number.vouched', params: { ...event.data } } : [],
    ),
  ],
};
