/** The world of a soak: one seed for all chance, and one time that runs faster for everybody. */
import { chance } from '../delivery/samples';

/** Simulated seconds in one real second: a lease of a minute runs out in three seconds. */
export const SPEED = 20;

/** Sunday, eight minutes before the hour for which everybody asks for his lesson. */
export const START = new Date('2026-01-04T10:52:00+05:30').getTime();

/** A number in [0, 1). */
export type Chance = () => number;

/** Repeatable chance, one stream for each part, so that one part's questions do not change another's answers. */
export function chances(seed: number): (part: string) => Chance {
  return (part) => chance(Buffer.from(part).reduce((sum, byte) => (sum * 31 + byte) | 0, seed));
}

export function pick<T>(random: Chance, list: readonly T[]): T {
  return list[Math.floor(random() * list.length)]!;
}

export function shuffled<T>(random: Chance, list: readonly T[]): T[] {
  return list
    .map((item) => ({ item, place: random() }))
    .sort((a, b) => a.place - b.place)
    .map(({ item }) => item);
}

export const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Waits for a condition. @throws Error with what `state` says when it does not come true in time. */
export async function until(
  condition: () => boolean | Promise<boolean>,
  withinMs: number,
  state: () => unknown,
): Promise<void> {
  const last = performance.now() + withinMs;
  while (!(await condition())) {
    if (performance.now() > last) throw new Error(`Not in time: ${JSON.stringify(await state())}`);
    await pause(100);
  }
}
