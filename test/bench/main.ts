/** `npm run bench`: everything in one run on one machine, as ratios. */
import { cpus } from 'node:os';
import { botbuilderQuiz } from './botbuilder';
import { measure, table, times, whole } from './measure';
import { ourQuiz } from './ours';
import { reducerQuiz } from './reducer';
import { webRate } from './web';

const SIZES = [1_000, 10_000, 100_000];

async function main(): Promise<void> {
  const cores = cpus();
  process.stdout.write(`Node ${process.version}, ${cores.length} × ${cores[0]?.model ?? 'unknown'}\n\n`);

  const ours = ourQuiz();
  const step = await measure('conversation step', 9_000, ours.takeMessage);
  const floor = await measure('hand-written reducer (floor)', 9_000, reducerQuiz());
  const peer = await measure('botbuilder-dialogs (peer)', 1_500, botbuilderQuiz());
  process.stdout.write('One message of the quiz, stored form read and written, one core\n');
  process.stdout.write(
    `${table(
      [step, peer, floor].map(({ name, perSecond, p99 }) => ({
        what: name,
        'messages/s': whole(perSecond),
        'p99 ms': p99.toFixed(3),
        'against peer': times(perSecond / peer.perSecond),
        'against floor': times(perSecond / floor.perSecond),
      })),
    )}\n\nsnapshot and timers of a participant: ${whole(ours.storedBytes)} bytes\n\n`,
  );

  const rows = [];
  for (const participants of SIZES) rows.push(await webRate(participants, Math.min(participants, 10_000)));
  const base = rows[0]?.perSecond ?? 1;
  process.stdout.write('Webhook → database → outbox over HTTP, embedded database, synced to disk\n');
  process.stdout.write(
    `${table(
      rows.map(({ participants, perSecond, p99 }) => ({
        participants: whole(participants),
        'messages/s': whole(perSecond),
        'p99 ms': whole(p99),
        'against 1,000': times(perSecond / base),
      })),
    )}\n`,
  );
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exitCode = 1;
});
