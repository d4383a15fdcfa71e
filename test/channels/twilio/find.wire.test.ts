/** After an unknown outcome: asking Twilio what it holds. */
import type { Fault } from '../../support/twilio-stub';
import { HIS_NUMBER, NOW, message, stillClock } from './support';
import { useStub } from './wired';

const use = useStub();
const { whatsApp } = use;

describe('find, after an unknown outcome', () => {
  const sought = { id: 'p1:7:0', to: HIS_NUMBER, after: NOW };

  test('the message that was taken is found, whoever else was written to', async () => {
    const channel = whatsApp();
    await channel.send(message({ to: '+919800000002' }));
    use.stub.faults.next({ kind: 'taken-then-reset' });
    await channel.send(message());
    expect(await channel.find!(sought)).toEqual({ providerId: use.stub.accepted[1]?.sid });
  });

  test('an earlier message to him is another one', async () => {
    const channel = whatsApp();
    await channel.send(message());
    expect(await channel.find!({ ...sought, after: new Date(NOW.getTime() + 60_000) })).toBeUndefined();
  });

  test('a message that left for him a moment before, and is known, is not taken for this one', async () => {
    const clock = stillClock();
    const channel = whatsApp({ clock });
    await channel.send(message());
    const except = [use.stub.accepted[0]!.sid];
    use.stub.faults.next({ kind: 'reset' });
    await channel.send(message());
    expect(await channel.find!({ ...sought, except })).toBeUndefined();
    clock.advance(121_000);
    expect(await channel.find!({ ...sought, except })).toBe('absent');
    use.stub.faults.next({ kind: 'taken-then-reset' });
    await channel.send(message());
    expect(await channel.find!({ ...sought, except })).toEqual({ providerId: use.stub.accepted[1]?.sid });
  });

  test('not there yet means nothing; not there after two minutes means absent', async () => {
    const clock = stillClock();
    const channel = whatsApp({ clock });
    use.stub.faults.next({ kind: 'reset' });
    await channel.send(message());
    clock.advance(60_000);
    expect(await channel.find!(sought)).toBeUndefined();
    clock.advance(61_000);
    expect(await channel.find!(sought)).toBe('absent');
  });

  test.each<[string, Fault]>([
    ['an error', { kind: 'answer', status: 500, code: 20500 }],
    ['no answer', { kind: 'hang' }],
  ])('%s says nothing', async (_, fault) => {
    const clock = stillClock();
    clock.advance(3_600_000);
    use.stub.faults.listing = fault;
    expect(await whatsApp({ clock }, {}, 500).find!(sought)).toBeUndefined();
  });
});
