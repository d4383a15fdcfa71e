/** Names of the error codes this server sends (https://www.mongodb.com/docs/manual/reference/error-codes/). */
const CODE_NAMES = {
  1: 'InternalError',
  2: 'BadValue',
  9: 'FailedToParse',
  14: 'TypeMismatch',
  20: 'IllegalOperation',
  26: 'NamespaceNotFound',
  27: 'IndexNotFound',
  28: 'PathNotViable',
  40: 'ConflictingUpdateOperators',
  43: 'CursorNotFound',
  48: 'NamespaceExists',
  50: 'MaxTimeMSExpired',
  52: 'DollarPrefixedFieldName',
  54: 'NotSingleValueField',
  56: 'EmptyFieldName',
  66: 'ImmutableField',
  67: 'CannotCreateIndex',
  72: 'InvalidOptions',
  73: 'InvalidNamespace',
  85: 'IndexOptionsConflict',
  86: 'IndexKeySpecsConflict',
  91: 'ShutdownInProgress',
  171: 'CannotIndexParallelArrays',
  175: 'QueryPlanKilled',
  197: 'InvalidIndexSpecificationOption',
  238: 'NotImplemented',
  10334: 'BSONObjectTooLarge',
  11000: 'DuplicateKey',
  31253: 'Location31253',
  31254: 'Location31254',
  31249: 'Location31249',
} as const;

/** A code number this server may answer with. */
export type ErrorCode = keyof typeof CODE_NAMES;

/** An error that goes back to the client with MongoDB's code number and wording. */
export class CommandError extends Error {
  readonly codeName: string;

  /** @param detail further fields of the reply, such as `keyPattern` and `keyValue` of a duplicate key. */
  constructor(
    readonly code: ErrorCode,
    message: string,
    readonly detail: Record<string, unknown> = {},
  ) {
    super(message);
    this.name = 'CommandError';
    this.codeName = CODE_NAMES[code];
  }
}

/** The refusal of something outside the closed list (operators.ts): never a wrong answer, never a silent nothing. */
export const notImplemented = (name: string): CommandError =>
  new CommandError(238, `not implemented by the embedded server: ${name}`);
