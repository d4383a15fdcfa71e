/** The pure core: a participant and what happens to him in, the participant and the effects out. */
import { comesFirst } from '../../flows/renewal';
import type { Content } from '../content/model';
import { createEngine, type Engine } from './engine';
import type { Part } from './effect';
import type { MessageContext } from './message';
import { LANGUAGES, type Participant } from './participant';
import { migrate } from './migrations';
import { fire, step, type Stepped } from './step';
import { firstDue } from './timers';
import { createTranslate, type Translate } from './translate';
import { createUnderstand, type Incoming, type Meaning } from './understand';
import type { View } from './view';
import { wordedFor } from './worded';

export type { Disclosure } from './disclosure';
export type { Stepped } from './step';
export type { Incoming } from './understand';
export * from './broadcast';
export type * from './case';
export type * from './effect';
export type * from './event';
export type { DraftProblem, Reminder } from './meeting-draft';
export type * from './message';
export type * from './order';
export type * from './participant';
export type { CoordinatorRole, Invitation, MentorRole, OfficerRole, Roles } from './roles';
export type * from './signal';
export { answersFor, areaOf } from './roles';
export type * from './view';
export { agreesTo, lastWordOn, needsRenewal, PURPOSES, type ConsentPurpose } from './consents';
export { isActionTried, LANGUAGES } from './participant';
export { newcomer } from './newcomer';
export { render, type Abilities, type Rendered, type Said } from './render';
export type { Translate } from './translate';

export interface Conversation {
  /**
   * He wrote, tapped or spoke. `at` is the moment we took it in; `view` what he sees of others, where he has a role.
   */
  hear(participant: Participant, incoming: Incoming, message: MessageContext, at: Date, view?: View): Stepped;
  /** Fires the timer that goes first of those that are due; undefined when none is. Call again for the next. */
  fireDue(participant: Participant, at: Date, view?: View): Stepped | undefined;
  /** When his next timer is due. */
  nextDue(participant: Participant): Date | undefined;
  translate: Translate;
  engine: Engine;
}

/** Made once per process for a content; holds no state of any participant. */
export function createCore(content: Content): Conversation {
  const engine = createEngine(content);
  const translate = createTranslate(content);
  const understand = createUnderstand(content, translate);

  function upToDate(participant: Participant): { current: Participant; moved: boolean } {
    const { conversation, moved } = migrate(engine, participant);
    return {
      current: conversation === participant.conversation ? participant : { ...participant, conversation },
      moved,
    };
  }

  return {
    engine,
    translate,
    hear(participant, incoming, message, at, view) {
      const { current, moved } = upToDate(participant);
      const meaning = moved
        ? afterMove(understand(incoming, { options: [] }))
        : understand(incoming, expectationOf(engine, current, view));
      const asked: Meaning = comesFirst(content.consentVersion, current, meaning)
        ? { type: 'NOTICE_CHANGED' }
        : meaning;
      const stepped = step(engine, current, { ...asked, at, message }, view);
      return moved ? withFirst(stepped, 'trouble.moved', at) : stepped;
    },
    fireDue(participant, at, view) {
      const { current, moved } = upToDate(participant);
      const timer = firstDue(current, at);
      if (!timer) return undefined;
      const fired = fire(engine, current, timer, at, view);
      return moved ? withFirst(fired, 'trouble.moved', at) : fired;
    },
    nextDue: ({ conversation }) => conversation.timers[0]?.due,
  };
}

function expectationOf(engine: Engine, { conversation, ...known }: Participant, view: View | undefined) {
  const expected = engine.expectation(conversation.state, {
    ...known,
    scratch: conversation.scratch,
    ...(view && { view }),
  });
  return { ...expected, worded: wordedFor(known) };
}

/**
 * He answers a question that no longer exists, and must not be taken to answer the one that he was moved to: his
 * "2" would be a "no" to the consent. Commands are commands and what is told is told; everything else has the new question asked first.
 */
function afterMove(meaning: Meaning): Meaning {
  const stays = meaning.type === 'COMMAND' || meaning.type === 'DISCLOSURE';
  return stays ? meaning : { type: 'COMMAND', command: 'again' };
}

/** Puts a sentence before everything else that the step says, and notes that the conversation was moved. */
function withFirst(stepped: Stepped, key: string, at: Date): Stepped {
  const { participant, effects } = stepped;
  const parts: Part[] = participant.profile.language
    ? [{ key }]
    : LANGUAGES.map((language) => ({ key, language }));
  const told = effects.map((effect) =>
    effect.type === 'say' ? { ...effect, parts: [...parts, ...effect.parts] } : effect,
  );
  const id = `${participant.id}:${participant.sequence}:${effects.length}`;
  return { participant, effects: [...told, { type: 'record', entry: 'conversation.migrated', id, at }] };
}
