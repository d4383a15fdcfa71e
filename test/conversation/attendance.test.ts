/** Who came, in four languages. The group has the numbers 1 to 12, without 6, which is free again. */
import { join } from 'node:path';
import fc from 'fast-check';
import { loadContent } from '../../src/content';
import { createReadAttendance } from '../../src/conversation/attendance';

const content = loadContent(join(__dirname, '../../content'));
const read = createReadAttendance(content.attendance);
const ROSTER = [3, 1, 2, 4, 5, 7, 8, 9, 10, 11, 12];
const IN_ORDER = ROSTER.toSorted((one, other) => one - other);
const but = (...absent: number[]) => IN_ORDER.filter((number) => !absent.includes(number));

describe.each<[string, number[], string[]]>([
  [
    'some',
    [1, 3, 7, 8, 9],
    [
      '1 3 7-9',
      '1,3,7-9',
      '1 3 7 8 9',
      '१ ३ ७-९',
      '১, ৩, ৭-৯',
      '୧ ୩ ୭-୯',
      '9 8 7 3 1 1 3',
      '1 and 3 and 7 to 9',
      '1 aur 3 aur 7 se 9 tak',
      '1 3 7 से 9 तक आए',
      '1 আর 3 আর 7 থেকে 9',
      '১ ৩ ৭ থেকে ৯ পর্যন্ত এসেছেন',
      '୧ ଓ ୩ ଓ ୭ ରୁ ୯ ଯାଏ ଆସିଥିଲେ',
      'ATTEND 1 3 7-9',
      'number 1, 3, 7 – 9',
      '1 3 7-9.',
    ],
  ],
  [
    'all',
    but(),
    [
      'all',
      'All came',
      'everyone',
      'sab',
      'sab aaye',
      'सब आए',
      'सभी',
      'sobai',
      'সবাই',
      'সকলেই এসেছেন',
      'samaste',
      'ସମସ୍ତେ',
      'ସମସ୍ତେ ଆସିଥିଲେ',
      'saare log',
    ],
  ],
  [
    'all but one',
    but(4),
    [
      'all but 4',
      'All except 4',
      'everyone except 4',
      'except 4',
      'all minus 4',
      '4 absent',
      '4 did not come',
      '4 chhodkar sab',
      '4 ko chhodkar sabhi',
      'sab 4 ke alawa',
      '4 nahi aaya',
      '4 को छोड़कर सब',
      '४ के अलावा सभी आए',
      '4 नहीं आए',
      '4 bade sobai',
      '৪ বাদে সবাই',
      '৪ ছাড়া সকলে',
      '৪ আসেনি',
      '4 chhada samaste',
      '୪ ଛଡ଼ା ସମସ୍ତେ',
      '୪ ବାଦ୍ ସମସ୍ତେ ଆସିଥିଲେ',
      '୪ ଆସିନାହାନ୍ତି',
    ],
  ],
  [
    'all but several',
    but(2, 7, 8, 9),
    [
      'all but 2 7-9',
      'all but 2, 7 and 8 and 9',
      '2 aur 7 se 9 nahi aaye',
      '२, ७-९ को छोड़कर सब',
      '২ আর ৭-৯ বাদে সবাই',
      '୨ ଓ ୭-୯ ଛଡ଼ା ସମସ୍ତେ',
    ],
  ],
  [
    'nobody',
    [],
    ['none', 'nobody came', 'koi nahi aaya', 'कोई नहीं', 'কেউ আসেনি', 'keu na', 'କେହି ନାହିଁ', 'କେହି ଆସିନାହାନ୍ତି'],
  ],
])('%s', (_name, present, said) => {
  it.each(said)('%s', (text) => expect(read(text, ROSTER)).toEqual({ present, guests: 0 }));
});

it.each([
  '1 3 +2',
  '1 3 + 2',
  '1 3 and 2 guests',
  '1 3 aur 2 mehman',
  '१ ३ और २ मेहमान',
  '১ ৩ আর ২ জন অতিথি',
  '୧ ୩ ଓ ୨ ଜଣ ଅତିଥି',
])('guests are counted apart: %s', (text) =>
  expect(read(text, ROSTER)).toEqual({ present: [1, 3], guests: 2 }),
);

it.each<[string, number[]]>([
  ['1 3 6', [6]],
  ['5-9', [6]],
  ['all but 99', [99]],
  ['0 1', [0]],
])('a number that nobody has is named: %s', (text, unknown) =>
  expect(read(text, ROSTER)).toEqual({ unknown }),
);

it.each([
  '',
  '?',
  'hello',
  '9-7',
  '7-',
  '-',
  'all 4',
  'all but',
  'nobody 4',
  '1 3 kal',
  'Ramesh',
  'guests',
  '1 2 guests 3 guests',
  'x'.repeat(500),
  '👍',
])('what is not clear is asked again: %s', (text) => expect(read(text, ROSTER)).toEqual({ unread: true }));

describe('whatever is typed', () => {
  const words = Object.values(content.attendance).flat();
  const piece = fc.oneof(
    fc.nat(30).map(String),
    fc.constantFrom(...words, '-', '+', ','),
    fc.string({ maxLength: 6 }),
  );

  it('never throws, and names only men of the group, each once and in order', () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 10 }), (pieces) => {
        const who = read(pieces.join(' '), ROSTER);
        if (!('present' in who)) return;
        expect(who.present).toEqual(IN_ORDER.filter((number) => who.present.includes(number)));
        expect(who.guests).toBeGreaterThanOrEqual(0);
      }),
      { numRuns: 3000 },
    );
  });

  it('a list and "all but" its rest are the same', () => {
    fc.assert(
      fc.property(fc.subarray(IN_ORDER, { minLength: 1, maxLength: IN_ORDER.length - 1 }), (present) => {
        const absent = but(...present);
        expect(read(present.join(' '), ROSTER)).toEqual({ present, guests: 0 });
        expect(read(`all but ${absent.join(', ')}`, ROSTER)).toEqual({ present, guests: 0 });
      }),
    );
  });
});
