/** A group's poster: what the camera sees is the link, whatever the group is called and in every language. */
import { create } from 'qrcode';
import { joinLink } from '../../src/people';
import { posterTexts } from '../../src/pictures';
import { CARD } from '../../src/pictures/card';
import { posterLink } from '../../src/pictures/link';
import { posterSvg, renderPoster } from '../../src/pictures/poster';
import { createTypesetter, type Typesetter } from '../../src/pictures/typesetter';
import { LANGUAGES, NAMES, pixelsOf, translate } from './support';

const link = joinLink('+919800000001', 'KTR47');
const group = (name: string) => ({ name, code: 'KTR47', link, number: '+919800000001' });

let type: Typesetter;
beforeAll(async () => {
  type = await createTypesetter();
});

/** Dark or light at the middle of every module, read off the picture row by row. */
function modulesOn(svg: string, size: number): boolean[] {
  const [, x, y, side] =
    /<rect x="(\d+)" y="(\d+)" width="(\d+)" height="\3" rx="18" fill="#ffffff"/.exec(svg)?.map(Number) ?? [];
  if (x === undefined || y === undefined || side === undefined) throw new Error('There is no code on it.');
  const pixels = pixelsOf(svg);
  const module = side / (size + 8);
  const middle = (from: number, index: number) => Math.floor(from + (index + 4.5) * module);
  return Array.from({ length: size * size }, (_, index) => {
    const at = (middle(y, Math.floor(index / size)) * CARD.width + middle(x, index % size)) * 4;
    return pixels.readUInt8(at) < 128;
  });
}

test('the link opens WhatsApp with the words written', () => {
  expect(link).toBe('https://wa.me/919800000001?text=JOIN%20KTR47');
});

test.each(LANGUAGES)('%s: the camera reads the link, and nothing that is written is cut', (language) => {
  const line = jest.spyOn(type, 'line');
  const poster = posterTexts(translate, group(NAMES[language]), language);
  const svg = posterSvg(type, poster);
  const drawn = line.mock.calls.map(([text]) => text.trim()).join(' ');
  line.mockRestore();
  const { modules } = create(link, { errorCorrectionLevel: 'M' });
  expect(modulesOn(svg, modules.size)).toEqual(Array.from(modules.data, (one) => one === 1));
  const { lead, text, campaign } = poster;
  expect(drawn.split(/\s+/)).toEqual([lead, NAMES[language], text, campaign].join(' ').split(/\s+/));
});

test('a name of forty wide letters, or of none that can be written, leaves the code whole', () => {
  const { modules } = create(link, { errorCorrectionLevel: 'M' });
  for (const name of ['W'.repeat(40), '😀😀', 'क्ष'.repeat(13)]) {
    const svg = posterSvg(type, posterTexts(translate, group(name), 'hi'));
    expect(modulesOn(svg, modules.size)).toEqual(Array.from(modules.data, (one) => one === 1));
  }
});

test('a PNG of 1080 × 1350 under 150 KB', async () => {
  const picture = await renderPoster(posterTexts(translate, group('Ravidas Tola'), 'or'));
  expect([picture.readUInt32BE(16), picture.readUInt32BE(20)]).toEqual([CARD.width, CARD.height]);
  expect(picture.length).toBeLessThan(150_000);
});

test('its address tells the group and the language to whoever has the secret, and a changed one nothing', () => {
  const links = posterLink('a secret of at least thirty-two characters');
  const [, token = ''] = /^\/posters\/([\w-]+)\.png$/.exec(links.path('KTR47', 'bn')) ?? [];
  expect(links.read(token)).toEqual({ group: 'KTR47', language: 'bn' });
  expect(links.read(`${token}A`)).toBeUndefined();
  expect(posterLink('another secret of thirty-two characters').read(token)).toBeUndefined();
});
