/** Care beside the conversation: cases and who answers them. */
import { createHash } from 'node:crypto';
import type { Connection } from 'mongoose';
import { caseModel } from '../database/models/case';
import { participantModel } from '../database/models/participant';
import type { OrderHandlers } from '../people';
import { askerOf, Cases, type CasesParts } from './cases';
import { riseDue, type RisingParts, type Unanswered } from './rising';

export { askerOf } from './cases';
export { resealCases } from './reseal';
export { unsealed } from './contact';
export type { Unanswered };

export type CareParts = Omit<CasesParts, 'cases' | 'participants'> &
  Pick<RisingParts, 'alert'> & { connection: Connection };

export interface Care {
  /** The orders about cases. */
  orders: Pick<OrderHandlers, 'open case' | 'withdraw cases' | 'take case' | 'close case' | 'see cases'>;
  /** For the tick: tells officers, and lets what nobody answers rise. */
  riseDue(): Promise<void>;
}

/** Wires it on a connection whose indexes are made. */
export function createCare({ connection, alert, ...parts }: CareParts): Care {
  const shared = { ...parts, cases: caseModel(connection), participants: participantModel(connection) };
  const cases = new Cases(shared);
  return {
    orders: {
      'open case': (placed) => cases.open(placed),
      'withdraw cases': (placed) => cases.withdraw(placed),
      'take case': (placed) => cases.take(placed),
      'close case': (placed) => cases.close(placed),
      'see cases': (placed) => cases.seen(placed),
    },
    riseDue: () => riseDue({ ...shared, alert }),
  };
}

/** The key of the hashes that stand for whoever asked, from the installation's secret. */
export function caseSecret(secret: string): string {
  return createHash('sha256').update(`cases ${secret}`).digest('hex');
}

/**
 * Erases whatever somebody asked for.
 * @param secret of `caseSecret`
 */
export function caseEraser(connection: Connection, secret: string): (participantId: string) => Promise<void> {
  return async (participantId) => {
    await caseModel(connection).deleteMany({ asker: askerOf(participantId, secret) });
  };
}
