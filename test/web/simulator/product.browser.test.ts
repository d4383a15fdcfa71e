/** The real product behind the page: engine, database, outbox and certificate, as somebody meets them in Chromium. */
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { MovableClock } from '../../../src/clock';
import { loadConfig } from '../../../src/config';
import { PAGE_LANGUAGES } from '../../../src/web/simulator/labels';
import { createLog } from '../../../src/log';
import { assemble, type Product } from '../../../src/main';
import { describeWithChromium, launchChromium } from '../../support/chromium';

const FOLDER = path.resolve(__dirname, '../../../screenshots');
const NAMES = { hi: 'रमेश', bn: 'রফিকুল', or: 'ସନ୍ତୋଷ', en: 'Ramesh' };

describeWithChromium('the product in the simulator', () => {
  let browser: Browser;
  let product: Product;
  let server: Server;
  let page: Page;

  beforeAll(async () => {
    mkdirSync(FOLDER, { recursive: true });
    browser = await launchChromium();
    product = await assemble(
      loadConfig({ NODE_ENV: 'test', SESSION_SECRET: 'x'.repeat(40), SIMULATOR: 'on' }),
      {
        log: createLog({ level: 'silent' }),
        clock: new MovableClock(new Date('2026-01-04T10:00:00+05:30')),
        dataDir: 'temporary',
        inProcess: true,
        random: () => 0.5,
      },
    );
    server = createServer(product.app).listen(0, '127.0.0.1');
    await once(server, 'listening');
  }, 60_000);

  afterEach(() => page.close());

  afterAll(async () => {
    server.closeAllConnections();
    server.close();
    await browser.close();
    await product.stop();
  });

  const received = () => page.locator('.message.received:not(.typing)');
  const options = () => page.locator('.option:enabled');
  /** Until the panel says that the conversation stands there. */
  const at = (step: string) => page.locator('#state .path li:last-child', { hasText: step }).waitFor();

  /** Does something and waits for the answer on the phone. */
  async function answered(act: () => Promise<unknown>): Promise<void> {
    const before = await received().count();
    await act();
    await received().nth(before).waitFor();
  }
  const write = (text: string) =>
    answered(async () => {
      await page.locator('#entry').fill(text);
      await page.locator('#entry').press('Enter');
    });
  const tap = (index: number) => answered(() => options().nth(index).click());
  const wait = (duration: string) => answered(() => page.locator(`[data-wait="${duration}"]`).click());

  it.each(PAGE_LANGUAGES.map((language, index) => [language, index] as const))(
    'in %s: joins, learns, reflects, is asked how it went, pledges',
    async (language, index) => {
      page = await browser.newPage({ viewport: { width: 1280, height: 860 }, reducedMotion: 'reduce' });
      const complaints: string[] = [];
      page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
      page.on('pageerror', (error) => complaints.push(error.message));
      await page.goto(
        `http://127.0.0.1:${(server.address() as AddressInfo).port}/simulator?lang=${language}`,
      );
      await page.locator('.phone[aria-busy="false"]').waitFor();
      await page.locator('#add-person button').click();
      await page.locator(`#people-list li:nth-child(${index + 2}) [aria-current]`).waitFor();

      await answered(() => page.locator('.empty button').click());
      await tap(index);
      await tap(0);
      await tap(0);
      await write(NAMES[language]);
      await tap(index);
      await tap(0);
      await tap(0);
      await tap(0);
      await tap(0);
      await at('ready');
      expect(await page.locator('#people-list [aria-current] .who').textContent()).toBe(NAMES[language]);

      await tap(0);
      await tap(1);
      await answered(() => page.locator('#voice').click());
      await tap(0);
      await at('home');
      expect(await page.locator('.timers li').count()).toBeGreaterThan(0);
      await wait('1d');
      await at('checkin');
      await tap(0);
      await wait('1w');
      await at('question');
      await write('pledge');
      await at('choose');
      await tap(0);
      await at('confirm');
      await tap(0);
      await at('step');

      await page.waitForFunction(
        () => (document.querySelector<HTMLImageElement>('.picture img')?.naturalWidth ?? 0) > 0,
      );
      await page.screenshot({ path: path.join(FOLDER, `product-${language}.png`) });
      expect(complaints).toEqual([]);
    },
    90_000,
  );
});
