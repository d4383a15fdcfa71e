/** Voice notes and pictures that people sent, fetched only when somebody needs them. */
import type { TwilioConfig } from '../../config';

export type Media =
  { contentType: string; bytes: Buffer } | { refused: 'address' | 'type' | 'size' | 'gone' | 'unreachable' };

/** WhatsApp's own limit for audio and video; Twilio passes on no more. */
const MOST_BYTES = 16 * 1024 * 1024;
const TYPES = /^(audio\/(ogg|mpeg|mp4|aac|amr|3gpp)|image\/(jpeg|png|webp))(;|$)/;
const TIMEOUT_MS = 30_000;
const TWILIO = 'https://api.twilio.com';

async function limited(body: AsyncIterable<Uint8Array>): Promise<Buffer | undefined> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > MOST_BYTES) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/**
 * @param ref a `mediaRef` of an inbound message: an address at Twilio (any other is refused, so that the account's
 * token goes nowhere else). Twilio answers with a redirect to where the file lies, which needs no token.
 * @returns the bytes, or why not. Never throws. Audio and images of the usual types, at most 16 MB.
 */
export async function fetchMedia(
  ref: string,
  config: Pick<TwilioConfig, 'accountSid' | 'authToken' | 'apiBaseUrl'>,
): Promise<Media> {
  const url = URL.canParse(ref) ? new URL(ref) : undefined;
  if (url?.origin !== TWILIO && url?.origin !== config.apiBaseUrl) return { refused: 'address' };
  const address = (config.apiBaseUrl ?? TWILIO) + (url?.pathname ?? '');
  const authorization = `Basic ${Buffer.from(`${config.accountSid}:${config.authToken}`).toString('base64')}`;
  try {
    // A redirect to another host drops the authorization header (fetch standard, section 4.4).
    const answer = await fetch(address, {
      headers: { authorization },
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    if (!answer.ok || !answer.body) return { refused: answer.status === 404 ? 'gone' : 'unreachable' };
    const contentType = answer.headers.get('content-type') ?? '';
    if (!TYPES.test(contentType)) return { refused: 'type' };
    if (Number(answer.headers.get('content-length') ?? 0) > MOST_BYTES) return { refused: 'size' };
    const bytes = await limited(answer.body);
    return bytes ? { contentType, bytes } : { refused: 'size' };
  } catch {
    return { refused: 'unreachable' };
  }
}
