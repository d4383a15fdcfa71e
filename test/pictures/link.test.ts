import { certificateLink } from '../../src/pictures';

const SECRET = 'a secret of at least thirty-two characters';
const links = certificateLink(SECRET);
const tokenOf = (path: string) => /^\/certificates\/([\w-]+)\.png$/.exec(path)?.[1] ?? '';

test('a path leads back to its pledge', () => {
  const token = tokenOf(links.path('665f1c', 'p-7|"é'));
  expect(links.read(token)).toEqual({ participantId: '665f1c', pledgeId: 'p-7|"é' });
});

test('the same pledge always has the same path; another secret gives another', () => {
  expect(links.path('a', 'b')).toBe(certificateLink(SECRET).path('a', 'b'));
  const foreign = tokenOf(certificateLink(`${SECRET}!`).path('a', 'b'));
  expect(links.read(foreign)).toBeUndefined();
  expect(links.path('a', 'bc')).not.toBe(links.path('ab', 'c'));
});

test('no changed token is believed, whichever character is changed', () => {
  const token = tokenOf(links.path('665f1c', 'p-7'));
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  for (let at = 0; at < token.length; at++) {
    for (const letter of alphabet) {
      if (letter === token[at]) continue;
      expect(links.read(token.slice(0, at) + letter + token.slice(at + 1))).toBeUndefined();
    }
  }
});

test.each(['', 'A', 'A'.repeat(22), 'A'.repeat(60), '%00', 'é'.repeat(40)])(
  'rubbish is refused: %j',
  (token) => {
    expect(links.read(token)).toBeUndefined();
  },
);

test('a cut or lengthened token is refused', () => {
  const token = tokenOf(links.path('665f1c', 'p-7'));
  for (const changed of [token.slice(1), token.slice(0, -1), `${token}A`, `A${token}`, `${token}=`]) {
    expect(links.read(changed)).toBeUndefined();
  }
});
