/** What he can turn to at any moment and come back from: menu, help, progress, language, schedule, deletion. */
import type { Content } from '../src/content/model';
import { activityStates } from './activity';
import { earCommands, earStates } from './ear';
import {
  armLesson,
  choseLanguage,
  hasJoined,
  languageOptions,
  takeLanguage,
  to,
  withLessonTime,
} from './everywhere';
import {
  asCommand,
  change,
  inEveryLanguage,
  inHisLanguage,
  isCommand,
  onlyIf,
  options,
  question,
  record,
  say,
  sayWith,
  when,
  type Step,
} from './phrases';
import { consentStates } from './consents';
import { correctionStates } from './correction';
import { asksFigures, invites } from './coordinating';
import { leave } from './discretion';
import { asSaathi, putOn, putOnCoordinators, putOnOfficers, toDigest } from './hats';
import { jodiStates, toJodi } from './jodi';
import { joins } from './membership';
import { myData, progressOf } from './my-data';
import { hasGroup, myMentor, toMyMentor } from './my-mentor';
import { claims } from './number';
import { renewal } from './renewal';
import { beginReport } from './report';
import { seriesFor, seriesStates } from './series';
import type { Flow, FlowState, Transition } from './setup';
import { scheduleStates } from './schedule';
import type { Command, WordedCommand } from '../src/conversation/event';

const COMMANDS_ON_MENU = [
  'lesson',
  'pledge',
  'activity',
  'progress',
  'listen',
  'share',
  'language',
  'help',
] as const;

const goBack: Transition = when('back', { target: to.resume });

/** Everything goes, after one last word. */
export const erasure = {
  target: to.gone,
  actions: [
    sayWith(({ context }) => ({ parts: inHisLanguage('delete.done', context), final: true })),
    { type: 'record', params: { entry: 'participant.erased', anonymous: true } },
    change(() => ({ status: 'gone' as const })),
    'erase',
  ],
} satisfies Transition;

export const aside: Flow = (content) => {
  const hasSeries = content.series.some(({ episodes }) => episodes.length > 0);
  const saved: Transition = {
    target: to.resume,
    actions: [armLesson, say(({ context }) => withLessonTime('schedule.saved', context.profile))],
  };
  return {
    initial: 'menu',
    states: {
      menu: question({
        ask: () => 'menu.ask',
        options: (context) =>
          hasJoined({ context })
            ? options(...COMMANDS_ON_MENU, 'menu-more', 'back')
            : options('language', 'help', 'my-data', 'delete', 'back'),
        unspoken: (context) =>
          hasJoined({ context })
            ? options('my-mentor', 'jodi', 'schedule', 'my-data', 'consents', 'stop', 'delete')
            : [],
        chosen: [
          goBack,
          when('schedule', { target: 'day' }),
          when('menu-more', { target: 'more' }),
          { actions: [asCommand] },
        ],
      }),
      // What is wanted seldom. Both pages keep within the ten entries that a WhatsApp list takes.
      more: question({
        ask: () => 'menu.more',
        options: (context) => [
          ...(hasGroup({ context }) ? options('my-mentor', 'jodi') : []),
          ...(seriesFor(content, context).length > 0 ? options('series') : []),
          ...options('schedule', 'my-data', 'consents', 'stop', 'report', 'menu', 'back'),
        ],
        // The page with all that is kept of him leads there too.
        unspoken: () => options('delete'),
        chosen: [
          goBack,
          when('menu', { target: 'menu' }),
          when('schedule', { target: 'day' }),
          ...(hasSeries ? [when('series', { target: 'series' })] : []),
          when('report', beginReport),
          { actions: [asCommand] },
        ],
      }),
      // Quick exit: a harmless line, and with his next word he is back where he was.
      quiet: question({
        isPatient: true,
        ask: ({ context }) => inHisLanguage('weather.unknown', context),
        options: options('menu', 'back'),
        chosen: [goBack, { target: 'menu' }],
        text: [{ target: to.resume }],
        voice: [{ target: to.resume }],
        odd: () => 'home.heard',
      }),
      help: question({
        ask: () => ['help.text', { key: 'help.danger', continues: true }],
        options: options('menu', 'back'),
        chosen: [goBack, { target: 'menu' }],
      }),
      progress: question({
        ask: ({ context }) =>
          progressOf(context).map((line, index) =>
            index === 0 ? line : { ...line, continues: true as const },
          ),
        options: options('menu', 'back'),
        chosen: [goBack, { target: 'menu' }],
      }),
      language: question({
        ask: () => 'language.change',
        options: [...languageOptions, ...options('back')],
        chosen: [
          goBack,
          {
            guard: choseLanguage,
            target: to.resume,
            actions: [
              takeLanguage,
              record('profile.changed', () => ({ what: 'language' })),
              say('language.changed'),
            ],
          },
        ],
      }),
      delete: question({
        ask: () => 'delete.ask',
        options: options('keep', 'erase'),
        chosen: [when('keep', { target: to.resume, actions: [say('delete.kept')] }), when('erase', erasure)],
      }),
      'my-data': myData,
      ...correctionStates(content),
      ...consentStates(content),
      renewal: renewal(content),
      // Three answers in a row that we did not understand: not the same question again, but a way out.
      stuck: question({
        isPatient: true,
        ask: (_step, again) => (again ? 'stuck.again' : 'stuck.ask'),
        options: options('again', 'menu', 'help'),
        unclear: 'stuck.still',
        chosen: [
          when('again', { target: to.resume }),
          when('menu', { target: 'menu' }),
          when('help', { target: 'help' }),
        ],
      }),
      myMentor,
      ...jodiStates,
      ...activityStates(content),
      ...earStates(content),
      ...seriesStates(content),
      ...scheduleStates(saved),
    },
  } satisfies FlowState;
};

