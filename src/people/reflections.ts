/** Reflections as they are kept: sealed from the step that took them, and sealed anew when the key changes. */
import type { Model } from 'mongoose';
import type { StoredEffect } from '../conversation';
import type { ReflectionRow } from '../database/models/reflection';
import { sealedBy, type Vault } from '../vault';

/** The effect with what nobody else may read (words, a number) sealed before anything is written; others as they are. */
export function sealing(vault: Vault): (effect: StoredEffect) => StoredEffect {
  return (effect) => {
    if (effect.type === 'keep') return { ...effect, ...sealed(effect, effect.id, vault) };
    if (effect.type !== 'order' || effect.order.do !== 'open case') return effect;
    const { number, ...request } = effect.order.request;
    if (number === undefined) return effect;
    const order = { ...effect.order, request: { ...request, number: vault.seal(number, effect.id) } };
    return { ...effect, order };
  };
}

interface Words {
  text?: string;
  voiceRef?: string;
}

function sealed({ text, voiceRef }: Words, place: string, vault: Vault): Words {
  return {
    ...(text !== undefined && { text: vault.seal(text, place) }),
    ...(voiceRef !== undefined && { voiceRef: vault.seal(voiceRef, place) }),
  };
}

/** The row with the id of the key that its words are sealed with. */
export function withKey<R extends Words>(row: R): R & { key?: string } {
  const key = sealedBy(row.text ?? row.voiceRef ?? '');
  return { ...row, ...(key !== undefined && { key }) };
}

const BATCH = 200;

/**
 * Seals with the vault's present key whatever is sealed with an earlier one, or not at all. May be broken off and
 * run again.
 * @returns how many reflections were sealed anew
 * @throws VaultError when an earlier key is missing
 */
export async function reseal(reflections: Model<ReflectionRow>, vault: Vault): Promise<number> {
  let count = 0;
  for (;;) {
    const rows = await reflections
      .find({ key: { $ne: vault.keyId } })
      .limit(BATCH)
      .lean<ReflectionRow[]>();
    if (rows.length === 0) return count;
    await reflections.bulkWrite(
      rows.map((row) => {
        const plain = (value: string) => (sealedBy(value) === undefined ? value : vault.open(value, row._id));
        const words = {
          ...(row.text !== undefined && { text: plain(row.text) }),
          ...(row.voiceRef !== undefined && { voiceRef: plain(row.voiceRef) }),
        };
        return {
          updateOne: {
            filter: { _id: row._id },
            update: { $set: { ...sealed(words, row._id, vault), key: vault.keyId } },
          },
        };
      }),
    );
    count += rows.length;
  }
}
