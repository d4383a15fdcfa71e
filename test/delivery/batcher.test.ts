import { Batcher } from '../../src/delivery/batcher';

function gate() {
  const waiting: (() => void)[] = [];
  return {
    pass: () => waiting.shift()?.(),
    wait: () => new Promise<void>((resolve) => waiting.push(resolve)),
  };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('Batcher', () => {
  it('writes together what arrives together', async () => {
    const batches: number[][] = [];
    const batcher = new Batcher<number>((items) => Promise.resolve(void batches.push(items)));
    await Promise.all([1, 2, 3].map((n) => batcher.add(n)));
    await batcher.add(4);
    expect(batches).toEqual([[1, 2, 3], [4]]);
  });

  it('gathers what arrives during a write into the next, in order', async () => {
    const batches: number[][] = [];
    const { pass, wait } = gate();
    const batcher = new Batcher<number>((items) => {
      batches.push(items);
      return wait();
    });
    const first = batcher.add(1);
    await turn();
    const rest = Promise.all([2, 3, 4].map((n) => batcher.add(n)));
    await turn();
    expect(batches).toEqual([[1]]);
    pass();
    await first;
    await turn();
    pass();
    await rest;
    expect(batches).toEqual([[1], [2, 3, 4]]);
  });

  it('never writes more at a time than it may', async () => {
    const sizes: number[] = [];
    const batcher = new Batcher<number>((items) => Promise.resolve(void sizes.push(items.length)), 4);
    await Promise.all(Array.from({ length: 10 }, (_, n) => batcher.add(n)));
    expect(sizes).toEqual([4, 4, 2]);
  });

  it('fails those whose write failed, and goes on with the others', async () => {
    let calls = 0;
    const batcher = new Batcher<number>(
      () => (++calls === 1 ? Promise.reject(new Error('away')) : Promise.resolve()),
      2,
    );
    const outcomes = await Promise.allSettled([1, 2, 3].map((n) => batcher.add(n)));
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'fulfilled']);
    await expect(batcher.add(4)).resolves.toBeUndefined();
  });
});
