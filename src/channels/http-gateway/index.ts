/** SMS by a provider's HTTP interface, both ways; which interface is told by a description. */
import { SegmentedMessage } from 'sms-segments-calculator';
import type { Clock } from '../../clock';
import type { SmsGatewayConfig } from '../../config';
import type { Capabilities, Channel, FailureKind, OutboundMessage, SendResult } from '../channel';
import { GENERIC, type GatewayDescription } from './description';
import { checkFields, filled, nested } from './fields';
import { faultOf, outcomeOf } from './outcome';
import { statusUrl } from './report';

/** India's register (DLT). When given, numbers that begin with +91 get nothing but texts that match a template. */
export interface DltRegister {
  entityId?: string;
  /** The id of the registered template that a text matches; `undefined` for free text. */
  templateIdFor(text: string): string | undefined;
}

export interface HttpGatewayOptions {
  config: SmsGatewayConfig;
  /** Where the gateway reaches us, without a slash at the end: delivery reports go there. */
  publicBaseUrl: string;
  clock: Clock;
  /** `GENERIC` by default. */
  description?: GatewayDescription;
  dlt?: DltRegister;
  /** How long an answer is waited for; 10 s by default. */
  timeoutMs?: number;
}

/** Ten segments of UCS-2; most gateways take no more. */
const TEXT_LIMIT = 1600;
const TIMEOUT_MS = 10_000;
const NUMBER = /^\+[1-9]\d{6,14}$/;

const CAPABILITIES: Capabilities = {
  medium: 'sms',
  canReply: true,
  canTap: 0,
  canSendMedia: false,
  isPrivate: false,
  textLimit: TEXT_LIMIT,
};

function refusal(kind: FailureKind, code: string, reason: string): SendResult {
  return { outcome: 'failed', kind, code, reason };
}

class HttpGateway implements Channel {
  readonly id = 'sms';
  readonly sender = 'sms-gateway';
  readonly #description: GatewayDescription;

  constructor(private readonly options: HttpGatewayOptions) {
    this.#description = options.description ?? GENERIC;
    checkFields(this.#description);
  }

  capabilities(): Capabilities {
    return CAPABILITIES;
  }

  async send(message: OutboundMessage): Promise<SendResult> {
    const { dlt } = this.options;
    if (!NUMBER.test(message.to)) return refusal('address', 'no-number', 'the address is no phone number');
    if (message.media)
      return refusal('other', 'no-media', 'an SMS carries no picture or sound: send a link in its text');
    // NFC: the same letters in fewer units, and the form in which templates are matched.
    const text = message.text.normalize('NFC');
    if (text.trim() === '') return refusal('other', 'empty', 'there is nothing to say');
    if (text.length > TEXT_LIMIT)
      return refusal('other', 'too-long', `the text is longer than ${TEXT_LIMIT} characters`);
    const templateId = dlt && message.to.startsWith('+91') ? dlt.templateIdFor(text) : undefined;
    if (dlt && message.to.startsWith('+91') && templateId === undefined)
      return refusal('template', 'dlt', 'the text matches no template registered in India (DLT)');
    const result = await this.#post(message, text, templateId);
    return result.outcome === 'accepted'
      ? { segments: new SegmentedMessage(text).segmentsCount, ...result }
      : result;
  }

  async #post(message: OutboundMessage, text: string, templateId: string | undefined): Promise<SendResult> {
    const { config, publicBaseUrl, clock, dlt, timeoutMs = TIMEOUT_MS } = this.options;
    const { validForSeconds: seconds } = message;
    const fields = filled(this.#description.fields, {
      to: message.to,
      toDigits: message.to.slice(1),
      text,
      sender: config.sender,
      id: message.id,
      statusUrl: statusUrl(publicBaseUrl, message.id),
      ...(templateId !== undefined && { templateId }),
      ...(templateId !== undefined && dlt?.entityId !== undefined && { entityId: dlt.entityId }),
      ...(seconds !== undefined && { validForSeconds: String(Math.max(1, Math.round(seconds))) }),
    });
    const isForm = this.#description.encoding === 'form';
    try {
      const response = await fetch(config.url, {
        method: 'POST',
        // The token and his number go to the configured address and nowhere else.
        redirect: 'manual',
        headers: {
          ...this.#authorization(),
          accept: 'application/json',
          'content-type': isForm ? 'application/x-www-form-urlencoded' : 'application/json',
        },
        body: isForm ? new URLSearchParams(fields).toString() : JSON.stringify(nested(fields)),
        signal: AbortSignal.timeout(timeoutMs),
      });
      const answer = {
        status: response.status,
        retryAfter: response.headers.get('retry-after'),
        body: json(await response.text()),
      };
      return outcomeOf(answer, this.#description, clock.now());
    } catch (error) {
      return faultOf(error);
    }
  }

  #authorization(): Record<string, string> {
    const { auth } = this.#description;
    const { token } = this.options.config;
    if (auth === 'bearer') return { authorization: `Bearer ${token}` };
    if (auth === 'basic') return { authorization: `Basic ${Buffer.from(token).toString('base64')}` };
    return { [auth.header]: token };
  }
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * The channel for SMS by a gateway. It has no `find`: an unknown outcome waits for the delivery report.
 * @throws Error where the description names a placeholder that does not exist.
 */
export function httpGateway(options: HttpGatewayOptions): Channel {
  return new HttpGateway(options);
}
