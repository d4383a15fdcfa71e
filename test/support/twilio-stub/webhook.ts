/** Webhooks as Twilio sends them: form-encoded, signed over the public address, posted to where the product really is. */
import { createHmac } from 'node:crypto';

export interface Product {
  /** The address that Twilio was given and signs. */
  publicBaseUrl: string;
  /** Where the product listens: `http://127.0.0.1:<port>`. */
  url: string;
}

/** Twilio's algorithm, written out here: the product's check must agree with it, not with itself. */
export function sign(authToken: string, url: string, fields: Record<string, string | string[]>): string {
  const data = Object.keys(fields)
    .sort()
    .reduce((sum, name) => {
      const value = fields[name] ?? '';
      const values = Array.isArray(value) ? [...new Set(value)].sort() : [value];
      return sum + values.map((one) => name + one).join('');
    }, url);
  return createHmac('sha1', authToken).update(data, 'utf8').digest('base64');
}

function form(fields: Record<string, string | string[]>): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(fields))
    for (const one of [value].flat()) params.append(name, one);
  return params.toString();
}

/**
 * Posts a webhook. @param path path and query, such as `/webhooks/twilio/inbound`.
 * @param overrides a signature, fields that are really posted, or headers other than those that belong.
 */
export async function postWebhook(
  product: Product,
  authToken: string,
  path: string,
  fields: Record<string, string>,
  overrides: {
    signature?: string | null;
    posted?: Record<string, string | string[]>;
    headers?: Record<string, string>;
  } = {},
): Promise<{ status: number; type: string; text: string }> {
  const signature =
    overrides.signature === undefined
      ? sign(authToken, product.publicBaseUrl + path, fields)
      : overrides.signature;
  const response = await fetch(product.url + path, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/x-www-form-urlencoded; charset=UTF-8',
      'User-Agent': 'TwilioProxy/1.1',
      ...(signature !== null && { 'X-Twilio-Signature': signature }),
      ...overrides.headers,
    },
    body: form(overrides.posted ?? fields),
  });
  return {
    status: response.status,
    type: response.headers.get('content-type') ?? '',
    text: await response.text(),
  };
}
