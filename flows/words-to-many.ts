/**
 * What somebody writes to many, the same under every hat: words, a picture or a voice note, with words wherever some
 * can be reached by nothing else. It stands in his scratch until he has decided, and nowhere after.
 */
import { broadcastWordsFrom, wordsOnly, type BroadcastPreview } from '../src/conversation/broadcast';
import type { GivenMedia, MediaKind } from '../src/conversation/broadcast';
import type { Part } from '../src/conversation/effect';
import type { ConversationEvent } from '../src/conversation/event';
import { LANGUAGES } from '../src/conversation/participant';
import { disclosed } from './care';
import { note, onlyIf, options, part, question, when, written, type Step } from './phrases';
import type { Context, FlowState, Transition } from './setup';

/** His words so far; empty where he has written none. */
export const wordsInHand = ({ scratch }: Context) => scratch.words ?? '';

export const mediaInHand = ({ scratch }: Context) => scratch.media;

/** Nothing of it stays behind. */
export const forgetWords = note(() => ({ words: undefined, media: undefined, warned: undefined }));

/** The same line of a text. */
export const line = (one: Part): Part => ({ ...one, continues: true });

interface Given {
  words?: string | undefined;
  media?: GivenMedia | undefined;
}

/** What an event brings; nothing where it is no use. */
function givenBy(event: ConversationEvent): Given {
  if (event.type === 'VOICE') return event.ref === '' ? {} : { media: { kind: 'voice', ref: event.ref } };
  if (event.type === 'PICTURE')
    return { media: { kind: 'picture', ref: event.ref }, words: broadcastWordsFrom(event.text) };
  return { words: broadcastWordsFrom(written(event)) };
}

const isGiven = ({ event }: Step) => Object.values(givenBy(event)).some((one) => one !== undefined);

/** Takes it; what he does not send anew stays as it is. */
const take = note(({ context, event }) => {
  const { words, media } = givenBy(event);
  return { words: words ?? context.scratch.words, media: media ?? context.scratch.media, warned: undefined };
});

const hasWords = ({ context, event }: Step) => (givenBy(event).words ?? context.scratch.words) !== undefined;

export interface Takes {
  /** Where it goes once there is enough. */
  next: string;
  /** Where words are asked for. */
  wording: string;
  /** Are there people who get nothing but words? */
  needsWords: 'always' | ((step: Step) => boolean);
}

type TakesMedia = Record<'voice' | 'picture', Transition[]>;

/** A picture or a voice note is taken, and words are asked for where some would get nothing. */
function takesMedia({ next, wording, needsWords }: Takes): TakesMedia {
  const isEnough = (step: Step) => hasWords(step) || (needsWords !== 'always' && !needsWords(step));
  const enough: Transition = { guard: isEnough, target: next, actions: [take] };
  const more: Transition = { target: wording, reenter: true, actions: [take] };
  // A voice note may come without anything by which it could be fetched.
  const voice = needsWords === 'always' ? [more] : [enough, more];
  return { picture: [enough, more], voice: voice.map((one) => onlyIf(isGiven, one)) };
}

/** The same where there is enough already: it takes the place of what was there. */
export function takesOther(state: string): TakesMedia {
  const taken: Transition = { target: state, reenter: true, actions: [take] };
  return { picture: [taken], voice: [onlyIf(isGiven, taken)] };
}

/** Words that speak of violence are first taken as somebody's own story; then he decides. */
const told: Transition = {
  ...disclosed,
  actions: [...(disclosed.actions as never[]), note(() => ({ warned: true as const }))] as never,
};

interface Writing extends Takes {
  ask: (step: Step) => string | Part;
  /** The option that leads away, and where to. */
  leave: { option: string; transition: Transition };
}

function writingIn({ ask, leave, ...takes }: Writing, media: TakesMedia): FlowState {
  const asked = question({
    ask: (step) => (step.context.scratch.warned ? 'broadcast.write-warned' : ask(step)),
    options: options(leave.option),
    unclear: 'broadcast.write-unclear',
    odd: () => 'broadcast.only-these',
    chosen: [when(leave.option, leave.transition)],
    text: [{ guard: isGiven, target: takes.next, actions: [take] }],
    ...media,
    isOwnText: ({ context }) => context.scratch.warned === true,
  });
  return { ...asked, on: { ...asked.on, DISCLOSURE: told } };
}

/** Two states: he writes; and he is asked for words beside a picture or a voice note. */
export function writingStates(spec: Omit<Writing, 'ask'>): { writing: FlowState; wording: FlowState } {
  const media = takesMedia(spec);
  return {
    writing: writingIn({ ...spec, ask: () => 'broadcast.write' }, media),
    // Another voice note brings no words either.
    wording: writingIn(
      { ...spec, ask: () => 'broadcast.wording' },
      { ...media, voice: media.voice.slice(-1) },
    ),
  };
}

/** How many, in which languages, by which way; who can't be reached, and who will not get what goes with it. */
export function previewLines(preview: BroadcastPreview, media?: { kind: MediaKind }): Part[] {
  const { people, languages, sms, segments, unreachable } = preview;
  const without = media ? wordsOnly(preview, media) : 0;
  return [
    part('broadcast.preview.people', { count: people }),
    ...LANGUAGES.flatMap((language) => {
      const count = languages[language];
      return count === undefined
        ? []
        : [
            line(
              part('broadcast.preview.language', { count }, { language: `broadcast.language.${language}` }),
            ),
          ];
    }),
    ...(sms > 0 ? [line(part('broadcast.preview.sms', { count: sms, segments }))] : []),
    ...(media && without > 0 ? [line(part(`broadcast.preview.no-${media.kind}`, { count: without }))] : []),
    ...(unreachable > 0 ? [line(part('broadcast.preview.unreachable', { count: unreachable }))] : []),
  ];
}

/** What goes with it, in a word. */
export function withMedia(media: { kind: MediaKind } | undefined): Part[] {
  return media ? [part(`broadcast.with.${media.kind}`)] : [];
}
