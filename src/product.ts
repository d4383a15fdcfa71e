/** What `main.ts` puts together, and what can be asked of it. */
import type { Express } from 'express';
import type { Connection } from 'mongoose';
import type { Audit } from './audit';
import type { Simulator } from './channels/simulator/simulator';
import type { Content } from './content/model';
import type { DeliveryConfig, DeliveryService } from './delivery';
import type { Log } from './log';
import type { People } from './people';
import type { Rights } from './rights';
import type { LiveContent } from './wiring/live-content';
import type { World, WorldClock } from './world';

/** What a process does: answer (`web`), send and keep time (`worker`), or both. */
export type Role = 'all' | 'web' | 'worker';

export interface AssembleOptions {
  log: Log;
  /** A clock that is moved by hand (terminal chat, tests); the database's own otherwise. */
  clock?: WorldClock;
  /** 'temporary' keeps nothing. */
  dataDir?: string;
  /** The embedded database in this process (tests). */
  inProcess?: boolean;
  contentDir?: string;
  /** Content that is taken in anew while this runs, in place of what lies in `contentDir`. */
  live?: LiveContent;
  random?: () => number;
  makeId?: () => string;
  /** Other numbers than delivery's own, and a shorter wait for Twilio: for worlds in which time runs faster. */
  delivery?: DeliveryConfig;
  /** Milliseconds of a clock that only runs forward; the process's own by default. */
  monotonic?: () => number;
  twilioTimeoutMs?: number;
}

export interface Product {
  app: Express;
  connection: Connection;
  content: Content;
  world: World;
  people: People;
  delivery: DeliveryService;
  rights: Rights;
  audit: Audit;
  simulator?: Simulator;
  /** Starts what the role does beside answering requests. */
  start(role: Role): void;
  /** Ends it: nothing new is taken, what is in hand is finished. */
  stop(): Promise<void>;
}
