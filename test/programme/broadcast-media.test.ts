/** What is taken as a picture or a voice note: by its first bytes, not by what it claims to be. */
import { pretendMedia } from '../../src/channels/simulator/pretend-media';
import { acceptedType, MOST_BYTES } from '../../src/programme/broadcast-media';

const bytes = (text: string) => Buffer.from(text, 'latin1');

test.each([
  ['picture', 'image/jpeg', '\xff\xd8\xff\xe0 and more', 'image/jpeg'],
  ['picture', 'IMAGE/PNG; charset=binary', '\x89PNG\r\n\x1a\n', 'image/png'],
  ['voice', 'audio/ogg; codecs=opus', 'OggS', 'audio/ogg'],
  ['voice', 'audio/mp4', '\0\0\0\x18ftypM4A ', 'audio/mp4'],
  ['voice', 'audio/mpeg', 'ID3', 'audio/mpeg'],
  ['voice', 'audio/amr', '#!AMR\n', 'audio/amr'],
  ['picture', 'image/jpeg', '<html><script>', undefined],
  ['picture', 'image/svg+xml', '<svg>', undefined],
  ['picture', 'image/webp', 'RIFF\0\0\0\0WEBP', undefined],
  ['picture', 'audio/ogg', 'OggS', undefined],
  ['voice', 'image/png', '\x89PNG\r\n\x1a\n', undefined],
  ['voice', 'audio/ogg', '', undefined],
  ['voice', 'constructor', 'OggS', undefined],
] as const)('%s as %s beginning %j: %s', (kind, claimed, start, type) => {
  expect(acceptedType(kind, claimed, bytes(start))).toBe(type);
});

test('nothing larger than WhatsApp takes', () => {
  const large = (size: number) => Buffer.concat([bytes('OggS'), Buffer.alloc(size - 4)]);
  expect(acceptedType('voice', 'audio/ogg', large(MOST_BYTES))).toBe('audio/ogg');
  expect(acceptedType('voice', 'audio/ogg', large(MOST_BYTES + 1))).toBeUndefined();
});

test('what the pretend phones send is taken', () => {
  for (const [kind, ref] of [
    ['picture', 'simulator:image/1'],
    ['voice', 'simulator:voice/1'],
  ] as const) {
    const found = pretendMedia(ref);
    if ('refused' in found) throw new Error(`${ref} is refused.`);
    expect(acceptedType(kind, found.contentType, found.bytes)).toBe(found.contentType);
  }
  expect(pretendMedia('simulator:constructor/1')).toEqual({ refused: 'address' });
});
