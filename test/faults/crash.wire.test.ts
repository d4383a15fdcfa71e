/** A process dies between a webhook and the reply, at each of its steps: exactly one reply all the same. */
import { CutOff } from './cut-off';
import { House, type Instance } from './product';

const STEPS = Array.from({ length: 20 }, (_, n) => n);
const MINUTE = 60_000;

test('cut off at each request to the database in turn', async () => {
  const house = await House.open();
  const ways: CutOff[] = [];
  try {
    const survivor = await house.instance();
    const cut: boolean[] = [];
    const number = (step: number) => `+9198000020${String(step).padStart(2, '0')}`;
    const dyings: Instance[] = [];
    for (const step of STEPS) {
      ways[step] = new CutOff(house.database.uri);
      dyings.push(await house.instance({ MONGODB_URI: await ways[step].open() }));
    }
    await Promise.all(
      dyings.map(async (dying, step) => {
        const way = ways[step]!;
        const sid = `SM${step.toString(16).padStart(32, '0')}`;
        const write = (to: Instance) => house.write(to, number(step), 'hello', { MessageSid: sid });
        way.after(step);
        const first = await write(dying);
        // It sends what it still can; then it is gone.
        await dying.people.relaying.idle();
        await dying.delivery.deliverDue().catch(() => undefined);
        cut[step] = way.cut;
        await way.close();
        // Twilio repeats what was not acknowledged, to whoever is left.
        if (first.status !== 200) expect((await write(survivor)).status).toBe(200);
      }),
    );
    for (let minute = 0; minute < 8; minute++) {
      house.clock.advance(MINUTE);
      await survivor.world.settle();
    }
    const { people, rows } = await house.look();
    expect(people.map(({ sequence, effects }) => ({ sequence, effects }))).toEqual(
      STEPS.map(() => ({ sequence: 1, effects: [] })),
    );
    expect(rows.filter(({ live, state }) => live ?? state === 'unknown')).toEqual([]);
    expect(STEPS.map((step) => house.taken(number(step)).length)).toEqual(STEPS.map(() => 1));
    // One message, its reply and what a look round asks: the cuts reach from the first read to past the last write.
    expect(cut.filter(Boolean).length).toBeGreaterThan(12);
  } finally {
    await Promise.all(ways.map((way) => way.close().catch(() => undefined)));
    await house.close();
  }
}, 120_000);
