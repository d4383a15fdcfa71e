/** Pictures to share: every lesson and pledge in every language is whole, and light enough for a village's network. */
import { CARD, cardSvg, renderCard } from '../../src/pictures/card';
import { lessonCard, pledgeCard } from '../../src/pictures';
import { createTypesetter, type Typesetter } from '../../src/pictures/typesetter';
import { content, LANGUAGES, translate } from './support';

let type: Typesetter;
beforeAll(async () => {
  type = await createTypesetter();
});

const cards = (language: (typeof LANGUAGES)[number]) => [
  ...content.lessons.map(({ week }) => lessonCard(translate, week, language)),
  ...content.pledges.map(({ id }) => pledgeCard(translate, id, language)),
];

test.each(LANGUAGES)('%s: nothing is cut, broken or left out, of no lesson and no pledge', (language) => {
  const line = jest.spyOn(type, 'line');
  for (const card of cards(language)) {
    line.mockClear();
    cardSvg(type, card);
    const drawn = line.mock.calls.map(([text]) => text.trim()).join(' ');
    const { lead, title, text, campaign } = card;
    expect(drawn.split(/\s+/)).toEqual([lead, title, text, campaign].join(' ').split(/\s+/));
  }
  line.mockRestore();
});

test.each(LANGUAGES)('%s: a PNG of 1080 × 1350 under 150 KB, the same each time', async (language) => {
  const longest = cards(language).reduce((a, b) => (b.text.length > a.text.length ? b : a));
  const picture = await renderCard(longest);
  expect([picture.readUInt32BE(16), picture.readUInt32BE(20)]).toEqual([CARD.width, CARD.height]);
  expect(picture.length).toBeLessThan(150_000);
  expect((await renderCard(longest)).equals(picture)).toBe(true);
});
