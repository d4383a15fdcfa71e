/** Files that go with a message: fetched by us, with a limit to time and size. */
import type { OutboundMedia, SendResult } from '../channel';

/** WhatsApp's limit for pictures, audio and video. */
const MOST_BYTES = 16 * 1024 * 1024;

export type Fetched = { base64: string; contentType: string; fileName: string } | { failed: SendResult };

const retry = (reason: string): Fetched => ({ failed: { outcome: 'retry', code: 'media', reason } });

/** @returns the file, or why not: out of reach is tried again, too large or forbidden never. Never throws. */
export async function fetchOutgoing(
  { url, contentType }: OutboundMedia,
  timeoutMs: number,
): Promise<Fetched> {
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(timeoutMs) });
    if (answer.status >= 400 && answer.status < 500 && answer.status !== 429)
      return {
        failed: {
          outcome: 'failed',
          kind: 'other',
          code: 'media',
          reason: `the file is not to be had (${answer.status})`,
        },
      };
    if (!answer.ok) return retry(`the file could not be fetched (${answer.status})`);
    const chunks: Uint8Array[] = [];
    let size = 0;
    for await (const chunk of (answer.body ?? []) as AsyncIterable<Uint8Array>) {
      size += chunk.length;
      if (size > MOST_BYTES)
        return {
          failed: {
            outcome: 'failed',
            kind: 'other',
            code: 'media',
            reason: 'the file is larger than 16 MB',
          },
        };
      chunks.push(chunk);
    }
    const fileName = new URL(url).pathname.split('/').pop() ?? '';
    return { base64: Buffer.concat(chunks).toString('base64'), contentType, fileName: fileName || 'file' };
  } catch {
    return retry('the file could not be fetched');
  }
}
