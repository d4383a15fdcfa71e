/**
 * The coordinator's hat: messages to his area, and what was sent there. He writes to many without seeing anybody; how
 * many there are is counted by the service, within his area whatever he asks.
 */
import { leave } from '../discretion';
import { to } from '../everywhere';
import { takeOff } from '../hats';
import { note, options, part, question, say, when, type Step } from '../phrases';
import type { Context, Flow, FlowState } from '../setup';
import { aimStates, areaOf } from './aim';
import { forgetSending, sendingStates } from './sending';
import { sentStates } from './sent';

const left = ({ view }: Context) => view?.area?.left ?? 0;
const hasSome = ({ context }: Step) => left(context) > 0;

export const coordinator: Flow = (content) => {
  const home = question({
    ask: ({ context }) => part('coordinator.home', {}, { area: areaOf(context) }),
    options: options('coordinator-write', 'coordinator-sent', 'saathi-hat', 'help'),
    // The menu is the way out itself.
    isPatient: true,
    chosen: [
      when('coordinator-write', { guard: hasSome, target: 'aim' }),
      when('coordinator-write', {
        target: 'home',
        reenter: true,
        actions: [say('coordinator.limit')],
      }),
      when('coordinator-sent', { target: 'sent' }),
      when('help', { target: to.help }),
      ...takeOff.map((transition) => when('saathi-hat', transition)),
    ],
  });
  return {
    initial: 'home',
    entry: [leave, note(() => ({ hat: 'coordinator' as const, fresh: undefined }))],
    states: {
      home: { ...home, entry: [...forgetSending, ...(home.entry as unknown[])] } as FlowState,
      ...aimStates(content),
      ...sendingStates(content),
      ...sentStates(),
      last: { type: 'history', history: 'deep', target: 'home' },
    },
  };
};
