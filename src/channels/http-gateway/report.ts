/** The webhook's body with a delivery report → a Receipt. Reports come in any order, more than once, or never. */
import type { Receipt } from '../channel';
import type { GatewayDescription } from './description';
import { at } from './fields';
import { failureKind, shownCode } from './outcome';

const OUTBOX_ID = /^[\w:.-]{1,200}$/;

/** The address of delivery reports; our own id rides in it, for gateways that give nothing else back. */
export function statusUrl(publicBaseUrl: string, outboxId: string): string {
  return `${publicBaseUrl}/webhooks/sms-gateway/status?o=${encodeURIComponent(outboxId)}`;
}

/**
 * @param body parsed JSON or form, its sender verified. @param fromUrl `o` of the address, if it has one.
 * @param now the time of receipt.
 * @returns the receipt, or `undefined` for a status that the description does not know or a report without an id.
 */
export function parseReport(
  body: unknown,
  fromUrl: string | undefined,
  description: GatewayDescription,
  now: Date,
): Receipt | undefined {
  const { report } = description;
  const providerId = at(body, report.messageId);
  const word = at(body, report.status)?.toLowerCase() ?? '';
  const status = Object.hasOwn(report.statuses, word) ? report.statuses[word] : undefined;
  if (providerId === undefined || providerId.length > 200 || status === undefined) return undefined;
  const outboxId = fromUrl ?? at(body, report.outboxId);
  const told = at(body, report.errorCode);
  const code = shownCode(told);
  return {
    providerId,
    status,
    at: now,
    ...(outboxId !== undefined && OUTBOX_ID.test(outboxId) && { outboxId }),
    ...(status === 'failed' && {
      failure: { kind: failureKind(description, told), ...(code !== undefined && { code }) },
    }),
  };
}
