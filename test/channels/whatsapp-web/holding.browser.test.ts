/** Who holds the session: one process, one browser, across restarts and after accidents. */
import { spawn } from 'node:child_process';
import { readlinkSync } from 'node:fs';
import path from 'node:path';
import { CHROMIUM_ARGS, describeWithChromium, findChromium } from '../../support/chromium';
import { browsersOn } from '../../support/whatsapp-web-standin/processes';
import { Standin } from '../../support/whatsapp-web-standin/standin';
import { Rig, SharedLease } from './rig';

describeWithChromium('WhatsApp Web: one process holds the session', () => {
  let standin: Standin;
  let lease: SharedLease;
  let first: Rig;
  let second: Rig;
  const one = Symbol('one');
  const two = Symbol('two');

  beforeAll(async () => {
    standin = await new Standin().start();
    lease = new SharedLease();
    first = new Rig(standin, { lease: lease.seenBy(one) });
  }, 90_000);

  afterAll(async () => {
    await first.stop({ keepSession: true });
    await second.stop();
    await standin.stop();
  }, 30_000);

  test('a start that fails closes its browser and is tried again, with pauses', async () => {
    standin.unreachable = true;
    await first.channel.start();
    await first.until(() => first.channel.status().failures >= 1, 'a failure', 60_000);
    expect(first.logged.join('')).toContain('start-failed');
    standin.unreachable = false;
    await first.until(() => first.state === 'login', 'a code', 60_000);
    expect(browsersOn(first.profile)).toHaveLength(1);
    await standin.pair();
    await first.isReady();
    // A well session has nothing to tell any more.
    expect(first.channel.status()).not.toHaveProperty('problem');
  }, 90_000);

  test('a second process waits, opens no browser, and sends nothing', async () => {
    second = new Rig(standin, { dataDir: first.dataDir, lease: lease.seenBy(two) });
    await second.channel.start();
    expect(second.state).toBe('elsewhere');
    expect(await second.send('x')).toMatchObject({ outcome: 'retry', code: 'elsewhere' });
    expect(browsersOn(first.profile)).toHaveLength(1);
    expect(standin.pages).toBe(1);
  });

  test('it takes over when the first one stops, still linked', async () => {
    await first.stop({ keepSession: true });
    expect(first.state).toBe('stopped');
    await second.isReady();
    expect(second.printed).toEqual([]);
    expect(await second.send('from the second')).toMatchObject({ outcome: 'accepted' });
  }, 60_000);

  test('a process that has lost its lease closes its browser at once', async () => {
    lease.holder = one;
    await second.until(() => second.state === 'elsewhere', 'the loss to be noticed');
    await second.until(() => browsersOn(second.profile).length === 0, 'the browser to be closed');
    lease.holder = undefined;
    await second.isReady();
  }, 60_000);

  test('an orphaned browser is ended before another is opened', async () => {
    await second.stop({ keepSession: true });
    expect(browsersOn(second.profile)).toEqual([]);
    const orphan = spawn(
      findChromium()!,
      [
        ...CHROMIUM_ARGS,
        '--headless=new',
        '--remote-debugging-port=0',
        `--user-data-dir=${second.profile}`,
        'about:blank',
      ],
      { stdio: 'ignore' },
    );
    const lock = path.join(second.profile, 'SingletonLock');
    await second.until(() => hasLock(lock), 'the orphan to hold the profile', 60_000);
    second = new Rig(standin, { dataDir: first.dataDir, lease: lease.seenBy(two) });
    const ended = new Promise((resolve) => orphan.once('exit', resolve));
    await second.channel.start();
    await ended;
    await second.isReady();
  }, 90_000);
});

function hasLock(lock: string): boolean {
  try {
    return readlinkSync(lock).length > 0;
  } catch {
    return false;
  }
}
