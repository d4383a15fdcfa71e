/** Contacts sealed anew when the key changes. */
import type { Model } from 'mongoose';
import type { CaseDocument } from '../database/models/case';
import type { Vault } from '../vault';

const BATCH = 200;

/**
 * Seals with the vault's present key whatever is sealed with an earlier one. May be broken off and run again.
 * @returns how many contacts were sealed anew
 * @throws VaultError when an earlier key is missing
 */
export async function resealCases(cases: Model<CaseDocument>, vault: Vault): Promise<number> {
  let count = 0;
  for (;;) {
    const found = await cases
      .find({ contact: { $exists: true }, key: { $ne: vault.keyId } })
      .limit(BATCH)
      .lean<CaseDocument[]>();
    if (found.length === 0) return count;
    for (const { _id, contact = '' } of found) {
      const sealed = vault.seal(vault.open(contact, _id), _id);
      await cases.updateOne({ _id, contact }, { $set: { contact: sealed, key: vault.keyId } });
    }
    count += found.length;
  }
}
