/** One life: a newcomer, his clock, his answers; every step is taken by the real conversation. */
import { DateTime } from 'luxon';
import { zoneOf } from '../../flows/zone';
import type { Content } from '../content/model';
import {
  newcomer,
  type Conversation,
  type Incoming,
  type MessageContext,
  type Participant,
  type StoredEffect,
} from '../conversation';
import { answerTo } from './answers';
import type { Somebody } from './people';
import { diceFor, type Dice } from './random';
import { TEMPERAMENTS, willingness } from './temperament';

export interface LifeStep {
  effects: StoredEffect[];
  /** How he was known right after it. */
  profile: Participant['profile'];
}

export interface Life {
  who: Somebody;
  participant: Participant;
  steps: LifeStep[];
  /** Message (id of its effect) → when he answered it. */
  answered: Map<string, Date>;
}

export interface Stage {
  content: Content;
  conversation: Conversation;
  seed: string;
  /** IANA zone. */
  zone: string;
  /** Where the history ends. */
  until: Date;
}

interface Reaction {
  at: Date;
  incoming: Incoming;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const WEEK_MS = 168 * HOUR_MS;
/** People sleep from eleven to seven. */
const AWAKE = { from: 7, to: 23 };
/** A pledge on his own, after a lesson that he has finished. */
const PLEDGES_BY_HIMSELF = 0.02;
/** Whoever has begun to join is with his group and mostly goes through with it: this, at each of ten questions. */
const JOINS = 0.993;
const MUMBLES = 0.015;

/** Lives it from his first word to `until`. Nothing is read or written. */
export function live(who: Somebody, stage: Stage): Life {
  const { conversation, zone, until } = stage;
  const dice = diceFor(stage.seed, who.id, 'life');
  const life: Life = {
    who,
    participant: newcomer(who.id, who.joinsAt, zone),
    steps: [],
    answered: new Map(),
  };
  let reaction: Reaction | undefined = first(dice, who, stage, life);
  let open: string | undefined;
  for (let heard = 0; ;) {
    const due = conversation.nextDue(life.participant);
    const his: Reaction | undefined = reaction && (!due || reaction.at <= due) ? reaction : undefined;
    const at = his?.at ?? due;
    if (!at || at > until) return life;
    const stepped = his
      ? conversation.hear(life.participant, his.incoming, context(who, heard), at)
      : conversation.fireDue(life.participant, at);
    if (!stepped) return life;
    if (his) {
      heard += 1;
      if (open !== undefined) life.answered.set(open, at);
      reaction = undefined;
    }
    life.participant = stepped.participant;
    life.steps.push({ effects: stepped.effects, profile: stepped.participant.profile });
    if (life.participant.status === 'stopped' || life.participant.status === 'gone') return life;
    const said = stepped.effects.find(({ type }) => type === 'say');
    if (!said) continue;
    open = said.id;
    reaction = react(dice, who, stage, life.participant, at, his !== undefined);
  }
}

function first(dice: Dice, who: Somebody, { content }: Stage, { participant }: Life): Reaction | undefined {
  const incoming = answerTo(content, dice, who, participant, { options: [], takesText: true });
  return incoming && { at: who.joinsAt, incoming };
}

function context({ id }: Somebody, heard: number): MessageContext {
  return { id: `${id}:in:${heard}`, channel: 'simulator', medium: 'whatsapp' };
}

/**
 * What he will do about a message, and when.
 * @param isTalking it answers something that he has just written
 */
function react(
  dice: Dice,
  who: Somebody,
  stage: Stage,
  participant: Participant,
  at: Date,
  isTalking: boolean,
): Reaction | undefined {
  const { content, conversation, zone } = stage;
  const temperament = TEMPERAMENTS[who.temperament];
  if (who.stopsAt && at >= who.stopsAt && !isTalking)
    return { at: later(dice, at, temperament.hours, zone), incoming: command(content, 'stop') };
  if (isTalking && participant.conversation.state === 'talk.home') {
    const pledges =
      participant.profile.joinedAt !== undefined && dice.chance(PLEDGES_BY_HIMSELF * temperament.pledges);
    return pledges ? { at: soon(dice, at), incoming: command(content, 'pledge') } : undefined;
  }
  const { scratch, state } = participant.conversation;
  const { options, accepts = [] } = conversation.engine.expectation(state, { ...participant, scratch });
  const incoming = answerTo(content, dice, who, participant, {
    options,
    takesText: accepts.includes('text'),
  });
  if (!incoming) return undefined;
  if (isTalking) {
    const goesOn = participant.status === 'joining' ? JOINS : temperament.goesOn;
    if (!dice.chance(goesOn)) return undefined;
    const mumbles = incoming.kind === 'tap' && accepts.length === 0 && dice.chance(MUMBLES);
    return { at: soon(dice, at), incoming: mumbles ? { kind: 'text', text: 'zzz' } : incoming };
  }
  const weeks = (at.getTime() - who.joinsAt.getTime()) / WEEK_MS;
  if (!dice.chance(willingness(temperament, weeks))) return undefined;
  return { at: later(dice, at, temperament.hours, zone), incoming };
}

function command(content: Content, name: string): Incoming {
  return { kind: 'text', text: content.words.commands[name]?.[0] ?? name };
}

/** While he has the phone in his hand. */
function soon(dice: Dice, at: Date): Date {
  return new Date(at.getTime() + 5_000 + Math.round(Math.min(dice.wait(25_000), 9 * MINUTE_MS)));
}

/** When he next looks at his phone, and not in the night. */
function later(dice: Dice, at: Date, hours: number, zone: string): Date {
  const when = DateTime.fromMillis(at.getTime() + MINUTE_MS + Math.round(dice.wait(hours) * HOUR_MS), {
    zone: zoneOf(zone),
  });
  if (when.hour >= AWAKE.from && when.hour < AWAKE.to) return when.toJSDate();
  const morning = when.hour < AWAKE.from ? when : when.plus({ days: 1 });
  return morning
    .startOf('day')
    .plus({ hours: AWAKE.from, seconds: dice.between(0, 3 * 3_600) })
    .toJSDate();
}
