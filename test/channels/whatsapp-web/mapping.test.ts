import type { LibraryMessage } from '../../../src/channels/whatsapp-web/library';
import {
  chatOf,
  lidAddress,
  numberOf,
  personChat,
  readCall,
  readMessage,
} from '../../../src/channels/whatsapp-web/mapping';

const NOW = new Date('2026-01-04T04:30:00Z');

function message(more: Partial<LibraryMessage> = {}): LibraryMessage {
  return {
    id: { _serialized: 'false_919800000001@c.us_3A01', fromMe: false },
    from: '919800000001@c.us',
    body: 'हाँ',
    type: 'chat',
    timestamp: NOW.getTime() / 1000 - 60,
    fromMe: false,
    downloadMedia: () => Promise.resolve(undefined),
    ...more,
  };
}

test.each([
  ['919800000001@c.us', '919800000001@c.us'],
  ['919800000001:12@c.us', '919800000001@c.us'],
  ['919800000001@s.whatsapp.net', '919800000001@c.us'],
  ['55500000000001@lid', '55500000000001@lid'],
  ['0@c.us', undefined],
  ['120363000000000001@g.us', undefined],
  ['120363000000000001@newsletter', undefined],
  ['status@broadcast', undefined],
  ['1700000000@broadcast', undefined],
  ['', undefined],
])('%s is the chat %s', (id, chat) => expect(personChat(id)).toBe(chat));

test('addresses and chats, both ways', () => {
  expect(numberOf('919800000001@c.us')).toBe('+919800000001');
  expect(numberOf('55500000000001@lid')).toBeUndefined();
  expect(chatOf('+919800000001')).toBe('919800000001@c.us');
  expect(chatOf(lidAddress('55500000000001@lid'))).toBe('55500000000001@lid');
  for (const none of ['IN.someone', '919800000001', '+0123', 'AX-SAATHI', ''])
    expect(chatOf(none)).toBeUndefined();
});

test.each([
  ['chat', 'text'],
  ['ptt', 'voice'],
  ['audio', 'voice'],
  ['image', 'image'],
  ['video', 'video'],
  ['document', 'document'],
  ['sticker', 'sticker'],
  ['location', 'location'],
  ['vcard', 'contact'],
  ['multi_vcard', 'contact'],
  ['poll_creation', 'unknown'],
  ['something_new', 'unknown'],
])('%s is %s', (type, kind) => expect(readMessage(message({ type }), NOW)).toMatchObject({ kind }));

test.each(['revoked', 'e2e_notification', 'gp2', 'protocol', 'reaction', 'call_log', 'ciphertext'])(
  '%s is nothing that anybody wrote',
  (type) => expect(readMessage(message({ type }), NOW)).toEqual({ ignored: 'notice' }),
);

test.each([
  ['ours', { fromMe: true }],
  ['ours', { id: { _serialized: 'true_1@c.us_1', fromMe: true } }],
  ['status', { isStatus: true }],
  ['broadcast', { broadcast: true }],
  ['no person', { from: '120363000000000001@g.us' }],
  ['no person', { author: '919800000002@c.us' }],
])('is ignored: %s', (ignored, more) => expect(readMessage(message(more), NOW)).toEqual({ ignored }));

test('a tap carries the option, media its reference, a card and a place no text', () => {
  expect(readMessage(message({ type: 'list_response', selectedRowId: 'yes' }), NOW)).toMatchObject({
    kind: 'tap',
    optionId: 'yes',
  });
  expect(readMessage(message({ type: 'buttons_response', selectedButtonId: 'no' }), NOW)).toMatchObject({
    optionId: 'no',
  });
  expect(readMessage(message({ type: 'ptt', hasMedia: true }), NOW)).toMatchObject({
    mediaRef: 'whatsapp-web:false_919800000001@c.us_3A01',
  });
  expect(readMessage(message({ type: 'vcard', body: 'BEGIN:VCARD' }), NOW)).toMatchObject({ text: '' });
  expect(readMessage(message(), NOW)).not.toHaveProperty('mediaRef');
});

test('keeps 4,096 characters and never half of one', () => {
  const read = readMessage(message({ body: 'a'.repeat(4095) + '🙏'.repeat(3) }), NOW);
  expect(read).toMatchObject({ text: 'a'.repeat(4095) });
});

test('a time in the future is now', () => {
  expect(readMessage(message({ timestamp: NOW.getTime() / 1000 + 3_600 }), NOW)).toMatchObject({ at: NOW });
  expect(readMessage(message(), NOW)).toMatchObject({ at: new Date('2026-01-04T04:29:00Z') });
});

test('calls come from people only', () => {
  const call = { id: 'C1', from: { _serialized: '919800000001@c.us' } };
  expect(readCall(call, NOW)).toEqual({
    id: 'call_C1',
    chatId: '919800000001@c.us',
    kind: 'call',
    text: '',
    at: NOW,
  });
  expect(readCall({ ...call, isGroup: true }, NOW)).toEqual({ ignored: 'no person' });
  expect(readCall({ ...call, fromMe: true }, NOW)).toEqual({ ignored: 'ours' });
  expect(readCall({ id: 'C2', from: '120363@g.us' }, NOW)).toEqual({ ignored: 'no person' });
});
