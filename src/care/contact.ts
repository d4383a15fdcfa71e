/** Who asked and where he is reached, sealed: opened in the moment in which it is sent to the officer, and nowhere else. */
import type { Consent, Part } from '../conversation';
import type { Vault } from '../vault';

export interface Contact {
  /** As he wants to be called; empty where he has not said. */
  name: string;
  /** `+91…`; empty where he is not to be called. */
  number: string;
  /** That he said yes, to which words and by which message. */
  consent: Consent;
}

/** @param id the case's: moved to another case it does not open */
export function sealContact(contact: Contact, id: string, vault: Vault): string {
  return vault.seal(JSON.stringify(contact), id);
}

/** What is to be said, with sealed parameters opened: for rendering, never for keeping. */
export function unsealed<T extends { parts: Part[] }>(say: T, vault: Vault): T {
  if (!say.parts.some(({ sealed }) => sealed)) return say;
  const parts = say.parts.map(({ sealed, ...part }): Part => {
    if (!sealed) return part;
    const opened = Object.entries(JSON.parse(vault.open(sealed.text, sealed.place)) as object);
    // What else was sealed with them (evidence of a yes) is not said.
    const params = opened.filter((one): one is [string, string] => typeof one[1] === 'string');
    return { ...part, params: { ...part.params, ...Object.fromEntries(params) } };
  });
  return { ...say, parts };
}
