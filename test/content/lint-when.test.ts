import { found, lineOf, removeMade } from './support';

const WHEN = 'when.yaml';
afterAll(removeMade);

it('a word under two meanings', () => {
  expect(found({ file: WHEN, find: '- tuesday', replace: '- Monday' })).toEqual([
    `${WHEN}:${lineOf(WHEN, '- tuesday')}: weekdays.2.0: "Monday" stands under weekdays 1 too. Leave it under one.`,
  ]);
});

it('spellings of one sound are one word', () => {
  expect(found({ file: WHEN, find: '- february', replace: '- jaanuary' })).toEqual([
    expect.stringContaining('"jaanuary" stands under months 1 too'),
  ]);
});

it('a number may share its word with a weekday, never with another number', () => {
  expect(found({ file: WHEN, find: '- seven', replace: '- saturday' })).toEqual([]);
  expect(found({ file: WHEN, find: '- seven', replace: '- six' })).toEqual([
    expect.stringContaining('"six" stands under numbers 6 too'),
  ]);
});

it('a word without a letter', () => {
  expect(found({ file: WHEN, find: '- seven', replace: "- '!'" })).toEqual([
    expect.stringContaining('"!" holds no letter'),
  ]);
});

it('a weekday without words', () => {
  expect(found({ file: WHEN, find: '  "7":\n    - sunday\n', replace: '' })).toEqual([
    expect.stringContaining('weekdays.7'),
  ]);
});