/** Everything that works everywhere, whatever he is being asked; the root of the machine listens for it. */
export function commands(content: Content): Transition[] {
  const ear = earCommands(content);
  const on = (command: Command | WordedCommand, transition: Transition) =>
    onlyIf(isCommand(command), transition);
  const onceJoined = (command: Command, transition: Transition) => on(command, onlyIf(hasJoined, transition));
  // Before we share a language nothing else can be shown him: whom to call, in all four, and the question again.
  const first = (
    also: (command: Command | WordedCommand) => boolean,
    actions: Transition['actions'] = [],
  ): Transition => ({
    guard: ({ context, event }: Step) =>
      context.profile.language === undefined && event.type === 'COMMAND' && also(event.command),
    target: to.language,
    reenter: true,
    actions,
  });
  return [
    ...joins.map((one) => on('join', one)),
    on('code', claims),
    on('invite', invites),
    ...asksFigures(content).map((one) => on('stats', one)),
    first((command) => command === 'help', [say(inEveryLanguage('help.danger'))]),
    // Nothing is known of him yet that he could want to keep.
    {
      ...erasure,
      guard: ({ context, event }) =>
        context.profile.language === undefined && event.type === 'COMMAND' && event.command === 'delete',
    },
    first(() => true),
    on('start', { target: to.resume }),
    on('back', { target: to.resume }),
    on('again', { target: to.resume }),
    on('weather', { target: to.quiet, actions: [leave] }),
    on('menu', { target: to.menu }),
    on('help', { target: to.help }),
    on('language', { target: to.changeLanguage }),
    on('delete', { target: to.delete }),
    on('my-data', { target: to.myData, actions: [record('data.asked')] }),
    on('consents', { target: to.consents }),
    ...putOn.map((one) => on('mentor', one)),
    ...putOnOfficers.map((one) => on('officer', one)),
    ...putOnCoordinators.map((one) => on('coordinator', one)),
    ...asSaathi.map((one) => on('saathi', one)),
    ...toDigest.map((one) => on('digest', one)),
    ...toMyMentor.map((one) => onceJoined('my-mentor', one)),
    ...toJodi.map((one) => onceJoined('jodi', one)),
    onceJoined('progress', { target: to.progress }),
    onceJoined('pledge', { target: to.pledge, actions: [record('pledge.offered')] }),
    onceJoined('activity', { target: to.activity }),
    onceJoined('lesson', { target: to.onDemand }),
    ...(['listen', 'slowly', 'share'] as const).flatMap((word) => ear[word].map((one) => on(word, one))),
    // A lesson, a pledge or progress before he has joined: first things first.
    {
      guard: ({ event }) => event.type === 'COMMAND' && event.command !== 'stop',
      target: to.resume,
      actions: [say('onboarding.first')],
    },
  ];
}
