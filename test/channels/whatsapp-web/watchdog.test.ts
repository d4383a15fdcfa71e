import fc from 'fast-check';
import {
  backOff,
  decide,
  STOPPED,
  WATCH_LIMITS,
  type Command,
  type WatchEvent,
  type WatchState,
} from '../../../src/channels/whatsapp-web/watchdog';

const START = Date.UTC(2026, 0, 4, 4, 30);
const limits = WATCH_LIMITS;

/** The watchdog with a clock that a test moves, and all that it asked for. */
class Play {
  state: WatchState = STOPPED;
  now = START;
  commands: Command[] = [];

  on(event: WatchEvent): string[] {
    const [state, commands] = decide(this.state, event, { now: this.now, limits, random: 0.5 });
    this.state = state;
    this.commands.push(...commands);
    return commands.map((command) => (command.do === 'alert' ? `alert ${command.code}` : command.do));
  }

  after(ms: number): string[] {
    this.now += ms;
    return this.on({ type: 'tick' });
  }
}

function started(): Play {
  const play = new Play();
  play.on({ type: 'start' });
  play.on({ type: 'lease', held: true });
  return play;
}

function ready(): Play {
  const play = started();
  play.on({ type: 'authenticated' });
  play.on({ type: 'ready' });
  return play;
}

describe('getting there', () => {
  test('asks for the lease first, and again while another holds it', () => {
    const play = new Play();
    expect(play.on({ type: 'start' })).toEqual(['acquire']);
    expect(play.on({ type: 'start' })).toEqual([]);
    expect(play.on({ type: 'lease', held: false })).toEqual(['close']);
    expect(play.after(limits.leaseRetryMs - 1)).toEqual([]);
    expect(play.after(1)).toEqual(['acquire']);
    expect(play.on({ type: 'lease', held: true })).toEqual(['launch']);
    expect(play.state.phase).toBe('starting');
  });

  test('tells once that a phone must be linked, and renews a code that nobody scans', () => {
    const play = started();
    expect(play.on({ type: 'code' })).toEqual(['alert unlinked']);
    expect(play.on({ type: 'code' })).toEqual([]);
    expect(play.after(limits.codeMs)).toEqual(['refresh']);
    expect(play.after(limits.codeMs - 1)).not.toContain('refresh');
    expect(play.on({ type: 'authenticated' })).toEqual([]);
    expect(play.on({ type: 'ready' })).toEqual(['scan']);
    expect(play.state).toMatchObject({ phase: 'ready', failures: 0 });
    expect(play.state.told).toBeUndefined();
  });

  test('asks whether the phone has scanned, and starts anew when nothing follows', () => {
    const play = started();
    play.on({ type: 'code' });
    expect(play.after(limits.pollEveryMs)).toEqual(['poll']);
    expect(play.on({ type: 'polled', state: 'UNPAIRED' })).toEqual([]);
    expect(play.on({ type: 'polled', state: undefined })).toEqual([]);
    expect(play.state.phase).toBe('login');
    play.on({ type: 'polled', state: 'CONNECTED' });
    expect(play.state.phase).toBe('linking');
    expect(play.after(limits.readyMs)).toEqual(['close']);
    expect(play.state.phase).toBe('waiting');
  });

  test('`ready` again begins nothing anew but looks for what was missed', () => {
    const play = ready();
    const { since } = play.state;
    play.now += 5_000;
    expect(play.on({ type: 'authenticated' })).toEqual([]);
    expect(play.on({ type: 'ready' })).toEqual(['scan']);
    expect(play.state).toMatchObject({ phase: 'ready', since });
  });

  test.each([
    ['nothing shows', [], limits.startMs],
    ['`ready` never comes', [{ type: 'authenticated' } as const], limits.readyMs],
  ])('starts anew when %s', (_, events, ms) => {
    const play = started();
    for (const event of events) play.on(event);
    expect(play.after(ms - 1)).toEqual([]);
    expect(play.after(1)).toEqual(['close']);
    expect(play.state).toMatchObject({ phase: 'waiting', failures: 1 });
    expect(play.after(limits.backOffMs)).toEqual(['launch']);
  });
});

