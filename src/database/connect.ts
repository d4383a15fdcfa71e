/** Opens the database: a real MongoDB where MONGODB_URI says so, the embedded one otherwise. */
import mongoose, { type Connection } from 'mongoose';
import { compactAtStart, startEmbedded, type Embedded } from './embedded';
import { auditModel } from './models/audit';
import { broadcastModel } from './models/broadcast';
import { broadcastMediaModel } from './models/broadcast-media';
import { caseModel } from './models/case';
import { erasureModel } from './models/erasure';
import { figuresModel } from './models/figures';
import { groupModel } from './models/group';
import { meetingModel } from './models/meeting';
import { journalModel } from './models/journal';
import { numberMoveModel } from './models/number-move';
import { participantModel } from './models/participant';
import { reflectionModel } from './models/reflection';
import { tombstoneModel } from './models/tombstone';

export interface DatabaseOptions {
  /** Without it the embedded server runs on `dataDir`. */
  mongodbUri?: string | undefined;
  /** A folder, or 'temporary' for one that is thrown away at the end. */
  dataDir: string;
  /** The embedded server in this process instead of a child process (tests). */
  inProcess?: boolean;
}

export interface Database {
  connection: Connection;
  isEmbedded: boolean;
  /** Is it answering right now? Never throws. */
  isReady(): Promise<boolean>;
  /** Has the embedded database's file written anew at its next start; a MongoDB sees to its files itself. */
  compactAtStart(): void;
  stop(): Promise<void>;
}

/** The database could not be opened; the message is one sentence that says what to do. */
export class DatabaseError extends Error {
  override readonly name = 'DatabaseError';
}

const NAME = 'samanta-saathi';
/** How long a start waits for a database, and a request for one that went away. */
const SELECTION_MS = 5_000;
const READY_MS = 1_000;

/** @throws DatabaseError */
export async function openDatabase({
  mongodbUri,
  dataDir,
  inProcess = false,
}: DatabaseOptions): Promise<Database> {
  const embedded = mongodbUri === undefined ? await embeddedIn(dataDir, inProcess) : undefined;
  const uri = mongodbUri ?? embedded?.uri ?? '';
  const connection = mongoose.createConnection(uri, {
    ...(hasName(uri) ? {} : { dbName: NAME }),
    serverSelectionTimeoutMS: SELECTION_MS,
    bufferCommands: false,
    autoIndex: false,
    autoCreate: false,
    maxPoolSize: 32,
    w: 'majority',
  });
  try {
    await connection.asPromise();
  } catch (error) {
    await connection.destroy();
    await embedded?.stop();
    throw new DatabaseError(unreachable(error));
  }
  // Without a listener a lost connection would end the process; the driver reconnects by itself.
  connection.on('error', () => undefined);
  return {
    connection,
    isEmbedded: embedded !== undefined,
    isReady: () => answers(connection),
    compactAtStart() {
      if (embedded !== undefined && dataDir !== 'temporary') compactAtStart(dataDir);
    },
    async stop() {
      await connection.close();
      await embedded?.stop();
    },
  };
}

/** Makes every index that the product's own collections declare. */
export async function createIndexes(connection: Connection): Promise<void> {
  const models = [
    participantModel,
    groupModel,
    meetingModel,
    broadcastModel,
    broadcastMediaModel,
    caseModel,
    journalModel,
    figuresModel,
    reflectionModel,
    tombstoneModel,
    auditModel,
    erasureModel,
    numberMoveModel,
  ];
  for (const model of models) {
    await model(connection).createIndexes();
  }
}

async function embeddedIn(dataDir: string, inProcess: boolean): Promise<Embedded> {
  try {
    return await startEmbedded({ dataDir, inProcess, noSync: dataDir === 'temporary' });
  } catch (error) {
    throw new DatabaseError(error instanceof Error ? error.message : 'The embedded database did not start.');
  }
}

function hasName(uri: string): boolean {
  return /^mongodb(\+srv)?:\/\/[^/]+\/[^?]+/.test(uri);
}

/** The driver's own words may quote the address with its password: only the kind of fault is passed on. */
function unreachable(error: unknown): string {
  const kind = error instanceof Error ? error.name : 'unknown fault';
  return (
    `The database at MONGODB_URI cannot be reached (${kind}). Check that it is running, that the address, user and ` +
    'password are right, and that this machine may connect; or unset MONGODB_URI to use the embedded database.'
  );
}

async function answers(connection: Connection): Promise<boolean> {
  if (!connection.db) return false;
  try {
    await connection.db.admin().command({ ping: 1 }, { timeoutMS: READY_MS });
    return true;
  } catch {
    return false;
  }
}
