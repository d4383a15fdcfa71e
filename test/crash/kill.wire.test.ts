/**
 * kill -9 at every point between a webhook and the provider's log: on the same data folder, with its own database
 * process and every write synced, the next process loses nothing and doubles nothing. Two processes start for each
 * death, so that only the most telling places are tried at every run; KILL_EVERYWHERE=1 tries them all.
 */
import { fork } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { OutboxRow } from '../../src/database/models/outbox';
import type { ParticipantDocument } from '../../src/database/models/participant';
import { PROJECT_ROOT } from '../../src/paths';

/** What a process is told to do. */
interface Orders {
  /** Worked through one after the other: data, and the provider's own log. */
  folders: { dataDir: string; log: string }[];
  /** When it starts, ISO. */
  at: string;
  killAt?: string;
  /** What he writes, each as one webhook; the same text has the same message id. */
  texts: string[];
  /** Lets happen what is due then. */
  ticks?: boolean;
  /** Lets the minutes pass until nothing is left to be done. */
  settles?: boolean;
}

interface Seen {
  participants: ParticipantDocument[];
  outbox: OutboxRow[];
  journal: string[];
  reflections: string[];
  taken: string[];
}

const DIST = path.join(PROJECT_ROOT, 'dist', 'src', 'main.js');
const PATIENCE = 600_000;

