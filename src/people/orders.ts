/** Orders on their way to whoever carries them out. Each kind has one service; main.ts puts them together. */
import { mongo } from 'mongoose';
import type { OrderName, PlacedOrder } from '../conversation';

/** Carries out one kind of order: idempotent by its id, and sure that the one who ordered it may. */
export type OrderHandlers = { [Name in OrderName]: (placed: PlacedOrder<Name>) => Promise<void> };

/**
 * One after the other, as they were given.
 * @param onFault told of an order that cannot be carried out: it is dropped, since it would fail for ever
 * @returns a function that throws only what the database throws: the batch is then brought again
 */
export function createOrders(
  handlers: OrderHandlers,
  onFault: (error: unknown) => void,
): (batch: PlacedOrder[]) => Promise<void> {
  return async (batch) => {
    for (const placed of batch) {
      try {
        const handle = handlers[placed.order.do] as (one: PlacedOrder) => Promise<void>;
        await handle(placed);
      } catch (error) {
        if (error instanceof mongo.MongoError) throw error;
        onFault(error);
      }
    }
  };
}
