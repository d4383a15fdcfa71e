/** A line of the terminal chat: something that he writes, or something that happens to the world. */
import { parseDuration } from '../web/simulator/duration';

const THINGS = ['voice', 'image', 'video', 'document', 'sticker', 'location', 'contact', 'call'] as const;

export type ChatLine =
  | { type: 'send'; kind: 'text'; text: string }
  | { type: 'send'; kind: (typeof THINGS)[number] }
  | { type: 'tap'; number: number }
  | { type: 'wait'; milliseconds: number }
  | { type: 'as'; phone: string; channel?: 'whatsapp' | 'sms' }
  | { type: 'state' | 'help' | 'quit' | 'nothing' };

/** @throws Error with a sentence for the person at the keyboard; DurationError for a wrong length of time */
export function parseLine(line: string): ChatLine {
  const text = line.trim();
  if (text === '') return { type: 'nothing' };
  if (!text.startsWith('/')) return { type: 'send', kind: 'text', text };
  const [word = '', ...rest] = text.slice(1).split(/\s+/);
  const argument = rest.join(' ');
  const thing = THINGS.find((kind) => kind === word);
  if (thing) return { type: 'send', kind: thing };
  switch (word) {
    case 'wait':
      return { type: 'wait', milliseconds: parseDuration(argument) };
    case 'tap':
      if (!/^\d{1,2}$/.test(argument))
        throw new Error('Write /tap and the number of the option, such as /tap 2.');
      return { type: 'tap', number: Number(argument) };
    case 'as': {
      const [, channel, phone = argument] = /^(whatsapp|sms) (.*)$/.exec(argument) ?? [];
      return { type: 'as', phone, ...(channel !== undefined && { channel: channel as 'whatsapp' | 'sms' }) };
    }
    case 'state':
    case 'help':
    case 'quit':
      return { type: word };
    default:
      throw new Error(`There is no /${word}. /help lists what there is.`);
  }
}
