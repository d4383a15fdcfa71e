/**
 * The collections that delivery works on. It speaks to them through the driver: rows are made by typed code
 * here, and hydrating documents would cost more than the rest of a send.
 */
import type { Connection, mongo } from 'mongoose';
import { outboxModel, type OutboxRow } from '../database/models/outbox';
import { reachModel, type ReachRow } from '../database/models/reach';
import { redactionModel, type RedactionRow } from '../database/models/redaction';
import { senderModel, type SenderRow } from '../database/models/sender';

export type Rows<T extends mongo.Document> = mongo.Collection<T>;

export interface Store {
  outbox: Rows<OutboxRow>;
  senders: Rows<SenderRow>;
  reach: Rows<ReachRow>;
  redactions: Rows<RedactionRow>;
}

/** The store on a connection that is open. */
export function openStore(connection: Connection): Store {
  return {
    outbox: outboxModel(connection).collection as unknown as Rows<OutboxRow>,
    senders: senderModel(connection).collection as unknown as Rows<SenderRow>,
    reach: reachModel(connection).collection as unknown as Rows<ReachRow>,
    redactions: redactionModel(connection).collection as unknown as Rows<RedactionRow>,
  };
}

/** Makes the indexes that delivery's queries rest on; to be called on start. */
export async function createDeliveryIndexes(connection: Connection): Promise<void> {
  await Promise.all(
    [outboxModel, reachModel, senderModel, redactionModel].map((model) => model(connection).createIndexes()),
  );
}

/** What taking a row out of circulation removes, whatever it ends as. */
export const RELEASED = { live: 1, lane: 1, flight: 1, leaseUntil: 1 } as const;
