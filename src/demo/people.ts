/** Who takes part in a demo: where they live, in which group, since when, and of what temperament. */
import type { Content, Language, State } from '../content/model';
import type { Names } from './names';
import { diceFor, type Dice } from './random';
import { TEMPERAMENTS, type TemperamentName } from './temperament';

export interface Somebody {
  /** `demo-00017`: whatever is made here can be told from real people by it. */
  id: string;
  language: Language;
  name: string;
  state: string;
  district: State['districts'][number];
  group?: string;
  joinsAt: Date;
  temperament: TemperamentName;
  /** From then on he wants no more messages. */
  stopsAt?: Date;
  reflections: readonly string[];
}

export const DEMO_PREFIX = 'demo-';

/** Shares of the seven states (invented) and what is spoken there; a few everywhere choose English. */
const STATES: Record<string, { share: number; languages: [Language, number][] }> = {
  UP: {
    share: 26,
    languages: [
      ['hi', 97],
      ['en', 3],
    ],
  },
  WB: {
    share: 17,
    languages: [
      ['bn', 88],
      ['hi', 8],
      ['en', 4],
    ],
  },
  OD: {
    share: 14,
    languages: [
      ['or', 90],
      ['hi', 6],
      ['en', 4],
    ],
  },
  MP: {
    share: 14,
    languages: [
      ['hi', 98],
      ['en', 2],
    ],
  },
  RJ: {
    share: 12,
    languages: [
      ['hi', 98],
      ['en', 2],
    ],
  },
  JH: {
    share: 11,
    languages: [
      ['hi', 88],
      ['bn', 7],
      ['or', 3],
      ['en', 2],
    ],
  },
  UK: {
    share: 6,
    languages: [
      ['hi', 96],
      ['en', 4],
    ],
  },
};
const GROUP_SIZE = { least: 18, most: 25 };
/** Of a hundred, so many found the number by themselves and have no group. */
const ALONE = 0.04;
/** The campaign works in so many districts of a state. */
const DISTRICTS = 8;
const DAY_MS = 86_400_000;
/** Groups are formed in the first part of the time; a long campaign takes until then to fill up. */
const FORMING = 0.55;

/**
 * The cast, always the same for the same seed.
 * @param from first day of the campaign. @param until the end of the history: nobody joins later
 */
export function cast(
  count: number,
  {
    seed,
    from,
    until,
    content,
    names,
  }: { seed: string; from: Date; until: Date; content: Content; names: Names },
): Somebody[] {
  const dice = diceFor(seed, 'groups');
  const states = content.states.filter(({ id }) => id in STATES);
  const formed = new Map<string, number>();
  const people: Somebody[] = [];
  while (people.length < count) {
    const state = furthestBehind(states, people);
    // The first of a state's districts have most groups.
    const district = dice.weighted(
      state.districts.slice(0, DISTRICTS).map((one, index) => [one, DISTRICTS - index] as const),
    );
    const number = (formed.get(state.id) ?? 0) + 1;
    formed.set(state.id, number);
    const formedAt = from.getTime() + dice.roll() ** 1.5 * FORMING * (until.getTime() - from.getTime());
    const size = Math.min(dice.between(GROUP_SIZE.least, GROUP_SIZE.most), count - people.length);
    for (let member = 0; member < size; member += 1) {
      const id = `${DEMO_PREFIX}${String(people.length + 1).padStart(5, '0')}`;
      const group = `${state.id}D${String(number).padStart(3, '0')}`;
      people.push(somebody(diceFor(seed, id), { id, state, district, group, formedAt, until, names }));
    }
  }
  return people;
}

/** The state that has fewest of what is its share: so all seven are there from the seventh group on. */
function furthestBehind(states: readonly State[], people: readonly Somebody[]): State {
  const filled = ({ id }: State) =>
    (people.filter(({ state }) => state === id).length + 1) / (STATES[id]?.share ?? 1);
  const [first] = states.toSorted((one, other) => filled(one) - filled(other));
  if (!first) throw new Error('The geography holds none of the states of the campaign.');
  return first;
}

function somebody(
  dice: Dice,
  place: {
    id: string;
    state: State;
    district: State['districts'][number];
    group: string;
    formedAt: number;
    until: Date;
    names: Names;
  },
): Somebody {
  const { id, state, district, group, formedAt, until, names } = place;
  const language = dice.weighted<Language>(STATES[state.id]?.languages ?? [['hi', 1]]);
  const { first, last, reflection } = names[language];
  const temperament = dice.weighted(
    Object.entries(TEMPERAMENTS).map(([name, { share }]) => [name as TemperamentName, share] as const),
  );
  // Most join at the group's first meeting or soon after; by day, on the quarter of an hour.
  const day = Math.min(formedAt + dice.wait(2) * DAY_MS, until.getTime() - DAY_MS);
  const joinsAt = Math.floor(day / DAY_MS) * DAY_MS + dice.between(4 * 60, 14 * 60) * 60_000;
  const stopsAt = joinsAt + dice.roll() * Math.max(DAY_MS, until.getTime() - joinsAt);
  return {
    id,
    language,
    name: `${dice.one(first)} ${dice.one(last)}`,
    state: state.id,
    district,
    ...(!dice.chance(ALONE) && { group }),
    joinsAt: new Date(joinsAt),
    temperament,
    ...(temperament === 'stopped' && { stopsAt: new Date(stopsAt) }),
    reflections: reflection,
  };
}
