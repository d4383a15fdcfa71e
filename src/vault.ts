/**
 * Words that nobody but their author may read, sealed with a key that lies outside the database: AES-256-GCM, a fresh
 * nonce each time, bound to the row they belong to (NIST SP 800-38D; docs/operations.md says how the key is changed).
 */
import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { secretFrom } from './secret';

const MARK = 'sealed1';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** A sealed text could not be opened; the message names the key that is missing, never the text. */
export class VaultError extends Error {
  override readonly name = 'VaultError';
}

export interface Vault {
  /** Id of the key that seals now. */
  readonly keyId: string;
  /** @param place the id of the row that it is kept in: moved to another row it does not open */
  seal(text: string, place: string): string;
  /** @throws VaultError when no key of ours opens it, or it was changed or moved */
  open(sealed: string, place: string): string;
}

/** The id of the key that sealed a text; undefined for a text that is not sealed. */
export function sealedBy(text: string): string | undefined {
  const [mark, keyId] = text.split('.');
  return mark === MARK ? keyId : undefined;
}

/**
 * @param current the secret that seals from now on, at least 32 random characters
 * @param earlier secrets that only open what was sealed with them
 */
export function createVault(current: string, earlier: readonly string[] = []): Vault {
  const keys = new Map([current, ...earlier].map((secret) => [idOf(secret), keyOf(secret)]));
  const keyId = idOf(current);
  return {
    keyId,
    seal(text, place) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv('aes-256-gcm', keyOf(current), nonce, { authTagLength: TAG_BYTES });
      cipher.setAAD(Buffer.from(place));
      const sealed = Buffer.concat([nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
      return `${MARK}.${keyId}.${sealed.toString('base64url')}`;
    },
    open(sealed, place) {
      const [, id = '', body = ''] = sealed.split('.');
      const key = keys.get(id);
      if (!key) throw new VaultError(`Sealed with key ${id}, which is not here. Add it to DATA_KEY_OLD.`);
      const bytes = Buffer.from(body, 'base64url');
      try {
        const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE_BYTES), {
          authTagLength: TAG_BYTES,
        });
        decipher.setAAD(Buffer.from(place));
        decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
        const text = decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES));
        return Buffer.concat([text, decipher.final()]).toString('utf8');
      } catch {
        throw new VaultError('A sealed text was changed, or lies in another place than it was sealed for.');
      }
    },
  };
}

/** The vault of an installation: its configured keys, or a key file of its own in the data folder. */
export function vaultFor(
  { current, earlier }: { current?: string | undefined; earlier: readonly string[] },
  dataDir: string,
): Vault {
  return createVault(secretFrom(current, dataDir, 'data-key'), earlier);
}

function keyOf(secret: string): Buffer {
  return createHash('sha256').update(`data-key v1 ${secret}`).digest();
}

/** Tells keys apart and gives nothing of them away. */
function idOf(secret: string): string {
  return createHash('sha256').update(`data-key id v1 ${secret}`).digest('hex').slice(0, 8);
}
