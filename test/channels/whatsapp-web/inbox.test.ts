import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { InboundMessage } from '../../../src/channels/channel';
import { Bounded } from '../../../src/channels/whatsapp-web/bounded';
import { Handled } from '../../../src/channels/whatsapp-web/handled';
import { Inbox } from '../../../src/channels/whatsapp-web/inbox';
import type { LibraryClient, LibraryMessage } from '../../../src/channels/whatsapp-web/library';
import type { Session } from '../../../src/channels/whatsapp-web/session';
import { MovableClock } from '../../../src/clock';
import { silentLog } from '../../../src/log';

const NOW = new Date('2026-01-04T04:30:00Z');
let folder: string;
let handled: Handled;
let inbox: Inbox;
let received: InboundMessage[];
let receive: jest.Mock<Promise<void>, [InboundMessage]>;
let lookUp: jest.Mock;
let gone: AbortController;
const chats = new Bounded<string, string>(10);

/** A session whose page answers at once with what the test says. */
const session = () =>
  ({
    gone: gone.signal,
    call: (work: (client: LibraryClient) => Promise<unknown>) =>
      work({
        getContactLidAndPhone: lookUp,
        sendSeen: () => Promise.resolve(true),
      } as unknown as LibraryClient),
  }) as unknown as Session;

function written(id: string, more: Partial<LibraryMessage> = {}): LibraryMessage {
  return {
    id: { _serialized: id, fromMe: false },
    from: '919800000001@c.us',
    body: id,
    type: 'chat',
    timestamp: NOW.getTime() / 1000,
    fromMe: false,
    downloadMedia: () => Promise.resolve(undefined),
    ...more,
  };
}

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'inbox-'));
  handled = new Handled(folder, () => undefined);
  handled.linked(NOW.getTime());
  received = [];
  receive = jest.fn((message) => Promise.resolve(void received.push(message)));
  lookUp = jest.fn();
  gone = new AbortController();
  inbox = new Inbox({
    receive,
    handled,
    chats,
    clock: new MovableClock(NOW),
    log: silentLog,
    limits: { lookupMs: 1_000, againMs: 60_000 },
  });
});
afterEach(async () => {
  await inbox.stop();
  await handled.flush();
  rmSync(folder, { recursive: true, force: true });
});

test('keeps the order of a chat though looking up one sender takes long', async () => {
  let answer: (found: unknown) => void = () => undefined;
  lookUp.mockReturnValueOnce(new Promise((resolve) => (answer = resolve)));
  lookUp.mockResolvedValue([{ pn: '919800000001@c.us' }]);
  const from = '55500000000001@lid';
  inbox.message(session(), written('1', { from }));
  inbox.message(session(), written('2', { from }));
  inbox.message(session(), written('other chat'));
  while (received.length === 0) await new Promise(setImmediate);
  expect(received.map(({ id }) => id)).toEqual(['other chat']);
  answer([{ pn: '919800000001@c.us' }]);
  await inbox.stop();
  expect(received.map(({ id }) => id)).toEqual(['other chat', '1', '2']);
  expect(received.map(({ from: { address } }) => address)).toEqual(Array(3).fill('+919800000001'));
});

test('a message that comes again while it is being taken is taken once', async () => {
  inbox.message(session(), written('1'));
  inbox.message(session(), written('1'));
  await inbox.stop();
  expect(received).toHaveLength(1);
});

test('what the product did not take may come again', async () => {
  receive.mockRejectedValueOnce(new Error('away'));
  inbox.message(session(), written('1'));
  while (receive.mock.calls.length < 1) await new Promise(setImmediate);
  await new Promise(setImmediate);
  inbox.message(session(), written('1'));
  await inbox.stop();
  expect(received.map(({ id }) => id)).toEqual(['1']);
});

test('asks twice for a number, then answers by the hidden id', async () => {
  lookUp.mockRejectedValue(new Error('busy'));
  inbox.message(session(), written('1', { from: '55500000000001@lid' }));
  await inbox.stop();
  expect(lookUp).toHaveBeenCalledTimes(2);
  expect(received[0]).toMatchObject({
    from: { address: 'lid.55500000000001' },
    userId: '55500000000001@lid',
  });
  expect(chats.get('lid.55500000000001')).toBe('55500000000001@lid');
});

test('a browser that dies while the number is looked up makes no second person of him', async () => {
  lookUp.mockImplementation(() => {
    gone.abort();
    return Promise.reject(new Error('gone'));
  });
  inbox.message(session(), written('1', { from: '55500000000001@lid' }));
  await inbox.stop();
  expect(received).toEqual([]);
  expect(handled.has('1')).toBe(false);
});

test('what is older than the link is left alone', async () => {
  inbox.message(session(), written('old', { timestamp: NOW.getTime() / 1000 - 3_600 }));
  await inbox.stop();
  expect(received).toEqual([]);
});
