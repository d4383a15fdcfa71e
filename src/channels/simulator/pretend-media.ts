/** What a pretend phone's pictures and voice notes consist of: the smallest real files, a grey dot and a moment of silence. */
const FILES: Record<string, { contentType: string; bytes: Buffer }> = {
  image: {
    contentType: 'image/png',
    bytes: Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR42mNoAAAAggCB2kUIOwAAAABJRU5ErkJggg==',
      'base64',
    ),
  },
  voice: {
    contentType: 'audio/ogg',
    bytes: Buffer.from(
      'T2dnUwACAAAAAAAAAAAXWgAAAAAAAHobg4QBE09wdXNIZWFkAQE4AYC7AAAAAABPZ2dTAAAAAAAAAAAAABdaAAABAAAAHftKNAEQT3B1c1RhZ3MAAAAAAAAAAE9nZ1MABMADAAAAAAAAF1oAAAIAAAC8a+bGAQP4//4=',
      'base64',
    ),
  },
};

/** @param ref `simulator:image/…` or `simulator:voice/…`, as `Simulator.outgoing` gives it; others are refused */
export function pretendMedia(ref: string): { contentType: string; bytes: Buffer } | { refused: 'address' } {
  const [, kind = ''] = /^simulator:(\w+)\//.exec(ref) ?? [];
  return (Object.hasOwn(FILES, kind) ? FILES[kind] : undefined) ?? { refused: 'address' };
}
