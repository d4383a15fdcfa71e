/** Whatever happens, in whatever order: what must hold at every step of every life. */
import { BSON } from 'bson';
import fc from 'fast-check';
import { DateTime } from 'luxon';
import { LANGUAGES, render, type SayEffect, type StoredEffect } from '../../src/conversation';
import { normalise } from '../../src/content/normalise';
import { content, core, life, live, SEED, type Act, type Seen } from './world';

const runs = { seed: SEED, numRuns: 300 };
const DAY = 24 * 3_600_000;
const WHATSAPP = { canReply: true, canTap: 0, canSendMedia: true, textLimit: 1_600 };
const ONE_WAY = { canReply: false, canTap: 0, canSendMedia: false, textLimit: 1_600 };

const saysOf = (effects: StoredEffect[]) => effects.filter((effect) => effect.type === 'say');
const recordsOf = (effects: StoredEffect[], entry: string) =>
  effects.filter((effect) => effect.type === 'record' && effect.entry === entry);

/** Lived once for all tests: they only look. */
const lives = fc.sample(life, runs).map((acts) => [...live(acts)]);

/** Looks at every life as a whole. What fails is lived again, and again, until the shortest such life is found. */
function inEveryLife(look: (steps: Seen[]) => void): void {
  try {
    lives.forEach(look);
  } catch {
    fc.assert(
      fc.property(life, (acts) => look([...live(acts)])),
      runs,
    );
  }
}

/** Looks at every step of every life. */
function always(look: (seen: Seen) => void): void {
  inEveryLife((steps) => steps.forEach(look));
}

const isCommand = (command: string, text: string) =>
  content.words.commands[command]!.some((phrase) => normalise(phrase) === normalise(text));

/** Coming back, and his rights. */
const HEARD_AFTER_STOP = ['start', 'delete', 'my-data'];

test('every message is answered by exactly one message, unless he has stopped or is gone', () => {
  always(({ before, stepped, heard }) => {
    const says = saysOf(stepped.effects);
    expect(says.length).toBeLessThanOrEqual(1);
    if (!heard) return;
    const { incoming } = heard;
    const isSilent =
      before.status === 'gone' ||
      (before.conversation.state === 'stopped' &&
        !(incoming.kind === 'text' && HEARD_AFTER_STOP.some((command) => isCommand(command, incoming.text))));
    if (isSilent && incoming.kind !== 'tap') expect(stepped.effects).toEqual([]);
    if (before.status === 'gone') expect(stepped.effects).toEqual([]);
    if (before.status !== 'gone' && before.status !== 'stopped') expect(says).toHaveLength(1);
  });
});

test('what is said can be read: in his language or in all of them, on WhatsApp and on SMS', () => {
  always(({ stepped: { participant, effects } }) => {
    for (const say of saysOf(effects)) {
      const language = participant.profile.language ?? 'hi';
      expect(render(core.translate, say, language, WHATSAPP)?.text).toMatch(/\S/);
      expect(render(core.translate, say, language, ONE_WAY)?.text ?? 'nothing').toMatch(/\S/);
      if (participant.profile.language === undefined && participant.status !== 'gone') {
        expect(languagesOf(say)).toEqual(new Set(LANGUAGES));
      }
    }
  });
});

function languagesOf({ parts }: SayEffect): Set<string | undefined> {
  return new Set(parts.map(({ language }) => language));
}

test('the options of a question differ, and are those that the state then waits for', () => {
  always(({ stepped: { participant, effects } }) => {
    const [say] = saysOf(effects);
    if (!say?.options) return;
    const ids = say.options.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const { conversation, ...known } = participant;
    const context = { ...known, scratch: conversation.scratch };
    expect(core.engine.expectation(conversation.state, context).options.map(({ id }) => id)).toEqual(ids);
    const language = participant.profile.language ?? 'hi';
    const labels = say.options.map((option) => core.translate(option, language));
    expect(new Set(labels).size).toBe(labels.length);
  });
});

test('each step counts one, and its effects are numbered by it', () => {
  always(({ before, stepped: { participant, effects } }) => {
    expect(participant.sequence).toBe(before.sequence + 1);
    expect(effects.map(({ id }) => id)).toEqual(
      effects.map((_, index) => `${participant.id}:${participant.sequence}:${index}`),
    );
  });
});

