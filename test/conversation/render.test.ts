/** What a step says, on a screen with buttons, without, by SMS, and where he cannot answer. */
import { join } from 'node:path';
import { loadContent } from '../../src/content';
import { createCore, render, type Abilities, type Said } from '../../src/conversation';

const { translate } = createCore(loadContent(join(__dirname, '../../content')));

const numbered: Abilities = { canReply: true, canTap: 0, canSendMedia: true, textLimit: 1600 };
const tappable: Abilities = { ...numbered, canTap: 10 };
const sms: Abilities = { ...numbered, canSendMedia: false };
const oneWay: Abilities = { ...sms, canReply: false };
const options = (...ids: string[]) => ids.map((id) => ({ id, key: `options.${id}` }));
const asked: Said = { parts: [{ key: 'menu.ask' }], options: options('yes', 'no') };

test('options stand as numbers in the text where they cannot be tapped', () => {
  expect(render(translate, asked, 'en', numbered)).toEqual({
    text: 'What would you like to do?\n\n1. Yes\n2. No',
    options: [],
  });
});

test('and as buttons where they can', () => {
  expect(render(translate, asked, 'en', tappable)).toEqual({
    text: 'What would you like to do?',
    options: [
      { id: 'yes', label: 'Yes' },
      { id: 'no', label: 'No' },
    ],
  });
});

test('more options than buttons, or a label too long for one: numbers', () => {
  expect(render(translate, asked, 'en', { ...numbered, canTap: 1 })?.options).toEqual([]);
  const long = { id: 'long', key: 'home.finished' };
  expect(render(translate, { ...asked, options: [long] }, 'en', tappable)).toMatchObject({
    text: expect.stringContaining('\n\n1. You have done'),
    options: [],
  });
});

test('parts are paragraphs; one that continues stands on the next line; each may have its own language', () => {
  const parts = [
    { key: 'language.name', language: 'hi' as const },
    { key: 'language.name', language: 'or' as const, continues: true as const },
    { key: 'schedule.saved', texts: { day: 'days.3', hour: 'hours.18' } },
  ];
  expect(render(translate, { parts }, 'bn', numbered)?.text).toBe(
    'हिन्दी\nଓଡ଼ିଆ\n\nহয়ে গেছে। এখন থেকে পাঠ আসবে প্রতি বুধবার সন্ধ্যা 6টায়।',
  );
});

describe('a picture', () => {
  const picture = { kind: 'certificate' as const, pledgeId: 'p-1' };
  const said: Said = {
    parts: [{ key: 'pledging.taken', params: { name: 'Dev' }, hasPicture: true }, { key: 'pledging.step' }],
    options: options('skip'),
    picture,
  };
  test('is attached where it can be sent', () => {
    const rendered = render(translate, said, 'en', numbered, 'https://x.example/p.png');
    expect(rendered?.picture).toEqual(picture);
    expect(rendered?.text).not.toContain('https://');
  });
  test('is a link after the sentence that speaks of it where it cannot', () => {
    const rendered = render(translate, said, 'en', sms, 'https://x.example/p.png');
    expect(rendered?.picture).toBeUndefined();
    expect(rendered?.text).toContain('your certificate.\nhttps://x.example/p.png\n\nWhat will be');
  });
});

describe('where he cannot answer', () => {
  test('only the text that stands alone is said, without options', () => {
    const said = { ...asked, standalone: [{ key: 'lesson.1.sms' }] };
    const rendered = render(translate, said, 'en', oneWay);
    expect(rendered).toEqual({ text: translate({ key: 'lesson.1.sms' }, 'en'), options: [] });
  });
  test('and nothing where there is none', () =>
    expect(render(translate, asked, 'en', oneWay)).toBeUndefined());
});

describe('too long a text', () => {
  const said: Said = {
    parts: [{ key: 'pledging.read', params: { text: 'क्षि'.repeat(500) } }],
    options: options('yes'),
  };
  const rendered = render(translate, said, 'hi', numbered)!;
  test('fits', () => expect(rendered.text.length).toBeLessThanOrEqual(1600));
  test('keeps its answers', () => expect(rendered.text).toMatch(/…\n\n1\. हाँ$/));
  test('is cut between letters, never inside one', () => {
    expect(rendered.text.split('…')[0]).toMatch(/"(क्षि)+$/u);
  });
});
