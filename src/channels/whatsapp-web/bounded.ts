/** A map that forgets what was set first when it grows too large. */
export class Bounded<K, V> {
  readonly #map = new Map<K, V>();

  constructor(private readonly most: number) {}

  get(key: K): V | undefined {
    return this.#map.get(key);
  }

  set(key: K, value: V): void {
    this.#map.delete(key);
    this.#map.set(key, value);
    const [oldest] = this.#map.keys();
    if (this.#map.size > this.most && oldest !== undefined) this.#map.delete(oldest);
  }

  values(): IterableIterator<V> {
    return this.#map.values();
  }
}
