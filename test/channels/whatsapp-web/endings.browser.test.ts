/** What ends a session for good: the phone unlinks it, WhatsApp blocks the number. */
import { existsSync } from 'node:fs';
import { describeWithChromium } from '../../support/chromium';
import { browsersOn } from '../../support/whatsapp-web-standin/processes';
import { Standin } from '../../support/whatsapp-web-standin/standin';
import { Rig } from './rig';

const HIM = '919800000001@c.us';

describeWithChromium('WhatsApp Web: endings', () => {
  let standin: Standin;
  let rig: Rig;
  const codes = () => rig.alerts.map(({ code }) => code);

  beforeAll(async () => {
    standin = await new Standin().start();
    rig = new Rig(standin);
    await rig.ready();
  }, 90_000);

  afterAll(async () => {
    await rig.stop();
    await standin.stop();
  }, 30_000);

  test('unlinked by the phone: the login is removed, a new code shown, and the operator told', async () => {
    const before = rig.received.length;
    standin.deliverUnheard({
      from: HIM,
      body: 'before the new link',
      t: Math.floor(Date.now() / 1000) - 3_600,
    });
    await standin.logout();
    await rig.until(() => rig.state === 'login' && rig.channel.status().qr, 'a new code', 60_000);
    expect(codes().filter((code) => code === 'unlinked')).toHaveLength(2);
    await standin.pair();
    await rig.isReady();
    await standin.deliver({ from: HIM, body: 'linked again' });
    await rig.until(() => rig.received.length > before, 'the message');
    expect(rig.received.slice(before).map(({ text }) => text)).toEqual(['linked again']);
  }, 60_000);

  test('a block by WhatsApp stops everything, also after a restart, until an operator says so', async () => {
    await standin.setState('TOS_BLOCK');
    await rig.until(() => rig.state === 'blocked', 'the block to be noticed');
    await rig.until(() => browsersOn(rig.profile).length === 0, 'the browser to be closed');
    expect(codes().filter((code) => code === 'TOS_BLOCK')).toHaveLength(1);
    expect(await rig.send('x')).toMatchObject({ outcome: 'sender-down', code: 'TOS_BLOCK' });
    await rig.stop({ keepSession: true });
    expect(existsSync(rig.profile)).toBe(true);

    const again = new Rig(standin, { dataDir: rig.dataDir });
    await again.channel.start();
    expect(again.state).toBe('blocked');
    expect(browsersOn(rig.profile)).toEqual([]);
    await again.stop({ keepSession: true });

    await again.channel.unblock();
    standin.stateForNextLoad('CONNECTED');
    rig = new Rig(standin, { dataDir: rig.dataDir });
    await rig.channel.start();
    await rig.isReady();
  }, 60_000);
});