test('timers are few, in order, and never further away than a year', () => {
  always(({ stepped: { participant }, at }) => {
    const { timers } = participant.conversation;
    expect(timers.length).toBeLessThanOrEqual(5);
    expect(new Set(timers.map(({ id }) => id)).size).toBe(timers.length);
    const dues = timers.map(({ due }) => due.getTime());
    expect(dues).toEqual([...dues].sort((one, other) => one - other));
    expect(Math.max(0, ...dues)).toBeLessThanOrEqual(at.getTime() + 366 * DAY);
    for (const timer of timers)
      if ('sequence' in timer) expect(timer.sequence).toBeLessThanOrEqual(participant.sequence);
  });
});

test('a timer that has fired leaves fewer that are due, and after a message none', () => {
  always(({ heard, stepped: { participant, effects }, before, at }) => {
    if (heard) return;
    const dueIn = ({ conversation }: typeof before) =>
      conversation.timers.filter(({ due }) => due <= at).length;
    expect(dueIn(participant)).toBeLessThan(dueIn(before));
    if (saysOf(effects).length > 0) expect(dueIn(participant)).toBe(0);
  });
});

test('at most one lesson a day, and each lesson once', () => {
  inEveryLife((steps) => {
    const offered = steps.flatMap(({ stepped }) => recordsOf(stepped.effects, 'lesson.offered'));
    const days = offered.map(({ at }) => DateTime.fromJSDate(at, { zone: 'Asia/Kolkata' }).toISODate());
    expect(days).toEqual([...new Set(days)]);
    const weeks = (steps.at(-1)?.stepped.participant.lessons ?? []).map(({ week }) => week);
    expect(weeks).toEqual(weeks.map((_, index) => index + 1));
    expect(offered).toHaveLength(weeks.length);
  });
});

test('whoever catches up on the morning of his lesson day gets the next lesson a week later', () => {
  const send = (text: string): Act => ({ type: 'sends', incoming: { kind: 'text', text } });
  const wait = (hours: number): Act => ({ type: 'waits', for: hours * 3_600_000, isOff: false });
  const joining = ['namaste', '4', '1', '25', 'Ramesh', 'up', 'sitapur', '1', '7', '3', '1'].map(send);
  // Sunday at ten; a week later a lesson lies open and the next is offered; he takes it the Sunday after that.
  const steps = [...live([...joining, wait(14 * 24), send('3'), send('1'), wait(10), wait(24 * 6)])];
  const offered = steps.flatMap(({ stepped }) => recordsOf(stepped.effects, 'lesson.offered'));
  expect(offered.map(({ at }) => at.toISOString().slice(0, 10))).toEqual(['2026-01-04', '2026-01-18']);
});

test('a lesson is nudged once at most', () => {
  inEveryLife((steps) => {
    const nudged = steps.flatMap(({ stepped }) => recordsOf(stepped.effects, 'lesson.nudged'));
    const weeks = nudged.map((effect) => effect.type === 'record' && effect.data?.week);
    expect(weeks).toEqual([...new Set(weeks)]);
  });
});

test('whoever is gone has been forgotten by the very same step', () => {
  always(({ before, stepped: { participant, effects } }) => {
    const hasLeft = before.status !== 'gone' && participant.status === 'gone';
    expect(effects.some(({ type }) => type === 'erase')).toBe(hasLeft);
    if (!hasLeft) return;
    expect(saysOf(effects)).toMatchObject([{ final: true }]);
    for (const effect of effects) if (effect.type === 'record') expect(effect.anonymous).toBe(true);
  });
});

test('a journal entry never holds what he wrote', () => {
  always(({ stepped: { effects } }) => {
    for (const effect of effects) {
      if (effect.type !== 'record') continue;
      for (const value of Object.values(effect.data ?? {})) {
        expect(typeof value === 'string' && !/^[\w.-]{0,40}$/.test(value)).toBe(false);
      }
    }
  });
});

test('his place in the conversation stays under one kilobyte', () => {
  always(({ stepped: { participant } }) => {
    expect(BSON.calculateObjectSize(participant.conversation)).toBeLessThan(1_024);
  });
});
