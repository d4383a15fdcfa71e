/** Is a webhook really from Twilio? HMAC-SHA1 over the public URL and the sorted fields, by the SDK, in constant time. */
import twilio from 'twilio';

export interface Signed {
  /** The `X-Twilio-Signature` header. */
  signature: string | undefined;
  /** As it came: path and query. The host is never taken from the request, whose sender could choose it. */
  originalUrl: string;
  /** Every field of the body, unknown ones too: the signature covers them. */
  fields: Record<string, unknown>;
}

/**
 * @param tokens the account's auth tokens; two while they are rotated. (Never an API key: Twilio signs with the token.)
 * @param publicBaseUrl where Twilio reaches us, without a slash at the end.
 * @returns false for a missing, wrong or malformed signature. A `bodySHA256` in the query is refused as well: it
 * would make Twilio's scheme ignore the fields.
 */
export function isFromTwilio(
  { signature, originalUrl, fields }: Signed,
  tokens: string[],
  publicBaseUrl: string,
): boolean {
  if (!signature || /[?&]bodySHA256/i.test(originalUrl)) return false;
  const url = publicBaseUrl + originalUrl.replace(/#.*$/, '');
  try {
    return tokens.some((token) => twilio.validateRequest(token, signature, url, fields));
  } catch {
    return false; // a URL that cannot be parsed was not signed by Twilio
  }
}
