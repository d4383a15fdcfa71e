/** `broadcast`: what was sent to many, how it stands, and holding it back by hand. */
import type { Environment } from '../config';
import { loadContent } from '../content';
import { BROADCASTS_A_DAY, createCore, type BroadcastSteering } from '../conversation';
import type { BroadcastDocument } from '../database/models/broadcast';
import { participantModel } from '../database/models/participant';
import { askServerTime } from '../delivery';
import { CONTENT_DIR } from '../paths';
import { Signals } from '../people';
import { Broadcasts } from '../programme/broadcasts';
import { withDatabase } from './with-database';

export type BroadcastOrder = { do: 'list' } | { do: 'show' | BroadcastSteering; id: string };

const OPERATOR = { hat: 'campaign', operator: 'operator' } as const;
const SHOWN = 20;

/**
 * Carries out an order on the configured database.
 * @returns the exit code. @throws ConfigError, ContentError, DatabaseError
 */
export async function broadcast(
  order: BroadcastOrder,
  env: Environment,
  print: (line: string) => void,
): Promise<number> {
  return withDatabase(env, async (connection) => {
    const content = loadContent(CONTENT_DIR);
    const now = await askServerTime(connection)();
    const broadcasts = new Broadcasts({
      connection,
      signals: new Signals(participantModel(connection)),
      content,
      translate: createCore(content).translate,
      clock: { now: () => now },
      aDay: BROADCASTS_A_DAY,
    });
    return carryOut(order, broadcasts, print);
  });
}

type Known = Pick<Broadcasts, 'list' | 'report' | 'steer'>;

/** The order on broadcasts that are open. @returns the exit code */
export async function carryOut(
  order: BroadcastOrder,
  broadcasts: Known,
  print: (line: string) => void,
): Promise<number> {
  if (order.do === 'list') {
    const found = await broadcasts.list(OPERATOR, SHOWN);
    if (found.length === 0) print('Nothing has been sent to many yet.');
    for (const one of found) print(lineOf(one));
    return 0;
  }
  if (order.do !== 'show' && !(await broadcasts.steer(order.id, OPERATOR, order.do))) return unknown(print);
  const one = await broadcasts.report(order.id, OPERATOR);
  if (!one) return unknown(print);
  for (const line of reportOf(one)) print(line);
  return 0;
}

function unknown(print: (line: string) => void): number {
  print('There is no such broadcast. The ids stand in: saathi broadcast list');
  return 1;
}

/** One line: when, how it stands, from whom, to how many. Its words are for those whom it is for. */
function lineOf({ _id, state, by, told, startsAt, createdAt }: BroadcastDocument): string {
  const when = (startsAt ?? createdAt).toISOString().slice(0, 16);
  return `${_id}  ${when}  ${state.padEnd(9)} ${by.hat.padEnd(11)} to ${told}`;
}

function reportOf(one: BroadcastDocument): string[] {
  const { counts, audience, scope, mode, passedOver } = one;
  return [
    lineOf(one),
    `  audience: ${JSON.stringify(audience)}`,
    `  within: ${Object.keys(scope).length === 0 ? 'the whole country' : JSON.stringify(scope)}; start mode: ${mode}`,
    ...(passedOver > 0 ? [`  ${String(passedOver).padStart(6)}  passed over: their moment is past`] : []),
    ...(counts
      ? [
          ...(
            ['waiting', 'unreachable', 'sent', 'delivered', 'read', 'failed', 'expired', 'cancelled'] as const
          )
            .filter((name) => counts[name] > 0)
            .map((name) => `  ${String(counts[name]).padStart(6)}  ${WORDS[name]}`),
          ...Object.entries(counts.reasons).map(
            ([kind, count]) => `  ${String(count).padStart(6)}    because of: ${kind}`,
          ),
        ]
      : []),
  ];
}

const WORDS = {
  waiting: 'waiting: for their turn, the quiet hours or the daily reach',
  unreachable: 'not reachable until they write: their window is shut and no template is approved',
  sent: 'taken by the provider, no receipt yet',
  delivered: 'delivered',
  read: 'of them read',
  failed: 'failed',
  expired: 'no longer worth sending',
  cancelled: 'withdrawn, or stopped since',
};
