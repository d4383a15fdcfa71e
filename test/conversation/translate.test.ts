/** Keys to words, in the language asked for. */
import { join } from 'node:path';
import { loadContent } from '../../src/content';
import { LANGUAGES } from '../../src/conversation';
import { createTranslate } from '../../src/conversation/translate';

const content = loadContent(join(__dirname, '../../content'));
const translate = createTranslate(content);

test('a key is said in the language asked for, a part in its own where it names one', () => {
  expect(LANGUAGES.map((language) => translate({ key: 'options.menu' }, language))).toEqual([
    'मेनू',
    'মেনু',
    'ମେନୁ',
    'Menu',
    'Menu',
  ]);
  expect(translate({ key: 'options.menu', language: 'bn' }, 'en')).toBe('মেনু');
});

test('parameters are put in as they are: plain text, no markup', () => {
  const name = `Ram & "Co" <b>{{name}}</b> $t(menu.ask)`;
  expect(translate({ key: 'onboarding.met', params: { name } }, 'en')).toContain('Ram & "Co" <b>');
});

test('parameters that are texts are said in the same language', () => {
  const said = translate({ key: 'home.next', texts: { day: 'days.3', hour: 'hours.18' } }, 'hi');
  expect(said).toBe('आपका अगला पाठ बुधवार को शाम 6 बजे आएगा।');
});

test.each([
  [0, 'en', 'You are just beginning.'],
  [1, 'en', '1 lesson done.'],
  [2, 'en', '2 lessons done.'],
  [0, 'hi', 'अभी तो शुरुआत है।'],
  [1, 'hi', 'अब तक 1 पाठ पूरा हुआ।'],
  [5, 'hi', 'अब तक 5 पाठ पूरे हुए।'],
  [0, 'or', 'ଏବେ ତ ଆରମ୍ଭ।'],
  [1, 'bn', 'এখন পর্যন্ত 1টা পাঠ শেষ হয়েছে।'],
] as const)('%i lessons in %s', (count, language, words) => {
  expect(translate({ key: 'progress.lessons', params: { count } }, language)).toBe(words);
});

test('a key that does not exist is an error that names it and the way out', () => {
  expect(() => translate({ key: 'menu.aks' }, 'en')).toThrow(
    /No text for "menu\.aks"\. Add it to content\/locales/,
  );
});

test('a name with the marks of a placeholder opens no other text', () => {
  expect(translate({ key: 'onboarding.met', params: { name: '$t(menu.ask)' } }, 'en')).toBe(
    'Good to meet you, $t(menu.ask)!',
  );
});
