/** What a failed call to the library means for the message: was it sent, was it not, or does nobody know? */
import type { SendResult } from '../channel';
import { TookTooLong, WentAway } from './within';

/** Thrown before the page was asked to do anything: nothing was sent. */
const NOT_BEGUN = /detached Frame|Session closed|Cannot find context|page has been closed/i;
/** The page looked the person up and found nobody. */
const NO_SUCH_PERSON = /No LID for user|wid error: invalid wid|invalid wid/i;
/** The file could not be prepared or uploaded; the message itself comes after that. */
const MEDIA = /media-fault|upload failed/i;

/**
 * @param error what `sendMessage` threw, or what ended the waiting.
 * Reasons are our own sentences: the library's may hold numbers and texts.
 */
export function sendFault(error: unknown): SendResult {
  if (error instanceof TookTooLong)
    return { outcome: 'unknown', code: 'send-hangs', reason: 'WhatsApp Web did not come back from sending' };
  if (error instanceof WentAway)
    return {
      outcome: 'unknown',
      code: 'page-gone',
      reason: 'the page of WhatsApp Web went away while it was sending',
    };
  const message = error instanceof Error ? error.message : String(error);
  if (NOT_BEGUN.test(message))
    return {
      outcome: 'retry',
      code: 'page-gone',
      reason: 'the page of WhatsApp Web was gone before it could send',
    };
  if (NO_SUCH_PERSON.test(message))
    return {
      outcome: 'failed',
      kind: 'address',
      code: 'no-lid',
      reason: 'WhatsApp knows nobody at this address',
    };
  if (MEDIA.test(message))
    return { outcome: 'retry', code: 'media', reason: 'the file could not be prepared for WhatsApp' };
  return { outcome: 'unknown', code: 'page-error', reason: 'WhatsApp Web failed while it was sending' };
}
