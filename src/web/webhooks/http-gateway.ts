/**
 * The SMS gateway's two webhooks. The secret is checked (403) before a byte of the body is read, then size (413) and
 * shape (400). Only when what was received is safe is it acknowledged.
 */
import express, { type ErrorRequestHandler, type RequestHandler, type Response, type Router } from 'express';
import type { InboundMessage, Receipt } from '../../channels/channel';
import { GENERIC, type GatewayDescription } from '../../channels/http-gateway/description';
import { parseInbound } from '../../channels/http-gateway/inbound';
import { parseReport } from '../../channels/http-gateway/report';
import { knowsSecret } from '../../channels/http-gateway/secret';
import type { Clock } from '../../clock';
import { refusalLog, type WebhookLog } from './refusals';

export interface GatewayWebhookOptions {
  /** SMS_GATEWAY_WEBHOOK_SECRET. */
  secret: string;
  /** `GENERIC` by default; the same as the channel's. */
  description?: GatewayDescription;
  /** Resolves once the message is safely written (or known already); throws while it cannot be. */
  receive: (message: InboundMessage) => Promise<void>;
  receipts: (receipts: Receipt[]) => Promise<void>;
  log: WebhookLog;
  clock: Clock;
}

const LIMIT = '64kb';

/**
 * `POST /webhooks/sms-gateway/inbound` and `POST /webhooks/sms-gateway/status`, JSON or form.
 * @returns a router to be mounted at the root, in front of any other body parser.
 */
export function gatewayWebhooks({
  secret,
  description = GENERIC,
  receive,
  receipts,
  log,
  clock,
}: GatewayWebhookOptions): Router {
  const logRefusal = refusalLog(log, clock);

  function refuse(response: Response, status: number, reason: string, sentence: string): void {
    logRefusal(reason);
    response.status(status).type('text/plain').send(sentence);
  }

  const verified: RequestHandler = (request, response, next) => {
    const shown = {
      authorization: request.get('authorization'),
      header: request.get('x-webhook-secret'),
    };
    if (knowsSecret(shown, secret)) next();
    else
      refuse(
        response,
        403,
        'secret',
        'The secret does not fit. Send SMS_GATEWAY_WEBHOOK_SECRET as X-Webhook-Secret, bearer token or password.',
      );
  };

  /** The body parsers' refusals; anything else is left to the server's own handler. */
  const unreadable: ErrorRequestHandler = (error: { status?: number }, _request, response, next) => {
    if (error.status === 413) refuse(response, 413, 'too large', `A webhook holds at most ${LIMIT}.`);
    else if (error.status !== undefined && error.status < 500)
      refuse(response, 400, 'unreadable', 'The body is neither readable JSON nor a readable form.');
    else next(error);
  };

  /** Acknowledges what is kept, with an empty body: some gateways send the answer's text to him as an SMS. */
  async function acknowledge(response: Response, keep: () => Promise<void> | undefined): Promise<void> {
    try {
      await keep();
      response.status(200).end();
    } catch (error) {
      // The error's own text may quote what was being written.
      const kind = error instanceof Error ? error.name : 'unknown';
      log.error({ kind }, 'A webhook could not be kept and was not acknowledged');
      response.status(503).set('Retry-After', '10').type('text/plain').send('Not kept. Please try again.');
    }
  }

  const router = express.Router();
  const json = express.json({ limit: LIMIT });
  const form = express.urlencoded({ extended: false, limit: LIMIT });

  router.post('/webhooks/sms-gateway/inbound', verified, json, form, async (request, response) => {
    const parsed = parseInbound(request.body, description, clock.now());
    if (parsed.message) await acknowledge(response, () => receive(parsed.message));
    else refuse(response, 400, parsed.refused, `${parsed.refused}.`);
  });

  router.post('/webhooks/sms-gateway/status', verified, json, form, async (request, response) => {
    const { o } = request.query;
    const receipt = parseReport(
      request.body,
      typeof o === 'string' ? o : undefined,
      description,
      clock.now(),
    );
    await acknowledge(response, () => receipt && receipts([receipt]));
  });

  router.use('/webhooks/sms-gateway', unreadable);
  return router;
}
