import { sendFault } from '../../../src/channels/whatsapp-web/send-faults';
import { TookTooLong, WentAway, within } from '../../../src/channels/whatsapp-web/within';

test.each([
  ["Attempted to use detached Frame 'A1'.", { outcome: 'retry' }],
  [
    'Protocol error (Runtime.callFunctionOn): Session closed. Most likely the page has been closed.',
    { outcome: 'retry' },
  ],
  ['Protocol error: Cannot find context with specified id', { outcome: 'retry' }],
  ['No LID for user', { outcome: 'failed', kind: 'address' }],
  ['wid error: invalid wid', { outcome: 'failed', kind: 'address' }],
  ['media-fault: sendToChat filehash undefined', { outcome: 'retry' }],
  // In the middle of it: it may have gone.
  ['Protocol error (Runtime.callFunctionOn): Target closed', { outcome: 'unknown' }],
  ['Execution context was destroyed, most likely because of a navigation.', { outcome: 'unknown' }],
  ['Something new', { outcome: 'unknown' }],
])('%s', (message, expected) => expect(sendFault(new Error(message))).toMatchObject(expected));

test('a hanging call and a page that went are unknown', () => {
  expect(sendFault(new TookTooLong('x'))).toMatchObject({ outcome: 'unknown', code: 'send-hangs' });
  expect(sendFault(new WentAway('x'))).toMatchObject({ outcome: 'unknown', code: 'page-gone' });
});

test('reasons never hold what the library said', () => {
  for (const said of ['No LID for user +919800000001', 'cannot send "नमस्ते" to 919800000001'])
    expect(JSON.stringify(sendFault(new Error(said)))).not.toMatch(/9198|नमस्ते/);
});

test('waiting ends with the answer, the time or the page; a late failure is nobody’s', async () => {
  const never = new AbortController().signal;
  expect(await within(Promise.resolve(1), 1_000, never)).toBe(1);
  await expect(within(Promise.reject(new Error('no')), 1_000, never)).rejects.toThrow('no');
  let fail: (error: Error) => void = () => undefined;
  const late = new Promise((_, reject) => (fail = reject));
  await expect(within(late, 1, never)).rejects.toBeInstanceOf(TookTooLong);
  fail(new Error('late'));
  const gone = new AbortController();
  const waiting = within(new Promise(() => undefined), 60_000, gone.signal);
  gone.abort();
  await expect(waiting).rejects.toBeInstanceOf(WentAway);
  // The library throws bare strings.
  // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors
  await expect(within(Promise.reject('auth timeout'), 1_000, never)).rejects.toThrow('auth timeout');
});
