import type { Context } from './context';
import { parseFilter } from './filter';

/** So many documents go in one write, so that others get their turn. */
const BATCH = 500;

/**
 * Deletes the documents whose date in a TTL index lies further back than the index allows.
 * @param now the present moment.
 * @returns how many went.
 * @see https://www.mongodb.com/docs/manual/core/index-ttl/ (a field that holds no date never expires)
 */
export async function removeExpired(context: Context, now: Date): Promise<number> {
  let removed = 0;
  for (const { database, name, indexes } of context.catalog.all())
    for (const index of indexes) {
      if (index.expireAfterSeconds === undefined) continue;
      const path = Object.keys(index.key).join();
      const before = new Date(now.getTime() - index.expireAfterSeconds * 1000);
      for (let gone = BATCH; gone === BATCH; removed += gone)
        gone = await context.store.write(() => {
          const collection = context.catalog.find(database, name);
          if (!collection?.indexes.some(({ id }) => id === index.id)) return 0;
          // What a partial index leaves out does not expire.
          const filter = parseFilter({
            $and: [{ [path]: { $lt: before } }, index.partial?.expression ?? {}],
          });
          const selection = { filter, sort: [], skip: 0, limit: BATCH, hint: index.name };
          const found = [...context.scanner.select(collection, selection)].flat();
          for (const { record, document } of found) context.records.remove(collection, record, document);
          return found.length;
        });
    }
  return removed;
}
