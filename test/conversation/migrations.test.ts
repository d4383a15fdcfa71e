/** Conversations outlive deployments: whatever was ever stored is taken up again, or brought to a safe place. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { EJSON } from 'bson';
import { CONVERSATION_VERSION } from '../../flows/conversation';
import { migrate, type Migration } from '../../src/conversation/migrations';
import { createCore, type Participant, type Stepped, type StoredConversation } from '../../src/conversation';
import { content } from './world';

/** With the notice that these people agreed to: what a new one does is told in consents.test.ts. */
const core = createCore({ ...content, consentVersion: '1' });

const NOW = new Date('2027-06-01T12:00:00+05:30');

function snapshots(version: string): Participant[] {
  const file = path.join(__dirname, 'snapshots', `${version}.json`);
  return EJSON.parse(readFileSync(file, 'utf8')) as Participant[];
}

function hear(participant: Participant, text: string): Stepped {
  const message = { id: 'm1', channel: 'whatsapp', medium: 'whatsapp' } as const;
  return core.hear(participant, { kind: 'text', text }, message, NOW);
}

const keysOf = ({ effects }: Stepped) =>
  effects.flatMap((effect) => (effect.type === 'say' ? effect.parts.map(({ key }) => key) : []));

const recordsOf = ({ effects }: Stepped) =>
  effects.flatMap((effect) => (effect.type === 'record' ? [effect.entry] : []));

const kept = ({ profile, consents, lessons, pledges, createdAt }: Participant) => ({
  profile,
  consents,
  lessons,
  pledges,
  createdAt,
});

describe.each(['v1'])('a conversation stored by version %s', (version) => {
  const stored = snapshots(version);

  test('there is one for every state of that version', () => {
    const states = stored.map(({ conversation }) => conversation.state);
    expect(new Set(states).size).toBe(states.length);
    expect(states.length).toBeGreaterThan(25);
    for (const { conversation } of stored) expect(`v${conversation.version}`).toBe(version);
  });

  test.each(stored.map((one) => [one.conversation.state, one] as const))(
    '%s is taken up',
    (_, participant) => {
      const stepped = hear(participant, 'menu');
      const isSilent = participant.status === 'stopped' || participant.status === 'gone';
      expect(keysOf(stepped).length > 0).toBe(!isSilent);
      expect(stepped.participant.conversation.version).toBe(CONVERSATION_VERSION);
      expect(core.engine.has(stepped.participant.conversation.state)).toBe(true);
      expect(kept(stepped.participant)).toEqual(kept(participant));
      const stopped = hear(participant, 'stop').participant;
      if (participant.status !== 'gone') expect(stopped.status).toBe('stopped');
    },
  );

  test.each(stored.map((one) => [one.conversation.state, one] as const))(
    '%s keeps its time',
    (_, participant) => {
      const times = participant.conversation.timers.map(({ due }) => new Date(due.getTime()));
      let current = participant;
      for (const at of times) {
        for (let fired; (fired = core.fireDue(current, at)); current = fired.participant) {
          expect(fired.participant.sequence).toBe(current.sequence + 1);
        }
      }
      expect(current.conversation.timers.every(({ due }) => due > (times.at(-1) ?? new Date(0)))).toBe(true);
    },
  );
});

/** As it would be if its state had been taken out of the statechart. */
function lost(participant: Participant): Participant {
  const conversation: StoredConversation = { ...participant.conversation, state: 'talk.quiz.round7' };
  return { ...participant, conversation };
}

const byState = (state: string) => snapshots('v1').find(({ conversation }) => conversation.state === state)!;

