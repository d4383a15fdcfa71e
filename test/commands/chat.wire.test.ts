/** `npm run chat` as a program sees it: scripted lines in, what the bot says out. */
import { runCliWith } from '../support/cli';

const CLOCK = ['--clock', '2026-01-04T10:00:00+05:30'];

interface Line {
  to?: string;
  channel?: string;
  text?: string;
  options?: { id: string; label: string }[];
  segments?: number;
  at?: string;
  state?: string | null;
}

async function talk(
  lines: string[],
  ...args: string[]
): Promise<{ lines: Line[]; code: number | null; err: string }> {
  const { out, code, err } = await runCliWith(`${lines.join('\n')}\n`, ['chat', '--json', ...CLOCK, ...args]);
  return {
    code,
    err,
    lines: out
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as Line),
  };
}

describe('npm run chat, scripted', () => {
  test('a Saathi joins, learns, taps, and time passes', async () => {
    const script = [
      'namaste',
      'english',
      '/tap 1',
      '25',
      'Ramesh',
      'up',
      'sitapr',
      'skip',
      'itvar',
      'shaam',
      '/tap 1',
    ];
    const { lines, code } = await talk([
      ...script,
      '2',
      '/voice',
      '/tap 1',
      '/state',
      '/wait 1d',
      '/wait 12h',
      'kar liya',
      '/state',
    ]);
    expect(code).toBe(0);
    const texts = lines.map(({ text }) => text ?? '');
    expect(lines[0]).toMatchObject({
      to: '+919800000001',
      channel: 'whatsapp',
      at: '2026-01-04T04:30:00.000Z',
    });
    expect(lines[1]?.options?.map(({ id }) => id)).toEqual(['agree', 'disagree']);
    expect(texts.some((text) => text.includes('Ramesh'))).toBe(true);
    expect(lines.filter(({ state }) => state !== undefined).map(({ state }) => state)).toEqual([
      'talk.home',
      'talk.home',
    ]);
    const checkin = lines.find(({ at }) => at === '2026-01-05T12:30:00.000Z');
    expect(checkin?.options?.map(({ id }) => id)).toEqual(['done', 'tried', 'not-yet']);
  });

  test('on SMS options stand in the text, and segments are counted', async () => {
    const { lines } = await talk(['namaste', '1'], '--channel', 'sms');
    expect(lines[1]).toMatchObject({ channel: 'sms', options: [] });
    expect(lines[1]?.text).toContain('\n2. ');
    expect(lines[1]?.segments).toBeGreaterThan(1);
  });

  test('two people on two phones are told apart', async () => {
    const { lines } = await talk([
      'namaste',
      '/as +919800000002',
      'hello',
      'bangla',
      '/state',
      '/as +919800000001',
      '/state',
    ]);
    expect(lines.map(({ to, state }) => to ?? state)).toEqual([
      '+919800000001',
      '+919800000002',
      '+919800000002',
      'talk.onboarding.consent',
      'talk.onboarding.language',
    ]);
  });

  test('a mentor has a group around him, and one of his men can write too', async () => {
    const { lines, code } = await talk(
      ['mentor', '/tap 1', '/as sms +919800000014', 'menu', '/state'],
      '--role',
      'mentor',
    );
    expect(code).toBe(0);
    expect(lines[0]?.text).toContain('SAATH24');
    expect(lines[1]?.text).toContain('Joseph Toppo');
    expect(lines[2]).toMatchObject({ to: '+919800000014', channel: 'sms' });
    expect(lines[3]?.state).toBe('aside.menu');
  });

  test('a line that makes no sense is told of, the rest goes on', async () => {
    const { lines, code, err } = await talk(['/wait soon', '/tap 3', '/nonsense', '/as 12', 'namaste']);
    expect(err).toContain('Write a whole number and a unit');
    expect(err).toContain('There is no option 3 to tap');
    expect(err).toContain('There is no /nonsense');
    expect(err).toContain('not a phone number with country code');
    expect(lines).toHaveLength(1);
    expect(code).toBe(1);
  });

  test('a number that is none is refused in a sentence, before anything starts', async () => {
    const { lines, code, err } = await talk(['namaste'], '--as', '12');
    expect(err).toContain('Write a number with its country code, such as +919800000001.');
    expect(err).not.toContain('at ');
    expect(lines).toHaveLength(0);
    expect(code).toBe(1);
  });
});