describe('faults', () => {
  test.each(['browser-gone', 'page-crashed', 'page-lost', 'start-failed'] as const)(
    'after %s closes, waits longer each time, and tells the operator once',
    (code) => {
      const play = ready();
      const asked: string[] = [];
      const pauses: number[] = [];
      for (let n = 0; n < 6; n += 1) {
        asked.push(...play.on({ type: 'fault', code, reason: 'x' }));
        pauses.push((play.state.until ?? 0) - play.now);
        asked.push(...play.after(pauses.at(-1) ?? 0));
      }
      expect(pauses).toEqual([2_000, 4_000, 8_000, 16_000, 32_000, 64_000]);
      expect(asked.filter((one) => one.startsWith('alert'))).toEqual([`alert ${code}`]);
      expect(asked.filter((one) => one === 'launch')).toHaveLength(6);
    },
  );

  test('forgets earlier failures when the session was well for long', () => {
    const play = ready();
    for (let n = 0; n < 2; n += 1) {
      play.on({ type: 'fault', code: 'browser-gone', reason: 'x' });
      play.after(limits.longestBackOffMs);
      play.on({ type: 'ready' });
    }
    expect(play.state.failures).toBe(2);
    play.now += limits.stableMs;
    play.on({ type: 'fault', code: 'browser-gone', reason: 'x' });
    expect(play.state.failures).toBe(1);
  });

  test('a missing Chromium is told at once', () => {
    expect(started().on({ type: 'fault', code: 'no-chromium', reason: 'x' })).toEqual([
      'close',
      'alert no-chromium',
    ]);
  });

  test('asks how the line is, and starts anew after two silences', () => {
    const play = ready();
    expect(play.after(limits.pollEveryMs - 1)).toEqual([]);
    expect(play.after(1)).toEqual(['poll']);
    expect(play.on({ type: 'polled', state: undefined })).toEqual([]);
    expect(play.after(1_000)).toEqual(['poll']);
    expect(play.on({ type: 'polled', state: undefined })).toEqual(['close']);
  });

  test('an answer between two silences clears the page', () => {
    const play = ready();
    play.on({ type: 'polled', state: undefined });
    play.on({ type: 'polled', state: 'CONNECTED' });
    expect(play.on({ type: 'polled', state: undefined })).toEqual([]);
  });

  test('after a hanging call one silence is enough', () => {
    const play = ready();
    expect(play.on({ type: 'hung' })).toEqual(['poll']);
    expect(play.on({ type: 'polled', state: undefined })).toEqual(['close']);
  });

  test('a line that is down for long gets a new browser, one that comes back does not', () => {
    const play = ready();
    play.on({ type: 'line', state: 'TIMEOUT' });
    play.after(limits.lineMs - 1);
    play.on({ type: 'line', state: 'OPENING' });
    expect(play.after(1)).toEqual(['close']);
    const other = ready();
    other.on({ type: 'line', state: 'TIMEOUT' });
    other.after(limits.lineMs - 1);
    other.on({ type: 'line', state: 'CONNECTED' });
    expect(other.after(1)).not.toContain('close');
  });

  test.each(['LOGOUT', 'UNPAIRED'])('%s removes the login, then shows a new code', (reason) => {
    const play = ready();
    expect(play.on({ type: 'disconnected', reason })).toEqual(['close', 'forget', 'alert unlinked']);
    expect(play.after(limits.backOffMs)).toEqual(['launch']);
  });

  test('CONFLICT is told at once and waited for, whoever noticed it', () => {
    for (const event of [
      { type: 'line', state: 'CONFLICT' },
      { type: 'disconnected', reason: 'CONFLICT' },
      { type: 'polled', state: 'CONFLICT' },
    ] as const) {
      const play = ready();
      expect(play.on(event)).toEqual(['close', 'alert CONFLICT']);
      expect(play.after(limits.lineMs - 1)).toEqual([]);
      expect(play.after(1)).toEqual(['launch']);
    }
  });

  test.each(['TOS_BLOCK', 'SMB_TOS_BLOCK', 'PROXYBLOCK'])('%s stops for good', (code) => {
    const play = ready();
    expect(play.on({ type: 'line', state: code })).toEqual(['close', 'block', `alert ${code}`]);
    expect(play.on({ type: 'disconnected', reason: code })).toEqual([]);
    expect(play.after(7 * 24 * 3_600_000)).toEqual([]);
    expect(play.on({ type: 'lease', held: true })).toEqual([]);
    expect(play.on({ type: 'stop' })).toEqual(['close', 'release']);
    expect(play.on({ type: 'start', blocked: code })).toEqual([`alert ${code}`]);
    expect(play.state.phase).toBe('blocked');
  });

  test('a block during login stops for good too', () => {
    const play = started();
    expect(play.on({ type: 'disconnected', reason: 'TOS_BLOCK' })).toContain('block');
  });

  test('a lost lease closes the browser, whatever it was doing', () => {
    for (const play of [started(), ready()])
      expect(play.on({ type: 'lease', held: false })).toEqual(['close']);
  });
});

test('the back-off grows to its limit and is spread by a quarter either way', () => {
  expect(backOff(1, limits, 0)).toBe(1_500);
  expect(backOff(1, limits, 1)).toBe(2_500);
  expect(backOff(50, limits, 0.5)).toBe(limits.longestBackOffMs);
});

const anyEvent: fc.Arbitrary<WatchEvent> = fc.oneof(
  fc.constantFrom<WatchEvent>(
    { type: 'start' },
    { type: 'stop' },
    { type: 'code' },
    { type: 'authenticated' },
    { type: 'ready' },
    { type: 'hung' },
    { type: 'tick' },
    { type: 'lease', held: true },
    { type: 'lease', held: false },
    { type: 'polled', state: undefined },
    { type: 'fault', code: 'browser-gone', reason: 'x' },
  ),
  fc
    .constantFrom(
      'CONNECTED',
      'TIMEOUT',
      'CONFLICT',
      'UNPAIRED',
      'TOS_BLOCK',
      'DEPRECATED_VERSION',
      'NEW_ONE',
    )
    .chain((state) =>
      fc.constantFrom<WatchEvent>(
        { type: 'line', state },
        { type: 'polled', state },
        { type: 'disconnected', reason: state },
      ),
    ),
);

test('whatever happens, a browser is launched only after the one before was closed, and only with the lease', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(anyEvent, fc.integer({ min: 0, max: 400_000 })), { maxLength: 80 }),
      (events) => {
        const play = new Play();
        let open = false;
        let lease = false;
        for (const [event, pause] of events) {
          play.now += pause;
          if (event.type === 'lease') lease = event.held;
          for (const command of play.on(event)) {
            if (command === 'close') open = false;
            if (command === 'release') lease = false;
            if (command === 'forget') expect(open).toBe(false);
            if (command !== 'launch') continue;
            expect(open).toBe(false);
            expect(lease).toBe(true);
            open = true;
          }
        }
      },
    ),
    { numRuns: 500 },
  );
});