let root: string;
beforeAll(() => {
  if (!existsSync(DIST)) throw new Error('These tests run the compiled program: run npm run build first.');
  root = mkdtempSync(path.join(tmpdir(), 'saathi-kill-'));
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

function run(orders: Orders): Promise<{ seen?: Seen[]; signal: NodeJS.Signals | null; errors: string }> {
  const script = path.join(PROJECT_ROOT, 'test', 'crash', 'process.cjs');
  const child = fork(script, [JSON.stringify(orders)], {
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    execArgv: [],
  });
  let seen: Seen[] | undefined;
  let errors = '';
  child.on('message', (message) => (seen = message as Seen[]));
  child.stderr!.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  return new Promise((resolve) => {
    // The database's own process holds the pipe too: once it is closed, the folder is free.
    child.on('close', (_, signal) => resolve({ ...(seen && { seen }), signal, errors }));
  });
}

function folder(name: string): Orders['folders'][number] {
  const own = path.join(root, name.replaceAll(/\W+/g, '-'));
  mkdirSync(own, { recursive: true });
  return { dataDir: path.join(own, 'data'), log: path.join(own, 'provider.log') };
}

function copyOf(from: string, to: string): Orders['folders'][number] {
  const copied = folder(to);
  cpSync(path.dirname(folder(from).dataDir), path.dirname(copied.dataDir), { recursive: true });
  return copied;
}

/** What must be the same, whenever and however often the process died. */
function essence({ participants, outbox, journal, reflections, taken }: Seen) {
  return {
    participants: participants.map(
      ({ sequence, status, profile, consents, lessons, pledges, recent, effects, conversation }) => ({
        sequence,
        status,
        name: profile.name,
        consents: consents.length,
        lessons: lessons.map(({ week, answer, reflected }) => ({ week, answer, reflected })),
        pledges: pledges.length,
        recent,
        effects,
        state: conversation.state,
        timers: conversation.timers.map(({ event }) => event),
      }),
    ),
    outbox: outbox.map(({ _id, state, live }) => ({ _id, state, live })),
    journal,
    reflections,
    taken,
  };
}

const WRITING = [
  'before the write',
  'after the write',
  'before it is relayed',
  'after it is relayed',
  'before its effects are taken off',
  'after its effects are taken off',
];
const SENDING = [
  'before it is claimed',
  'after it is claimed',
  'before it is sent',
  'after it is sent',
  'after it is marked',
];
const KEEPING = ['before the reflection is kept', 'after the reflection is kept'];
const JOURNAL = ['before the journal is written', 'after the journal is written'];
const ERASING = ['before he is erased', 'after he is erased'];

const JOINING = ['namaste', '4', '1', '25', 'Ramesh', 'up', 'sitapur', 'no', '7'];
const MORNING = '2026-01-04T10:00:00+05:30';

interface Story {
  name: string;
  /** What he wrote before. */
  before: string[];
  texts: string[];
  ticks?: boolean;
  at: string;
  /** Where it is killed when asked to be thorough. */
  points: string[];
  /** Where it is killed at every run: each place that the others don't cover. */
  usual: string[];
}

const STORIES: Story[] = [
  {
    name: 'a first word',
    before: [],
    texts: ['namaste'],
    at: MORNING,
    points: [...WRITING, ...SENDING],
    usual: [...WRITING, ...SENDING].filter((point) => !point.includes('relayed')),
  },
  {
    name: 'a reflection',
    before: [...JOINING, 'evening', 'now', 'number 1'],
    texts: ['I have never cooked a meal.'],
    at: '2026-01-04T12:00:00+05:30',
    points: [...WRITING, ...JOURNAL, ...KEEPING, ...SENDING],
    usual: [
      'after the write',
      'before the journal is written',
      'after the reflection is kept',
      'after it is sent',
    ],
  },
  {
    name: 'an erasure',
    before: [...JOINING, 'evening', 'now', 'delete'],
    texts: ['yes'],
    at: '2026-01-04T12:00:00+05:30',
    points: [...WRITING.filter((point) => !point.includes('taken off')), ...JOURNAL, ...ERASING, ...SENDING],
    usual: ['after the write', 'before he is erased', 'after he is erased', 'after it is sent'],
  },
  {
    name: 'a lesson that falls due',
    before: [...JOINING, 'evening', 'later'],
    texts: [],
    ticks: true,
    at: '2026-01-04T18:00:01+05:30',
    points: [...WRITING, ...JOURNAL, ...SENDING],
    usual: ['before the write', 'after the write', 'before its effects are taken off', 'after it is sent'],
  },
];

describe.each(STORIES)('$name', ({ name, before, texts, ticks = false, at, ...story }) => {
  const points = process.env.KILL_EVERYWHERE ? story.points : story.usual;
  let expected: ReturnType<typeof essence>;
  const outcomes = new Map<string, Seen>();
  const deaths = new Map<string, NodeJS.Signals | null>();

  beforeAll(async () => {
    const base = `${name} base`;
    const prepared = await run({ folders: [folder(base)], at: MORNING, texts: before });
    if (!prepared.seen) throw new Error(prepared.errors);
    const acts = { at, texts, ticks };
    const undisturbed = await run({ folders: [copyOf(base, `${name} undisturbed`)], ...acts, settles: true });
    if (!undisturbed.seen) throw new Error(undisturbed.errors);
    expected = essence(undisturbed.seen[0]!);

    const folders = points.map((point) => copyOf(base, `${name} ${point}`));
    const waiting = points.map((killAt, index) => ({ killAt, folder: folders[index]! }));
    const worker = async (): Promise<void> => {
      for (let next; (next = waiting.shift());) {
        const { signal } = await run({ folders: [next.folder], ...acts, killAt: next.killAt });
        deaths.set(next.killAt, signal);
      }
    };
    await Promise.all([worker(), worker()]);

    // Whatever was acknowledged or not: a provider may repeat any webhook.
    const later = new Date(new Date(at).getTime() + 30_000).toISOString();
    const recovered = await run({ folders, ...acts, at: later, settles: true });
    if (!recovered.seen) throw new Error(recovered.errors);
    recovered.seen.forEach((seen, index) => outcomes.set(points[index]!, seen));
  }, PATIENCE);

  test('undisturbed, it is answered with one message', () => {
    expect(expected.reflections).toEqual(name === 'a reflection' ? texts : []);
    expect(expected.taken).toHaveLength(before.length + 1);
    expect(new Set(expected.taken).size).toBe(expected.taken.length);
    expect(expected.outbox.filter(({ live }) => live)).toEqual([]);
    expect(expected.outbox.map(({ state }) => state)).toEqual(expected.outbox.map(() => 'sent'));
  });

  test.each(points)('killed %s: nothing is lost, nothing is doubled', (point) => {
    expect(deaths.get(point)).toBe('SIGKILL');
    expect(essence(outcomes.get(point)!)).toEqual(expected);
  });
});
