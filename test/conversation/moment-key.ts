/** When are two moments of a walk through the conversation the same? */
import type { Content } from '../../src/content/model';
import { campaignDayOn, isSameDay, weeksSinceJoining } from '../../flows/time';
import { agreesTo, lastWordOn, PURPOSES } from '../../src/conversation';
import { DAY, HOUR, MINUTE, type Moment } from './explore';

/**
 * What tells one moment from another. Beside the state it is what guards look at, and only where they look: an
 * aside is the same whatever became of the lesson, and a miss is a miss.
 */
export function keyOf(moment: Moment, content: Content): string {
  const { roles, invited, conversation, profile } = moment.participant;
  const { state } = conversation;
  // What a mentor learns as a Saathi is what every Saathi learns: his role is looked at only where it matters.
  const matters =
    !profile.joinedAt || ['mentor', 'errand.invitation', 'stopped'].some((at) => state.startsWith(at));
  const role = matters ? [roles?.mentor && 'mentor', invited?.role].join(' ') : '';
  return role + keyOfConsents(moment) + keyOfPlace(moment, content);
}

/** What he agreed to is looked at on its page; whether he was asked what his mentor may see, where that may come next. */
function keyOfConsents({ participant: { consents, conversation, profile } }: Moment): string {
  const { state } = conversation;
  if (state === 'aside.consents') return PURPOSES.map((purpose) => agreesTo(consents, purpose)).join(' ');
  if (state !== 'talk.home' && state !== 'aside.renewal') return '';
  return `${lastWordOn(consents, 'mentor') !== undefined} ${profile.group !== undefined}`;
}

function keyOfPlace({ participant, now }: Moment, content: Content): string {
  const { status, profile, lessons, pledges, conversation, lastHeardAt } = participant;
  const { state, scratch, history, timers } = conversation;
  if (status === 'gone') return state;
  const due = timers[0]?.event;
  if (state.startsWith('care')) {
    const isLate = now.getTime() - (lastHeardAt?.getTime() ?? now.getTime()) > 6 * HOUR;
    const underneath = history[`conversation.${scratch.inErrand ? 'errand' : 'talk'}.last`];
    return JSON.stringify([state, underneath, profile.language !== undefined, scratch.fresh, due, isLate]);
  }
  const isElsewhere = state.startsWith('aside') || status === 'stopped';
  const underneath = history[`conversation.${scratch.hat ?? (scratch.inErrand ? 'errand' : 'talk')}.last`];
  const isBusy = now.getTime() - (lastHeardAt?.getTime() ?? 0) < 10 * MINUTE;
  if (state.startsWith('mentor'))
    return JSON.stringify([state, Math.min(scratch.misses ?? 0, 3), profile.joinedAt !== undefined, isBusy]);
  const isKnown = [profile.language, profile.joinedAt].map((one) => one !== undefined);
  if (isElsewhere && scratch.misses === undefined)
    return JSON.stringify([state, underneath, isKnown, scratch.fresh, scratch.care !== undefined]);
  if (scratch.misses !== undefined)
    return JSON.stringify([state, Math.min(scratch.misses, 3), isKnown, scratch.fresh]);
  const place = [scratch.page, scratch.found].map((one) => one !== undefined);
  if (!profile.joinedAt) return JSON.stringify([state, isKnown, profile.group !== undefined, place]);
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
  return JSON.stringify([state, time, lessons.length, stage, isOpen && scratch.nudged, isBetween]);
}
