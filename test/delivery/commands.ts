/** Listens to what a connection asks of its server, and has the server explain it. */
import type { Connection, mongo } from 'mongoose';

export interface Command {
  kind: 'find' | 'update' | 'aggregate' | 'findAndModify' | 'count';
  collection: string;
  filter: mongo.Document;
  sort?: mongo.Document;
}

/** Collects queries on the given collections from now on; the connection must be made with `monitorCommands`. */
export function watchCommands(connection: Connection, collections: string[]) {
  const seen: Command[] = [];
  connection
    .getClient()
    .on('commandStarted', ({ commandName, command }: { commandName: string; command: mongo.Document }) => {
      const collection = String(command[commandName]);
      if (!collections.includes(collection)) return;
      if (commandName === 'find')
        seen.push({
          kind: 'find',
          collection,
          filter: command.filter as mongo.Document,
          sort: command.sort as mongo.Document,
        });
      if (commandName === 'update')
        for (const { q } of command.updates as { q: mongo.Document }[])
          seen.push({ kind: 'update', collection, filter: q });
      if (commandName === 'findAndModify')
        seen.push({
          kind: 'findAndModify',
          collection,
          filter: command.query as mongo.Document,
          sort: command.sort as mongo.Document,
        });
      if (commandName === 'aggregate') {
        const [first] = command.pipeline as mongo.Document[];
        seen.push({ kind: 'aggregate', collection, filter: (first?.$match ?? {}) as mongo.Document });
      }
    });
  return {
    queries: () => [...seen],
    /** Would the server read the whole collection for it? */
    async scansCollection({ collection, filter, sort }: Command): Promise<boolean> {
      const explained = await connection.db!.command({
        explain: { find: collection, filter, ...(sort && { sort }) },
        verbosity: 'queryPlanner',
      });
      return JSON.stringify(explained).includes('COLLSCAN');
    },
  };
}
