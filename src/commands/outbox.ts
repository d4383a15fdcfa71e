/** `outbox`: what waits to leave, by purpose; pausing and resuming senders; withdrawing what waits. */
import type { Environment } from '../config';
import type { Purpose } from '../conversation';
import { askServerTime, createOutboxControl, type OutboxControl } from '../delivery';
import { withDatabase } from './with-database';

export type OutboxOrder =
  | { do: 'show' }
  | { do: 'pause' | 'resume'; sender?: string | undefined }
  /** Without `isSure` it only says how many it would be. */
  | { do: 'cancel'; purpose: Purpose | 'all'; isSure: boolean };

/**
 * Carries out an order on the configured database.
 * @throws ConfigError, DatabaseError
 */
export async function outbox(
  order: OutboxOrder,
  env: Environment,
  print: (line: string) => void,
): Promise<void> {
  await withDatabase(env, (connection) =>
    carryOut(order, createOutboxControl(connection, askServerTime(connection)), print),
  );
}

/** The order on an outbox that is open. */
export async function carryOut(
  order: OutboxOrder,
  control: OutboxControl,
  print: (line: string) => void,
): Promise<void> {
  switch (order.do) {
    case 'show':
      await showCounts(control, print);
      return showSenders(control, print);
    case 'pause': {
      const names = await control.pause(order.sender);
      print(`Paused: ${names.join(', ')}. Nothing leaves by them, in no process.`);
      print('Answers to people who are writing now wait as well. Resume with: saathi outbox resume');
      return showCounts(control, print);
    }
    case 'resume': {
      const names = await control.resume(order.sender);
      print(names.length > 0 ? `Resumed: ${names.join(', ')}.` : 'None was paused.');
      return showCounts(control, print);
    }
    case 'cancel':
      return cancel(order, control, print);
  }
}

async function cancel(
  { purpose, isSure }: Extract<OutboxOrder, { do: 'cancel' }>,
  control: OutboxControl,
  print: (line: string) => void,
): Promise<void> {
  print('Before:');
  await showCounts(control, print);
  if (!isSure) {
    print(
      `Nothing was changed. Add --yes to withdraw what waits${purpose === 'all' ? '' : ` with purpose ${purpose}`}; it can't be undone.`,
    );
    return;
  }
  const cancelled = await control.cancel(purpose === 'all' ? undefined : purpose);
  print(`Withdrawn: ${cancelled}. What was being sent at that moment is not called back.`);
  print('After:');
  await showCounts(control, print);
}

async function showCounts(control: OutboxControl, print: (line: string) => void): Promise<void> {
  const counts = await control.counts();
  if (counts.length === 0) print('  Nothing waits to leave.');
  for (const { purpose, state, waiting, count } of counts)
    print(
      `  ${purpose.padEnd(10)} ${`${state}${waiting === undefined ? '' : ` (${waiting})`}`.padEnd(20)} ${count}`,
    );
}

async function showSenders(control: OutboxControl, print: (line: string) => void): Promise<void> {
  for (const { sender, paused, circuit } of await control.senders()) {
    const how = paused
      ? `paused since ${paused.toISOString()}`
      : circuit
        ? `does not work since ${circuit.since.toISOString()}: ${circuit.reason}`
        : 'sends';
    print(`  ${sender.padEnd(17)} ${how}`);
  }
}
