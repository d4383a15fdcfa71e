/** Runs tasks of one key one after the other, tasks of different keys at the same time. */
export class Serial {
  readonly #last = new Map<string, Promise<unknown>>();

  /** Runs the task when all earlier ones of this key have ended, however they ended. */
  run<T>(key: string, task: () => Promise<T>): Promise<T> {
    const before = this.#last.get(key) ?? Promise.resolve();
    const mine = before.then(task, task);
    this.#last.set(key, mine);
    const forget = () => {
      if (this.#last.get(key) === mine) this.#last.delete(key);
    };
    mine.then(forget, forget);
    return mine;
  }
}
