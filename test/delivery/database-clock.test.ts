import { askServerTime, DatabaseClock } from '../../src/delivery/database-clock';
import { NOON, after } from './samples';

/** A server and a monotonic clock in a test's hands; asking takes `roundTrip`. */
function world({ roundTrip = 0 } = {}) {
  const state = { server: NOON.getTime(), monotonic: 5_000, roundTrip, down: false };
  const pass = (ms: number) => {
    state.server += ms;
    state.monotonic += ms;
  };
  const clock = new DatabaseClock({
    monotonic: () => state.monotonic,
    ask: () => {
      if (state.down) return Promise.reject(new Error('away'));
      pass(state.roundTrip / 2);
      const answer = new Date(state.server);
      pass(state.roundTrip / 2);
      return Promise.resolve(answer);
    },
  });
  return { state, pass, clock };
}

describe('DatabaseClock', () => {
  it('shows the server’s time, half a round trip later than its answer', async () => {
    const { clock, state } = world({ roundTrip: 400 });
    await clock.measure();
    expect(clock.now()).toEqual(new Date(state.server));
  });

  it('runs on by the monotonic clock', async () => {
    const { clock, pass } = world();
    await clock.measure();
    pass(90_000);
    expect(clock.now()).toEqual(after(90_000));
  });

  it.each([-86_400_000, 86_400_000, 3_600_000])(
    'does not notice this machine’s clock being set by %d ms',
    async (jump) => {
      const { clock, pass } = world();
      await clock.measure();
      jest.useFakeTimers({
        now: NOON.getTime() + jump,
        doNotFake: ['performance', 'nextTick', 'setImmediate'],
      });
      try {
        expect(new Date().getTime()).toBe(NOON.getTime() + jump);
        pass(1_000);
        expect(clock.now()).toEqual(after(1_000));
        await clock.measure();
        expect(clock.now()).toEqual(after(1_000));
      } finally {
        jest.useRealTimers();
      }
    },
  );

  it('follows the server when the two drift apart', async () => {
    const { clock, state, pass } = world();
    await clock.measure();
    pass(60_000);
    state.server += 250;
    expect(clock.now()).toEqual(after(60_000));
    await clock.measure();
    expect(clock.now()).toEqual(after(60_250));
  });

  it('does not take a slow answer for a measurement, unless it is the only one', async () => {
    const { clock, state, pass } = world({ roundTrip: 4_000 });
    await clock.measure();
    pass(1_000);
    state.server += 500;
    await clock.measure();
    expect(clock.now()).toEqual(new Date(state.server - 500));
    state.roundTrip = 10;
    await clock.measure();
    expect(clock.now()).toEqual(new Date(state.server));
  });

  it('goes on with the last measurement while the server is away, and says so', async () => {
    jest.useFakeTimers();
    const { state, pass } = world();
    const errors: unknown[] = [];
    const clock = new DatabaseClock({
      monotonic: () => state.monotonic,
      ask: () => (state.down ? Promise.reject(new Error('away')) : Promise.resolve(new Date(state.server))),
      everyMs: 1_000,
      onError: (error) => errors.push(error),
    });
    await clock.start();
    state.down = true;
    await jest.advanceTimersByTimeAsync(1_000);
    pass(1_000);
    expect(errors).toHaveLength(1);
    expect(clock.now()).toEqual(after(1_000));
    clock.stop();
    await jest.advanceTimersByTimeAsync(5_000);
    expect(errors).toHaveLength(1);
    jest.useRealTimers();
  });

  it('refuses to be read before it was started, and to start without a server', async () => {
    const { clock, state } = world();
    expect(() => clock.now()).toThrow('before it was started');
    state.down = true;
    await expect(clock.start()).rejects.toThrow('away');
  });

  it('can be moved forward for the simulator, never back', async () => {
    const { clock } = world();
    await clock.measure();
    clock.advance(7 * 86_400_000);
    clock.moveTo(NOON);
    expect(clock.now()).toEqual(after(7 * 86_400_000));
    clock.moveTo(after(8 * 86_400_000));
    await clock.measure();
    expect(clock.now()).toEqual(after(8 * 86_400_000));
    expect(() => clock.advance(-1)).toThrow(RangeError);
  });
});

describe('askServerTime', () => {
  const answering = (reply: unknown) =>
    askServerTime({ db: { admin: () => ({ command: () => Promise.resolve(reply) }) } });

  it('reads hello.localTime', async () => {
    await expect(answering({ localTime: NOON })()).resolves.toEqual(NOON);
  });

  it('complains in words about a server without a time and about no connection', async () => {
    await expect(answering({})()).rejects.toThrow('what time it is');
    await expect(askServerTime({ db: undefined })()).rejects.toThrow('not connected');
  });
});
