/**
 * Gathers what arrives while the last write is under way into the next one: a single caller waits for
 * nothing, a thousand callers share a handful of writes.
 */
export class Batcher<T> {
  readonly #write: (items: T[]) => Promise<void>;
  readonly #most: number;
  #waiting: { item: T; resolve: () => void; reject: (error: unknown) => void }[] = [];
  #running = false;

  /** @param write writes a batch; its failure is the failure of every caller in it. @param most items a batch. */
  constructor(write: (items: T[]) => Promise<void>, most = 500) {
    this.#write = write;
    this.#most = most;
  }

  /** Resolves when the item is written. */
  add(item: T): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ item, resolve, reject });
      if (this.#running) return;
      this.#running = true;
      // After this turn of the loop, so that all that arrived with it shares the first write.
      setImmediate(() => void this.#run());
    });
  }

  async #run(): Promise<void> {
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.splice(0, this.#most);
      try {
        await this.#write(batch.map(({ item }) => item));
        batch.forEach(({ resolve }) => resolve());
      } catch (error) {
        batch.forEach(({ reject }) => reject(error));
      }
    }
    this.#running = false;
  }
}
