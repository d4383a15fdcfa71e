/** WhatsApp Web as a channel of this process, where the configuration asks for it. */
import type { Connection } from 'mongoose';
import type { InboundMessage, Receipt } from '../channels/channel';
import { createWhatsAppWeb, type WhatsAppWeb } from '../channels/whatsapp-web';
import { LIMITS } from '../channels/whatsapp-web/limits';
import type { Clock } from '../clock';
import type { Config } from '../config';
import { createLease } from '../delivery';
import type { Log } from '../log';
import type { Registry } from '../people';

export interface WhatsAppWebWiring {
  config: Config;
  connection: Connection;
  dataDir: string;
  clock: Clock;
  random: () => number;
  makeId: () => string;
  log: Log;
  receive: (message: InboundMessage) => Promise<void>;
  receipts: (receipts: Receipt[]) => Promise<void>;
  registry: () => Pick<Registry, 'at'>;
}

/** @returns the channel, not started; `undefined` where WHATSAPP_WEB is off. */
export function whatsAppWebFor({
  config,
  connection,
  clock,
  makeId,
  registry,
  ...parts
}: WhatsAppWebWiring): WhatsAppWeb | undefined {
  if (!config.whatsappWeb.enabled) return undefined;
  const { log } = parts;
  return createWhatsAppWeb({
    ...parts,
    clock,
    chromium: config.chromium,
    lease: createLease({ connection, name: 'whatsapp-web', leaseMs: LIMITS.leaseMs, clock, ids: makeId }),
    wroteFirst: async (address) =>
      (await registry().at({ channel: 'whatsapp', address }))?.lastHeardAt !== undefined,
    alert: ({ code, reason }) => log.error({ code, reason }, 'WhatsApp Web needs an operator'),
  });
}
