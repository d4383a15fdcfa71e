/**
 * He tells on purpose of a need or an incident in his community: by numbers only, so that no names and no story come
 * along. It goes the same way as a call for help.
 */
import type { CareTopic, Content, Urgency } from '../src/content/model';
import type { CaseTopic } from '../src/conversation/case';
import { ask, open, reached, withdraw } from './calling';
import { careful, leave } from './discretion';
import { to } from './everywhere';
import { chosen, note, options, when, written } from './phrases';
import { placesOf } from './places';
import type { FlowState, Transition } from './setup';

const TOPICS: Record<string, CaseTopic> = {
  'for-danger': 'danger',
  'for-violence': 'witnessed',
  'for-child': 'child',
  'for-despair': 'self-harm',
  'for-need': 'need',
};

const URGENCIES: Record<string, Urgency> = {
  'urgent-now': 'now',
  'urgent-week': 'week',
  'urgent-later': 'later',
};

/** Whose numbers HELP shows meanwhile: a need has none of its own. */
const careOf = (topic: CaseTopic | undefined): CareTopic =>
  topic === undefined || topic === 'need' ? 'witnessed' : topic;

/** From the menu. */
export const beginReport: Transition = {
  target: to.report,
  actions: [note(() => ({ care: 'witnessed' as const, asking: { kind: 'report' as const } }))],
};

export function reportStates(content: Content): Record<string, FlowState> {
  const places = placesOf(content);
  const stateOf = new Map(
    content.states.flatMap(({ id, districts }) => districts.map((one) => [one.id, id])),
  );
  // Whoever never named his district stands for his state.
  const placeOf = (id: string) => {
    const state = stateOf.get(id);
    return state === undefined ? { state: id } : { state, district: id };
  };
  const found = (context: { profile: { state?: string } }, text: string) =>
    places.findDistrict(context.profile.state, text);
  return {
    report: careful({
      ask: () => 'report.ask',
      options: options(
        'for-danger',
        'for-violence',
        'for-child',
        'for-despair',
        'for-need',
        'withdraw-call',
        'back',
      ),
      chosen: [
        when('back', { target: to.resume, actions: [leave] }),
        when('withdraw-call', { target: to.resume, actions: withdraw }),
        {
          target: 'where',
          actions: [
            note(({ event }) => ({ care: careOf(TOPICS[chosen(event)]) })),
            ask(({ event }) => ({ topic: TOPICS[chosen(event)] ?? 'need' })),
          ],
        },
      ],
    }),
    where: careful({
      ask: ({ context }) => [
        ...(context.scratch.asking?.topic === 'danger' ? ['report.danger'] : []),
        'report.where',
      ],
      options: ({ profile }) => [
        places.option(profile.district ?? profile.state ?? ''),
        ...options('elsewhere'),
      ],
      chosen: [
        when('elsewhere', { target: 'district' }),
        { target: 'urgency', actions: [ask(({ event }) => placeOf(chosen(event)))] },
      ],
    }),
    district: careful({
      ask: ({ context }) => (context.scratch.found ? 'report.district-which' : 'report.district'),
      options: ({ scratch }) => (scratch.found ?? []).map(places.option),
      unclear: 'report.district-unclear',
      chosen: [
        {
          target: 'urgency',
          actions: [ask(({ event }) => placeOf(chosen(event))), note(() => ({ found: undefined }))],
        },
      ],
      text: [
        {
          guard: ({ context, event }) => found(context, written(event)).length === 1,
          target: 'urgency',
          actions: [
            ask(({ context, event }) => placeOf(found(context, written(event))[0] ?? '')),
            note(() => ({ found: undefined })),
          ],
        },
        {
          guard: ({ context, event }) => found(context, written(event)).length > 1,
          target: 'district',
          reenter: true,
          actions: [note(({ context, event }) => ({ found: found(context, written(event)) }))],
        },
      ],
    }),
    urgency: careful({
      ask: () => 'report.urgency',
      options: options('urgent-now', 'urgent-week', 'urgent-later'),
      chosen: [
        {
          target: 'reach',
          actions: [ask(({ event }) => ({ urgency: URGENCIES[chosen(event)] ?? 'week' }))],
        },
      ],
    }),
    reach: careful({
      ask: () => 'report.reach',
      options: options('this-phone', 'other-phone', 'reach-not'),
      chosen: reached(
        when('reach-not', { target: 'asked', actions: [ask(() => ({ reach: 'none' as const })), ...open] }),
      ),
    }),
  };
}
