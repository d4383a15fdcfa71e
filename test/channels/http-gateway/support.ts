/** What the tests of the gateway share: its settings, a message, and another provider's description. */
import type { OutboundMessage } from '../../../src/channels/channel';
import { GENERIC, type GatewayDescription } from '../../../src/channels/http-gateway/description';
import { MovableClock } from '../../../src/clock';

export const NOW = new Date('2026-01-04T10:00:00.000Z');
export const PUBLIC = 'https://saathi.example.org/bot';
export const HIS_NUMBER = '+919800000001';
export const SECRET = 'gateway-secret-0123456789';
export const SETTINGS = { token: 'user:pass-word', sender: 'SAATHI', webhookSecret: SECRET };
export const stillClock = () => new MovableClock(NOW);

export function message(more: Partial<OutboundMessage> = {}): OutboundMessage {
  return { id: 'p1:7:0', to: HIS_NUMBER, text: 'नमस्ते', options: [], ...more };
}

/** The example of docs/adding-a-channel.md: forms, a password, DLT fields, refusals inside the answer. */
export const EXOTEL_LIKE: GatewayDescription = {
  ...GENERIC,
  encoding: 'form',
  auth: 'basic',
  fields: {
    From: '{sender}',
    To: '{toDigits}',
    Body: '{text}',
    DltEntityId: '{entityId}',
    DltTemplateId: '{templateId}',
    StatusCallback: '{statusUrl}',
    CustomField: 'saathi {id}',
  },
  answer: { messageId: 'SMSMessage.Sid', errorCode: 'RestException.Code' },
  errors: { '1008': ['address', 'the number is not valid'], '1010': ['sender-down', 'no credit left'] },
  inbound: { id: 'SmsSid', from: 'From', text: 'Body' },
  report: {
    messageId: 'SmsSid',
    status: 'Status',
    errorCode: 'DetailedStatusCode',
    statuses: { sent: 'delivered', failed: 'failed', 'failed-dnd': 'failed' },
  },
};
