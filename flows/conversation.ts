/**
 * The one statechart. Six places: `talk` (the main line), `errand` (a pledge or a check-in that interrupts it), `aside`
 * (menu, help …), `care` (he told of violence), `mentor` and `officer` (the hats). `talk`, `errand` and the hats remember
 * where he was, so that he comes back there.
 */
import type { Content } from '../src/content/model';
import { aside, commands } from './aside';
import { broadcast, broadcastRefused } from './broadcast';
import { care, disclosed, toldAfterStop } from './care';
import { checkin, checkinDue } from './checkin';
import { GROUP_ORPHANED } from './coordinating';
import { leave } from './discretion';
import { armLesson, disarmAll, hasJoined, to } from './everywhere';
import { hasRole, invitation, invited } from './invitation';
import { isMentor } from './hats';
import { jodiAsked, jodiDue, jodiGoOn, leaveJodi } from './jodi';
import * as jodi from './jodi-signals';
import { lesson } from './lesson';
import { GROUP_MADE, GROUPED, MENTOR_CHANGED, silently, UNGROUPED } from './membership';
import { mentor } from './mentor';
import { armDigest, digestDue } from './mentor/digest';
import { askedAfter, TALK_WANTED } from './my-mentor';
import { GROUP_OFFERED, OFFER_ANSWERED } from './mentor/offer';
import { NUMBER_MOVED, NUMBER_REFUSED, NUMBER_VOUCHED } from './number';
import { meeting, MEETING, MEETING_OFF, MEETING_REMINDER } from './meeting';
import { MEETING_OVER } from './mentor/attendance';
import { meetingCommands } from './mentor/commands';
import { sheetDue } from './mentor/sheet';
import { forget as forgetBroadcast } from './mentor/broadcast';
import { officer } from './officer';
import { CASE_TAKEN, CASE_WAITING, CASE_WITHDRAWN } from './officer/signals';
import { armCampaignDay, onboarding, ready } from './onboarding';
import { campaignDayDue, pledge, stepCheck, stepDue } from './pledge';
import { change, inHisLanguage, isCommand, note, onlyIf, record, sayWith } from './phrases';
import { conversationSetup, type Context, type Transition } from './setup';
import { away, catchup, home, lessonDue, nudgeDue, onDemand } from './week';

/**
 * Goes up whenever a stored conversation of the version before would no longer fit (a state renamed or removed,
 * scratch that means something else). src/conversation/migrations.ts then says what becomes of it.
 */
export const CONVERSATION_VERSION = 1;

/** Where a new participant's conversation begins. */
export const FIRST_STATE = 'talk.onboarding.hello';

const stop: Transition = {
  guard: isCommand('stop'),
  target: to.stopped,
  actions: [
    leave,
    ...leaveJodi,
    change(({ context }) => ({ status: 'stopped' as const, lastStop: context.sequence })),
    ...disarmAll(),
    'cancelOutbox',
    record('participant.stopped'),
    sayWith(({ context }) => ({ parts: inHisLanguage('stop.done', context), final: true })),
  ],
};

function start(content: Content): Transition[] {
  const begin = change(({ context }: { context: Context }) => ({
    status: hasJoined({ context }) || hasRole({ context }) ? ('active' as const) : ('joining' as const),
  }));
  const welcome = sayWith(({ context }) => ({ parts: inHisLanguage('start.welcome-back', context) }));
  const withDigest = ({ actions = [], ...rest }: Transition): Transition[] => [
    onlyIf(isMentor, { ...rest, actions: [actions, armDigest].flat() }),
    { ...rest, actions },
  ];
  return [
    ...withDigest({
      guard: (step) => isCommand('start')(step) && hasJoined(step),
      target: to.resume,
      actions: [begin, record('participant.started'), armLesson, armCampaignDay(content), welcome],
    }),
    {
      guard: (step) => isCommand('start')(step) && step.context.profile.language === undefined,
      target: to.language,
      actions: [begin, record('participant.started')],
    },
    ...withDigest({
      guard: isCommand('start'),
      target: to.resume,
      actions: [begin, record('participant.started'), welcome],
    }),
  ];
}

