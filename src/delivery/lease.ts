/** The right to something that only one process may hold at a time, kept in the database and run out by its clock. */
import type { Connection } from 'mongoose';
import type { Clock } from '../clock';
import { leaseModel, type LeaseRow } from '../database/models/lease';
import { unlessDuplicate } from '../database/duplicate';
import { type Rows } from './store';

export interface HeldLease {
  /** Whether we hold it now. */
  acquire(): Promise<boolean>;
  /** Whether we still hold it; prolongs it. Never takes it back from somebody else. */
  renew(): Promise<boolean>;
  /** Gives it up; nothing happens when it is not ours. */
  release(): Promise<void>;
}

export interface LeaseParts {
  connection: Connection;
  /** What is held, e.g. `whatsapp-web`. */
  name: string;
  /** How long it lasts without being renewed. */
  leaseMs: number;
  clock: Clock;
  /** Makes a token that nobody else makes. */
  ids: () => string;
}

/** A lease that is not held yet. */
export function createLease({ connection, name, leaseMs, clock, ids }: LeaseParts): HeldLease {
  const leases = leaseModel(connection).collection as unknown as Rows<LeaseRow>;
  let token = ids();
  const until = () => new Date(clock.now().getTime() + leaseMs);
  return {
    async acquire() {
      // A new holding has a new token: what an old one still does is not taken for ours.
      token = ids();
      const taken = await leases.updateOne(
        { _id: name, until: { $lte: clock.now() } },
        { $set: { token, until: until() } },
      );
      if (taken.matchedCount === 1) return true;
      return (await unlessDuplicate(leases.insertOne({ _id: name, token, until: until() }))) !== undefined;
    },
    async renew() {
      const mine = { _id: name, token, until: { $gt: clock.now() } };
      return (await leases.updateOne(mine, { $set: { until: until() } })).matchedCount === 1;
    },
    async release() {
      await leases.deleteOne({ _id: name, token });
    },
  };
}
