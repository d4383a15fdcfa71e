/** What WhatsApp does to a session: the line goes, it never comes, another device takes over. */
import { describeWithChromium } from '../../support/chromium';
import { browsersOn } from '../../support/whatsapp-web-standin/processes';
import { Standin } from '../../support/whatsapp-web-standin/standin';
import { Rig } from './rig';

describeWithChromium('WhatsApp Web: faults of the line', () => {
  let standin: Standin;
  let rig: Rig;
  const codes = () => rig.alerts.map(({ code }) => code);

  beforeAll(async () => {
    standin = await new Standin().start();
    rig = new Rig(standin, { limits: { ackMs: 1_000, lineMs: 2_500, readyMs: 4_000, startMs: 60_000 } });
    await rig.channel.start();
    await rig.until(() => rig.state === 'login', 'a code to scan', 60_000);
  }, 90_000);

  afterAll(async () => {
    await rig.stop();
    await standin.stop();
  }, 30_000);

  test('`ready` that never comes after the scan gets a new browser, which is linked already', async () => {
    standin.autoSync = false;
    await standin.pair();
    await rig.until(() => rig.state === 'linking', 'the scan to be noticed');
    await rig.until(() => rig.state === 'waiting', 'the waiting to end');
    standin.autoSync = true;
    await rig.isReady();
    expect(codes()).toEqual(['unlinked']);
  }, 60_000);

  test('a line that is down for a moment leaves the message unknown and the browser open', async () => {
    const after = new Date();
    const [browser] = browsersOn(rig.profile);
    await standin.setState('TIMEOUT');
    standin.plan('pending');
    const message = rig.message('offline');
    expect(await rig.channel.send(message)).toMatchObject({ outcome: 'unknown', code: 'no-ack' });
    expect(
      await rig.channel.find({ ...message, after: new Date(after.getTime() - 120_000) }),
    ).toBeUndefined();
    await standin.setState('CONNECTED');
    await standin.ack(standin.sent.at(-1)!, 1);
    expect(await rig.channel.find({ ...message, after })).toMatchObject({ providerId: expect.any(String) });
    expect(browsersOn(rig.profile)).toEqual([browser]);
  });

  test('a line that stays down gets a new browser', async () => {
    await standin.setState('TIMEOUT');
    await rig.until(() => rig.state !== 'ready', 'the line to be given up');
    standin.stateForNextLoad('CONNECTED');
    await rig.isReady();
  }, 60_000);

  test('another device that takes over is told, and waited for', async () => {
    await standin.setState('CONFLICT');
    standin.stateForNextLoad('CONNECTED');
    await rig.until(() => rig.state === 'waiting', 'the session to be given up');
    expect(codes().at(-1)).toBe('CONFLICT');
    await rig.until(() => browsersOn(rig.profile).length === 0, 'the browser to be closed');
    await rig.isReady();
  }, 60_000);
});
