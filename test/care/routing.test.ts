/** Whose a case is, tier by tier. */
import { above, posts } from '../../src/care/routing';
import type { CaseRequest } from '../../src/conversation';

const hubs = [{ district: 'UP-sitapur', confirmedOn: '2026-11-01' }];
const at = (more: Partial<CaseRequest>) =>
  posts(
    { kind: 'call', topic: 'suffered', urgency: 'week', state: 'UP', district: 'UP-sitapur', ...more },
    hubs,
  ).map(({ tier, place }) => `${tier} ${place}`);

test('a call goes to the Gender Hub of its district, then to the state', () => {
  expect(at({})).toEqual(['district UP-sitapur', 'state UP']);
});

test('where there is no Gender Hub, or no district is known, it goes to the state', () => {
  expect(at({ district: 'UP-agra' })).toEqual(['state UP']);
  expect(
    posts({ kind: 'call', topic: 'done', urgency: 'now', state: 'OD' }, hubs).map(({ tier }) => tier),
  ).toEqual(['state']);
});

test('only a need that can wait begins in the community: neighbours are not told of violence', () => {
  const need = { kind: 'report', topic: 'need' } as const;
  expect(at({ ...need, urgency: 'later' })).toEqual([
    'community UP-sitapur',
    'district UP-sitapur',
    'state UP',
  ]);
  expect(at({ ...need, urgency: 'now' })[0]).toBe('district UP-sitapur');
  expect(at({ ...need, topic: 'witnessed', urgency: 'later' })[0]).toBe('district UP-sitapur');
});

test('what nobody answers rises to the next tier that there is, and no further than the state', () => {
  const all = posts(
    { kind: 'report', topic: 'need', urgency: 'later', state: 'UP', district: 'UP-agra' },
    hubs,
  );
  expect(all.map(({ tier }) => tier)).toEqual(['community', 'state']);
  expect(above({ tier: 'community', place: 'UP-agra' }, all)).toEqual([{ tier: 'state', place: 'UP' }]);
  expect(above({ tier: 'state', place: 'UP' }, all)).toEqual([]);
});
