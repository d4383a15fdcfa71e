import { Resvg } from '@resvg/resvg-js';
import { HEIGHT, WIDTH, certificateSvg, renderCertificate } from '../../src/pictures/certificate';
import { encodePng } from '../../src/pictures/png';
import { createTypesetter, type Typesetter } from '../../src/pictures/typesetter';
import { LANGUAGES, NAMES, pixelsOf, sample } from './support';

let type: Typesetter;
beforeAll(async () => {
  type = await createTypesetter();
});

const LONG = [
  'कक'.repeat(20),
  'W'.repeat(40),
  'ମହାପାତ୍ର'.repeat(8),
  'Mohammad Rafiqul Islam Choudhury Bandyopadhyay Khan Bahadur Sahib',
];

test.each(LANGUAGES)('%s: a PNG of 1080 × 1350, under 150 KB, the same each time', async (language) => {
  const picture = await renderCertificate(sample(language));
  expect(picture.subarray(0, 8).toString('hex')).toBe('89504e470d0a1a0a');
  expect([picture.readUInt32BE(16), picture.readUInt32BE(20)]).toEqual([WIDTH, HEIGHT]);
  expect(picture.length).toBeLessThan(150_000);
  expect(picture.length).toBeGreaterThan(20_000);
  expect((await renderCertificate(sample(language))).equals(picture)).toBe(true);
});

test.each([...Object.values(NAMES), ...LONG])('nothing runs into the frame: %s', (name) => {
  const pixels = pixelsOf(certificateSvg(type, sample('bn', { name })));
  const paper = pixels.readUInt32LE((200 * WIDTH + 70) * 4);
  const seen = new Set<number>();
  for (let row = 150; row < 1200; row++) {
    for (const column of [56, 70, 82, WIDTH - 82, WIDTH - 70, WIDTH - 56]) {
      seen.add(pixels.readUInt32LE((row * WIDTH + column) * 4));
    }
  }
  expect([...seen]).toEqual([paper]);
});

test('the longest pledge keeps clear of the footer, even under a name of three lines', () => {
  const svg = certificateSvg(type, sample('en', { name: LONG[3]!, pledge: 'promise '.repeat(20).trim() }));
  const panel = /<rect x="86" y="([\d.]+)" width="908" height="([\d.]+)"/.exec(svg);
  expect(Number(panel?.[1]) + Number(panel?.[2])).toBeLessThanOrEqual(1168);
});

test('the name is what differs', () => {
  const svg = (name?: string) =>
    certificateSvg(type, { ...sample('hi'), ...(name === undefined ? {} : { name }) });
  expect(svg('राम')).not.toBe(svg('श्याम'));
  expect(svg('राम \u202e')).toBe(svg('राम'));
});

test('a name that cannot be written leaves its place to the role', () => {
  const nameless = sample('en');
  delete nameless.name;
  expect(certificateSvg(type, { ...nameless, name: '😀' })).toBe(certificateSvg(type, nameless));
});

test('a hostile name is ink like any other', () => {
  const svg = certificateSvg(type, sample('en', { name: '<script>&"\'</svg>' }));
  expect(svg).not.toMatch(/script|&|<text|<image|href/);
  expect(svg.match(/<\/svg>/g)).toHaveLength(1);
  expect(pixelsOf(svg)).toHaveLength(WIDTH * HEIGHT * 4);
});

test('another decoder reads the picture as it was drawn', async () => {
  const pixels = pixelsOf(certificateSvg(type, sample('or')));
  const png = (await encodePng(pixels, WIDTH, HEIGHT)).toString('base64');
  const shown = new Resvg(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}"><image width="${WIDTH}" height="${HEIGHT}" image-rendering="optimizeSpeed" href="data:image/png;base64,${png}"/></svg>`,
  ).render().pixels;
  let furthest = 0;
  let changed = 0;
  for (let at = 0; at < WIDTH * HEIGHT * 4; at++) {
    const distance = Math.abs(pixels[at]! - shown[at]!);
    if (distance > furthest) furthest = distance;
    if (distance > 4) changed += 1;
  }
  expect(furthest).toBeLessThanOrEqual(24);
  expect(changed / pixels.length).toBeLessThan(0.005);
});
