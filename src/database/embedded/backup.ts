/** A backup of a data folder as one file: a line that says what it is and how to check it, then the data. */
import { createHash } from 'node:crypto';
import {
  createReadStream,
  createWriteStream,
  linkSync,
  readSync,
  openSync,
  closeSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { finished, pipeline } from 'node:stream/promises';
import { FORMAT_VERSION } from './catalog';
import { copyLive, sizeOf, syncFile } from './copy';
import { lockFolder } from './lock';
import { DATA_FILE } from './store';

/** What the first line says. */
export interface BackupHead {
  what: 'samanta-saathi backup';
  /** Of this kind of file. */
  version: number;
  /** Of the data in it. */
  format: number;
  /** ISO 8601, in UTC. */
  at: string;
  bytes: number;
  sha256: string;
}

/** The backup cannot be made or used; the message is one sentence or two that say what to do. */
export class BackupRefused extends Error {
  override readonly name = 'BackupRefused';
}

const WHAT = 'samanta-saathi backup';
const VERSION = 1;
const LONGEST_HEAD = 1_000;

/**
 * Writes the folder's data into a file that only its owner reads; it appears whole or not at all.
 * @throws BackupRefused where there is no data or the file is there already; Error when the folder is in use
 */
export async function writeBackup(folder: string, file: string, at: Date): Promise<BackupHead> {
  if (sizeOf(file) !== undefined)
    throw new BackupRefused(`${file} is there already, and no backup is written over. Choose another name.`);
  const unlock = lockFolder(folder);
  const data = `${file}.data.part`;
  const whole = `${file}.part`;
  try {
    const source = join(folder, DATA_FILE);
    if (sizeOf(source) === undefined)
      throw new BackupRefused(`There is no data in ${folder}: is DATA_DIR the folder that the product uses?`);
    await copyLive(source, data);
    const head: BackupHead = {
      what: WHAT,
      version: VERSION,
      format: FORMAT_VERSION,
      at: at.toISOString(),
      bytes: sizeOf(data) ?? 0,
      sha256: await hashOf(data),
    };
    const out = createWriteStream(whole, { mode: 0o600 });
    out.write(`${JSON.stringify(head)}\n`);
    await pipeline(createReadStream(data), out);
    syncFile(whole);
    // Unlike a rename, it never takes the place of a file that came in between.
    linkSync(whole, file);
    syncFile(dirname(file));
    return head;
  } finally {
    rmSync(data, { force: true });
    rmSync(whole, { force: true });
    unlock();
  }
}

/**
 * Puts a backup's data into a folder without any; nothing is there until all of it was read and checked.
 * @throws BackupRefused for a file that is none, is damaged or too new, and for a folder that holds data; Error when
 *   the folder is in use
 */
export async function restoreBackup(file: string, folder: string): Promise<BackupHead> {
  const { head, begins } = headOf(file);
  const unlock = lockFolder(folder);
  const target = join(folder, DATA_FILE);
  const draft = `${target}.restoring`;
  try {
    if (sizeOf(target) !== undefined)
      throw new BackupRefused(
        `${folder} holds data already, and nothing is written over. Move ${target} away, or set DATA_DIR to another folder.`,
      );
    const hash = createHash('sha256');
    const out = createWriteStream(draft, { mode: 0o600 });
    await pipeline(
      createReadStream(file, { start: begins }),
      async function* (source: AsyncIterable<Buffer>) {
        for await (const piece of source) {
          hash.update(piece);
          yield piece;
        }
      },
      out,
    );
    if (sizeOf(draft) !== head.bytes || hash.digest('hex') !== head.sha256)
      throw new BackupRefused(
        `${file} is damaged: it is not what was written when it was made. Take another copy of it, or an earlier backup.`,
      );
    syncFile(draft);
    rmSync(`${target}-lock`, { force: true });
    renameSync(draft, target);
    syncFile(folder);
    return head;
  } finally {
    rmSync(draft, { force: true });
    unlock();
  }
}

function headOf(file: string): { head: BackupHead; begins: number } {
  if (sizeOf(file) === undefined) throw new BackupRefused(`There is no file ${file}.`);
  const start = Buffer.alloc(LONGEST_HEAD);
  const handle = openSync(file, 'r');
  try {
    readSync(handle, start, 0, LONGEST_HEAD, 0);
  } finally {
    closeSync(handle);
  }
  const end = start.indexOf('\n');
  const head = end < 0 ? undefined : parsed(start.subarray(0, end).toString('utf8'));
  if (head?.what !== WHAT)
    throw new BackupRefused(`${file} is no backup of this product ("saathi backup FILE" makes one).`);
  if (head.version > VERSION || head.format > FORMAT_VERSION)
    throw new BackupRefused(
      `${file} was made by a newer version of this product. Restore it with that version, or a newer one.`,
    );
  return { head, begins: end + 1 };
}

function parsed(line: string): BackupHead | undefined {
  try {
    return JSON.parse(line) as BackupHead;
  } catch {
    return undefined;
  }
}

async function hashOf(file: string): Promise<string> {
  const hash = createHash('sha256');
  await finished(createReadStream(file).on('data', (piece) => hash.update(piece)));
  return hash.digest('hex');
}