/** Builds the statechart for a content; pure, and made once per process. */
export function createConversation(content: Content) {
  return conversationSetup.createMachine({
    id: 'conversation',
    initial: 'talk',
    context: {
      sequence: 0,
      status: 'joining',
      profile: { zone: 'Asia/Kolkata' },
      consents: [],
      lessons: [],
      pledges: [],
      scratch: {},
    },
    options: { maxIterations: 100 },
    on: {
      COMMAND: [stop, ...meetingCommands(content), ...commands(content)],
      DISCLOSURE: disclosed,
      LESSON_DUE: lessonDue(content),
      NUDGE_DUE: nudgeDue,
      CHECKIN_DUE: checkinDue,
      STEP_DUE: stepDue,
      CAMPAIGN_DAY_DUE: campaignDayDue(content),
      DIGEST_DUE: digestDue,
      JODI_DUE: jodiDue,
      INVITED: invited,
      GROUP_MADE,
      GROUPED,
      UNGROUPED,
      TALK_WANTED,
      ASKED_AFTER: askedAfter,
      GROUP_OFFERED,
      OFFER_ANSWERED,
      MENTOR_CHANGED,
      NUMBER_VOUCHED,
      NUMBER_REFUSED,
      NUMBER_MOVED,
      GROUP_ORPHANED,
      JODI_ASKED: jodi.JODI_ASKED,
      JODI_BEGUN: jodi.JODI_BEGUN,
      JODI_NONE: jodi.JODI_NONE,
      JODI_NEWS: jodi.JODI_NEWS,
      JODI_ENDED: jodi.JODI_ENDED,
      MEETING,
      MEETING_OFF,
      MEETING_REMINDER,
      MEETING_SHEET: sheetDue(content),
      MEETING_OVER,
      BROADCAST: broadcast,
      BROADCAST_REFUSED: broadcastRefused,
      CASE_WAITING,
      CASE_TAKEN,
      CASE_WITHDRAWN,
    },
    states: {
      talk: {
        initial: 'onboarding',
        entry: [
          leave,
          note(() => ({ inErrand: undefined, fresh: undefined, hat: undefined })),
          forgetBroadcast,
        ],
        states: {
          onboarding: onboarding(content),
          ready: ready(content),
          home: home(content),
          lesson: lesson(content),
          catchup: catchup(content),
          away: away(content),
          onDemand: onDemand(content),
          last: { type: 'history', history: 'deep', target: 'onboarding' },
        },
      },
      errand: {
        initial: 'pledge',
        entry: [leave, note(() => ({ inErrand: true, hat: undefined }))],
        states: {
          pledge: pledge(content),
          checkin: checkin(content),
          stepCheck: stepCheck(content),
          jodiAsked,
          jodiGoOn,
          meeting: meeting(content),
          invitation: invitation((actions) => [
            { guard: hasJoined, target: to.where, actions },
            { target: to.mentor, actions },
          ]),
          last: { type: 'history', history: 'deep', target: 'pledge' },
        },
      },
      mentor: mentor(content),
      officer: officer(content),
      aside: aside(content),
      care: care(content),
      // Back to where he was: under the mentor's hat, in the errand he left, otherwise on the main line.
      resume: {
        always: [
          // From a look aside (another language, say): he has not chosen to go on yet.
          { guard: ({ context }) => context.scratch.care !== undefined, target: to.care },
          { guard: ({ context }) => context.scratch.fresh === true, target: to.consent },
          { guard: ({ context }) => context.scratch.hat === 'mentor', target: to.mentorWhere },
          { guard: ({ context }) => context.scratch.hat === 'officer', target: to.officerWhere },
          { guard: ({ context }) => context.scratch.inErrand === true, target: '#conversation.errand.last' },
          { target: to.where },
        ],
      },
      // After STOP there is silence, but for whoever tells of violence; only START opens again. The empty transitions
      // hide the root's.
      stopped: {
        on: {
          COMMAND: [...start(content), {}],
          DISCLOSURE: toldAfterStop(content),
          ...silently,
          ...jodi.jodiStopped,
          '*': {},
        },
      },
      gone: { on: { '*': {} } },
    },
  });
}
