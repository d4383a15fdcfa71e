/**
 * How one provider's HTTP interface looks, as data: another provider is another description. `GENERIC` is a plain
 * interface of JSON in and out; docs/adding-a-channel.md shows how a provider that differs is described.
 */
import type { FailureKind, Receipt } from '../channel';

/** `retry`: surely not taken, try again. `sender-down`: nothing will leave from this sender until someone mends it. */
export type Meaning = ['retry' | 'sender-down' | FailureKind, reason: string];

/** What the value of a field may hold in braces, such as `{to}`. */
export const PLACEHOLDERS = [
  'to', // +919800000001
  'toDigits', // 919800000001
  'text',
  'sender', // SMS_GATEWAY_SENDER: a number or a header
  'id', // ours, for the provider to give back
  'statusUrl', // where delivery reports go, with our id in it
  'entityId', // India's register (DLT): the principal entity
  'templateId', // India's register (DLT): the template that the text matches
  'validForSeconds',
] as const;
export type Placeholder = (typeof PLACEHOLDERS)[number];

/**
 * Paths are names with full stops between them; a number is a place in a list: `data.messages.0.id`.
 */
export interface GatewayDescription {
  encoding: 'json' | 'form';
  /** How SMS_GATEWAY_TOKEN is shown: as a bearer token, as `user:password`, or alone in a header of the given name. */
  auth: 'bearer' | 'basic' | { header: string };
  /**
   * Path of a field in the request → its value with placeholders. A field is left out where one of its placeholders
   * has nothing to say. A form takes the path as the field's name, as it is.
   */
  fields: Readonly<Record<string, string>>;
  answer: {
    messageId: string;
    /** Where the provider says how many parts it charges. */
    segments?: string;
    errorCode?: string;
  };
  /** The provider's error codes, in answers and in delivery reports; one that is not here is `other`. */
  errors: Readonly<Record<string, Meaning>>;
  /** Paths in the webhook that brings a person's SMS. */
  inbound: { id: string; from: string; text: string };
  /** Paths in the webhook that brings a delivery report, and the provider's words in small letters → ours. */
  report: {
    messageId: string;
    status: string;
    outboxId?: string;
    errorCode?: string;
    statuses: Readonly<Record<string, Receipt['status']>>;
  };
  /** Digits put before a number that comes without its country: India's providers leave them out. */
  countryCode: string;
}

/** JSON out and in, a bearer token, our own id given back as `reference`. */
export const GENERIC: GatewayDescription = {
  encoding: 'json',
  auth: 'bearer',
  fields: {
    to: '{to}',
    from: '{sender}',
    text: '{text}',
    reference: '{id}',
    callback_url: '{statusUrl}',
    validity_seconds: '{validForSeconds}',
    'dlt.entity_id': '{entityId}',
    'dlt.template_id': '{templateId}',
  },
  answer: { messageId: 'id', segments: 'segments', errorCode: 'error.code' },
  errors: {
    opted_out: ['consent', 'he has opted out'],
    invalid_number: ['address', 'the number is not valid'],
    unknown_subscriber: ['address', 'the number is unknown or out of use'],
    template_mismatch: ['template', 'the text matches no template registered in India (DLT)'],
    filtered: ['filter', "the carrier's filter stopped it"],
    expired: ['expired', 'its validity period ended before it could leave'],
    unreachable: ['undelivered', 'the phone could not be reached'],
    queue_full: ['retry', 'the queue of the gateway is full'],
    no_credit: ['sender-down', 'the account at the gateway has no credit left'],
    sender_not_registered: ['sender-down', 'the sender is not registered'],
  },
  inbound: { id: 'id', from: 'from', text: 'text' },
  report: {
    messageId: 'id',
    status: 'status',
    outboxId: 'reference',
    errorCode: 'error.code',
    statuses: {
      queued: 'queued',
      accepted: 'queued',
      sent: 'sent',
      delivered: 'delivered',
      failed: 'failed',
      undelivered: 'failed',
      rejected: 'failed',
      expired: 'failed',
    },
  },
  countryCode: '91',
};