describe('a state that no longer exists', () => {
  test.each([
    ['talk.lesson.reflection', 'talk.home'],
    ['talk.onboarding.district', 'talk.onboarding.consent'],
  ])('%s: he is put at %s, told so, and loses nothing', (state, safe) => {
    const participant = lost(byState(state));
    const stepped = hear(participant, 'again');
    expect(stepped.participant.conversation.state).toBe(safe);
    expect(stepped.participant.conversation.version).toBe(CONVERSATION_VERSION);
    expect(keysOf(stepped)[0]).toBe('trouble.moved');
    expect(keysOf(stepped).length).toBeGreaterThan(1);
    expect(recordsOf(stepped)).toContain('conversation.migrated');
    expect(kept(stepped.participant)).toEqual(kept(participant));
    expect(stepped.participant.conversation.timers).toEqual(participant.conversation.timers);
    const ids = stepped.effects.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('before he has chosen a language he is asked for it again', () => {
    const stepped = hear(lost(byState('talk.onboarding.language')), 'namaste');
    expect(stepped.participant.conversation.state).toBe('talk.onboarding.language');
    expect(keysOf(stepped)).toContain('language.ask');
  });

  test('what he wrote is not taken for an answer to a question that he was never asked', () => {
    const stepped = hear(lost(byState('talk.onboarding.district')), '2');
    expect(stepped.participant.status).not.toBe('gone');
    expect(stepped.effects.map(({ type }) => type)).not.toContain('erase');
  });

  test('whoever has stopped is told nothing, and stays stopped', () => {
    const stepped = hear(lost(byState('stopped')), 'namaste');
    expect(stepped.effects.filter(({ type }) => type === 'say')).toEqual([]);
    expect(stepped.participant).toMatchObject({ status: 'stopped', conversation: { state: 'stopped' } });
  });

  test('whoever has stopped can still start', () => {
    const stepped = hear(lost(byState('stopped')), 'start');
    expect(stepped.participant.status).not.toBe('stopped');
    expect(keysOf(stepped).length).toBeGreaterThan(0);
  });

  test('whoever is gone stays gone', () => {
    const stepped = hear(lost(byState('gone')), 'namaste');
    expect(stepped.effects).toEqual([]);
    expect(stepped.participant).toMatchObject({ status: 'gone', conversation: { state: 'gone' } });
  });

  test('a timer finds him as well: nothing throws, and he is told where he is', () => {
    const participant = lost(byState('talk.lesson.question'));
    const fired = core.fireDue(participant, NOW)!;
    expect(core.engine.has(fired.participant.conversation.state)).toBe(true);
    expect(recordsOf(fired)).toContain('conversation.migrated');
    expect(kept(fired.participant).consents).toEqual(participant.consents);
  });

  test('a place to go back to that no longer exists is forgotten, the others are not', () => {
    const menu = byState('aside.menu');
    const history = { 'conversation.talk.last': 'talk.home', 'conversation.errand.last': 'errand.quiz' };
    const { conversation, moved } = migrate(core.engine, {
      ...menu,
      conversation: { ...menu.conversation, history },
    });
    expect(moved).toBe(false);
    expect(conversation.history).toEqual({ 'conversation.talk.last': 'talk.home' });
    expect(conversation.state).toBe('aside.menu');
  });
});

describe('migrations', () => {
  const step = (to: number, log: number[]): Migration => ({
    to,
    name: `to ${to}`,
    migrate: (conversation) => {
      log.push(to);
      return { ...conversation, scratch: { ...conversation.scratch, page: to } };
    },
  });
  const from = (version: number): Participant => {
    const participant = byState('talk.home');
    return { ...participant, conversation: { ...participant.conversation, version } };
  };

  test.each([
    [1, [2, 3]],
    [2, [3]],
    [3, []],
  ])('from version %i run %j, in order', (version, expected) => {
    const log: number[] = [];
    const { conversation, moved } = migrate(
      core.engine,
      from(version),
      [step(2, log), step(3, log), step(4, log)],
      3,
    );
    expect(log).toEqual(expected);
    expect(conversation.version).toBe(3);
    expect(conversation.scratch.page).toBe(expected.at(-1));
    expect(moved).toBe(false);
  });

  test('a renamed state is found again, and nobody is told', () => {
    const participant = lost(byState('talk.lesson.question'));
    const rename: Migration = {
      to: 2,
      name: 'the quiz became the lesson',
      migrate: (conversation) => ({ ...conversation, state: 'talk.lesson.question' }),
    };
    const { conversation, moved } = migrate(core.engine, participant, [rename], 2);
    expect(conversation.state).toBe('talk.lesson.question');
    expect(moved).toBe(false);
  });

  test('what fits is handed on as it is, not copied', () => {
    const participant = byState('talk.home');
    expect(migrate(core.engine, participant).conversation).toBe(participant.conversation);
  });
});
