/** `people sms`: records who agreed, or no longer agrees, to SMS in WhatsApp's place. */
import type { Environment } from '../config';
import { participantModel } from '../database/models/participant';
import { askServerTime } from '../delivery';
import { agreeToSms, withdrawSms, type FallbackResult } from '../people';
import { withDatabase } from './with-database';

export interface SmsFallbackOrder {
  /** The number he writes from on WhatsApp. */
  whatsapp: string;
  /** The number for SMS; absent when he takes it back. */
  to?: string | undefined;
  /** What proves his agreement. */
  proof: string;
}

const PHONE = /^\+[1-9]\d{6,14}$/;

const SAID: Record<FallbackResult, string> = {
  recorded: 'Recorded.',
  unknown: 'Nobody who takes part writes from that WhatsApp number. He must write first.',
  taken: 'That SMS number belongs to another participant. Nothing was changed.',
};

/**
 * Carries it out on the configured database.
 * @returns the exit code. @throws ConfigError, DatabaseError
 */
export async function smsFallback(
  { whatsapp, to, proof }: SmsFallbackOrder,
  env: Environment,
  print: (line: string) => void,
): Promise<number> {
  if (!PHONE.test(whatsapp) || (to !== undefined && !PHONE.test(to))) {
    print('Write phone numbers with country code and without spaces, like +919800000001.');
    return 1;
  }
  return withDatabase(env, async (connection) => {
    const participants = participantModel(connection);
    const evidence = { proof, at: await askServerTime(connection)() };
    const he = await participants.findOne({ 'identities.key': `whatsapp ${whatsapp}` }).select({ _id: 1 });
    const result = !he
      ? 'unknown'
      : await (to === undefined
          ? withdrawSms(participants, he._id, evidence)
          : agreeToSms(participants, he._id, to, evidence));
    print(SAID[result]);
    return result === 'recorded' ? 0 : 1;
  });
}
