/** In which district: its name typed, or a number chosen from pages; asked when he joins and when he puts it right. */
import { chosen, note, options, question, when, written, type Step } from './phrases';
import type { Places } from './places';
import type { Context, FlowState, Transition } from './setup';

/** Forgets the page and what a typed name may have meant; for whoever leaves the question. */
export const districtAsked = note(() => ({ page: undefined, found: undefined }));

/**
 * @param own path of this very state, among its siblings
 * @param stateOf in which state
 * @param onwards where he goes, and what is done with the district's id
 */
export function districtQuestion(
  places: Places,
  own: string,
  stateOf: (context: Context) => string | undefined,
  onwards: (district: (step: Step) => string | undefined) => Transition,
): FlowState {
  const found = ({ context, event }: Step) => places.findDistrict(stateOf(context), written(event));
  return question({
    ask: ({ context }) => (context.scratch.found ? 'onboarding.district-which' : 'onboarding.district'),
    options: (context) =>
      context.scratch.found
        ? [...context.scratch.found.map(places.option), ...options('more')]
        : places.districtPage(stateOf(context), context.scratch.page ?? 0),
    unclear: 'onboarding.district-unclear',
    chosen: [
      when('more', {
        target: own,
        reenter: true,
        actions: [
          note(({ context: { scratch } }) => ({
            page: scratch.found ? 0 : (scratch.page ?? 0) + 1,
            found: undefined,
          })),
        ],
      }),
      onwards(({ event }) => chosen(event)),
    ],
    text: [
      { ...onwards((step) => found(step)[0]), guard: (step) => found(step).length === 1 },
      {
        guard: (step) => found(step).length > 1,
        target: own,
        reenter: true,
        actions: [note((step) => ({ found: found(step) }))],
      },
    ],
  });
}
