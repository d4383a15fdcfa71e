/** The real SDK, with a time limit, with what the SDK drops (Retry-After), and able to be pointed at a stand-in. */
import twilio from 'twilio';
import type { TwilioConfig } from '../../config';

export type TwilioClient = ReturnType<typeof twilio>;

/** Ten seconds: long enough for a slow answer, short enough that a worker's lease outlives it. */
const TIMEOUT_MS = 10_000;

/** An answer other than success. Holds no text of Twilio's: theirs quotes numbers. */
export class TwilioHttpError extends Error {
  constructor(
    readonly status: number,
    /** Twilio's error code, where the answer was Twilio's own (an HTML page of a proxy has none). */
    readonly code: number | undefined,
    /** The `Retry-After` header as it came: seconds or an HTTP date. */
    readonly retryAfter: string | undefined,
  ) {
    super(`Twilio answered ${status}${code === undefined ? '' : ` (error ${code})`}`);
    this.name = 'TwilioHttpError';
  }
}

interface Answer {
  statusCode: number;
  body: unknown;
  headers?: unknown;
}

function header(headers: unknown, name: string): string | undefined {
  const value =
    typeof headers === 'object' && headers !== null ? (headers as Record<string, unknown>)[name] : undefined;
  return typeof value === 'string' ? value : undefined;
}

function errorCode(body: unknown): number | undefined {
  const code = typeof body === 'object' && body !== null ? (body as Record<string, unknown>).code : undefined;
  return typeof code === 'number' ? code : undefined;
}

type RequestClient<TData> = typeof twilio.RequestClient.prototype.request<TData>;

/** Throws for every error answer itself: the SDK's own exception loses the headers and quotes the body. */
class Requests extends twilio.RequestClient {
  constructor(
    private readonly base: string | undefined,
    timeout: number,
  ) {
    super({ timeout, maxSockets: 50 });
  }

  override async request<TData>(options: Parameters<RequestClient<TData>>[0]) {
    const answer = await super.request<TData>({ ...options, uri: this.#moved(options.uri) });
    const { statusCode, body, headers } = answer as Answer;
    if (statusCode >= 400)
      throw new TwilioHttpError(statusCode, errorCode(body), header(headers, 'retry-after'));
    return answer;
  }

  /** Every Twilio host (api, content, media) becomes the stand-in; paths stay. */
  #moved(uri: string): string {
    if (this.base === undefined) return uri;
    const { pathname, search } = new URL(uri);
    return this.base + pathname + search;
  }
}

/**
 * @param config account and token; `apiBaseUrl` sends every request to a stand-in instead of Twilio.
 * @param timeoutMs after how long an answer is given up (the message may have been taken all the same).
 */
export function twilioClient(
  config: Pick<TwilioConfig, 'accountSid' | 'authToken' | 'apiBaseUrl'>,
  timeoutMs = TIMEOUT_MS,
): TwilioClient {
  return twilio(config.accountSid, config.authToken, {
    httpClient: new Requests(config.apiBaseUrl, timeoutMs),
  });
}
