import { fork, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { RunningServer, ServerOptions } from './server';

/** What the child process tells its parent once: where it listens, or why it cannot. */
export type ChildMessage = { kind: 'ready'; port: number | undefined } | { kind: 'failed'; message: string };

const FIRST_PAUSE = 100;
const LONGEST_PAUSE = 5_000;

/**
 * Runs the server in a child process, so that its work never holds up this process's event loop. A child that dies
 * by itself is started again on the same port, after a pause that doubles with every failure; the driver reconnects.
 * @throws Error with the child's own sentence when the first start fails.
 */
export async function startChild(options: ServerOptions): Promise<RunningServer> {
  const supervisor = new Supervisor(options);
  const port = await supervisor.start();
  return { port, stop: () => supervisor.stop() };
}

class Supervisor {
  private child: ChildProcess | undefined;
  private stopping = false;
  private pause = FIRST_PAUSE;
  private timer: NodeJS.Timeout | undefined;

  constructor(private options: ServerOptions) {}

  async start(): Promise<number | undefined> {
    const port = await this.launch();
    this.options = { ...this.options, ...(port === undefined ? {} : { port }) };
    return port;
  }

  async stop(): Promise<void> {
    this.stopping = true;
    clearTimeout(this.timer);
    const child = this.child;
    if (child?.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    if (child.connected) child.send({ kind: 'stop' });
    await gone;
  }

  private launch(): Promise<number | undefined> {
    const script = join(__dirname, 'server-process.js');
    if (!existsSync(script))
      return Promise.reject(
        new Error(
          `The embedded database's child process needs the compiled program, and ${script} is missing. Run npm run build first.`,
        ),
      );
    const child = fork(script, [JSON.stringify(this.options)], {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      execArgv: [],
      // Under `node --watch` a child would send the files it loads over the very channel on which it says its port.
      env: { ...process.env, WATCH_REPORT_DEPENDENCIES: undefined },
    });
    this.child = child;
    return new Promise((resolve, reject) => {
      let ready = false;
      child.once('message', (message: ChildMessage) => {
        if (message.kind === 'failed') {
          reject(new Error(message.message));
          return;
        }
        ready = true;
        this.pause = FIRST_PAUSE;
        resolve(message.port);
      });
      child.once('exit', (code, signal) => {
        reject(
          new Error(
            `The embedded database's process ended at once (${signal ?? `exit code ${code ?? 'unknown'}`}).`,
          ),
        );
        if (ready) this.relaunchLater();
      });
    });
  }

  private relaunchLater(): void {
    if (this.stopping) return;
    this.timer = setTimeout(() => {
      this.launch().catch(() => this.relaunchLater());
    }, this.pause);
    this.pause = Math.min(this.pause * 2, LONGEST_PAUSE);
  }
}
