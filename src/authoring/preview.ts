/** A lesson as it will look on a telephone: taken through the real conversation, rendered by the real rendering. */
import type { Capabilities } from '../channels/channel';
import { CAPABILITIES } from '../channels/simulator/simulator';
import type { Lesson } from '../content/model';
import {
  newcomer,
  render,
  type Conversation,
  type Incoming,
  type Language,
  type Participant,
  type Rendered,
  type Stepped,
} from '../conversation';

export interface Screen {
  /** What led to it, e.g. `He taps option 2`. */
  when: string;
  whatsapp: Rendered;
  /** Where he can answer by SMS. */
  sms: Rendered;
}

export interface Preview {
  /** The lesson with its question. */
  lesson: Screen;
  /** One-way SMS, as in India: the text that stands alone. */
  alone: Rendered;
  /** What follows: each answer with its feedback and the reflection, the action, the promise, the check-in. */
  rest: Screen[];
}

/** A Sunday evening, and some day before it; nothing of it is shown. */
const NOW = new Date('2026-01-04T18:00:00+05:30');
const BEFORE = new Date('2026-01-01T18:00:00+05:30');
const ONE_WAY: Capabilities = { ...CAPABILITIES.sms, canReply: false };
const MESSAGE = { id: 'preview', channel: 'simulator', medium: 'whatsapp' } as const;

/** @param lesson one of those that the conversation was made with */
export function preview(core: Conversation, lesson: Lesson, language: Language): Preview {
  const show = (abilities: Capabilities, stepped: Stepped) => shown(core, language, abilities, stepped);
  const screen = (when: string, stepped: Stepped): Screen => ({
    when,
    whatsapp: show(CAPABILITIES.whatsapp, stepped),
    sms: show(CAPABILITIES.sms, stepped),
  });
  const hear = ({ participant }: Stepped, optionId: string) =>
    core.hear(participant, tap(optionId), MESSAGE, NOW);

  const offered = due(core, waitingFor(lesson.week, language));
  const answers = lesson.text[language].question.options.map((_, index) => hear(offered, `answer-${index}`));
  const [answered = offered] = answers;
  const action = hear(answered, 'skip');
  const promised = hear(action, 'tomorrow');
  const asked = due(core, onlyCheckin(promised.participant));
  return {
    lesson: screen('The week begins', offered),
    alone: show(ONE_WAY, offered),
    rest: [
      ...answers.map((stepped, index) => screen(`He chooses option ${index + 1}`, stepped)),
      screen('He writes nothing and goes on', action),
      screen('He says he will, tomorrow', promised),
      screen('The check-in, two days later', asked),
    ],
  };
}

const tap = (optionId: string): Incoming => ({ kind: 'tap', text: optionId, optionId });

/** He has done every week before this one, and his day has come. */
function waitingFor(week: number, language: Language): Participant {
  const blank = newcomer('preview', BEFORE);
  const earlier = Array.from({ length: week - 1 }, (_, index) => ({
    week: index + 1,
    offeredAt: BEFORE,
    answer: '0',
    reflected: 'skipped' as const,
    action: 'declined' as const,
    completedAt: BEFORE,
  }));
  return {
    ...blank,
    status: 'active',
    profile: { ...blank.profile, language, joinedAt: BEFORE, lessonDay: 7, lessonHour: 18 },
    lessons: earlier,
    lastHeardAt: BEFORE,
    conversation: {
      ...blank.conversation,
      state: 'talk.home',
      timers: [{ id: 'lesson', event: 'LESSON_DUE', due: NOW, sequence: 0 }],
    },
  };
}

/** Without the next lesson, which would go before it. */
function onlyCheckin(participant: Participant): Participant {
  const { conversation } = participant;
  const timers = conversation.timers.filter(({ event }) => event === 'CHECKIN_DUE');
  return { ...participant, conversation: { ...conversation, timers } };
}

/** Fires his first timer at its own moment. */
function due(core: Conversation, participant: Participant): Stepped {
  const [timer] = participant.conversation.timers;
  const stepped = timer && core.fireDue(participant, timer.due);
  if (!stepped) throw new Error('The conversation set no timer where a lesson needs one.');
  return stepped;
}

function shown(
  { translate }: Conversation,
  language: Language,
  abilities: Capabilities,
  { effects }: Stepped,
): Rendered {
  const say = effects.find(({ type }) => type === 'say');
  const rendered = say?.type === 'say' ? render(translate, say, language, abilities) : undefined;
  if (!rendered) throw new Error('The conversation says nothing where a lesson needs words.');
  return rendered;
}
