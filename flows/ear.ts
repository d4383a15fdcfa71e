/** A lesson for the ear, in small pieces, and as a picture to pass on. */
import type { Content } from '../src/content/model';
import { paragraphs } from '../src/conversation/translate';
import { hasJoined, lastLesson, to } from './everywhere';
import {
  change,
  note,
  onlyIf,
  options,
  part,
  question,
  record,
  say,
  sayWith,
  when,
  type Step,
} from './phrases';
import type { Context, FlowState, Transition } from './setup';

const weekOf = ({ context }: { context: Context }) => lastLesson(context)?.week ?? 0;

const hasLesson = (step: Step) => lastLesson(step.context) !== undefined;

/** Is there a voice note of this week's lesson in his language? */
export function hasVoice(content: Content, { profile }: Context, week: number): boolean {
  return profile.language !== undefined && content.voices[profile.language].includes(week);
}

/** The voice note of a lesson, as a message of its own: WhatsApp shows no words beside a sound. */
export function voiceNote(week: number, { profile }: Context) {
  return {
    parts: [{ ...part('listen.note', { week }), hasPicture: true as const }],
    picture: { kind: 'voice' as const, week, language: profile.language ?? ('hi' as const) },
    apart: true as const,
  };
}

/** The voice note where there is one; otherwise its script, which is made for speaking, to be read out by somebody. */
function played(content: Content) {
  return sayWith((step) => {
    const week = weekOf(step);
    return hasVoice(content, step.context, week)
      ? voiceNote(week, step.context)
      : { parts: [part(`lesson.${week}.spoken`)] };
  });
}

const listens = (is: boolean) => [
  change(({ context }) => ({ profile: { ...context.profile, listens: is } })),
  record('profile.changed', () => ({ what: 'listens' })),
];

function piecesOf(content: Content, { context }: Step): number {
  const text = content.lessons[weekOf({ context }) - 1]?.text[context.profile.language ?? 'hi'];
  return paragraphs(text?.lesson ?? '').length;
}

const pieceOf = ({ context }: Step) => context.scratch.piece ?? 0;
const piece = (step: Step, index: number) => ({
  ...part(`lesson.${weekOf(step)}.lesson`),
  paragraph: index,
});
const noPiece = note(() => ({ piece: undefined }));

/** Siblings of the other asides. */
export function earStates(content: Content): { listen: FlowState; slowly: FlowState } {
  return {
    listen: question({
      ask: ({ context }) => (context.profile.listens ? 'listen.is-on' : 'listen.ask'),
      options: ({ profile }) => options(profile.listens ? 'only-written' : 'always-listen', 'back'),
      chosen: [
        when('always-listen', { target: to.resume, actions: [...listens(true), say('listen.always')] }),
        when('only-written', { target: to.resume, actions: [...listens(false), say('listen.written')] }),
        { target: to.resume },
      ],
    }),
    // A paragraph at a time; the last one brings him back to the question.
    slowly: question({
      ask: (step) => [
        ...(pieceOf(step) === 0 ? [part('slowly.lead', { week: weekOf(step) })] : []),
        piece(step, pieceOf(step)),
      ],
      options: options('read-on', 'back'),
      chosen: [
        when('back', { target: to.resume, actions: [noPiece] }),
        {
          guard: (step) => pieceOf(step) + 2 < piecesOf(content, step),
          target: 'slowly',
          reenter: true,
          actions: [note((step) => ({ piece: pieceOf(step) + 1 }))],
        },
        {
          target: to.resume,
          actions: [say((step) => piece(step, pieceOf(step) + 1)), noPiece],
        },
      ],
    }),
  };
}

/** LISTEN, SLOWLY and SHARE, wherever he is: what they do with the lesson that he was given last. */
export function earCommands(content: Content): Record<'listen' | 'slowly' | 'share', Transition[]> {
  const withLesson = (none: string, transition: Transition): Transition[] => [
    onlyIf((step) => hasJoined(step) && hasLesson(step), transition),
    onlyIf(hasJoined, { target: to.resume, actions: [say(none)] }),
  ];
  return {
    listen: withLesson('listen.none', { target: to.listen, actions: [played(content)] }),
    slowly: withLesson('listen.none', { target: to.slowly, actions: [noPiece] }),
    share: withLesson('card.none', {
      target: to.resume,
      actions: [
        sayWith((step) => ({
          parts: [{ ...part('card.here'), hasPicture: true }],
          picture: { kind: 'card', week: weekOf(step), language: step.context.profile.language ?? 'hi' },
        })),
        record('lesson.shared', (step) => ({ week: weekOf(step) })),
      ],
    }),
  };
}
