/** The whole product over WhatsApp Web: real library, real Chromium, a stand-in for WhatsApp's page. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import request from 'supertest';
import { loadConfig } from '../../src/config';
import { silentLog } from '../../src/log';
import { assemble, type Product } from '../../src/main';
import { CHROMIUM_ARGS, describeWithChromium, findChromium } from '../support/chromium';
import { Standin } from '../support/whatsapp-web-standin/standin';

const TOKEN = 'operator-token-0123456789';

describeWithChromium('WhatsApp Web in the product', () => {
  let standin: Standin;
  let product: Product;
  let dataDir: string;

  beforeAll(async () => {
    dataDir = mkdtempSync(path.join(tmpdir(), 'saathi-whatsapp-web-'));
    standin = await new Standin().start();
    const config = {
      ...loadConfig({ WHATSAPP_WEB: 'on', SIMULATOR: 'off', METRICS_TOKEN: TOKEN, DATA_DIR: dataDir }),
      chromium: { path: findChromium()!, args: [...CHROMIUM_ARGS, ...standin.chromiumArgs] },
    };
    product = await assemble(config, { log: silentLog, inProcess: true });
    product.start('all');
  }, 90_000);

  afterAll(async () => {
    await product.stop();
    await standin.stop();
    rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 });
  }, 60_000);

  const page = () => request(product.app).get('/whatsapp-web').set('Authorization', `Bearer ${TOKEN}`);

  async function until<T>(look: () => Promise<T | undefined | false>, what: string): Promise<T> {
    const end = performance.now() + 90_000;
    for (;;) {
      const found = await look();
      if (found !== undefined && found !== false) return found;
      if (performance.now() > end) throw new Error(`Waited in vain for ${what}.`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  test('a phone is linked by the page; who writes is answered there, by number or by hidden id', async () => {
    expect((await request(product.app).get('/whatsapp-web')).status).toBe(401);
    await until(async () => (await page()).text.includes('data:image/png'), 'the code on the page');
    await standin.pair();
    await until(async () => (await page()).text.includes('Linked and working'), 'the session to be ready');

    await standin.deliver({ from: '77700000000001@lid', body: 'namaste' });
    const at = { channel: 'whatsapp' as const, address: 'lid.77700000000001' };
    const he = await until(() => product.people.registry.at(at), 'him to be known');
    expect(he).toMatchObject({ current: 'whatsapp lid.77700000000001', sequence: 1 });
    const answer = await until(() => Promise.resolve(standin.accepted[0]), 'the answer');
    expect(answer.body).toContain('1. ');
    expect(answer.chatId).toBe('77700000000001@lid');

    // The next message waits for its gap: nothing more leaves now, and he is not lost.
    await standin.deliver({ from: '919800000001@c.us', body: 'namaste' });
    await until(
      () => product.people.registry.at({ channel: 'whatsapp', address: '+919800000001' }),
      'the next man to be known',
    );
    await until(
      async () =>
        (await product.delivery.counts()).some(({ state, count }) => state === 'pending' && count === 1),
      'his answer to wait',
    );
    expect(standin.accepted).toHaveLength(1);
  }, 150_000);
});
