/** A Saathi joins: language, consent, age, name, place, group, and when he wants his weekly lesson. */
import type { Content } from '../src/content/model';
import type { Part } from '../src/conversation/effect';
import { LANGUAGES } from '../src/conversation/participant';
import {
  arm,
  armLesson,
  choseLanguage,
  languageOptions,
  takeLanguage,
  to,
  withLessonTime,
  withName,
} from './everywhere';
import { ageFrom } from './age';
import { consentQuestion, evidence } from './consents';
import { districtAsked, districtQuestion } from './district';
import { groupCodeFrom } from './group-code';
import { invitation } from './invitation';
import { beginLesson } from './lesson';
import { nameFrom } from './name';
import { placesOf } from './places';
import {
  change,
  chosen,
  inEveryLanguage,
  isCommand,
  options,
  part,
  question,
  record,
  say,
  when,
  written,
  type Step,
} from './phrases';
import { scheduleStates } from './schedule';
import { conversationSetup, type Flow, type Transition } from './setup';
import { nextCampaignDay } from './time';

const ADULT = 18;

const ageIn = ({ event }: Step) => ageFrom(written(event));

/** Nothing about him is kept: the last words, an unlinked count, and everything goes. */
function partWith(key: string, entry: 'consent.refused' | 'participant.refused-underage'): Transition {
  return {
    target: to.gone,
    actions: [
      say(key, { final: true }),
      { type: 'record', params: { entry, anonymous: true } },
      change(() => ({ status: 'gone' as const })),
      'erase',
    ],
  };
}

/** How the number of his language is asked for again: never the same twice running, the third time with a way out. */
const LANGUAGE_AGAIN = ['language.number', 'language.only-number', 'language.stuck'];

/** "For English, write 4", in each of the languages. */
function numberOfEachLanguage(misses: number): Part[] {
  const key = LANGUAGE_AGAIN[(misses - 1) % LANGUAGE_AGAIN.length] ?? 'language.number';
  return LANGUAGES.map((language, index) => ({
    key,
    params: { number: index + 1 },
    texts: { language: 'language.name' },
    language,
    ...(index > 0 && { continues: true }),
  }));
}

const profileChange = (update: (step: Step) => object) =>
  change((step) => ({ profile: { ...step.context.profile, ...update(step) } }));

/** The code he gave is only his word until the group has been found. */
const joinGroup = conversationSetup.enqueueActions(({ context, enqueue }) => {
  const { group: code } = context.profile;
  if (code !== undefined) enqueue({ type: 'order', params: { do: 'join group', code } });
});

