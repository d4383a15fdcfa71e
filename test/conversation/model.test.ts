/** The whole statechart walked: every state and every transition, and what must hold wherever he stands. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { BSON, EJSON } from 'bson';
import { LANGUAGES, type Participant, type StoredEffect } from '../../src/conversation';
import { COMMANDS } from './all-commands';
import { explore, happen, type Explored, type Moment } from './explore';
import { viewOf } from './meetings-walk';
import { smallContent } from './small-content';
import { content } from './world';

/** The walk takes some seconds of one core. */
const PATIENCE = 240_000;

let explored: Explored;
/** One moment for each state and each place that lies under it. */
let places: Moment[];

beforeAll(() => {
  explored = explore(smallContent(content));
  // From an aside on the way out of care he comes back to care (care.test.ts).
  const ways = explored.moments.filter(
    (one) => !stateOf(one).startsWith('aside') || one.participant.conversation.scratch.care === undefined,
  );
  const byPlace = new Map(
    ways.toReversed().map((moment) => [`${stateOf(moment)} ${underneath(moment)}`, moment]),
  );
  places = [...byPlace.values()].filter(({ participant: { status } }) => status !== 'gone');
}, PATIENCE);

test('wherever he stands, state, history, scratch and timers take less than a kilobyte', () => {
  const sizes = explored.moments.map(({ participant }) => BSON.calculateObjectSize(participant.conversation));
  expect(Math.max(...sizes)).toBeLessThan(1_024);
});

const stateOf = ({ participant }: Moment) => participant.conversation.state;

/** Where he comes back to: the state itself, or what he left for an aside or a stop. */
function underneath({ participant: { conversation, profile } }: Moment): string {
  const { state, scratch, history } = conversation;
  if (profile.language === undefined) return 'talk.onboarding.language';
  if (state.startsWith('talk') || state.startsWith('errand') || /^(mentor|officer|coordinator)/.test(state))
    return state;
  if (scratch.fresh) return 'talk.onboarding.consent';
  return history[`conversation.${scratch.hat ?? (scratch.inErrand ? 'errand' : 'talk')}.last`] ?? '';
}

function after(moment: Moment, ...texts: string[]): Moment {
  return texts.reduce(
    (now, text) => happen(explored.core, now, { type: 'sends', kind: 'text', text }),
    moment,
  );
}

const tap = (moment: Moment, optionId: string) =>
  happen(explored.core, moment, { type: 'sends', kind: 'tap', text: '', optionId });

const sayOf = ({ effects }: Moment) => effects.find((effect) => effect.type === 'say');

/** Everything but where he stands and how often he was counted: what must not get lost on the way. */
function belongings({ participant }: Moment): Partial<Participant> {
  const { profile, consents, lessons, pledges } = participant;
  return { profile, consents, lessons, pledges };
}

const isStopped = ({ participant }: Moment) => participant.status === 'stopped';

test('every state is reached', () => {
  const reached = new Set(explored.moments.map(stateOf));
  expect(explored.states.filter((state) => !reached.has(state))).toEqual([]);
  expect(explored.states.length).toBeGreaterThan(25);
});

test('every transition is taken', () => {
  expect(explored.declared.length).toBeGreaterThan(250);
  expect(explored.declared.filter((name) => !explored.taken.has(name))).toEqual([]);
});

test('everything that he sends is answered', () => {
  expect(explored.unanswered).toEqual([]);
});

test('whoever has joined and not stopped has his next lesson set, unless his lessons rest', () => {
  for (const moment of explored.moments) {
    const { status, profile, conversation } = moment.participant;
    if (status !== 'active' || profile.joinedAt === undefined || stateOf(moment) === 'talk.away') continue;
    const events = conversation.timers.map(({ event }) => event);
    expect([stateOf(moment), underneath(moment), events]).toEqual([
      stateOf(moment),
      underneath(moment),
      expect.arrayContaining(['LESSON_DUE', 'CAMPAIGN_DAY_DUE']),
    ]);
  }
});

