/** The processes of a soak: one database and several of the product, each of which may die or stand still at any time. */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { pause } from './world';

const ROOT = path.resolve(__dirname, '../..');
const PRODUCT = path.join(__dirname, 'process.cjs');
const DATABASE = path.join(ROOT, 'dist/src/database/embedded/server-process.js');

export interface World {
  /** Simulated milliseconds at `since`. */
  start: number;
  /** Real milliseconds at which the soak began. */
  since: number;
  speed: number;
}

/** A process that is started again whenever it ends, until it is told to end. */
export class Member {
  /** Where it listens; undefined while it is down. */
  port: number | undefined;
  starts = 0;
  stopped = false;
  #child: ChildProcess | undefined;
  #ending = false;
  #listens: (port: number) => void = () => undefined;

  constructor(
    readonly name: string,
    private readonly launch: () => ChildProcess,
    private readonly heard: (chunk: string) => void,
  ) {}

  /** Starts it; resolves when it first listens. */
  async start(): Promise<number> {
    if (!existsSync(DATABASE)) throw new Error('dist/ is missing: npm test builds it, or run npm run build.');
    void this.#keep();
    return new Promise((resolve) => (this.#listens = resolve));
  }

  async #keep(): Promise<void> {
    while (!this.#ending) {
      const child = this.launch();
      this.#child = child;
      this.starts += 1;
      for (const stream of [child.stdout, child.stderr])
        stream?.setEncoding('utf8').on('data', (chunk: string) => this.heard(chunk));
      child.once('message', ({ port }: { port: number }) => {
        this.port = port;
        this.#listens(port);
      });
      await once(child, 'exit');
      this.port = undefined;
      this.stopped = false;
      await pause(100);
    }
  }

  kill(): void {
    this.#child?.kill('SIGKILL');
  }

  standStill(): void {
    this.stopped = this.#child?.kill('SIGSTOP') ?? false;
  }

  goOn(): void {
    this.#child?.kill('SIGCONT');
    this.stopped = false;
  }

  /** Ends it for good, in good order; whoever does not end within ten seconds is killed. */
  async end(): Promise<void> {
    this.#ending = true;
    const child = this.#child;
    if (child?.exitCode !== null || child.signalCode !== null) return;
    this.goOn();
    const gone = once(child, 'exit');
    if (child.connected) child.send({ kind: 'stop' });
    const late = setTimeout(() => child.kill('SIGKILL'), 10_000);
    await gone;
    clearTimeout(late);
  }
}

export class Cluster {
  readonly database: Member;
  readonly webs: Member[] = [];
  readonly workers: Member[] = [];
  /** All that the product's processes have printed. */
  printed = '';

  constructor(dataDir: string) {
    let port: number | undefined;
    this.database = new Member(
      'database',
      () => {
        const child = fork(DATABASE, [JSON.stringify({ dataDir, ...(port !== undefined && { port }) })], {
          execArgv: [],
          stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
        });
        // The same address after every restart, so that the drivers find it again.
        child.once('message', (message: { port?: number }) => (port ??= message.port));
        return child;
      },
      (chunk) => (this.printed += chunk),
    );
  }

  get all(): Member[] {
    return [this.database, ...this.webs, ...this.workers];
  }

  get uri(): string {
    return `mongodb://127.0.0.1:${this.database.port}/?directConnection=true&retryWrites=false`;
  }

  /** Starts the database, then so many processes of each role. */
  async start(
    { webs, workers }: { webs: number; workers: number },
    env: Record<string, string>,
    world: World,
  ): Promise<void> {
    await this.database.start();
    const given = { ...env, MONGODB_URI: this.uri };
    const product = (role: string, number: number) =>
      new Member(
        `${role} ${number}`,
        () =>
          fork(PRODUCT, [JSON.stringify({ role, env: given, ...world })], {
            execArgv: [],
            stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
            env: { PATH: process.env.PATH, NODE_ENV: 'test' },
          }),
        (chunk) => (this.printed += chunk),
      );
    for (let n = 1; n <= webs; n++) this.webs.push(product('web', n));
    for (let n = 1; n <= workers; n++) this.workers.push(product('worker', n));
    await Promise.all([...this.webs, ...this.workers].map((member) => member.start()));
  }

  async stop(): Promise<void> {
    await Promise.all([...this.webs, ...this.workers].map((member) => member.end()));
    await this.database.end();
  }
}
