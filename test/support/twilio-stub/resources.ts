/** Twilio's JSON: a message, a page of them, an error. Names and forms as in its OpenAPI description. */
import type { StoredMessage } from './messages';

export const API = '/2010-04-01/Accounts/';

/** RFC 2822 in GMT, as Twilio writes dates: `Fri, 24 May 2019 17:18:27 +0000`. */
export const rfc2822 = (date: Date) => date.toUTCString().replace('GMT', '+0000');

export function messageResource(accountSid: string, message: StoredMessage): Record<string, unknown> {
  const uri = `${API}${accountSid}/Messages/${message.sid}.json`;
  return {
    account_sid: accountSid,
    api_version: '2010-04-01',
    body: message.body,
    date_created: rfc2822(message.createdAt),
    date_sent: message.sentAt ? rfc2822(message.sentAt) : null,
    date_updated: rfc2822(message.sentAt ?? message.createdAt),
    direction: message.direction,
    error_code: message.errorCode,
    error_message: null,
    from: message.from,
    messaging_service_sid: message.messagingServiceSid,
    num_media: String(message.mediaUrls.length),
    num_segments: String(message.segments),
    price: null,
    price_unit: null,
    sid: message.sid,
    status: message.status,
    subresource_uris: { media: uri.replace('.json', '/Media.json') },
    to: message.to,
    uri,
  };
}

/** @param query the request's own query, repeated in the page's addresses. */
export function messagePage(
  accountSid: string,
  all: StoredMessage[],
  page: number,
  size: number,
  query: URLSearchParams,
): Record<string, unknown> {
  const shown = all.slice(page * size, (page + 1) * size);
  const uri = (number: number) => {
    const params = new URLSearchParams(query);
    params.set('PageSize', String(size));
    params.set('Page', String(number));
    return `${API}${accountSid}/Messages.json?${params.toString()}`;
  };
  return {
    messages: shown.map((message) => messageResource(accountSid, message)),
    page,
    page_size: size,
    start: page * size,
    end: page * size + Math.max(0, shown.length - 1),
    uri: uri(page),
    first_page_uri: uri(0),
    previous_page_uri: page > 0 ? uri(page - 1) : null,
    next_page_uri: (page + 1) * size < all.length ? uri(page + 1) : null,
  };
}

/** Twilio's error texts quote the number, which is why the product must not repeat them. */
export function errorBody(status: number, code: number, message: string): Record<string, unknown> {
  return { code, message, more_info: `https://www.twilio.com/docs/errors/${code}`, status };
}
