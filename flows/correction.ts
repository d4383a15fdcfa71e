/** Putting right what is kept of him: his name and his place (DPDP Act 2023, section 12). From the page MY DATA. */
import type { Content } from '../src/content/model';
import { districtAsked, districtQuestion } from './district';
import { to, withName } from './everywhere';
import { nameFrom } from './name';
import { change, chosen, note, options, part, question, record, say, when, written } from './phrases';
import { placesOf } from './places';
import type { FlowState } from './setup';

/** The states; to be put among the asides. Nothing is changed before the whole answer is there. */
export function correctionStates(content: Content): Record<string, FlowState> {
  const places = placesOf(content);
  return {
    correct: question({
      ask: () => 'correction.ask',
      options: options('my-name', 'my-place', 'back'),
      chosen: [
        when('back', { target: to.resume }),
        when('my-name', { target: 'correctName' }),
        when('my-place', { target: 'correctState' }),
      ],
    }),
    correctName: question({
      ask: () => 'onboarding.name',
      options: options('back'),
      unclear: 'onboarding.name-unclear',
      chosen: [{ target: to.resume }],
      text: [
        {
          guard: ({ event }) => nameFrom(written(event)) !== undefined,
          target: to.resume,
          actions: [
            change(({ context: { profile }, event }) => ({
              profile: { ...profile, name: nameFrom(written(event)) ?? '' },
            })),
            record('profile.changed', () => ({ what: 'name' })),
            say(({ context }) => withName('correction.name', context)),
          ],
        },
      ],
    }),
    correctState: question({
      ask: () => 'onboarding.state',
      options: [...places.stateOptions, ...options('back')],
      chosen: [
        when('back', { target: to.resume }),
        {
          target: 'correctDistrict',
          actions: [districtAsked, note(({ event }) => ({ place: chosen(event) }))],
        },
      ],
    }),
    correctDistrict: districtQuestion(
      places,
      'correctDistrict',
      ({ scratch }) => scratch.place,
      (district) => ({
        target: to.resume,
        actions: [
          change((step) => ({
            profile: {
              ...step.context.profile,
              ...(step.context.scratch.place !== undefined && { state: step.context.scratch.place }),
              district: district(step) ?? '',
            },
          })),
          districtAsked,
          note(() => ({ place: undefined })),
          record('profile.changed', () => ({ what: 'place' })),
          say(({ context }) =>
            part('onboarding.district-noted', {}, { place: `place.${context.profile.district ?? ''}` }),
          ),
        ],
      }),
    ),
  };
}
