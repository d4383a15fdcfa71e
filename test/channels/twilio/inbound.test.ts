import type { InboundMessage } from '../../../src/channels/channel';
import { parseInbound } from '../../../src/channels/twilio/inbound';
import { ACCOUNT, NOW, fixtures } from './support';

const cases = fixtures<InboundMessage>('inbound');
const text = cases.find(({ name }) => name === 'whatsapp-text')!.fields;

test.each(cases)('$name', ({ fields, expected }) => {
  expect(parseInbound(fields, ACCOUNT, NOW)).toEqual({ message: { ...expected, at: NOW } });
});

test('Advanced Opt-Out has answered HELP: there is nothing left to do', () => {
  const help = { ...text, Body: 'help', OptOutType: 'HELP' };
  expect(parseInbound(help, ACCOUNT, NOW)).toEqual({ answered: true });
});

test.each([
  ['MessageSid', undefined],
  ['MessageSid', 'SM1'],
  ['AccountSid', undefined],
  ['AccountSid', `AC${'ff'.repeat(16)}`],
  ['From', undefined],
  ['From', 'whatsapp:'],
  ['From', 'whatsapp:919800000001'],
  ['From', 'whatsapp:in.123'],
  ['From', 'messenger:12345'],
  ['From', '+91 98000 00001\n'],
  ['To', undefined],
  ['To', 'whatsapp:+14155238887'],
  ['To', '+14155238886'], // our WhatsApp number, but by SMS
])('%s %p is refused by name, without its value', (name, value) => {
  const fields = Object.fromEntries(
    Object.entries({ ...text, [name]: value }).filter(([, v]) => v !== undefined),
  ) as Record<string, string>;
  const parsed = parseInbound(fields, ACCOUNT, NOW);
  expect(parsed).toEqual({ refused: expect.stringContaining(name) });
  if (value) expect(JSON.stringify(parsed)).not.toContain(value);
});

test('another Messaging Service is not ours', () => {
  const fields = { ...text, To: '+15005550099', MessagingServiceSid: `MG${'ff'.repeat(16)}` };
  expect(parseInbound(fields, ACCOUNT, NOW)).toEqual({ refused: 'To is not a sender of ours' });
});

test('a text is kept to 4,096 characters and never cut within one', () => {
  const long = `${'a'.repeat(4095)}😀 and more`;
  const parsed = parseInbound({ ...text, Body: long }, ACCOUNT, NOW);
  expect(parsed.message?.text).toBe('a'.repeat(4095));
});

test('field names of every object are only names', () => {
  const parsed = parseInbound({ ...text, MessageType: 'constructor', MediaContentType0: 'x' }, ACCOUNT, NOW);
  expect(parsed.message?.kind).toBe('text');
});
