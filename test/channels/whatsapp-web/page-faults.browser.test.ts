/**
 * Faults of a living page, one after the other on one session. After each: the session is back by
 * itself, still linked, what was missed is there once, and nothing went out twice.
 */
import { describeWithChromium } from '../../support/chromium';
import { Standin } from '../../support/whatsapp-web-standin/standin';
import { Rig } from './rig';

describeWithChromium('WhatsApp Web: a page that misbehaves', () => {
  let standin: Standin;
  let rig: Rig;

  beforeAll(async () => {
    standin = await new Standin().start();
    rig = new Rig(standin, { limits: { sendMs: 8_000, ackMs: 8_000, pollMs: 4_000, pageMs: 4_000 } });
    await rig.ready();
  }, 90_000);

  afterAll(async () => {
    await rig.stop();
    await standin.stop();
  }, 30_000);

  test('`ready` that comes again and again changes nothing', async () => {
    await rig.talks('first');
    await standin.sync();
    await standin.changeHash();
    await standin.reload();
    await standin.sync();
    await rig.talks('after ready again');
    expect(rig.logged.filter((line) => line.includes('"phase":"ready"'))).toHaveLength(1);
  }, 40_000);

  test('a call that hangs is unknown, and the others go on', async () => {
    const after = new Date(Date.now() - 120_000);
    standin.plan('hang');
    const hanging = rig.message('hangs');
    expect(await rig.channel.send(hanging)).toMatchObject({ outcome: 'unknown', code: 'send-hangs' });
    // The page may still come back from it: nobody may say yet that it is not there.
    expect(await rig.channel.find({ ...hanging, after })).toBeUndefined();
    await rig.talks('beside a hanging call');
    expect(rig.state).toBe('ready');
  }, 40_000);

  test('a page that was left is replaced, and no rejection escapes', async () => {
    await standin.navigateAway();
    await rig.isReadyAgain();
    expect(rig.logged.join('')).toContain('page-lost');
    await rig.talks('after navigation');
  }, 60_000);

  test('a page that answers nobody is replaced', async () => {
    await standin.freeze();
    await rig.isReadyAgain();
    await rig.talks('after freezing');
    expect(rig.channel.status().failures).toBeGreaterThan(1);
  }, 60_000);
});
