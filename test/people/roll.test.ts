/** A list of people as it is handed in: what is read from it, and what is said about what can't be read. */
import { NoRoll, readRoll } from '../../src/people';
import { content } from '../conversation/world';

const HEADINGS = ['Phone', 'Name', 'Role', 'State', 'District', 'Group', 'Tier'];
const roll = (...rows: string[][]) => readRoll([HEADINGS, ...rows], content);

test('numbers, names and places as people write them', () => {
  const { people, wrong } = roll(
    ['98000 00001', 'Ramesh Kumar', '', 'Uttar Pradesh', 'sitapur', 'ktr-47', ''],
    ['+91-98000-00002', 'विजय कुमार', 'Mentor', 'up', 'सीतापुर', '', ''],
    ['09800000003', '', 'coordinator', 'UP', '', '', ''],
    ['९८००००००४४', '', 'coordinator', '', '', '', ''],
    ['9800000005', 'তপন মণ্ডল', 'officer', 'WB', 'নদিয়া', '', 'community'],
    ['', '', '', '', '', '', ''],
  );
  expect(wrong).toEqual([]);
  expect(people).toEqual([
    { phone: '+919800000001', name: 'Ramesh Kumar', state: 'UP', district: 'UP-sitapur', group: 'KTR47' },
    {
      phone: '+919800000002',
      name: 'विजय कुमार',
      state: 'UP',
      district: 'UP-sitapur',
      invited: { role: 'mentor' },
    },
    { phone: '+919800000003', state: 'UP', invited: { role: 'coordinator', level: 'state', place: 'UP' } },
    { phone: '+919800000044', invited: { role: 'coordinator', level: 'national' } },
    {
      phone: '+919800000005',
      name: 'তপন মণ্ডল',
      state: 'WB',
      district: 'WB-nadia',
      invited: { role: 'officer', tier: 'community', place: 'WB-nadia' },
    },
  ]);
});

test.each([
  [['12345', '', '', '', '', '', ''], /phone number/],
  [['', 'Ramesh', '', '', '', '', ''], /phone number/],
  [['9800000001', 'Ramesh 007', '', '', '', '', ''], /name/],
  [['9800000001', '', 'king', '', '', '', ''], /role/],
  [['9800000001', '', '', 'Bavaria', '', '', ''], /state is one of West Bengal \(WB\)/],
  [['9800000001', '', '', '', 'Sitapur', '', ''], /needs its state/],
  [['9800000001', '', '', 'UP', 'Kolkata', '', ''], /not found in this state/],
  [['9800000001', '', '', '', '', 'haan', ''], /group code/],
  [['9800000001', '', 'mentor', '', '', 'KTR47', ''], /Only a Saathi/],
  [['9800000001', '', 'officer', 'UP', '', '', 'district'], /officer needs/],
  [['9800000001', '', 'officer', 'UP', '', '', 'village'], /tier/],
])('%j is told of with its line', (row, why) => {
  const { people, wrong } = roll(['9800000009', '', '', '', '', '', ''], row);
  expect(people).toHaveLength(1);
  expect(wrong).toEqual([{ line: 3, why: expect.stringMatching(why) as string }]);
  // Nothing of the person himself is repeated: the list of faults may be passed on.
  expect(wrong[0]!.why).not.toMatch(/12345|9800000001|Ramesh/);
});

test('a number that stands twice counts once', () => {
  const { people, wrong } = roll(['9800000001'], ['+91 98000 00001']);
  expect(people).toHaveLength(1);
  expect(wrong).toEqual([{ line: 3, why: 'The same number stands on line 2.' }]);
});

test('without a column of phone numbers, or with one that nobody knows, it is no list of people', () => {
  expect(() => readRoll([['Name'], ['Ramesh']], content)).toThrow(NoRoll);
  expect(() =>
    readRoll(
      [
        ['Phone', 'Caste'],
        ['9800000001', 'x'],
      ],
      content,
    ),
  ).toThrow(/none of them: Caste/);
  expect(() => readRoll([], content)).toThrow(NoRoll);
});
