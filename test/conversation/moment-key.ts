/** When are two moments of a walk through the conversation the same? */
import type { Content } from '../../src/content/model';
import { campaignDayOn, isSameDay, weeksSinceJoining } from '../../flows/time';
import { agreesTo, lastWordOn, PURPOSES } from '../../src/conversation';
import { beginning, missingIn } from '../../src/conversation/meeting-draft';
import type { Moment } from './explore';
import { DAY, HOUR, MINUTE, TOLD_OF } from './happenings';
import { NOBODY_LEFT, wayOf } from './meetings-walk';

/**
 * What tells one moment from another. Beside the state it is what guards look at, and only where they look: an
 * aside is the same whatever became of the lesson, and a miss is a miss.
 */
export function keyOf(moment: Moment, content: Content): string {
  const { roles, invited, conversation, profile } = moment.participant;
  const { state } = conversation;
  // What a mentor learns as a Saathi is what every Saathi learns: his role is looked at only where it matters, and in
  // an aside or in care it matters only that he has one.
  const isElsewhere = ['aside', 'care', 'stopped'].some((at) => state.startsWith(at));
  const matters =
    !profile.joinedAt ||
    ['mentor', 'officer', 'coordinator', 'errand.invitation'].some((at) => state.startsWith(at));
  const role = isElsewhere
    ? Object.keys(roles ?? {}).length > 0 && (!profile.joinedAt || state === 'stopped')
    : matters && [...Object.keys(roles ?? {}), invited?.role].join(' ');
  return (
    String(role) +
    keyOfConsents(moment) +
    keyOfJodi(moment) +
    keyOfMeeting(moment) +
    keyOfPlace(moment, content)
  );
}

/** What he agreed to is looked at on its page; whether he was asked what his mentor may see, where that may come next. */
function keyOfConsents({ participant: { consents, conversation, profile } }: Moment): string {
  const { state } = conversation;
  if (state === 'aside.consents') return PURPOSES.map((purpose) => agreesTo(consents, purpose)).join(' ');
  if (state !== 'talk.home' && state !== 'aside.renewal') return '';
  return `${lastWordOn(consents, 'mentor') !== undefined} ${profile.group !== undefined}`;
}

/** A jodi makes a difference where its signals arrive, and in its own questions; with the first lesson all is seen. */
const JODI_MATTERS = ['talk.home', 'talk.lesson.question', 'care', 'errand.jodi', 'aside.jodi'];

function keyOfJodi({ participant: { profile, lessons, conversation }, now }: Moment): string {
  if (!profile.joinedAt || lessons.length > 1) return '';
  if (!JODI_MATTERS.some((at) => conversation.state.startsWith(at))) return '';
  const { jodi, group } = profile;
  if (!jodi) return group === 'KTR47' ? 'in a group' : '';
  const done = [jodi.other, jodi.own].map(
    (news) => news?.isDone === true && now.getTime() - news.at.getTime() < 8 * DAY,
  );
  if (done[0]) return done[1] ? 'both did it' : 'the other did it';
  return (jodi.misses ?? 0) > 0 ? 'a miss' : 'a jodi';
}

/** States in which it matters how the group is that a mentor has in hand. */
const LOOKS_AT_MEETINGS = /^mentor\.(home|meetings|cancelling|attend)/;

/**
 * For a mentor how his group is, or how far a call has come; for a Saathi what he knows of a meeting, while he has
 * had no lesson yet: later it would be the same walk again.
 */
function keyOfMeeting({ participant, now }: Moment): string {
  const { conversation, profile, meeting, lessons } = participant;
  const { state, scratch } = conversation;
  if (LOOKS_AT_MEETINGS.test(state)) return String(wayOf(now));
  if (state.startsWith('mentor.calling')) {
    const { problem, id, tellAt, ...draft } = scratch.calling ?? {};
    const begins = beginning(draft, profile.zone);
    const is = [
      problem !== undefined,
      id !== undefined,
      tellAt !== undefined && tellAt <= now,
      begins !== undefined && begins.getTime() <= now.getTime() + 2 * MINUTE,
      wayOf(now) === NOBODY_LEFT,
    ];
    return JSON.stringify([missingIn(draft), is]);
  }
  if ((state !== 'talk.home' && state !== 'errand.meeting') || lessons.length > 0) return '';
  const known = meeting && [meeting.at.getTime(), meeting.place, meeting.answer, meeting.at <= now];
  return JSON.stringify([profile.group, known]);
}

