/** Timing: rounds of the same work, the best of which counts, since a busy machine only ever makes it slower. */
import { performance } from 'node:perf_hooks';

export interface Rate {
  name: string;
  /** Units of work a second, in the best round. */
  perSecond: number;
  /** The 99th percentile of one unit, milliseconds, in that round. */
  p99: number;
}

const ROUNDS = 5;

/**
 * @param once does one unit of work; called `units` times a round
 * @param prepare is called before each round
 */
export async function measure(
  name: string,
  units: number,
  once: (index: number) => void | Promise<void>,
  prepare: () => void = () => undefined,
): Promise<Rate> {
  let best: Rate = { name, perSecond: 0, p99: 0 };
  for (let round = 0; round < ROUNDS; round += 1) {
    prepare();
    const took = new Float64Array(units);
    const start = performance.now();
    for (let index = 0; index < units; index += 1) {
      const before = performance.now();
      const pending = once(index);
      if (pending) await pending;
      took[index] = performance.now() - before;
    }
    const perSecond = (units * 1000) / (performance.now() - start);
    if (perSecond > best.perSecond) best = { name, perSecond, p99: percentile(took, 0.99) };
  }
  return best;
}

export function percentile(values: Float64Array, part: number): number {
  const sorted = values.slice().sort();
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;
}

export function table(rows: Record<string, string | number>[]): string {
  const [first] = rows;
  if (!first) return '';
  const columns = Object.keys(first);
  const cells = [columns, ...rows.map((row) => columns.map((column) => String(row[column] ?? '')))];
  const widths = columns.map((_, at) => Math.max(...cells.map((row) => row[at]?.length ?? 0)));
  return cells.map((row) => row.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join('  ')).join('\n');
}

export const whole = (value: number) => Math.round(value).toLocaleString('en');
export const times = (value: number) => `${value.toFixed(1)}×`;
