/**
 * Twilio's two webhooks. The order of checks matters: size (413) before any arithmetic, signature (403) before
 * anything is read, shape (400) before anything is believed. Only when what was received is safe is it acknowledged.
 */
import express, {
  type ErrorRequestHandler,
  type Request,
  type RequestHandler,
  type Response,
  type Router,
} from 'express';
import type { InboundMessage, Receipt } from '../../channels/channel';
import { parseInbound, type Fields } from '../../channels/twilio/inbound';
import { parseReceipt } from '../../channels/twilio/receipt';
import { isFromTwilio } from '../../channels/twilio/signature';
import type { Clock } from '../../clock';
import type { TwilioConfig } from '../../config';
import { refusalLog, type WebhookLog } from './refusals';

export interface TwilioWebhookOptions {
  config: { publicBaseUrl: string; twilio: TwilioConfig };
  /** Resolves once the message is safely written (or known already); throws while it cannot be. */
  receive: (message: InboundMessage) => Promise<void>;
  receipts: (receipts: Receipt[]) => Promise<void>;
  log: WebhookLog;
  clock: Clock;
}

const LIMIT = '64kb';
/** Answers go out through the outbox, so the answer to Twilio is empty. */
const NOTHING_TO_SAY = '<?xml version="1.0" encoding="UTF-8"?><Response/>';

/** `reason` is a constant for the log; `sentence` is for whoever reads Twilio's debugger. */
interface Refusal {
  status: number;
  reason: string;
  sentence: string;
}

const FORGED: Refusal = {
  status: 403,
  reason: 'signature',
  sentence:
    "The signature does not fit. Is PUBLIC_BASE_URL the address that Twilio was given, and TWILIO_AUTH_TOKEN this account's?",
};
const DOUBLED: Refusal = {
  status: 400,
  reason: 'doubled field',
  sentence: 'Every field may come only once.',
};
const ANOTHER_ACCOUNT: Refusal = {
  status: 403,
  reason: 'another account',
  sentence: 'This webhook serves another Twilio account.',
};
const TOO_LARGE: Refusal = {
  status: 413,
  reason: 'too large',
  sentence: `A webhook holds at most ${LIMIT}.`,
};
const UNREADABLE: Refusal = {
  status: 400,
  reason: 'unreadable',
  sentence: 'The body is not a readable form.',
};

const bodyOf = (request: Request) => (request.body ?? {}) as Record<string, unknown>;

/** A replayed request with a doubled field still verifies, and would reach us as an array. */
const onlyStrings = (body: Record<string, unknown>) =>
  Object.values(body).every((value) => typeof value === 'string');

/** `?o=` of a status callback's URL; absent or doubled, there is none. */
const outboxIdOf = ({ query }: Request) => (typeof query.o === 'string' ? query.o : undefined);

/** What is wrong with a request as a whole, before its fields are looked at. */
function problemWith(
  request: Request,
  { publicBaseUrl, twilio }: TwilioWebhookOptions['config'],
): Refusal | undefined {
  const fields = bodyOf(request);
  const tokens = [twilio.authToken, ...(twilio.authTokenNext === undefined ? [] : [twilio.authTokenNext])];
  const signed = { signature: request.get('x-twilio-signature'), originalUrl: request.originalUrl, fields };
  if (!isFromTwilio(signed, tokens, publicBaseUrl)) return FORGED;
  if (!onlyStrings(fields)) return DOUBLED;
  return fields.AccountSid === twilio.accountSid ? undefined : ANOTHER_ACCOUNT;
}

/**
 * `POST /webhooks/twilio/inbound` and `POST /webhooks/twilio/status`.
 * @returns a router to be mounted at the root, in front of any other body parser.
 */
export function twilioWebhooks({ config, receive, receipts, log, clock }: TwilioWebhookOptions): Router {
  const logRefusal = refusalLog(log, clock);

  function refuse(response: Response, { status, reason, sentence }: Refusal): void {
    logRefusal(reason);
    response.status(status).type('text/plain').send(sentence);
  }

  const verified: RequestHandler = (request, response, next) => {
    const problem = problemWith(request, config);
    if (problem) refuse(response, problem);
    else next();
  };

  /** The body parser's refusals; anything else is left to the server's own handler. */
  const unreadable: ErrorRequestHandler = (error: { status?: number }, _request, response, next) => {
    if (error.status === 413) refuse(response, TOO_LARGE);
    else if (error.status !== undefined && error.status < 500) refuse(response, UNREADABLE);
    else next(error);
  };

  /** Acknowledges what is kept. Otherwise Twilio tries again or calls its fallback URL (docs/operations.md). */
  async function acknowledge(response: Response, keep: () => Promise<void> | undefined): Promise<void> {
    try {
      await keep();
      response.status(200).type('text/xml').send(NOTHING_TO_SAY);
    } catch (error) {
      // The error's own text may quote what was being written.
      const kind = error instanceof Error ? error.name : 'unknown';
      log.error({ kind }, 'A webhook could not be kept and was not acknowledged');
      response.status(503).set('Retry-After', '10').type('text/plain').send('Not kept. Please try again.');
    }
  }

  const router = express.Router();
  const form = express.urlencoded({ extended: false, limit: LIMIT });

  router.post('/webhooks/twilio/inbound', form, verified, async (request, response) => {
    const parsed = parseInbound(bodyOf(request) as Fields, config.twilio, clock.now());
    if ('refused' in parsed)
      refuse(response, { status: 400, reason: parsed.refused, sentence: `${parsed.refused}.` });
    else await acknowledge(response, () => parsed.message && receive(parsed.message));
  });

  router.post('/webhooks/twilio/status', form, verified, async (request, response) => {
    const receipt = parseReceipt(bodyOf(request) as Fields, outboxIdOf(request), clock.now());
    await acknowledge(response, () => receipt && receipts([receipt]));
  });

  router.use('/webhooks/twilio', unreadable);
  return router;
}
