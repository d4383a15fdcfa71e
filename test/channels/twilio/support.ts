/** What the tests of Twilio share: an account, its channels against the stand-in, and fixture files. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { OutboundMessage } from '../../../src/channels/channel';
import { MovableClock } from '../../../src/clock';
import type { TwilioConfig } from '../../../src/config';

export const ACCOUNT: TwilioConfig = {
  accountSid: `AC${'0a'.repeat(16)}`,
  authToken: 'stub-auth-token-0123456789abcdef',
  whatsappFrom: '+14155238886',
  smsFrom: '+15005550006',
  messagingServiceSid: `MG${'0b'.repeat(16)}`,
  smsTwoWay: false,
};

export const PUBLIC = 'https://saathi.example.org';
export const NOW = new Date('2026-01-04T10:00:00.000Z');
export const stillClock = () => new MovableClock(NOW);

export const HIS_NUMBER = '+919800000001';

export function message(more: Partial<OutboundMessage> = {}): OutboundMessage {
  return { id: 'p1:7:0', to: HIS_NUMBER, text: 'नमस्ते', options: [], ...more };
}

export interface Fixture<T> {
  name: string;
  fields: Record<string, string>;
  expected: T;
}

export function fixtures<T>(folder: string): Fixture<T>[] {
  const home = path.join(__dirname, 'fixtures', folder);
  return readdirSync(home).map((file) => ({
    name: file.replace('.json', ''),
    ...(JSON.parse(readFileSync(path.join(home, file), 'utf8')) as Omit<Fixture<T>, 'name'>),
  }));
}

/** The same without some properties: an optional one is absent, not `undefined`. */
export function without<T extends object>(values: T, ...names: (keyof T)[]): T {
  return Object.fromEntries(Object.entries(values).filter(([name]) => !names.includes(name as keyof T))) as T;
}
