/** States and districts as people type them: any of four languages, former names, romanised, with typos. */
import { distance } from 'fastest-levenshtein';
import type { Content, District, State } from '../src/content/model';
import { normalise } from '../src/content/normalise';
import type { Option } from '../src/conversation/effect';
import { answersFor, type CoordinatorRole } from '../src/conversation/roles';

/** So many districts stand on one page; typing the name is quicker and always works. */
export const DISTRICTS_A_PAGE = 8;
const MOST_SUGGESTIONS = 3;

interface Named {
  id: string;
  spellings: string[];
}

export interface Places {
  stateOptions: Option[];
  /** One page of a state's districts, then `more` while there are more. */
  districtPage: (stateId: string | undefined, page: number) => Option[];
  /** The option for a district id. */
  option: (id: string) => Option;
  /** Areas (`state:UP`, `district:UP-sitapur`) for which a coordinator answers and that a typed name may mean. */
  findArea: (role: Pick<CoordinatorRole, 'level' | 'place'>, text: string) => string[];
  /** Ids of the districts that a typed name may mean: one when it is clear, up to three when it is not. */
  findDistrict: (stateId: string | undefined, text: string) => string[];
}

function named(place: State | District): Named {
  const spellings = [...Object.values(place.name), ...place.aliases].map(normalise);
  return { id: place.id, spellings: [...new Set(spellings)] };
}

/** Words that people put beside a place's name. */
const BESIDE_A_NAME = new Set(
  ['district', 'dist', 'distt', 'zila', 'jila', 'zilla', 'jilla', 'jela', 'जिला', 'ज़िला', 'জেলা', 'ଜିଲ୍ଲା'].map(
    normalise,
  ),
);

function placeName(text: string): string {
  const words = normalise(text).split(' ');
  return words.filter((word) => !BESIDE_A_NAME.has(word)).join(' ');
}

/** How far a spelling may be off: one slip in a short name, two in a longer, three in a long one. */
function tolerance(length: number): number {
  if (length <= 3) return 0;
  if (length <= 5) return 1;
  return length <= 9 ? 2 : 3;
}

function nearest(place: Named, typed: string): number {
  return Math.min(...place.spellings.map((spelling) => distance(spelling, typed)));
}

function find(places: Named[], text: string): string[] {
  const typed = placeName(text);
  if (typed === '') return [];
  const exact = places.filter((place) => place.spellings.includes(typed));
  if (exact.length > 0) return exact.map(({ id }) => id);
  const begun = places.filter(
    (place) => typed.length >= 3 && place.spellings.some((name) => name.startsWith(typed)),
  );
  if (begun.length > 0) return begun.slice(0, MOST_SUGGESTIONS).map(({ id }) => id);
  const within = places.filter(
    ({ spellings }) => typed.length >= 4 && spellings.some((name) => ` ${name} `.includes(` ${typed} `)),
  );
  if (within.length > 0) return within.slice(0, MOST_SUGGESTIONS).map(({ id }) => id);
  const close = places
    .map((place) => ({ id: place.id, off: nearest(place, typed) }))
    .filter(({ off }) => off <= tolerance(typed.length))
    .sort((one, other) => one.off - other.off);
  const best = close.filter(({ off }) => off === close[0]?.off);
  return (best.length === 1 ? best : close).slice(0, MOST_SUGGESTIONS).map(({ id }) => id);
}

/** Prepares the search once for a content. */
export function placesOf(content: Content): Places {
  const districts = new Map(content.states.map((state) => [state.id, state.districts.map(named)]));
  const areas = content.states.flatMap((state) => [
    { ...named(state), id: `state:${state.id}` },
    ...state.districts.map((district) => ({ ...named(district), id: `district:${district.id}` })),
  ]);
  const option = (id: string): Option => ({ id, key: `place.${id}` });
  return {
    option,
    stateOptions: content.states.map(({ id }) => option(id)),
    districtPage(stateId, page) {
      const all = districts.get(stateId ?? '') ?? [];
      const from = (page * DISTRICTS_A_PAGE) % Math.max(all.length, 1);
      const shown = all.slice(from, from + DISTRICTS_A_PAGE).map(({ id }) => option(id));
      return all.length > DISTRICTS_A_PAGE ? [...shown, { id: 'more', key: 'options.more' }] : shown;
    },
    findArea: (role, text) =>
      find(
        areas.filter(({ id }) => answersFor(role, id)),
        text,
      ),
    findDistrict: (stateId, text) => find(districts.get(stateId ?? '') ?? [], text),
  };
}
