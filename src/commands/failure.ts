/** Faults that are the operator's to mend: shown as their own sentence, without a stack. */
import { NoSynthesiser, UnreadableReviews } from '../authoring';
import { ConfigError } from '../config';
import { ContentError } from '../content';
import { DatabaseError } from '../database/connect';
import { BackupRefused } from '../database/embedded';
import { DemoRefused } from '../demo';
import { UnreadableWorkbook } from '../files';
import { NoRoll } from '../people';
import { ListenError } from '../web/server';

/** What was asked for cannot be done; the message says why and what to do. */
export class CannotDo extends Error {
  override readonly name = 'CannotDo';
}

/** What to print when a command fails. */
export function explain(error: unknown): string {
  if (
    error instanceof BackupRefused ||
    error instanceof CannotDo ||
    error instanceof ConfigError ||
    error instanceof ContentError ||
    error instanceof DatabaseError ||
    error instanceof DemoRefused ||
    error instanceof ListenError ||
    error instanceof UnreadableReviews ||
    error instanceof NoSynthesiser ||
    error instanceof NoRoll ||
    error instanceof UnreadableWorkbook
  ) {
    return error.message;
  }
  return `Something failed that should not have: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
}
