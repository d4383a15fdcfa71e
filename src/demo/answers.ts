/** What somebody of a demo says to a question. The question is the conversation's own: options come from the core. */
import type { Content } from '../content/model';
import type { Incoming, Option, Participant } from '../conversation';
import type { Somebody } from './people';
import { diceFor, type Dice } from './random';
import { TEMPERAMENTS } from './temperament';

export interface Asked {
  options: readonly Option[];
  takesText: boolean;
}

type Answer = (dice: Dice, who: Somebody, asked: Asked) => Incoming | undefined;

const say = (text: string): Incoming => ({ kind: 'text', text });
const tap = (id: string): Incoming => ({ kind: 'tap', text: id, optionId: id });
const temper = ({ temperament }: Somebody) => TEMPERAMENTS[temperament];

/** Sundays and evenings are what most choose. */
const DAYS: [string, number][] = [
  ['sun', 9],
  ['sat', 4],
  ['mon', 1],
  ['tue', 1],
  ['wed', 2],
  ['thu', 1],
  ['fri', 2],
];
const HOURS: [string, number][] = [
  ['evening', 6],
  ['morning', 3],
  ['afternoon', 2],
];
const REFUSES = 0.01;
const UNDER_AGE = 0.005;

const howItWent: Answer = (dice, who) =>
  tap(dice.chance(temper(who).keeps) ? 'done' : dice.chance(0.6) ? 'tried' : 'not-yet');

/** By the path of the state. */
const ANSWERS: Record<string, Answer> = {
  'talk.onboarding.hello': (_dice, { group }) => say(group === undefined ? 'namaste' : `JOIN ${group}`),
  'talk.onboarding.language': (_dice, { language }) => tap(language),
  'talk.onboarding.consent': (dice) => tap(dice.chance(REFUSES) ? 'disagree' : 'agree'),
  'talk.onboarding.age': (dice) => tap(dice.chance(UNDER_AGE) ? 'minor' : 'adult'),
  'talk.onboarding.name': (_dice, { name }) => say(name),
  'talk.onboarding.state': (_dice, { state }) => tap(state),
  'talk.onboarding.district': (_dice, { district }, { options }) =>
    options.some(({ id }) => id === district.id) ? tap(district.id) : say(district.name.en),
  'talk.onboarding.group': () => tap('no-code'),
  'talk.onboarding.day': (dice) => tap(dice.weighted(DAYS)),
  'talk.onboarding.hour': (dice) => tap(dice.weighted(HOURS)),
  'talk.ready': (dice) => tap(dice.chance(0.8) ? 'now' : 'later'),
  'talk.lesson.reflection': (dice, who) => {
    if (!dice.chance(temper(who).reflects)) return tap('skip');
    if (dice.chance(temper(who).byVoice)) return { kind: 'voice', text: '', mediaRef: 'demo' };
    return say(dice.one(who.reflections));
  },
  'talk.lesson.action': (dice, who) =>
    tap(
      dice.chance(temper(who).promises)
        ? dice.weighted([
            ['today', 3],
            ['tomorrow', 3],
            ['weekend', 2],
          ] as const)
        : 'not-this-week',
    ),
  'talk.catchup': (dice, _who, { options }) =>
    tap(
      options.length < 2
        ? 'go-on'
        : dice.weighted([
            ['go-on', 3],
            ['this-week', 5],
            ['short', 2],
          ] as const),
    ),
  'talk.away': () => tap('go-on'),
  'errand.checkin': howItWent,
  'errand.stepCheck': howItWent,
  'errand.pledge.choose': (dice, who, { options }) =>
    tap(
      dice.chance(temper(who).pledges)
        ? dice.one(options.filter(({ id }) => id !== 'not-now')).id
        : 'not-now',
    ),
  'errand.pledge.confirm': (dice) => tap(dice.chance(0.94) ? 'yes' : 'no'),
  'errand.pledge.step': (dice, _who, { options }) => tap(dice.one(options).id),
};

/**
 * His answer where the conversation stands; undefined where he has nothing to say. Questions of joining that are not
 * known here (a new consent) get the first option; whatever else is new is left unanswered.
 */
export function answerTo(
  content: Content,
  dice: Dice,
  who: Somebody,
  { conversation: { state, scratch } }: Pick<Participant, 'conversation'>,
  asked: Asked,
): Incoming | undefined {
  if (state === 'talk.lesson.question')
    return tap(`answer-${chosenAnswer(content, dice, who, scratch.week ?? 1)}`);
  const answer = ANSWERS[state];
  if (answer) return answer(dice, who, asked);
  const [first] = asked.options;
  return state.startsWith('talk.onboarding.') && first ? tap(first.id) : undefined;
}

/** Some lessons are harder than others, and wrong answers are not spread evenly. */
function chosenAnswer(content: Content, dice: Dice, who: Somebody, week: number): number {
  const question = content.lessons[week - 1]?.text.en.question;
  if (!question) return 0;
  const hardness = diceFor('lesson', week).roll() * 0.35;
  if (dice.chance(temper(who).knows - hardness)) return question.answer;
  const wrong = question.options.map((_, index) => index).filter((index) => index !== question.answer);
  return dice.weighted(wrong.map((index, place) => [index, place === 0 ? 3 : 1] as const));
}