test('all that is said on the way exists in every language', () => {
  const { translate } = explored.core;
  const parts = explored.moments
    .flatMap(({ effects }): StoredEffect[] => effects)
    .flatMap((effect) =>
      effect.type === 'say' ? [...effect.parts, ...(effect.options ?? []), ...(effect.standalone ?? [])] : [],
    );
  const distinct = new Map(parts.map((part) => [JSON.stringify(part), part]));
  expect(distinct.size).toBeGreaterThan(150);
  for (const part of distinct.values()) {
    for (const language of LANGUAGES) {
      // What is sealed is opened only to be sent.
      const opened = part.sealed ? { name: 'Ramesh', number: '112' } : {};
      const text = translate({ ...part, params: { ...part.params, ...opened } }, language);
      expect(text).toMatch(/\S/);
      expect(text).not.toMatch(/\{\{|undefined|NaN|\[object/);
    }
  }
});

/** The notice has changed: he is asked before anything else (consents.test.ts). */
const isAskedAnew = (moment: Moment) =>
  stateOf(moment) === 'aside.renewal' ||
  moment.participant.consents.some(({ purpose, notice }) => purpose === 'lessons' && notice === '0');

test.each(['help', 'menu'])('%s and back lead to where he was', (command) => {
  for (const moment of places.filter((one) => !isStopped(one) && !isAskedAnew(one))) {
    const away = after(moment, command);
    const back = after(away, 'back');
    expect([stateOf(moment), stateOf(back)]).toEqual([stateOf(moment), underneath(moment)]);
    expect(sayOf(away)).toBeDefined();
    expect(sayOf(back)?.options ?? []).toEqual(optionsOf(back));
    expect(belongings(back)).toEqual(belongings(moment));
  }
});

test('back leads to where he was, and asks again', () => {
  for (const moment of places.filter((one) => !isStopped(one) && !isAskedAnew(one))) {
    const back = after(moment, 'back');
    expect([stateOf(moment), stateOf(back)]).toEqual([stateOf(moment), underneath(moment)]);
    expect(sayOf(back)?.options ?? []).toEqual(optionsOf(back));
    expect(belongings(back)).toEqual(belongings(moment));
  }
});

function optionsOf({ participant, now }: Moment) {
  const { conversation, ...known } = participant;
  const context = { ...known, scratch: conversation.scratch, view: viewOf(participant, now) };
  return explored.core.engine.expectation(conversation.state, context).options;
}

test('whoever tells of violence, wherever he stands, is met with care; going on leads to where he was', () => {
  for (const moment of places.filter((one) => !isStopped(one))) {
    const told = after(moment, 'my husband beats me');
    expect([stateOf(moment), stateOf(told)]).toEqual([stateOf(moment), 'care.told']);
    expect(sayOf(told)?.discreet).toBeDefined();
    const asked = after(told, 'ok', 'what do I do');
    expect(stateOf(asked)).toBe('care.told');
    for (const timer of moment.participant.conversation.timers) {
      const waiting = happen(explored.core, told, { type: 'due', late: 0 });
      expect([timer.event, sayOf(waiting), stateOf(waiting)]).toEqual([timer.event, undefined, 'care.told']);
    }
    if (moment.participant.profile.language === undefined) continue;
    for (const option of ['misread', 'care-on']) {
      const back = tap(told, option);
      expect([stateOf(moment), stateOf(back)]).toEqual([stateOf(moment), underneath(moment)]);
      expect(sayOf(back)?.options ?? []).toEqual(optionsOf(back));
      expect(belongings(back)).toEqual(belongings(moment));
      expect(back.participant.conversation.scratch.care).toBeUndefined();
    }
  }
});

test('whoever has stopped and tells of violence hears whom to call, once, and stays stopped', () => {
  for (const moment of places.filter(isStopped)) {
    const told = after(moment, 'my husband beats me');
    expect([stateOf(told), told.participant.status]).toEqual(['stopped', 'stopped']);
    expect(sayOf(told)).toMatchObject({ final: true });
    expect(after(told, 'ok').effects).toEqual([]);
  }
});

test('hours later, when somebody else may hold the phone, the first word is a harmless one', () => {
  const told = places.find((one) => stateOf(one) === 'care.told' && one.participant.profile.language)!;
  const later = happen(explored.core, told, { type: 'waits', for: 7 * 3_600_000 });
  const asked = after(later, 'hi');
  expect(stateOf(asked)).toBe('aside.quiet');
  expect(sayOf(asked)?.parts).toEqual([{ key: 'weather.unknown' }]);
});

test('the quick exit turns the talk to the weather in every state, and the next word leads back', () => {
  for (const moment of places.filter((one) => !isStopped(one))) {
    if (moment.participant.profile.language === undefined) continue;
    const exit = after(moment, 'mausam');
    expect([stateOf(moment), stateOf(exit)]).toEqual([stateOf(moment), 'aside.quiet']);
    expect(sayOf(exit)?.parts).toEqual([{ key: 'weather.unknown' }]);
    expect(stateOf(after(exit, 'hi'))).toBe(underneath(moment));
  }
});

test('STOP and START lead to where he was', () => {
  for (const moment of places.filter((one) => !isAskedAnew(one))) {
    const stopped = after(moment, 'STOP');
    expect(stopped.participant.status).toBe('stopped');
    const started = after(stopped, 'START');
    expect([stateOf(moment), stateOf(started)]).toEqual([stateOf(moment), underneath(moment)]);
    expect(started.participant.status).toBe(
      moment.participant.profile.joinedAt || moment.participant.roles ? 'active' : 'joining',
    );
    expect(sayOf(started)?.options ?? []).toEqual(optionsOf(started));
    // A jodi ends with it.
    const { jodi: _ended, ...profile } = moment.participant.profile;
    expect(belongings(started)).toEqual({ ...belongings(moment), profile });
  }
});

test('STOP stops in every state, at each of its words in every language', () => {
  const words = content.words.commands.stop!;
  for (const state of explored.states.filter((one) => one !== 'gone')) {
    const moment = explored.moments.find((one) => stateOf(one) === state)!;
    for (const word of words) {
      const stopped = after(moment, word);
      expect([state, word, stopped.participant.status, stateOf(stopped)]).toEqual([
        state,
        word,
        'stopped',
        'stopped',
      ]);
      expect(stopped.participant.conversation.timers).toEqual([]);
      if (moment.participant.status === 'stopped') continue;
      expect(stopped.effects[0]).toMatchObject({ type: 'cancel' });
      expect(sayOf(stopped)).toMatchObject({ final: true });
    }
  }
});

test('after STOP only START brings anything, and what is his right: his data, and their erasure', () => {
  const stopped = places.filter(isStopped);
  expect(stopped.length).toBeGreaterThan(10);
  for (const moment of stopped) {
    const others = COMMANDS.filter((command) => !['start', 'delete', 'my-data'].includes(command));
    const words =
      stateOf(moment) === 'leaving' ? others : [...others, 'namaste', '1', 'haan', 'yes', '', '👍'];
    for (const text of words) {
      const silent = after(moment, text);
      expect([text, silent.effects, stateOf(silent)]).toEqual([text, [], 'stopped']);
    }
    const shown = after(moment, 'my data');
    expect([sayOf(shown)?.final, sayOf(shown)?.link, stateOf(shown)]).toEqual([true, 'my-data', 'stopped']);
    const asked = after(moment, 'delete');
    expect([sayOf(asked)?.final, stateOf(asked)]).toEqual([true, 'leaving']);
    expect(stateOf(after(asked, 'no'))).toBe('stopped');
    const gone = tap(asked, 'erase');
    expect([gone.participant.status, gone.effects.at(-1)?.type]).toEqual(['gone', 'erase']);
    if (stateOf(moment) === 'leaving') continue;
    for (const kind of ['voice', 'image', 'call'] as const) {
      expect(happen(explored.core, moment, { type: 'sends', kind, text: '' }).effects).toEqual([]);
    }
  }
  for (const word of content.words.commands.start!) {
    expect(after(stopped[0]!, word).participant.status).not.toBe('stopped');
  }
});

test('another language asks the same question anew, in its own words', () => {
  const spoken = places.filter(
    (one) =>
      !isStopped(one) && one.participant.profile.language !== undefined && !stateOf(one).endsWith('.hello'),
  );
  for (const moment of spoken) {
    const changed = tap(after(moment, 'language'), 'bn');
    const isTold = moment.participant.conversation.scratch.care !== undefined;
    const there = isTold ? 'care.told' : underneath(moment);
    expect([stateOf(moment), stateOf(changed)]).toEqual([stateOf(moment), there]);
    expect(changed.participant.profile.language).toBe('bn');
    const say = sayOf(changed);
    expect(say?.options ?? []).toEqual(optionsOf(changed));
    const texts = say?.parts.map((part) => explored.core.translate(part, 'bn')) ?? [];
    expect(texts.length).toBeGreaterThan(1);
    for (const text of texts) expect(text).toMatch(/\p{Script=Bengali}/u);
  }
});

test('a timer that fires at any moment never throws and says at most one thing', () => {
  for (const moment of explored.moments) {
    for (const late of [0, 3 * 86_400_000, 400 * 86_400_000]) {
      const fired = happen(explored.core, moment, { type: 'due', late });
      expect(fired.effects.filter(({ type }) => type === 'say').length).toBeLessThanOrEqual(1);
    }
  }
});

/**
 * Writes a stored participant for every state, for test/conversation/migrations.test.ts to restore for ever:
 * once for each version of the statechart, with WRITE_SNAPSHOTS=v2 or the like.
 */
const version = process.env.WRITE_SNAPSHOTS;
if (version !== undefined) {
  test('snapshots of this version are written', () => {
    const one = explored.states.map((state) => explored.moments.find((moment) => stateOf(moment) === state)!);
    const file = path.join(__dirname, 'snapshots', `${version}.json`);
    const participants = one.map(({ participant }) => participant);
    writeFileSync(file, `${EJSON.stringify(participants, undefined, 2)}\n`);
  });
}
