import type { Doc } from '../bson-codec';
import type { Context, Handler } from '../context';
import { CommandError, notImplemented } from '../errors';
import { checkFields, commandNamed, type CommandName } from '../operators';
import { errorReply, type Request } from '../wire';
import { aggregate } from './aggregate';
import { explain } from './explain';
import { count, distinct, find, getMore, killCursors } from './read';
import {
  create,
  createIndexes,
  drop,
  dropDatabase,
  dropIndexes,
  listCollections,
  listDatabases,
  listIndexes,
} from './schema';
import { buildInfo, endSessions, hello, ping } from './session';
import { findAndModify, insert, remove, update } from './write';

const HANDLERS: Record<CommandName, Handler> = {
  hello,
  ping,
  buildInfo,
  endSessions,
  create,
  createIndexes,
  listIndexes,
  listCollections,
  listDatabases,
  drop,
  dropIndexes,
  dropDatabase,
  find,
  getMore,
  killCursors,
  insert,
  update,
  delete: remove,
  findAndModify,
  aggregate,
  count,
  distinct,
  explain,
};

/** Carries out a request; a failure becomes an answer with `ok: 0`. Never throws. */
export async function dispatch(context: Context, request: Request): Promise<Doc | Buffer> {
  try {
    const own = Object.keys(request.body)[0] ?? '';
    const command = commandNamed(own);
    // No memory of transactions or retried writes: taking such a write twice would apply it twice.
    for (const field of ['startTransaction', 'autocommit', 'txnNumber'])
      if (field in request.body)
        throw new CommandError(20, 'Transaction numbers are only allowed on a replica set member or mongos');
    checkFields(command, own, [...Object.keys(request.body), ...request.sequences.keys()]);
    if (request.database === '') throw notImplemented('a command without $db');
    return await HANDLERS[command](context, request);
  } catch (error) {
    return errorReply(error);
  }
}
