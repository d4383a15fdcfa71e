/** An author at work: what he saves is on the simulator's page with the next message, and so is what is wrong with it. */
import { once } from 'node:events';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { MovableClock } from '../../../src/clock';
import { loadConfig } from '../../../src/config';
import { createLog } from '../../../src/log';
import { assemble, type Product } from '../../../src/main';
import { CONTENT_DIR } from '../../../src/paths';
import { LiveContent, watchContent } from '../../../src/wiring/live-content';
import { describeWithChromium, launchChromium } from '../../support/chromium';

const OLD = 'For English, write 4.';
const NEW = 'For English please write 4.';

describeWithChromium('content that is changed while the simulator is open', () => {
  let dir: string;
  let stopWatching: () => void;
  let browser: Browser;
  let product: Product;
  let server: Server;
  let page: Page;

  beforeAll(async () => {
    dir = mkdtempSync(path.join(tmpdir(), 'content-'));
    cpSync(CONTENT_DIR, dir, { recursive: true });
    browser = await launchChromium();
    const live = new LiveContent(dir);
    stopWatching = watchContent(dir, () => live.reload());
    product = await assemble(
      loadConfig({ NODE_ENV: 'test', SESSION_SECRET: 'x'.repeat(40), SIMULATOR: 'on' }),
      {
        log: createLog({ level: 'silent' }),
        clock: new MovableClock(new Date('2026-01-04T10:00:00+05:30')),
        dataDir: 'temporary',
        inProcess: true,
        contentDir: dir,
        live,
      },
    );
    server = createServer(product.app).listen(0, '127.0.0.1');
    await once(server, 'listening');
    page = await browser.newPage({ viewport: { width: 1280, height: 860 }, reducedMotion: 'reduce' });
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/simulator?lang=en`);
    await page.locator('.phone[aria-busy="false"]').waitFor();
  }, 60_000);

  afterAll(async () => {
    stopWatching();
    server.closeAllConnections();
    server.close();
    await browser.close();
    await product.stop();
    rmSync(dir, { recursive: true });
  });

  const received = () => page.locator('.message.received');
  const faults = () => page.getByRole('alert').filter({ hasText: 'The content has faults' });
  const save = (name: string, from: string, to: string) => {
    const before = readFileSync(path.join(dir, name), 'utf8');
    expect(before).toContain(from);
    writeFileSync(path.join(dir, name), before.replace(from, to));
  };
  /** Writes something and gives back what is answered. */
  async function write(text: string): Promise<string> {
    const before = await received().count();
    await page.locator('#entry').fill(text);
    await page.locator('#entry').press('Enter');
    await received().nth(before).waitFor();
    return received().nth(before).innerText();
  }
  /** The first answer to what is not understood; a second in a row would say it otherwise. */
  async function misunderstood(): Promise<string> {
    await write('again');
    return write('hmm');
  }

  it('comes with the next message, and what was said before stays', async () => {
    await write('namaste');
    expect(await write('hmm')).toContain(OLD);

    save(
      'locales/en.yaml',
      'For {{language}}, write {{number}}.',
      'For {{language}} please write {{number}}.',
    );
    await page.getByText('The new content is in').waitFor();
    expect(await misunderstood()).toContain(NEW);
    expect(await received().nth(1).innerText()).toContain(OLD);
    expect(await faults().isVisible()).toBe(false);
  });

  it('is told of with file and line while it has a fault, and the good one of before goes on', async () => {
    const lesson = 'lessons/01-why-men.yaml';
    save(lesson, 'answer: 1', 'answer: 7');
    await faults().waitFor();
    const line = readFileSync(path.join(dir, lesson), 'utf8').split('answer: 7')[0]!.split('\n').length;
    expect(await faults().locator('li').allInnerTexts()).toContainEqual(
      expect.stringMatching(new RegExp(`${lesson}:${line}: hi\\.question\\.answer: `)),
    );
    expect(await misunderstood()).toContain(NEW);
    await page.reload();
    await faults().waitFor();

    save(lesson, 'answer: 7', 'answer: 1');
    await faults().waitFor({ state: 'hidden' });
    expect(await misunderstood()).toContain(NEW);
  });
});