export const onboarding: Flow = (content) => {
  const places = placesOf(content);
  const districtKnown = [
    districtAsked,
    say(({ context }) =>
      part('onboarding.district-noted', {}, { place: `place.${context.profile.district ?? ''}` }),
    ),
  ];
  const joined: Transition = {
    target: to.ready,
    actions: [
      change(({ context, event }) => ({
        status: 'active' as const,
        profile: { ...context.profile, joinedAt: event.at },
      })),
      record('participant.joined'),
      joinGroup,
      armLesson,
      armCampaignDay(content),
      say(({ context }) => [
        withName('onboarding.welcome', context),
        withLessonTime('onboarding.lesson-time', context.profile),
      ]),
    ],
  };

  return {
    initial: 'hello',
    states: {
      // Nobody has been asked anything yet: whatever he writes first opens the conversation.
      hello: {
        meta: { expects: () => ({ options: [], accepts: ['text', 'voice'] }) },
        on: {
          TEXT: 'language',
          VOICE: 'language',
          ODD: 'language',
          UNCLEAR: 'language',
        },
      },
      language: question({
        // Which of the four he reads is not known yet: whatever is said here is said in all of them.
        ask: ({ context }, again) =>
          again ? numberOfEachLanguage(context.scratch.misses ?? 1) : inEveryLanguage('language.ask'),
        isPatient: true,
        unclear: null,
        options: languageOptions,
        chosen: [
          {
            guard: choseLanguage,
            target: 'consent',
            actions: [takeLanguage],
          },
        ],
      }),
      consent: question({
        // The notice once; after an unclear answer only the question.
        ask: (_step, again) => (again ? 'consent.ask' : ['consent.notice', 'consent.ask']),
        options: options('agree', 'disagree'),
        chosen: [
          when('agree', {
            target: 'age',
            actions: [
              change((step) => ({
                consents: [...step.context.consents, evidence(content, step, 'lessons', true)],
              })),
              record('consent.given', () => ({ notice: content.consentVersion })),
            ],
          }),
          when('disagree', partWith('consent.refused', 'consent.refused')),
        ],
      }),
      age: question({
        ask: () => 'onboarding.age',
        options: options('adult', 'minor'),
        chosen: [
          when('adult', { target: 'afterAge' }),
          when('minor', partWith('onboarding.underage', 'participant.refused-underage')),
        ],
        text: [
          { guard: (step) => (ageIn(step) ?? 0) >= ADULT, target: 'afterAge' },
          {
            ...partWith('onboarding.underage', 'participant.refused-underage'),
            guard: (step) => (ageIn(step) ?? ADULT) < ADULT,
          },
        ],
      }),
      // Whoever told us of him has told his name and place perhaps: that is not asked again.
      afterAge: {
        always: [
          {
            guard: ({ context }) => context.profile.name !== undefined,
            target: 'afterName',
            actions: [say(({ context }) => withName('onboarding.met', context))],
          },
          { target: 'name' },
        ],
      },
      name: question({
        ask: () => 'onboarding.name',
        options: [],
        unclear: 'onboarding.name-unclear',
        chosen: [],
        text: [
          {
            guard: ({ event }) => nameFrom(written(event)) !== undefined,
            target: 'afterName',
            actions: [
              profileChange(({ event }) => ({ name: nameFrom(written(event)) })),
              say(({ context }) => withName('onboarding.met', context)),
            ],
          },
        ],
      }),
      afterName: {
        always: [
          {
            guard: ({ context }) => context.profile.district !== undefined,
            target: 'afterDistrict',
            actions: districtKnown,
          },
          { guard: ({ context }) => context.profile.state !== undefined, target: 'district' },
          { target: 'state' },
        ],
      },
      state: question({
        ask: () => 'onboarding.state',
        options: places.stateOptions,
        chosen: [{ target: 'district', actions: [profileChange(({ event }) => ({ state: chosen(event) }))] }],
      }),
      district: districtQuestion(
        places,
        'district',
        ({ profile }) => profile.state,
        (district) => ({
          target: 'afterDistrict',
          actions: [profileChange((step) => ({ district: district(step) })), ...districtKnown],
        }),
      ),
      // Whoever opened with JOIN <code> has told us his group already.
      afterDistrict: {
        always: [
          { guard: ({ context }) => context.invited !== undefined, target: 'invited' },
          { guard: ({ context }) => context.profile.group !== undefined, target: 'sharing' },
          { target: 'group' },
        ],
      },
      // Whoever was invited to a role is asked now; a mentor need not be a Saathi.
      invited: invitation((actions) => [{ target: 'afterDistrict', actions }]),
      group: question({
        ask: () => 'onboarding.group',
        options: options('no-code'),
        unclear: 'onboarding.group-unclear',
        chosen: [when('no-code', { target: 'day' })],
        text: [
          {
            guard: ({ event }) => groupCodeFrom(written(event)) !== undefined,
            target: 'sharing',
            actions: [
              profileChange(({ event }) => ({ group: groupCodeFrom(written(event)) })),
              say('onboarding.group-noted'),
            ],
          },
        ],
      }),
      // Whoever has a mentor is asked whether he may see how he does.
      sharing: consentQuestion(content, 'mentor', 'day'),
      ...scheduleStates(joined),
    },
  };
};

/** Joined: the first lesson now, or on his own day. */
export const ready: Flow = (content) => {
  const now: Transition = { target: to.lesson, actions: beginLesson(content) };
  const asked = question({
    ask: () => 'onboarding.ready',
    options: options('now', 'later'),
    chosen: [when('now', now), when('later', { target: to.home })],
  });
  // "Shall we begin?" – "start!" is a yes here.
  const start: Transition = {
    ...now,
    guard: isCommand('start'),
  };
  return { ...asked, on: { ...asked.on, COMMAND: [start] } };
};

/** The next day of the campaign's calendar; nothing when the calendar has run out. */
export function armCampaignDay(content: Content) {
  return arm(
    'CAMPAIGN_DAY_DUE',
    ({ context, event }) =>
      nextCampaignDay(content.campaignDays, context.profile, event.at) ?? new Date(event.at.getTime() + YEAR),
  );
}

/** With an empty calendar we look again in a year. */
const YEAR = 365 * 24 * 60 * 60 * 1000;
