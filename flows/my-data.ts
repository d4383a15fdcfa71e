/** MY DATA: what is kept of him, in short, and the address of a page with all of it. */
import type { Part } from '../src/conversation/effect';
import { isActionTried } from '../src/conversation/participant';
import { hasJoined, to } from './everywhere';
import { inHisLanguage, options, part, question, record, sayWith, when, type Step } from './phrases';
import type { Context, FlowState, Transition } from './setup';
import { dateIn } from './time';

/** How far he came; what there is none of yet is not held up to him. */
export function progressOf({ lessons, pledges }: Context): Part[] {
  const actions = lessons.filter(isActionTried).length;
  return [
    part('progress.lessons', { count: lessons.filter(({ completedAt }) => completedAt).length }),
    ...(actions > 0 ? [part('progress.actions', { count: actions })] : []),
    ...(pledges.length > 0 ? [part('progress.pledges', { count: pledges.length })] : []),
  ];
}

function summaryOf({ context }: Step): Part[] {
  const { profile, lessons } = context;
  const { name, language, state, district, group, joinedAt } = profile;
  const reflections = lessons.filter(({ reflected }) => reflected === 'text' || reflected === 'voice').length;
  const lines = [
    ...(name === undefined ? [] : [part('my-data.name', { name })]),
    ...(language === undefined ? [] : [part('my-data.language', {}, { language: 'language.name' })]),
    ...(state === undefined ? [] : [part('my-data.place', {}, { place: `place.${district ?? state}` })]),
    ...(group === undefined ? [] : [part('my-data.group', { group })]),
    ...(joinedAt === undefined ? [] : [part('my-data.joined', { date: dateIn(profile, joinedAt) })]),
    ...(joinedAt === undefined ? [] : progressOf(context)),
    ...(reflections === 0 ? [] : [part('my-data.reflections', { count: reflections })]),
  ];
  return [
    { key: 'my-data.head' },
    ...lines.map((one) => ({ ...one, continues: true as const })),
    { key: 'my-data.page', hasLink: true },
  ];
}

/** The page among the asides. */
export const myData: FlowState = question({
  ask: summaryOf,
  link: 'my-data',
  discreet: ({ context }) => inHisLanguage('my-data.sms', context),
  options: (context) => [
    ...options('consents'),
    ...(hasJoined({ context }) ? options('correct') : []),
    ...options('delete', 'menu', 'back'),
  ],
  chosen: [
    when('correct', { target: 'correct' }),
    when('back', { target: to.resume }),
    when('consents', { target: 'consents' }),
    when('delete', { target: 'delete' }),
    { target: 'menu' },
  ],
});

/** He asks for it after STOP: it is his all the same, and nothing else is begun. */
export const myDataAfterStop: Transition = {
  actions: [
    record('data.asked'),
    sayWith((step) => ({
      parts: summaryOf(step),
      link: 'my-data',
      discreet: inHisLanguage('my-data.sms', step.context),
      final: true,
    })),
  ],
};
