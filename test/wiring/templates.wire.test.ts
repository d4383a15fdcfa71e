/** Outside WhatsApp's window, the whole product against the stand-in for Twilio: only by approved template. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { CONTENT_DIR } from '../../src/paths';
import { HIS, TwilioProduct } from './twilio-product';

const SID = `HX${'0c'.repeat(16)}`;
const DAY = 86_400_000;

let folder: string;
let world: TwilioProduct;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'saathi-templates-'));
  world = new TwilioProduct();
  world.stub.contents.approve(SID);
});
afterEach(async () => {
  await world.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** He says hello and chooses Hindi; two days later a lesson falls due. @returns how much had been sent by then. */
async function lessonAfterTwoDays(): Promise<number> {
  await world.writes('namaste');
  await world.writes('हिन्दी');
  expect((await world.him()).profile.language).toBe('hi');
  world.clock.advance(2 * DAY);
  const before = world.stub.accepted.length;
  expect(before).toBeGreaterThan(0);
  await world.lesson(1);
  return before;
}

test('as delivered nothing is approved: nothing leaves, the reason is shown, and it leaves when he writes', async () => {
  await world.start();
  const before = await lessonAfterTwoDays();
  expect(world.stub.accepted).toHaveLength(before);
  expect(await world.product.delivery.counts()).toEqual([
    expect.objectContaining({ channel: 'whatsapp', state: 'pending', waiting: 'window', count: 1 }),
  ]);
  await world.writes('namaste');
  expect(world.stub.accepted).toHaveLength(before + 2);
  expect(await world.product.delivery.counts()).toEqual([]);
});

test('with an approved template it leaves as that template, its variable filled', async () => {
  const contentDir = path.join(folder, 'content');
  cpSync(CONTENT_DIR, contentDir, { recursive: true });
  const file = path.join(contentDir, 'templates.yaml');
  const shipped = readFileSync(file, 'utf8');
  const approved = shipped.replace('hi: { approved: false', `hi: { contentSid: ${SID}, approved: true`);
  expect(approved).not.toBe(shipped);
  writeFileSync(file, approved);
  await world.start({}, contentDir);
  const before = await lessonAfterTwoDays();
  expect(world.stub.accepted).toHaveLength(before + 1);
  const last = world.stub.accepted.at(-1)!;
  expect(last).toMatchObject({ to: `whatsapp:${HIS}`, contentSid: SID });
  expect(JSON.parse(last.contentVariables ?? '{}')).toEqual({
    '1': expect.stringMatching(/[\u0900-\u097f]/) as string,
  });
  expect(await world.product.delivery.counts()).toEqual([]);
});
