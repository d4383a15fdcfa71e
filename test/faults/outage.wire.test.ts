/** The database is away: nothing is acknowledged, health is red, nothing leaves; when it is back, nothing is missing. */
import { House } from './product';

const NUMBER = '+919800000001';
const SID = `SM${'8'.repeat(32)}`;

test('webhooks get 503 until it is back; then the repeated message has its one effect', async () => {
  const house = await House.open();
  try {
    const one = await house.instance();
    await house.write(one, NUMBER, 'hello');
    await one.world.settle();
    const ready = async () => (await fetch(`${one.url}/health/ready`)).status;
    expect(await ready()).toBe(200);
    await house.database.stop();

    const refused = await house.write(one, NUMBER, 'english', { MessageSid: SID });
    expect(refused.status).toBe(503);
    expect(await ready()).toBe(503);
    expect((await fetch(`${one.url}/health/live`)).status).toBe(200);
    await expect(one.delivery.deliverDue()).rejects.toThrow();
    expect(house.taken(NUMBER)).toHaveLength(1);

    await house.reopen();
    while ((await ready()) !== 200) await new Promise((resolve) => setTimeout(resolve, 50));
    expect((await house.write(one, NUMBER, 'english', { MessageSid: SID })).status).toBe(200);
    expect((await house.write(one, NUMBER, 'english', { MessageSid: SID })).status).toBe(200);
    await one.world.settle();
    expect(house.taken(NUMBER)).toHaveLength(2);
    expect((await house.look()).people.map(({ sequence }) => sequence)).toEqual([2]);
  } finally {
    await house.close();
  }
});
