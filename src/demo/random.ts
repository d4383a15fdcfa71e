/** Chance that is the same every time: everything in a demo comes from its seed. */

export interface Dice {
  /** At least 0, less than 1. */
  roll(): number;
  /** True so often in a hundred: `0.3` is thirty times. */
  chance(probability: number): boolean;
  /** A whole number from `from` to `to`, both included. */
  between(from: number, to: number): number;
  /** One of them. @throws RangeError when there is none */
  one<T>(all: readonly T[]): T;
  /** One of them, each so often as its weight says. @throws RangeError when there is none */
  weighted<T>(all: readonly (readonly [T, number])[]): T;
  /** A waiting time: half of them shorter than `median`, a few much longer. Same unit as `median`. */
  wait(median: number): number;
}

/** Dice for one purpose; the same words give the same throws (FNV-1a into Mulberry32). */
export function diceFor(...words: (string | number)[]): Dice {
  let state = 0x811c9dc5;
  for (const character of words.join(' ')) {
    state = Math.imul(state ^ (character.codePointAt(0) ?? 0), 0x01000193);
  }
  const roll = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const one = <T>(all: readonly T[]): T => {
    const found = all[Math.floor(roll() * all.length)];
    if (found === undefined) throw new RangeError('There is nothing to choose from.');
    return found;
  };
  return {
    roll,
    one,
    chance: (probability) => roll() < probability,
    between: (from, to) => from + Math.floor(roll() * (to - from + 1)),
    weighted(all) {
      let left = roll() * all.reduce((sum, [, weight]) => sum + weight, 0);
      for (const [what, weight] of all) {
        left -= weight;
        if (left < 0) return what;
      }
      return one(all)[0];
    },
    // Log-normal with a spread of one: from Box and Muller.
    wait: (median) =>
      median * Math.exp(Math.sqrt(-2 * Math.log(1 - roll())) * Math.cos(2 * Math.PI * roll())),
  };
}
