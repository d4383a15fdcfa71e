/** After somebody told of violence, abuse or of wanting to die: warm words, whom to call, and his own time. */
import { inHisLanguage, options, question, when, type Step } from './phrases';
import { to } from './everywhere';
import type { Flow, Transition } from './setup';

/** Counted without a link to the person: nothing in the journal says who told it. */
export const disclosed: Transition = {
  target: to.care,
  reenter: true,
  actions: [
    {
      type: 'record',
      params: ({ event }: Step) => ({
        entry: 'care.told',
        anonymous: true,
        data: { category: event.type === 'DISCLOSURE' ? event.category : '' },
      }),
    },
  ],
};

export const care: Flow = () => ({
  initial: 'told',
  states: {
    told: question({
      isPatient: true,
      ask: ({ context }) => [
        ...inHisLanguage('care.told', context),
        ...inHisLanguage('help.danger', context),
      ],
      options: options('back', 'help'),
      unclear: null,
      chosen: [
        // Before we share a language the first question waits for him.
        { guard: ({ context }) => context.profile.language === undefined, target: to.language },
        when('back', { target: to.resume }),
        { target: to.help },
      ],
    }),
  },
});
