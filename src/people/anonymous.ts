/** What is counted without a link to a person: no id that names him, and nothing by which he could be found again. */
import { createHmac } from 'node:crypto';
import type { JournalRow } from '../database/models/journal';
import { placeOnly } from './document';

export type Entry = JournalRow & { participantId: string; anonymous?: true };

const DAY_MS = 86_400_000;

/**
 * An entry as it is written. One that is anonymous loses the participant and his group and district, its id becomes
 * a keyed hash (so that writing it twice is still writing it once), and of care and of cases only the day is kept: the moment
 * would lead to the message that was answered then.
 * @param secret keys the hash; the registry's own, so that an erasure makes the same of it
 */
export function toJournalRow({ anonymous, ...entry }: Entry, secret: string): JournalRow {
  if (!anonymous) return entry;
  const { _id, at, type, data, about } = entry;
  const isCare = /^(care|case)\./.test(type);
  return {
    _id: keyedHash(_id, secret),
    at: isCare ? new Date(Math.floor(at.getTime() / DAY_MS) * DAY_MS) : at,
    type,
    ...(data && { data }),
    ...(about && { about: placeOnly(about) }),
  };
}

/** HMAC-SHA256 in base64url: the same for the same value, and no way back. */
export function keyedHash(value: string, secret: string): string {
  return createHmac('sha256', secret).update(value).digest('base64url');
}
