import { createStudio } from '../../src/pictures';
import { sample } from './support';

const named = (name: string) => sample('en', { name });

test('asked for twice at the same time, or again later, a picture is made once', async () => {
  const render = jest.fn(({ name }: { name?: string }) => Promise.resolve(Buffer.from(name ?? '')));
  const studio = createStudio({ render });
  const [one, two] = await Promise.all([studio(named('A')), studio(named('A'))]);
  expect(one).toBe(two);
  expect(await studio(named('A'))).toBe(one);
  expect((await studio(named('B'))).toString()).toBe('B');
  expect(render).toHaveBeenCalledTimes(2);
});

test('no more than so many are made at the same time, the others in their turn', async () => {
  const finish: (() => void)[] = [];
  const begun: string[] = [];
  const studio = createStudio({
    atOnce: 2,
    render: ({ name }: { name?: string }) => {
      begun.push(name ?? '');
      return new Promise((resolve) => finish.push(() => resolve(Buffer.alloc(0))));
    },
  });
  const all = ['A', 'B', 'C', 'D'].map((name) => studio(named(name)));
  await Promise.resolve();
  expect(begun).toEqual(['A', 'B']);
  for (const [index, picture] of all.entries()) {
    finish[index]!();
    await picture;
    await new Promise(setImmediate);
    expect(begun).toHaveLength(Math.min(4, index + 3));
  }
  expect(begun).toEqual(['A', 'B', 'C', 'D']);
});

test('a failure is told to who asked, frees its place and is not remembered', async () => {
  const render = jest.fn().mockRejectedValueOnce(new Error('no')).mockResolvedValue(Buffer.from('yes'));
  const studio = createStudio({ atOnce: 1, render });
  await expect(studio(named('A'))).rejects.toThrow('no');
  expect((await studio(named('A'))).toString()).toBe('yes');
});

test('only the pictures used last are kept', async () => {
  const render = jest.fn(() => Promise.resolve(Buffer.alloc(0)));
  const studio = createStudio({ keep: 2, render });
  for (const name of ['A', 'B', 'A', 'C', 'A', 'B']) await studio(named(name));
  expect(render).toHaveBeenCalledTimes(4);
});
