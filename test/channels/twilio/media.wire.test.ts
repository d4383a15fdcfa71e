import { fetchMedia } from '../../../src/channels/twilio/media';
import { ACCOUNT } from './support';
import { useStub } from './wired';

const use = useStub();
const fetched = (ref: string) => fetchMedia(ref, { ...ACCOUNT, apiBaseUrl: use.stub.url });

test('a voice note is fetched with the account’s credentials', async () => {
  const ref = use.stub.addMedia('audio/ogg; codecs=opus', Buffer.from('OggS…'));
  expect(await fetched(ref)).toEqual({ contentType: 'audio/ogg; codecs=opus', bytes: Buffer.from('OggS…') });
});

test.each([
  [
    'a type that nobody needs',
    () => use.stub.addMedia('application/x-msdownload', Buffer.from('MZ')),
    'type',
  ],
  ['a web page', () => use.stub.addMedia('text/html', Buffer.from('<script>')), 'type'],
  ['more than 16 MB', () => use.stub.addMedia('audio/ogg', Buffer.alloc(16 * 1024 * 1024 + 1)), 'size'],
  [
    'more than 16 MB, without saying so',
    () =>
      use.stub.addMedia('audio/ogg', Buffer.alloc(16 * 1024 * 1024 + 1), { 'Transfer-Encoding': 'chunked' }),
    'size',
  ],
  [
    'one that is deleted',
    () => `https://api.twilio.com/2010-04-01/Accounts/${ACCOUNT.accountSid}/Messages/MM1/Media/ME1`,
    'gone',
  ],
  ['an address elsewhere', () => 'https://evil.example.org/2010-04-01/x', 'address'],
  ['an address that looks like Twilio’s', () => 'https://api.twilio.com.evil.example.org/x', 'address'],
  ['no address', () => 'voice note', 'address'],
])('%s is refused', async (_, ref, reason) => {
  const media = await fetched(ref());
  // Not the media itself: printing 16 MB of difference takes minutes.
  expect('refused' in media ? media.refused : 'taken').toBe(reason);
  if (reason === 'address') expect(use.stub.requests).toEqual([]);
});

test('with nobody listening it is unreachable', async () => {
  const ref = use.stub.addMedia('audio/ogg', Buffer.from('x'));
  await use.stub.stop();
  expect(await fetched(ref)).toEqual({ refused: 'unreachable' });
});
