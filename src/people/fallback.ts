/** The consent to be reached by SMS when WhatsApp fails: given outside the conversation, on paper say, and recorded here. */
import { isDuplicate } from '../database/duplicate';
import type { Model } from 'mongoose';
import { identityKey } from '../channels/channel';
import type { Consent } from '../conversation';
import type { Identity, ParticipantDocument } from '../database/models/participant';

/** What he agreed to, as it stands in his consents. */
const NOTICE = 'sms-fallback';

/** How it is known: language of the notice, moment, and what proves it (`form 17 of 3 May`, a message's id). */
export interface Evidence {
  proof: string;
  at: Date;
}

/** `taken`: the number is somebody else's. `unknown`: there is no such participant, or he has stopped or gone. */
export type FallbackResult = 'recorded' | 'unknown' | 'taken';

/**
 * Records that he agreed to SMS at this number when WhatsApp fails. Idempotent but for the evidence.
 * @param phone `+919800000001`
 */
export function agreeToSms(
  participants: Model<ParticipantDocument>,
  id: string,
  phone: string,
  evidence: Evidence,
): Promise<FallbackResult> {
  const address = { channel: 'sms' as const, address: phone };
  const key = identityKey(address);
  return change(participants, id, evidence, true, (identities) => {
    const own = identities.find((one) => one.key === key) ?? { key, ...address, since: evidence.at };
    const others = identities.filter((one) => one.key !== key).map(withoutAgreement);
    return [...others, { ...own, agreedAt: evidence.at }];
  });
}

/** Takes it back: from then on nothing goes by SMS in WhatsApp's place. A number he never wrote from is forgotten. */
export function withdrawSms(
  participants: Model<ParticipantDocument>,
  id: string,
  evidence: Evidence,
): Promise<FallbackResult> {
  return change(participants, id, evidence, false, (identities, current) =>
    identities
      .filter(({ agreedAt, key, since }) => agreedAt === undefined || key === current || since < agreedAt)
      .map(withoutAgreement),
  );
}

function withoutAgreement({ agreedAt: _agreedAt, ...identity }: Identity): Identity {
  return identity;
}

async function change(
  participants: Model<ParticipantDocument>,
  id: string,
  { proof, at }: Evidence,
  given: boolean,
  identitiesAfter: (identities: Identity[], current: string) => Identity[],
): Promise<FallbackResult> {
  for (;;) {
    const document = await participants.findById(id).lean<ParticipantDocument>();
    if (!document || document.status === 'stopped' || document.status === 'gone') return 'unknown';
    const { sequence, consents, profile } = document;
    const consent: Consent = {
      notice: NOTICE,
      language: profile.language ?? 'hi',
      channel: 'sms',
      messageId: proof,
      at,
      given,
    };
    const identities = identitiesAfter(document.identities, document.current);
    try {
      const { matchedCount } = await participants.updateOne(
        { _id: id, sequence },
        { $set: { identities, consents: [...consents, consent], sequence: sequence + 1 } },
      );
      if (matchedCount > 0) return 'recorded';
    } catch (error) {
      if (isDuplicate(error)) return 'taken';
      throw error;
    }
  }
}
