/**
 * The one statechart. Seven places: `talk` (the main line), `errand` (a pledge or a check-in that interrupts it), `aside`
 * (menu, help …), `care` (he told of violence), `mentor`, `officer` and `coordinator` (the hats). `talk`, `errand` and the hats remember
 * where he was, so that he comes back there.
 */
import type { Content } from '../src/content/model';
import { aside, commands, erasure } from './aside';
import { broadcast, broadcastRefused } from './broadcast';
import { care, disclosed, toldAfterStop } from './care';
import { checkin, checkinDue } from './checkin';
import { FIGURES, GROUP_ORPHANED } from './coordinating';
import { leave } from './discretion';
import { armLesson, hasJoined, to } from './everywhere';
import { hasRole, invitation, invited } from './invitation';
import { isMentor } from './hats';
import { jodiAsked, jodiDue, jodiGoOn } from './jodi';
import * as jodi from './jodi-signals';
import { lesson } from './lesson';
import { GROUP_MADE, GROUPED, MENTOR_CHANGED, silently, UNGROUPED } from './membership';
import { coordinator } from './coordinator';
import { BROADCAST_DRAFTED, forgetSending } from './coordinator/sending';
import { mentor } from './mentor';
import { armDigest, digestDue } from './mentor/digest';
import { myDataAfterStop } from './my-data';
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
import {
  change,
  inHisLanguage,
  isCommand,
  note,
  onlyIf,
  options,
  question,
  record,
  sayWith,
  when,
} from './phrases';
import { mustRenew, untilRenewed } from './renewal';
import { stopping } from './stopping';
import { conversationSetup, type Context, type FlowState, type Transition } from './setup';
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
    ...stopping,
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
  const again = [begin, record('participant.started'), armLesson, armCampaignDay(content)];
  return [
    ...withDigest({
      guard: (step) => isCommand('start')(step) && hasJoined(step) && mustRenew(content)(step),
      target: to.renewal,
      actions: again,
    }),
    ...withDigest({
      guard: (step) => isCommand('start')(step) && hasJoined(step),
      target: to.resume,
      actions: [...again, welcome],
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

/** After STOP he asks to be erased: the one question that is still asked, and silence again if he keeps it. */
function leaving(content: Content): FlowState {
  const asked = question({
    ask: ({ context }) => inHisLanguage('delete.ask', context),
    options: options('keep', 'erase'),
    final: true,
    isPatient: true,
    unclear: null,
    chosen: [when('keep', { target: to.stopped }), when('erase', erasure)],
  });
  return { ...asked, on: { ...asked.on, ...heardAfterStop(content) } };
}

/** What is his after STOP: to come back, to see what is kept, to have it erased, and help. All else is silence. */
function heardAfterStop(content: Content): NonNullable<FlowState['on']> {
  return {
    COMMAND: [
      ...start(content),
      onlyIf(isCommand('delete'), { target: to.leaving, reenter: true }),
      onlyIf(isCommand('my-data'), { ...myDataAfterStop, target: to.stopped }),
      { target: to.stopped },
    ],
    DISCLOSURE: { ...toldAfterStop(content), target: to.stopped },
    ...silently,
    ...jodi.jodiStopped,
    '*': {},
  };
}

/** Builds the statechart for a content; pure, and made once per process. */
export function createConversation(content: Content) {
  const old = untilRenewed(content);
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
      LESSON_DUE: [...old.LESSON_DUE, ...lessonDue(content)],
      NUDGE_DUE: [...old.NUDGE_DUE, ...nudgeDue],
      CHECKIN_DUE: [...old.CHECKIN_DUE, ...checkinDue],
      STEP_DUE: [...old.STEP_DUE, ...stepDue],
      CAMPAIGN_DAY_DUE: [...old.CAMPAIGN_DAY_DUE, ...campaignDayDue(content)],
      DIGEST_DUE: [...old.DIGEST_DUE, ...digestDue],
      JODI_DUE: [...old.JODI_DUE, ...jodiDue],
      NOTICE_CHANGED: { target: to.renewal },
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
      FIGURES,
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
      BROADCAST_DRAFTED,
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
          ...forgetBroadcast,
          ...forgetSending,
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
      coordinator: coordinator(content),
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
          { guard: ({ context }) => context.scratch.hat === 'coordinator', target: to.coordinatorWhere },
          { guard: ({ context }) => context.scratch.inErrand === true, target: '#conversation.errand.last' },
          { target: to.where },
        ],
      },
      // After STOP there is silence, but for whoever tells of violence himself or asks for his rights; only START opens
      // again. The empty transitions hide the root's.
      stopped: { on: heardAfterStop(content) },
      leaving: leaving(content),
      gone: { on: { '*': {} } },
    },
  });
}
