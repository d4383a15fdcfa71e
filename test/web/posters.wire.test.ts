/** Posters at their addresses. */
import express from 'express';
import request from 'supertest';
import { silentLog } from '../../src/log';
import { posterLink } from '../../src/pictures/link';
import { postersRouter } from '../../src/web/posters';
import { groupFinder } from '../../src/wiring/groups';
import { translate } from '../pictures/support';

const links = posterLink('a secret of at least thirty-two characters');
const people = {
  groups: {
    withCode: (code: string) => Promise.resolve(code === 'KTR47' ? { name: 'Ravidas Tola' } : undefined),
  },
} as unknown as Parameters<typeof groupFinder>[0];

function appWith(number: string | undefined) {
  return express().use(
    postersRouter({
      links,
      find: groupFinder(people, number),
      translate,
      log: silentLog,
      draw: ({ group, link }) => Promise.resolve(Buffer.from(`${group} ${link}`)),
    }),
  );
}

test('the poster, by its address; none for a forged one, an unknown group, or where there is no number', async () => {
  const app = appWith('+919800000001');
  const answer = await request(app).get(links.path('KTR47', 'hi')).expect(200);
  expect(answer.headers['content-type']).toBe('image/png');
  expect((answer.body as Buffer).toString()).toBe(
    'Ravidas Tola https://wa.me/919800000001?text=JOIN%20KTR47',
  );
  await request(app).get(links.path('KTR48', 'hi')).expect(404);
  await request(app).get(links.path('KTR47', 'hi').replace('.png', 'A.png')).expect(404);
  await request(appWith(undefined)).get(links.path('KTR47', 'hi')).expect(404);
});
