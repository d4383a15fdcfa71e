/**
 * IANA zones whose offsets are remembered. Luxon asks Intl for the offset at every step of an arithmetic, which
 * took a fifth of a whole conversation step; offsets never change within a quarter of an hour.
 */
import { IANAZone, Zone, type ZoneOffsetFormat, type ZoneOffsetOptions } from 'luxon';

const QUARTER_HOUR = 900_000;
/** A year of quarters of an hour for one zone; beyond it the memory is emptied. */
const MOST_REMEMBERED = 35_000;

class RememberingZone extends Zone {
  readonly #zone: IANAZone;
  readonly #offsets = new Map<number, number>();

  constructor(zone: IANAZone) {
    super();
    this.#zone = zone;
  }

  override get type(): string {
    return this.#zone.type;
  }

  override get name(): string {
    return this.#zone.name;
  }

  override get isUniversal(): boolean {
    return false;
  }

  override get isValid(): boolean {
    return this.#zone.isValid;
  }

  override offsetName(timestamp: number, options: ZoneOffsetOptions): string {
    return this.#zone.offsetName(timestamp, options) ?? '';
  }

  override formatOffset(timestamp: number, format: ZoneOffsetFormat): string {
    return this.#zone.formatOffset(timestamp, format);
  }

  override offset(timestamp: number): number {
    const quarter = Math.floor(timestamp / QUARTER_HOUR);
    let offset = this.#offsets.get(quarter);
    if (offset === undefined) {
      if (this.#offsets.size >= MOST_REMEMBERED) this.#offsets.clear();
      offset = this.#zone.offset(quarter * QUARTER_HOUR);
      this.#offsets.set(quarter, offset);
    }
    return offset;
  }

  override equals(other: Zone): boolean {
    return other instanceof RememberingZone && other.name === this.name;
  }
}

const zones = new Map<string, RememberingZone>();

/** The zone by its IANA name, e.g. `Asia/Kolkata`. */
export function zoneOf(name: string): Zone {
  let zone = zones.get(name);
  if (!zone) {
    zone = new RememberingZone(IANAZone.create(name));
    zones.set(name, zone);
  }
  return zone;
}
