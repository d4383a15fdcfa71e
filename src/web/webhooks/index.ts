/** The webhooks of the providers that the configuration asks for. */
import { Router } from 'express';
import type { InboundMessage, Receipt } from '../../channels/channel';
import type { Clock } from '../../clock';
import type { Config } from '../../config';
import { gatewayWebhooks } from './http-gateway';
import type { WebhookLog } from './refusals';
import { twilioWebhooks } from './twilio';

export interface WebhookWiring {
  config: Pick<Config, 'publicBaseUrl' | 'twilio' | 'smsGateway'>;
  receive: (message: InboundMessage) => Promise<void>;
  receipts: (receipts: Receipt[]) => Promise<void>;
  log: WebhookLog;
  clock: Clock;
}

/** @returns one router for all of them; `undefined` where no provider is configured. */
export function webhooksFor({ config, ...parts }: WebhookWiring): Router | undefined {
  const { publicBaseUrl, twilio, smsGateway } = config;
  if (!twilio && !smsGateway) return undefined;
  const router = Router();
  if (twilio) router.use(twilioWebhooks({ config: { publicBaseUrl, twilio }, ...parts }));
  if (smsGateway) router.use(gatewayWebhooks({ secret: smsGateway.webhookSecret, ...parts }));
  return router;
}
