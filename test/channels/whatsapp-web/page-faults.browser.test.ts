/**
 * Faults of a living page, one after the other on one session. After each: the session is back by
 * itself, still linked, what was missed is there once, and nothing went out twice.
 */
import { describeWithChromium } from '../../support/chromium';
import { browsersOn } from '../../support/whatsapp-web-standin/processes';
import { Standin } from '../../support/whatsapp-web-standin/standin';
import { Rig } from './rig';

const HIM = '919800000001@c.us';

describeWithChromium('WhatsApp Web: a page that misbehaves', () => {
  let standin: Standin;
  let rig: Rig;
  const texts = () => rig.received.map(({ text }) => text);
  const bodies = () => standin.accepted.map(({ body }) => body);

  /** Both ways work, and once each. */
  async function talks(word: string) {
    await standin.deliver({ from: HIM, body: `in ${word}` });
    await rig.until(() => texts().includes(`in ${word}`), `"in ${word}" to be handed over`);
    expect(await rig.send(`out ${word}`)).toMatchObject({ outcome: 'accepted' });
    expect(texts().filter((text) => text === `in ${word}`)).toHaveLength(1);
    expect(bodies().filter((body) => body === `out ${word}`)).toHaveLength(1);
    expect(browsersOn(rig.profile)).toHaveLength(1);
  }

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
    await talks('first');
    await standin.sync();
    await standin.changeHash();
    await standin.reload();
    await rig.until(
      () => rig.logged.filter((line) => line.includes('"phase":"ready"')).length === 1,
      'one ready',
    );
    await standin.sync();
    await talks('after ready again');
    expect(rig.state).toBe('ready');
  }, 40_000);

  test('a call that hangs is unknown, and the others go on', async () => {
    const after = new Date(Date.now() - 120_000);
    standin.plan('hang');
    const hanging = rig.message('hangs');
    expect(await rig.channel.send(hanging)).toMatchObject({ outcome: 'unknown', code: 'send-hangs' });
    // The page may still come back from it: nobody may say yet that it is not there.
    expect(await rig.channel.find({ ...hanging, after })).toBeUndefined();
    await talks('beside a hanging call');
    expect(rig.state).toBe('ready');
  }, 40_000);

  test('a page that was left is replaced, and no rejection escapes', async () => {
    await standin.navigateAway();
    await rig.isReadyAgain();
    expect(rig.logged.join('')).toContain('page-lost');
    await talks('after navigation');
  }, 60_000);

  test('a page that answers nobody is replaced', async () => {
    await standin.freeze();
    await rig.isReadyAgain();
    await talks('after freezing');
    expect(rig.channel.status().failures).toBeGreaterThan(1);
  }, 60_000);
});
