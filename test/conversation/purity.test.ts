/** The conversation is a function: nothing goes in that changes, nothing comes out that BSON would change. */
import { BSON } from 'bson';
import fc from 'fast-check';
import { createCore, type Participant, type Stepped } from '../../src/conversation';
import { content, core, life, live, SEED, type Act } from './world';

function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(frozen);
  }
  return value;
}

const bytes = (participant: Participant) => Buffer.from(BSON.serialize(participant)).toString('base64');
const stored = <T extends object>(value: T) => BSON.deserialize(BSON.serialize(value)) as T;

function whole(acts: readonly Act[], id: string, conversation = core): Stepped[] {
  return [...live(acts, { id, conversation })].map(({ stepped }) => stepped);
}

const runs = { seed: SEED, numRuns: 60 };

test('the same input gives the same output, and stays as it was', () => {
  fc.assert(
    fc.property(life, (acts) => {
      let before = '';
      const keep = (participant: Participant) => {
        before = bytes(participant);
        return frozen(participant);
      };
      for (const seen of live(acts, { keep })) {
        const { heard, before: input, at } = seen;
        const again = heard ? core.hear(input, heard.incoming, heard.message, at) : core.fireDue(input, at);
        expect(again).toStrictEqual(seen.stepped);
        expect(bytes(seen.before)).toBe(before);
      }
    }),
    runs,
  );
});

test('what comes out passes through BSON unchanged', () => {
  fc.assert(
    fc.property(life, (acts) => {
      for (const { stepped } of live(acts, { keep: stored })) {
        expect(stored(stepped.participant)).toStrictEqual(stepped.participant);
        for (const effect of stepped.effects) expect(stored(effect)).toStrictEqual(effect);
      }
    }),
    runs,
  );
});

test('two participants on one core live as each would alone', () => {
  fc.assert(
    fc.property(life, life, (one, other) => {
      const alone = [whole(one, 'p1', createCore(content)), whole(other, 'p2', createCore(content))];
      const shared = [live(one, { id: 'p1' }), live(other, { id: 'p2' })];
      const together: Stepped[][] = [[], []];
      for (let going = 2; going > 0;) {
        going = 0;
        shared.forEach((steps, index) => {
          const { value } = steps.next();
          if (!value) return;
          going += 1;
          together[index]!.push(value.stepped);
        });
      }
      expect(together).toStrictEqual(alone);
    }),
    { ...runs, numRuns: 15 },
  );
});
