/**
 * Between a Saathi and his mentor: he would like to talk, and says each time whether his number may be passed on; and
 * his mentor has it asked how he is.
 */
import { to, whenFreeForSignal } from './everywhere';
import { options, part, question, record, say, sayWith, when, type Step } from './phrases';
import type { FlowState, Transition } from './setup';

export const hasGroup = ({ context }: Pick<Step, 'context'>) => context.profile.group !== undefined;

function tell(withPhone: boolean, words: string) {
  return [
    { type: 'order' as const, params: { do: 'tell mentor' as const, withPhone } },
    record('mentor.talk-wanted', () => ({ withPhone })),
    say(words),
  ];
}

/** "I'd like to talk to my mentor." */
export const myMentor: FlowState = question({
  ask: () => 'my-mentor.ask',
  options: options('with-number', 'without-number', 'back'),
  chosen: [
    when('back', { target: to.resume }),
    when('with-number', { target: to.resume, actions: tell(true, 'my-mentor.told-with-number') }),
    when('without-number', { target: to.resume, actions: tell(false, 'my-mentor.told') }),
  ],
});

/** MY MENTOR, wherever he is. */
export const toMyMentor: Transition[] = [
  { guard: hasGroup, target: to.myMentor },
  { target: to.resume, actions: [say('my-mentor.no-group')] },
];

/** The mentor hears of it, without leaving what he is at. */
export const TALK_WANTED: Transition = {
  actions: [
    say(({ event }) => {
      if (event.type !== 'TALK_WANTED') return [];
      const { name, number, contact } = event.data;
      return contact === undefined
        ? part('talk.wanted', { name, number })
        : { ...part('talk.wanted-by-phone', { name, number }), sealed: contact };
    }),
  ],
};

const kindly = [
  record('mentor.asked-after'),
  say(({ event }) =>
    event.type === 'ASKED_AFTER' ? part('talk.asked-after', { mentor: event.data.mentor }) : [],
  ),
];

/** His mentor asks after him; then what he left is asked once more, so that a tap leads back. */
export const askedAfter: Transition[] = [...whenFreeForSignal, { target: to.resume, actions: kindly }];

/** Where his lessons rest they go on resting: the words come with the way back, and nothing else changes. */
export const askedAfterAtRest: Transition = {
  actions: [...kindly, sayWith(() => ({ parts: [], options: options('go-on') }))],
};
