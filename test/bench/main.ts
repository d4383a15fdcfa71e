/** `npm run bench -- [step|web|outbox …]`: everything, or the parts that are named, on one machine, as ratios. */
import { cpus } from 'node:os';
import { botbuilderQuiz } from './botbuilder';
import { measure, table, times, whole } from './measure';
import { ourQuiz } from './ours';
import { floorRate, sendRate } from './outbox';
import { reducerQuiz } from './reducer';
import { webRate } from './web';

const SIZES = [1_000, 10_000, 100_000];
/** Messages that are sent while the time is taken, however many wait. */
const SENT = 5_000;
const each = (perSecond: number) => (1_000 / perSecond).toFixed(2);

async function step(): Promise<void> {
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
}

async function web(): Promise<void> {
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

async function outbox(): Promise<void> {
  const floor = await floorRate(SENT);
  const rates = [];
  for (const waiting of [10_000, 100_000])
    for (const workers of [1, 2]) rates.push(await sendRate('outbox', waiting, workers, SENT));
  const base = rates[0]?.perSecond ?? 1;
  process.stdout.write(`Outbox → stand-in for Twilio, pacing off, embedded database, synced to disk\n`);
  process.stdout.write(
    `${table([
      {
        waiting: '',
        workers: 'bare loop',
        'messages/s': whole(floor),
        'ms each': each(floor),
        'against loop': times(1),
        'against 10,000': '',
      },
      ...rates.map(({ waiting, workers, perSecond }) => ({
        waiting: whole(waiting),
        workers: whole(workers),
        'messages/s': whole(perSecond),
        'ms each': each(perSecond),
        'against loop': times(perSecond / floor),
        'against 10,000': times(perSecond / base),
      })),
    ])}\n\n`,
  );
  const lessons = [];
  for (const workers of [1, 2]) lessons.push(await sendRate('lesson', 10_000, workers, 10_000));
  process.stdout.write(`A weekly lesson to 10,000 participants, from the tick until all are taken\n`);
  process.stdout.write(
    `${table(
      lessons.map(({ workers, seconds, perSecond }) => ({
        workers: whole(workers),
        seconds: seconds.toFixed(1),
        'messages/s': whole(perSecond),
        'against loop': times(perSecond / floor),
      })),
    )}\n`,
  );
}

const PARTS: Record<string, () => Promise<void>> = { step, web, outbox };

async function main(wanted: string[]): Promise<void> {
  const unknown = wanted.filter((part) => !(part in PARTS));
  if (unknown.length > 0)
    throw new Error(`There is no part ${unknown.join(', ')}: write step, web, outbox, or nothing for all.`);
  const cores = cpus();
  process.stdout.write(`Node ${process.version}, ${cores.length} × ${cores[0]?.model ?? 'unknown'}\n\n`);
  for (const [name, part] of Object.entries(PARTS))
    if (wanted.length === 0 || wanted.includes(name)) await part();
}

main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exitCode = 1;
});
