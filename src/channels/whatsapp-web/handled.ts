/**
 * What has been handed to the product already, kept beside the session so that a restart neither answers twice nor
 * loses what came meanwhile. Ids are kept as hashes: WhatsApp's contain telephone numbers.
 */
import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** Missed messages older than that are left alone: nobody waits for an answer to them. */
const LOOK_BACK_MS = 3 * 24 * 3_600_000;
/** Kept a little longer than they could be met again. */
const KEEP_MS = LOOK_BACK_MS + 24 * 3_600_000;
const MOST = 20_000;
/** Clocks of phones and of this machine differ; somebody may write while the code is being scanned. */
const LEEWAY_MS = 5 * 60_000;
const SAVE_AFTER_MS = 1_000;

interface Kept {
  /** Milliseconds since 1970, all. */
  linkedAt: number;
  scannedAt: number;
  ids: Record<string, number>;
}

export class Handled {
  readonly #file: string;
  #linkedAt = 0;
  #scannedAt = 0;
  #ids = new Map<string, number>();
  #timer: NodeJS.Timeout | undefined;
  #saving: Promise<void> = Promise.resolve();

  /** @param folder the session's. @param failed is told when it could not be written. */
  constructor(
    private readonly folder: string,
    private readonly failed: (error: unknown) => void,
  ) {
    this.#file = path.join(folder, 'handled.json');
  }

  /** Reads what was kept; nothing, or something unreadable, counts as never linked. */
  async load(): Promise<void> {
    try {
      const kept = JSON.parse(await readFile(this.#file, 'utf8')) as Kept;
      this.#linkedAt = kept.linkedAt;
      this.#scannedAt = kept.scannedAt;
      this.#ids = new Map(Object.entries(kept.ids));
    } catch {
      this.#ids = new Map();
    }
  }

  /** A phone was linked: what lies in its chats from before is none of ours. */
  linked(now: number): void {
    this.#linkedAt = now;
    this.#scannedAt = now;
    this.#save();
  }

  get isLinked(): boolean {
    return this.#linkedAt > 0;
  }

  /** Messages from before are not ours, or too old to answer. */
  floor(now: number): number {
    return Math.max(this.#linkedAt - LEEWAY_MS, now - LOOK_BACK_MS);
  }

  /** Chats with nothing newer than this were looked through. */
  get changedSince(): number {
    return this.#scannedAt - LEEWAY_MS;
  }

  scanned(now: number): void {
    this.#scannedAt = now;
    this.#save();
  }

  has(id: string): boolean {
    return this.#ids.has(hashed(id));
  }

  add(id: string, now: number): void {
    this.#ids.set(hashed(id), now);
    for (const [old, at] of this.#ids) {
      if (this.#ids.size <= MOST && now - at <= KEEP_MS) break;
      this.#ids.delete(old);
    }
    this.#save();
  }

  /** Writes what is still to be written. Never throws. */
  async flush(): Promise<void> {
    if (this.#timer) this.#write();
    await this.#saving;
  }

  #save(): void {
    if (this.#timer) return;
    this.#timer = setTimeout(() => this.#write(), SAVE_AFTER_MS);
    this.#timer.unref();
  }

  #write(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const kept: Kept = {
      linkedAt: this.#linkedAt,
      scannedAt: this.#scannedAt,
      ids: Object.fromEntries(this.#ids),
    };
    this.#saving = this.#saving
      .then(async () => {
        await mkdir(this.folder, { recursive: true });
        await writeFile(`${this.#file}.new`, JSON.stringify(kept), { mode: 0o600 });
        await rename(`${this.#file}.new`, this.#file);
      })
      .catch(this.failed);
  }
}

function hashed(id: string): string {
  return createHash('sha256').update(id).digest('base64url').slice(0, 22);
}
