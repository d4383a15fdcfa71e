/** Does the account answer to its SID and token, and is it in order? For `saathi doctor`: nothing is sent. */
import type { TwilioClient } from './client';
import { sendFault } from './errors';
import type { Clock } from '../../clock';

/**
 * @returns what is wrong and what to do about it, or `undefined` when the account is in order. Never throws.
 */
export async function accountProblem(client: TwilioClient, clock: Clock): Promise<string | undefined> {
  try {
    const { status } = await client.api.v2010.accounts(client.accountSid).fetch();
    if (status === 'active') return undefined;
    return `The Twilio account is ${status}: look into Twilio's console, billing first.`;
  } catch (error) {
    const result = sendFault(error, clock.now());
    if (result.outcome === 'sender-down')
      return 'Twilio refused TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN: copy both anew from the first page of its console.';
    return "Twilio could not be reached: check this machine's way to https://api.twilio.com.";
  }
}
