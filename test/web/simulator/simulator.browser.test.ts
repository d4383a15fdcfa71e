/** The page in Chromium, as somebody uses it: writing, tapping, changing person and medium, moving time. */
import { readFileSync } from 'node:fs';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { describeWithChromium, launchChromium } from '../../support/chromium';
import { FakeWorld } from './fake-world';
import { serve, type Served } from './serve';

const AS = 'whatsapp/+919800000001';
const DESK = { width: 1280, height: 860 };
const TELEPHONE = { width: 390, height: 844 };

describeWithChromium('the simulator’s page', () => {
  let browser: Browser;
  let world: FakeWorld;
  let served: Served;
  let page: Page;
  let complaints: string[];
  let hosts: Set<string>;

  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser.close());

  async function open(options: BrowserContextOptions = {}): Promise<void> {
    page = await browser.newPage({ viewport: DESK, reducedMotion: 'reduce', ...options });
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('request', (request) => hosts.add(new URL(request.url()).origin));
    await page.goto(`${served.url}/simulator?lang=en`);
    await page.locator('.phone[aria-busy="false"]').waitFor();
  }

  const message = (text: string | RegExp) => page.locator('.message', { hasText: text });
  const button = (name: string, exact = true) => page.getByRole('button', { name, exact });
  const entry = () => page.getByRole('textbox', { name: 'Write a message' });

  async function write(text: string): Promise<void> {
    await entry().fill(text);
    await entry().press('Enter');
  }

  async function join(): Promise<void> {
    await write('namaste');
    await button('हिन्दी').click();
    await message('घर का काम किसका है?').waitFor();
  }

  beforeEach(async () => {
    world = new FakeWorld();
    complaints = [];
    hosts = new Set();
    served = await serve(world);
  });

  afterEach(async () => {
    await page.close();
    await served.close();
    expect(complaints).toEqual([]);
    expect([...hosts]).toEqual([served.url]);
  });

  it('greets, asks, is tapped, and shows where the conversation stands', async () => {
    await open();
    await page.getByText('Nobody has written from this phone yet.').waitFor();
    await page.getByRole('log').getByRole('button', { name: 'Namaste' }).click();
    await message('Welcome!').waitFor();
    expect(await page.locator('.message strong').textContent()).toBe('Welcome!');
    expect(await page.locator('.message.sent .ticks').textContent()).toBe('Read');

    await button('हिन्दी').click();
    await message('घर का काम किसका है?').waitFor();
    expect(world.received[1]).toMatchObject({ kind: 'tap', optionId: 'hi' });
    for (const old of ['हिन्दी', 'বাংলা', 'ଓଡ଼ିଆ']) expect(await button(old).isDisabled()).toBe(true);
    expect(await button('सबका').isEnabled()).toBe(true);
    await page.locator('#state code', { hasText: 'question' }).waitFor();
    expect(await page.locator('#state').innerText()).toMatch(
      /Taking part[\s\S]*रमेश[\s\S]*हिन्दी[\s\S]*Weekly lesson/,
    );
    await page.locator('#people-list .who', { hasText: 'रमेश' }).waitFor();
  });

  it('sends voice notes and odd things, and shows them as such', async () => {
    await open();
    await join();
    await button('Send a voice note').click();
    await message('सुना (voice)').waitFor();
    expect(await page.locator('.voice .wave').count()).toBe(1);
    for (const [name, kind] of [
      ['Sticker', 'sticker'],
      ['Location', 'location'],
      ['Picture', 'image'],
      ['Call', 'call'],
    ] as const) {
      await button('Send something else').click();
      await page.getByRole('menuitem', { name }).click();
      await message(`सुना (${kind})`).waitFor();
    }
    expect(world.received.slice(2).map(({ kind }) => kind)).toEqual([
      'voice',
      'sticker',
      'location',
      'image',
      'call',
    ]);
  });

  it('shows what is written as text, whatever it looks like', async () => {
    await open();
    await join();
    await write('<img src=x onerror=alert(1)> snake_case_name https://example.org/a?b=1.');
    await message(/सुना: <img src=x/).waitFor();
    expect(await page.locator('.log img').count()).toBe(0);
    expect(await page.locator('.message.received em').count()).toBe(0);
    expect(await page.locator('.message.received a').getAttribute('href')).toBe('https://example.org/a?b=1');
  });

  it('shows a picture from its own host, and enlarges it', async () => {
    await open();
    await join();
    await write('certificate please');
    await page.locator('.picture img').waitFor();
    expect(
      await page.locator('.picture img').evaluate((image: HTMLImageElement) => image.naturalWidth),
    ).toBeGreaterThan(0);
    await page.locator('.picture').click();
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
  });

  it('by SMS shows numbers instead of buttons, with parts and encoding', async () => {
    await open();
    await button('SMS').click();
    await page.locator('.phone[data-medium="sms"][aria-busy="false"]').waitFor();
    await write('namaste');
    await message(/1 हिन्दी\n2 বাংলা/).waitFor();
    expect(await page.locator('.option').count()).toBe(0);
    expect(await page.locator('.message.received .parts').textContent()).toMatch(/SMS parts: \d · UCS-2/);
    expect(await page.locator('.message.sent .parts').textContent()).toBe('SMS parts: 1 · GSM-7');
    expect(await button('Send a voice note').isVisible()).toBe(false);
    expect(world.received[0]?.from.address).toBe('sms/+919800000001');
    await button('WhatsApp').click();
    await page.getByText('Start the conversation').waitFor();
  });

  it('moves time: a lesson that comes while somebody else is in view waits unread', async () => {
    await open();
    await join();
    await page.getByRole('textbox', { name: 'Phone number' }).fill('98765 43210');
    await button('Add a person').click();
    await page.locator('#people-list [aria-current]', { hasText: '+91 98765 43210' }).waitFor();
    await page.getByText('Start the conversation').waitFor();

    await button('+1 week').click();
    const waiting = page.locator('#people-list button', { hasText: 'रमेश' });
    await waiting.getByText('New messages: 1').waitFor({ state: 'attached' });
    expect(await waiting.locator('.said').textContent()).toContain('दूसरा पाठ');
    expect(await page.title()).toMatch(/^\(1\)/);
    expect(await page.locator('#now').textContent()).toBe('Sunday, 11 January 10:00 am');

    await waiting.click();
    await message('दूसरा पाठ').waitFor();
    expect(await page.locator('.day').allTextContents()).toEqual(['Sunday, 4 January', 'Today']);
    await page.waitForFunction(() => document.title.startsWith('Samanta'));
    await page.locator('.lessons .done', { hasText: 'Week 1: done' }).waitFor();
  });

  it('moves time with the slider, by keyboard, and only forward', async () => {
    await open();
    await page.getByRole('slider', { name: 'Days forward' }).focus();
    for (let step = 0; step < 3; step++) await page.keyboard.press('ArrowRight');
    expect(await page.locator('#days-until').textContent()).toBe('until Wed, 7 Jan');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.waitForFunction(() =>
      document.querySelector('#now')?.textContent.startsWith('Wednesday, 7 January'),
    );
    expect(await page.getByRole('slider').inputValue()).toBe('0');
    await page.getByRole('slider').press('End');
    expect(await page.getByRole('slider').inputValue()).toBe('14');
  });

  it('can be used with the keyboard alone', async () => {
    await open();
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.className)).toBe('skip');
    await page.keyboard.press('Enter');
    await page.keyboard.type('namaste');
    await page.keyboard.press('Enter');
    await button('English').last().waitFor();
    await button('English').last().focus();
    await page.keyboard.press('Enter');
    await message('घर का काम').waitFor();
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('entry');

    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Enter');
    await page.keyboard.press('ArrowUp');
    expect(await page.evaluate(() => document.activeElement?.textContent.trim())).toBe('Call');
    await page.keyboard.press('Home');
    await page.keyboard.press('Escape');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('attach');
    expect(await page.getByRole('menu').isVisible()).toBe(false);
    expect(world.received.map(({ kind }) => kind)).toEqual(['text', 'tap']);
  });

  it('tells screen readers of a new message, and not of the old ones', async () => {
    await open();
    await join();
    await page
      .locator('#announcer', { hasText: 'Samanta Saathi: घर का काम किसका है?' })
      .waitFor({ state: 'attached' });
    await page.reload();
    await message('घर का काम').waitFor();
    expect(await page.locator('#announcer').textContent()).toBe('');
  });

  it('takes a moment to type, and keeps several answers in order', async () => {
    await open({ reducedMotion: 'no-preference' });
    await write('namaste');
    await page.locator('.typing').waitFor();
    await message('Welcome!').waitFor();
    expect(await page.locator('.typing').count()).toBe(0);
    await write('hindi');
    await message('घर का काम').waitFor();
    expect(await page.locator('.message').evaluateAll((all) => all.map((each) => each.classList[1]))).toEqual(
      ['sent', 'received', 'sent', 'received'],
    );
  });

  it('says so when the product fails, keeps what was written, and comes back after a lost connection', async () => {
    await open();
    await join();
    world.broken = 'receive';
    await write('are you there?');
    await page.getByRole('alert').getByText('That did not work').waitFor();
    expect(await entry().inputValue()).toBe('are you there?');
    await message('are you there?').locator('.ticks.failed').waitFor();
    expect(complaints.splice(0)).toEqual([expect.stringContaining('500')]);

    world.broken = 'describe';
    await button('+1 hour').click();
    await page.getByRole('alert').getByText('Connection lost').waitFor();
    world.broken = undefined;
    await page.getByRole('alert').waitFor({ state: 'hidden' });
    await write('and now?');
    await message('सुना: and now?').waitFor();
    expect(complaints.splice(0).every((text) => /500|ERR_INCOMPLETE_CHUNKED/.test(text))).toBe(true);
  });

  it('keeps the person in view when the page’s language changes', async () => {
    await open();
    await join();
    await button('SMS').click();
    await page.locator('.phone[data-medium="sms"]').waitFor();
    await page.getByRole('link', { name: 'ଓଡ଼ିଆ' }).click();
    await page.getByRole('heading', { name: 'ଲୋକମାନେ' }).waitFor();
    await page.locator('.phone[data-medium="sms"][aria-busy="false"]').waitFor();
    expect(await page.locator('#now').textContent()).toBe('ରବିବାର, ୪ ଜାନୁଆରୀ ୧୦:୦୦ am');
  });

  it('on a telephone keeps people and panel behind buttons', async () => {
    await open({ viewport: TELEPHONE, hasTouch: true, isMobile: true });
    expect(await page.locator('#panel').isVisible()).toBe(false);
    await page.locator('#panel-button').tap();
    await page.getByRole('heading', { name: 'Where the conversation stands' }).waitFor();
    await page.keyboard.press('Escape');
    expect(await page.locator('#panel').isVisible()).toBe(false);
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('panel-button');
    await page.locator('#people-button').tap();
    await button('Add a person').tap();
    await page.locator('#people').waitFor({ state: 'hidden' });
    expect(world.simulator.addresses()).toEqual([AS, 'whatsapp/+919800000002']);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(TELEPHONE.width);
  });

  it.each([
    ['desk', DESK],
    ['telephone', TELEPHONE],
  ] as const)('has no barrier that axe finds, on a %s', async (_, viewport) => {
    await open({ viewport, bypassCSP: true });
    await page.addScriptTag({ content: readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8') });
    const barriers = () =>
      page.evaluate(async () => {
        const { axe } = window as unknown as {
          axe: {
            run(): Promise<{
              violations: { id: string; impact: string; nodes: { html: string; failureSummary: string }[] }[];
            }>;
          };
        };
        const { violations } = await axe.run();
        return violations.flatMap(({ id, impact, nodes }) =>
          nodes.map(({ html, failureSummary }) => `${impact} ${id}: ${html.slice(0, 160)} ${failureSummary}`),
        );
      });
    expect(await barriers()).toEqual([]);
    await join();
    await button('Send a voice note').click();
    await message('सुना (voice)').waitFor();
    await write('certificate');
    await page.locator('.picture img').waitFor();
    expect(await barriers()).toEqual([]);
    if (viewport === TELEPHONE) await page.locator('#panel-button').click();
    expect(await barriers()).toEqual([]);
    if (viewport === TELEPHONE) await page.keyboard.press('Escape');
    await button('Send something else').click();
    expect(await barriers()).toEqual([]);
    await page.keyboard.press('Escape');
    await button('SMS').click();
    await page.locator('.phone[data-medium="sms"][aria-busy="false"]').waitFor();
    await write('namaste');
    await message('1 हिन्दी').waitFor();
    expect(await barriers()).toEqual([]);
  });
});
