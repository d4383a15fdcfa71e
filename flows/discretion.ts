/** What holds for every question in care: patience, nothing on SMS, and a harmless word when another hand may hold the phone. */
import { silence, to } from './everywhere';
import { inHisLanguage, note, question, type Question, type Step } from './phrases';
import type { FlowState, Transition } from './setup';
import { HOUR } from './time';

/** After so long somebody else may hold the phone: the first word then is a harmless one. */
const ANOTHER_HAND_AFTER = 6 * HOUR;

export const hasLanguage = ({ context }: Step) => context.profile.language !== undefined;

/** Out of care: nothing is left of what was told or asked for. */
export const leave = note(() => ({ care: undefined, asking: undefined }));

const another: Transition = {
  guard: (step) => hasLanguage(step) && silence(step) > ANOTHER_HAND_AFTER,
  target: to.quiet,
  actions: [leave],
};

const first = (transitions: unknown): Transition[] => [another, ...(transitions as Transition[])];

/** A question in care. He is never led away from it, and an answer that is not understood is no mistake of his. */
export function careful(spec: Question): FlowState {
  const asked = question({
    isPatient: true,
    unclear: null,
    odd: () => 'care.cannot-see',
    discreet: ({ context }) => inHisLanguage('care.sms', context),
    ...spec,
  });
  return {
    ...asked,
    on: {
      ...asked.on,
      UNCLEAR: first(asked.on?.UNCLEAR),
      ODD: first(asked.on?.ODD),
      VOICE: first(asked.on?.VOICE),
      ...(asked.on?.TEXT && { TEXT: first(asked.on.TEXT) }),
    },
  };
}