function keyOfPlace({ participant, now }: Moment, content: Content): string {
  const { status, profile, lessons, pledges, conversation, lastHeardAt } = participant;
  const { state, scratch, history, timers } = conversation;
  if (status === 'gone') return state;
  const due = timers[0]?.event;
  if (state.startsWith('care') && state !== 'care.told') {
    const { reach, topic } = scratch.asking ?? {};
    const isLate = now.getTime() - (lastHeardAt?.getTime() ?? now.getTime()) > 6 * HOUR;
    return JSON.stringify([
      state,
      profile.state,
      profile.district,
      reach,
      topic === 'danger',
      scratch.found,
      due !== undefined,
      isLate,
    ]);
  }
  if (state.startsWith('care')) {
    const isLate = now.getTime() - (lastHeardAt?.getTime() ?? now.getTime()) > 6 * HOUR;
    const underneath = history[`conversation.${scratch.inErrand ? 'errand' : 'talk'}.last`];
    return JSON.stringify([state, underneath, profile.language !== undefined, scratch.fresh, due, isLate]);
  }
  // How he reads and hears matters where he is asked about it, and at home, from where he asks for it.
  const ear = {
    'aside.listen': profile.listens,
    'talk.home': profile.listens,
    'aside.slowly': scratch.piece,
    'aside.correctDistrict': [scratch.page, scratch.found].map((one) => one !== undefined).join(' '),
  }[state];
  const isElsewhere = state.startsWith('aside') || status === 'stopped';
  const underneath = history[`conversation.${scratch.hat ?? (scratch.inErrand ? 'errand' : 'talk')}.last`];
  const isBusy = now.getTime() - (lastHeardAt?.getTime() ?? 0) < 10 * MINUTE;
  if (state.startsWith('officer'))
    return JSON.stringify([
      state,
      profile.joinedAt !== undefined,
      scratch.cases?.length,
      scratch.case,
      isBusy,
    ]);
  if (state.startsWith('coordinator'))
    return JSON.stringify([
      state,
      Math.min(scratch.misses ?? 0, 3),
      profile.joinedAt !== undefined,
      scratch.counting,
    ]);
  if (state.startsWith('mentor'))
    return JSON.stringify([
      state,
      Math.min(scratch.misses ?? 0, 3),
      profile.joinedAt !== undefined,
      isBusy,
      // Whether those whom he writes to can get a picture.
      /mentor\.(writing|wording)/.test(state) && scratch.to,
    ]);
  const isKnown = [profile.language, profile.joinedAt].map((one) => one !== undefined);
  if (isElsewhere && scratch.misses === undefined)
    return JSON.stringify([state, underneath, isKnown, scratch.fresh, scratch.care !== undefined, ear]);
  if (scratch.misses !== undefined)
    return JSON.stringify([state, Math.min(scratch.misses, 3), isKnown, scratch.fresh]);
  const place = [scratch.page, scratch.found].map((one) => one !== undefined);
  const toldOf = profile.name === TOLD_OF && [profile.district !== undefined];
  if (!profile.joinedAt) return JSON.stringify([state, isKnown, profile.group !== undefined, place, toldOf]);
  const last = lessons.at(-1);
  const isOpen = last !== undefined && last.completedAt === undefined;
  const silence = now.getTime() - (lastHeardAt?.getTime() ?? now.getTime());
  const next = timers[0]?.event;
  const time = [
    next,
    timers.some(({ event }) => event === 'STEP_DUE'),
    silence < 10 * MINUTE ? 'busy' : silence < 27 * DAY ? 'free' : 'resting',
    next === 'CHECKIN_DUE' && lessons.some(({ action, checkin }) => action === 'promised' && !checkin),
    next === 'STEP_DUE' && pledges.some(({ step, stepAnswer }) => step !== undefined && !stepAnswer),
    next === 'CAMPAIGN_DAY_DUE' && campaignDayOn(content.campaignDays, profile, timers[0]!.due)?.id,
    next !== 'LESSON_DUE' && isOpen && (timers[0]?.due.getTime() ?? 0) - last.offeredAt.getTime() < 20 * HOUR,
  ];
  if (state.startsWith('errand')) return JSON.stringify([state, time]);
  const isBetween = !isOpen && [
    lessons.length < weeksSinceJoining(profile, now),
    last?.completedAt !== undefined && isSameDay(profile, last.completedAt, now),
  ];
  const stage = isOpen && [last.answer, last.reflected, last.expired].map((one) => one !== undefined);
  return JSON.stringify([state, time, lessons.length, stage, isOpen && scratch.nudged, isBetween, ear]);
}
