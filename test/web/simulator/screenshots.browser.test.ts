/**
 * How the page looks: in every language, on a small telephone and on a desk, by WhatsApp and by SMS. What a
 * machine can judge is checked; the pictures go to /screenshots (not kept in git) for whoever wants to look.
 */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { PAGE_LANGUAGES, type PageLanguage } from '../../../src/web/simulator/labels';
import { describeWithChromium, launchChromium } from '../../support/chromium';
import { certificate, converse } from './chat';
import { FakeWorld } from './fake-world';
import { serve, type Served } from './serve';

const FOLDER = path.resolve(__dirname, '../../../screenshots');
const SIZES = { narrow: { width: 390, height: 844 }, wide: { width: 1280, height: 860 } } as const;

/** Text that is cut off although nothing says so with an ellipsis, and elements that stick out of the window. */
function faults(): string[] {
  const shown = [...document.querySelectorAll<HTMLElement>('body *')].filter(
    (element) => element.offsetParent !== null,
  );
  const hidden = (element: Element) => element.closest('.hidden-words, .skip, .sprite') !== null;
  return shown
    .filter((element) => !hidden(element))
    .flatMap((element) => {
      const { left, right } = element.getBoundingClientRect();
      const style = window.getComputedStyle(element);
      const cut =
        element.scrollWidth > element.clientWidth + 1 &&
        style.overflowX !== 'auto' &&
        style.textOverflow !== 'ellipsis' &&
        style.display !== 'inline';
      const outside = left < -1 || right > window.innerWidth + 1;
      return cut || outside
        ? [`${element.tagName}.${element.className}: ${element.textContent.slice(0, 40)}`]
        : [];
    });
}

describeWithChromium('how the simulator looks', () => {
  let browser: Browser;
  beforeAll(async () => {
    mkdirSync(FOLDER, { recursive: true });
    browser = await launchChromium();
  });
  afterAll(() => browser.close());

  let served: Served;
  let page: Page;
  afterEach(async () => {
    await page.close();
    await served.close();
  });

  async function open(language: PageLanguage, size: keyof typeof SIZES): Promise<void> {
    page = await browser.newPage({ viewport: SIZES[size], reducedMotion: 'reduce', locale: 'en-IN' });
    await page.goto(`${served.url}/simulator?lang=${language}`);
    await page.locator('.picture img').waitFor();
    await page.locator('.message').last().waitFor();
    await page.evaluate(() => document.fonts.ready);
  }

  const combinations = PAGE_LANGUAGES.flatMap((language) =>
    (['narrow', 'wide'] as const).map((size) => [language, size] as const),
  );

  it.each(combinations)('%s, %s', async (language, size) => {
    const world = new FakeWorld();
    await converse(world, language);
    served = await serve(world, await certificate(language));
    await open(language, size);
    const shoot = async (name: string) => {
      await page.screenshot({ path: path.join(FOLDER, `simulator-${language}-${size}-${name}.png`) });
      expect(await page.evaluate(faults)).toEqual([]);
    };

    await shoot('end');
    await page.locator('#log').evaluate((log) => (log.scrollTop = 0));
    await shoot('lesson');
    await page.locator('#log').evaluate((log) => (log.scrollTop = log.scrollHeight * 0.47));
    await shoot('middle');
    if (size === 'narrow') {
      for (const drawer of ['people', 'panel']) {
        await page.locator(`#${drawer}-button`).click();
        await shoot(drawer);
        await page.keyboard.press('Escape');
      }
    }
    await page.getByRole('button', { name: 'SMS' }).click();
    await page.locator('.phone[data-medium="sms"] .parts').first().waitFor();
    await shoot('sms');

    const families = await page.evaluate(() =>
      [...document.fonts].filter(({ status }) => status === 'loaded').map(({ family }) => family),
    );
    const script = { hi: 'Devanagari', bn: 'Bengali', or: 'Odia', en: 'Latin' }[language];
    expect(families.join()).toContain(`Saathi ${script}`);
  });
});
