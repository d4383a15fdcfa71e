/** "Already there": the one answer of the database that an idempotent write takes for done. */
import { mongo } from 'mongoose';

const DUPLICATE_KEY = 11000;

/** Is it nothing but "already there"? For a bulk: of all its errors. */
export function isDuplicate(error: unknown): boolean {
  if (error instanceof mongo.MongoBulkWriteError) {
    const errors = Array.isArray(error.writeErrors) ? error.writeErrors : [error.writeErrors];
    return (
      errors.length > 0 &&
      errors.every(({ code }) => code === DUPLICATE_KEY) &&
      error.result.getWriteConcernError() === undefined
    );
  }
  return error instanceof mongo.MongoServerError && error.code === DUPLICATE_KEY;
}

/** Waits for a write and takes "already there" for done. Everything else is thrown. */
export async function unlessDuplicate<T>(write: Promise<T>): Promise<T | undefined> {
  try {
    return await write;
  } catch (error) {
    if (isDuplicate(error)) return undefined;
    throw error;
  }
}

/** Inserts what is not there yet; what is there already is left as it is. */
export async function insertNew<T extends mongo.Document>(
  collection: mongo.Collection<T>,
  rows: T[],
): Promise<void> {
  if (rows.length > 0) {
    await unlessDuplicate(
      collection.insertMany(rows as mongo.OptionalUnlessRequiredId<T>[], { ordered: false }),
    );
  }
}
