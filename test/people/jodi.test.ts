/**
 * Jodis, in lives of three men of one group with every order of events: what one learns of the other is his name, and
 * done or not yet; and once all that was sent has arrived, both are in it or neither.
 */
import fc from 'fast-check';
import { SEED } from '../conversation/world';
import { NAMES, Village, type Act } from './village';

/** What one of them may do, one message after the other. */
const OFTEN = [['jodi', 'tap 0'], ['jodi', 'Ravi'], ['jodi', '1'], ['tap 0'], ['checkin done'], ['jodi']];
const SELDOM = [
  ['tap 1'],
  ['jodi', 'tap 1'],
  ['jodi', 'tap 2'],
  ['jodi', 'nobody'],
  ['checkin tried'],
  ['stop'],
  ['start'],
  ['my husband beats me'],
  ['leaves'],
  ['comes'],
  ['erased'],
  ['menu'],
];
const does = (what: string[][]) =>
  fc.record({ type: fc.constant('does' as const), who: fc.nat(2), what: fc.constantFrom(...what) });
const arrives = fc.record({ type: fc.constantFrom('order' as const, 'signal' as const), nth: fc.nat(5) });
const passes = fc.record({ type: fc.constant('passes' as const), days: fc.constantFrom(1, 7) });

const act: fc.Arbitrary<Act> = fc.oneof(
  { weight: 6, arbitrary: does(OFTEN) },
  { weight: 3, arbitrary: does(SELDOM) },
  { weight: 9, arbitrary: arrives },
  { weight: 1, arbitrary: passes },
);

/** A life of the village. */
function village(acts: readonly Act[]): Village {
  const here = new Village();
  for (const one of acts) {
    if (one.type === 'does') one.what.forEach((what) => here.does(one.who, what));
    else if (one.type === 'passes') here.passes(one.days);
    else here[one.type](one.nth);
  }
  return here;
}

/** The first two are a jodi. */
const PAIRED: Act[] = [
  ...[0, 1].map((who): Act => ({ type: 'does', who, what: ['jodi', 'tap 0'] })),
  ...['order', 'order', 'signal', 'signal'].map((type) => ({ type, nth: 0 }) as Act),
];
const lives = fc.array(act, { minLength: 5, maxLength: 60 });
const RUNS = { seed: SEED, numRuns: 200 };

test('nothing of the other is ever sent or said but his name, and done or not yet', () => {
  const seen = new Set<string>();
  fc.assert(
    fc.property(lives, (acts) => {
      const here = village([...PAIRED, ...acts]);
      for (const { event, data } of here.sent) {
        seen.add(event);
        if (event === 'JODI_NEWS') expect(Object.keys(data).sort()).toEqual(['at', 'isDone', 'jodi']);
      }
      for (const { effect } of here.said) {
        if (effect.type !== 'say') continue;
        for (const { key, params = {}, texts = {} } of effect.parts.filter((one) =>
          one.key.startsWith('jodi.'),
        )) {
          seen.add(key);
          expect(Object.keys(params).filter((name) => name !== 'name')).toEqual([]);
          if (params.name !== undefined) expect(NAMES).toContain(params.name);
          for (const text of Object.values(texts)) expect(text).toMatch(/^jodi\.word\.(done|not-yet)$/);
        }
      }
    }),
    RUNS,
  );
  expect([...seen]).toEqual(
    expect.arrayContaining([
      'JODI_NEWS',
      'JODI_ENDED',
      'jodi.begun',
      'jodi.did-it',
      'jodi.other',
      'jodi.ask',
    ]),
  );
});

test('in whatever order it arrives: both are in it or neither, and nobody in two', () => {
  let pairs = 0;
  fc.assert(
    fc.property(lives, (acts) => {
      const here = village(acts);
      const inTwo = () => {
        const taken = here.jodis.filter(({ since }) => since).flatMap(({ by, to }) => [by, to]);
        expect(new Set(taken).size).toBe(taken.length);
      };
      inTwo();
      here.settle();
      inTwo();
      const shares = here.men.flatMap((man) =>
        man?.profile.jodi ? [[man.id, man.profile.jodi.id, man.profile.jodi.name]] : [],
      );
      const on = here.jodis.filter(({ since }) => since);
      const nameOf = (id: string | undefined) => NAMES[Number(id?.slice(1))];
      const expected = on.flatMap(({ id, by, to }) => [
        [by, id, nameOf(to)],
        [to, id, nameOf(by)],
      ]);
      pairs += on.length;
      expect(shares.toSorted()).toEqual(expected.toSorted());
    }),
    RUNS,
  );
  expect(pairs).toBeGreaterThan(20);
});

test('a refusal, an end and two weeks without are told to nobody', () => {
  const here = new Village();
  const say = (who: number, ...what: string[]) => what.forEach((one) => here.does(who, one));
  const saysTo = (who: string) =>
    here.said.flatMap(({ to, effect }) => (to === who && effect.type === 'say' ? effect.parts : [])).length;
  say(0, 'jodi', 'Ravi');
  here.settle();
  expect(here.men[1]!.conversation.state).toBe('errand.jodiAsked');
  const before = saysTo('p0');
  say(1, 'tap 1');
  here.settle();
  expect(saysTo('p0')).toBe(before);
  say(0, 'jodi', 'Ravi');
  here.settle();
  say(1, 'tap 0');
  here.settle();
  expect(here.men.map((man) => man!.profile.jodi?.name)).toEqual(['Ravi', 'Asif', undefined]);
  const during = saysTo('p0');
  say(1, 'jodi', 'tap 2');
  here.settle();
  expect(here.men.map((man) => man!.profile.jodi)).toEqual([undefined, undefined, undefined]);
  expect(saysTo('p0')).toBe(during);
});
