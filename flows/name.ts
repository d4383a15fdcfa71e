/** His name as people type it: often in a sentence ("mera naam Ramesh hai"), of which only the name is kept. */
import { normalise } from '../src/content/normalise';

const NAME = /^[\p{L}\p{M}][\p{L}\p{M} .'’-]{0,39}$/u;

/** How the sentence begins, the longest first. */
const BEFORE = [
  ...['my name is', 'my name', 'name is', 'name', 'this is', 'i am', 'im', 'myself'],
  ...['mera naam', 'mera nam', 'mera name', 'naam', 'nam', 'main', 'mai', 'mein'],
  ...['मेरा नाम', 'नाम', 'मैं'],
  ...['amar naam', 'amar nam', 'ami', 'আমার নাম', 'নাম', 'আমি'],
  ...[
    'mo naan',
    'mo nan',
    'mo naa',
    'mo na',
    'mo nama',
    'mora nama',
    'ମୋ ନାଁ',
    'ମୋର ନାଁ',
    'ମୋ ନାମ',
    'ମୋର ନାମ',
    'ନାଁ',
    'ମୁଁ',
  ],
]
  .map((words) => normalise(words).split(' '))
  .sort((one, other) => other.length - one.length);

/** And how it ends. */
const AFTER = new Set(['hai', 'he', 'h', 'hun', 'hu', 'hoon', 'है', 'हूँ', 'ଅଟେ'].map(normalise));

/** The name alone, as he spells it; undefined when there is none in it, or more than a name. */
export function nameFrom(text: string): string | undefined {
  let words = text
    .trim()
    .replace(/[\s,:;!।|]+/gu, ' ')
    .trim()
    .split(' ');
  const plain = (index: number) => normalise(words[index] ?? '');
  const before = BEFORE.find(
    (frame) => frame.length < words.length && frame.every((word, index) => plain(index) === word),
  );
  if (before) words = words.slice(before.length);
  if (words.length > 1 && AFTER.has(plain(words.length - 1))) words = words.slice(0, -1);
  const name = words.join(' ').replace(/\.$/u, '');
  return NAME.test(name) ? name : undefined;
}
