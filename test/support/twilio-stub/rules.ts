/** What Twilio refuses at once, before any message exists. Codes: https://www.twilio.com/docs/api/errors/<code> */
import type { ContentStore } from './contents';

interface Problem {
  code: number;
  message: string;
}

const ADDRESS = /^(whatsapp:)?(\+[1-9]\d{6,14}|[A-Z]{2}\.[\w.-]{1,128})$/;

function isVariables(value: string): boolean {
  try {
    const parsed: unknown = JSON.parse(value);
    return (
      typeof parsed === 'object' &&
      parsed !== null &&
      Object.values(parsed).every((one) => typeof one === 'string' && one.length <= 1600)
    );
  } catch {
    return false;
  }
}

/** @returns why these parameters are refused, or `undefined`. Twilio's messages quote the number. */
export function problemWithSend(params: URLSearchParams, contents: ContentStore): Problem | undefined {
  const to = params.get('To') ?? '';
  const body = params.get('Body') ?? '';
  const contentSid = params.get('ContentSid');
  const from = params.get('From');
  if (to === '') return { code: 21604, message: "A 'To' phone number is required." };
  if (!ADDRESS.test(to))
    return { code: 21211, message: `The 'To' number ${to} is not a valid phone number.` };
  if (from === null && !params.has('MessagingServiceSid'))
    return { code: 21603, message: "A 'From' phone number is required." };
  if (from !== null && from.startsWith('whatsapp:') !== to.startsWith('whatsapp:'))
    return { code: 63007, message: 'Twilio could not find a Channel with the specified From address' };
  if (body === '' && contentSid === null && !params.has('MediaUrl'))
    return { code: 21619, message: 'A text message body or media urls must be specified.' };
  if (body.length > 1600)
    return { code: 21617, message: 'The concatenated message body exceeds the 1600 character limit.' };
  if (to.startsWith('whatsapp:') && params.getAll('MediaUrl').length > 1)
    return { code: 63005, message: 'Channel did not accept given content' };
  if (contentSid !== null && !contents.knows(contentSid))
    return { code: 21655, message: 'The ContentSid is Invalid' };
  if (params.has('ContentVariables') && !isVariables(params.get('ContentVariables') ?? ''))
    return { code: 21656, message: 'The ContentVariables Parameter is invalid' };
  const validity = params.get('ValidityPeriod');
  if (validity !== null && !(Number(validity) >= 1 && Number(validity) <= 36_000))
    return { code: 21622, message: 'ValidityPeriod is out of range' };
  return undefined;
}
