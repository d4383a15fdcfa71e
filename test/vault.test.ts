/** Sealed words: opened only with their key and in their place. */
import { createVault, sealedBy, VaultError } from '../src/vault';

const OLD = 'o'.repeat(64);
const NEW = 'n'.repeat(64);
const WORDS = 'मैंने आज रोटी बनाई 🙏';

test('what is sealed is not to be read, and opens again', () => {
  const vault = createVault(OLD);
  const sealed = vault.seal(WORDS, 'p1:7:0');
  expect(sealed).toMatch(/^sealed1\.[0-9a-f]{8}\.[\w-]+$/);
  expect(Buffer.from(sealed.split('.')[2]!, 'base64url').toString()).not.toContain('रोटी');
  expect(vault.open(sealed, 'p1:7:0')).toBe(WORDS);
  expect(vault.seal(WORDS, 'p1:7:0')).not.toBe(sealed);
});

test('in another place, changed, or without its key it does not open, and the fault says nothing of it', () => {
  const vault = createVault(OLD);
  const sealed = vault.seal(WORDS, 'p1:7:0');
  const changed = sealed.slice(0, -4) + (sealed.endsWith('AAAA') ? 'BBBB' : 'AAAA');
  for (const act of [
    () => vault.open(sealed, 'p2:7:0'),
    () => vault.open(changed, 'p1:7:0'),
    () => createVault(NEW).open(sealed, 'p1:7:0'),
  ]) {
    expect(act).toThrow(VaultError);
    expect(act).not.toThrow(/रोटी/);
  }
});

test('after a change of keys the old ones open, the new one seals', () => {
  const sealed = createVault(OLD).seal(WORDS, 'p1:7:0');
  const vault = createVault(NEW, [OLD]);
  expect(vault.open(sealed, 'p1:7:0')).toBe(WORDS);
  expect(sealedBy(vault.seal(WORDS, 'p1:7:0'))).toBe(vault.keyId);
  expect(sealedBy(sealed)).toBe(createVault(OLD).keyId);
  expect(sealedBy(WORDS)).toBeUndefined();
});
