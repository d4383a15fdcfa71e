import { createLog, type LogOptions } from '../src/log';

function capture(options: LogOptions = {}) {
  const lines: string[] = [];
  const log = createLog({
    hashKey: 'k',
    ...options,
    destination: { write: (line: string) => void lines.push(line) },
  });
  return { log, lines, last: () => JSON.parse(lines.at(-1) ?? '{}') as Record<string, unknown> };
}

const NUMBERS = [
  '+919800000001',
  '919800000001',
  '9800000001',
  '+91 98000 00001',
  '+91-98000-00001',
  '(091) 98000 00001',
  'whatsapp:+919800000001',
  'tel919800000001',
  '+91 980 000 0001',
];

describe('log', () => {
  it.each(NUMBERS)('lets the number %s in by no way', (number) => {
    const { log, lines } = capture({ level: 'debug' });
    log.info(
      {
        ref: number,
        reason: `could not reach ${number}.`,
        deep: { list: [number, { [number]: 1 }] },
        code: Number(number.replace(/\D/g, '')),
      },
      `Sent to ${number}`,
    );
    log.error({ error: new Error(`No user ${number}`) }, 'Failed');
    log.child({ ref: number }).warn({}, 'x');
    for (const line of lines) expect(line.replace(/[^\d]/g, '')).not.toContain('9800000001');
  });

  it.each([
    ['Hindi', 'मेरा नाम रमेश है'],
    ['Bengali', 'আমার নাম রমেশ'],
    ['Odia', 'ମୋ ନାମ ରମେଶ'],
    ['Devanagari digits', '९८००००००००१ पर'],
  ])('drops %s, whichever field it came in', (_, words) => {
    const { log, lines } = capture();
    log.info({ reason: words, step: words, deep: [words] }, words);
    expect(lines.join('')).not.toMatch(/[\u0900-\u0b7f]/);
  });

  it('drops English words from fields that are no sentences of ours, and personal fields by name', () => {
    const { log, last } = capture();
    log.info(
      { answer: 'my wife said no', name: 'Ramesh', body: 'hello', state: 'talk.lesson.ask' },
      'Stepped',
    );
    expect(last()).toMatchObject({
      answer: '[text]',
      name: '[text]',
      body: '[text]',
      state: 'talk.lesson.ask',
      msg: 'Stepped',
      level: 'info',
    });
  });

  it('keeps errors readable and drops the values that they quote', () => {
    const { log, last } = capture();
    log.error(
      {
        error: Object.assign(new TypeError('Cast failed for value "my own words" at path "zone"'), {
          code: 11000,
        }),
      },
      'Write failed',
    );
    expect(last().error).toMatchObject({
      type: 'TypeError',
      code: 11000,
      reason: 'Cast failed for value "…" at path "…"',
    });
  });

  it('keeps counts, durations, times and dates', () => {
    const { log, last } = capture();
    log.info(
      {
        count: 12345,
        ms: 17.5,
        at: new Date('2026-01-04T10:00:00Z'),
        due: '2026-01-04T10:00:00.000Z',
        ok: true,
      },
      'Relayed',
    );
    expect(last()).toMatchObject({
      count: 12345,
      ms: 17.5,
      at: '2026-01-04T10:00:00.000Z',
      due: '2026-01-04T10:00:00.000Z',
      ok: true,
    });
  });

  it('hashes ids alike for one key, differently for another, and never into digits', () => {
    const one = capture().log.hashed('participant-1');
    expect(one).toMatch(/^[a-p]{16}$/);
    expect(capture().log.hashed('participant-1')).toBe(one);
    expect(capture({ hashKey: 'other' }).log.hashed('participant-1')).not.toBe(one);
  });

  it('is silent below its level', () => {
    const { log, lines } = capture({ level: 'warn' });
    log.info({}, 'Nothing');
    expect(lines).toEqual([]);
  });
});
