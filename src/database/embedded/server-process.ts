import type { ChildMessage } from './child';
import { startServer, type RunningServer, type ServerOptions } from './server';

/** The child process: serves until its parent says stop or is gone. */
async function main(): Promise<void> {
  const tell = (message: ChildMessage): void => void process.send?.(message);
  let server: RunningServer;
  try {
    server = await startServer(JSON.parse(process.argv[2] ?? '{}') as ServerOptions);
  } catch (error) {
    tell({ kind: 'failed', message: error instanceof Error ? error.message : String(error) });
    process.disconnect();
    return;
  }
  const end = (): void => void server.stop().then(() => process.exit(0));
  process.on('message', end);
  process.on('disconnect', end);
  // Ctrl+C in a terminal reaches the whole group: the parent finishes its work first and then says stop.
  process.on('SIGINT', () => undefined);
  process.on('SIGTERM', () => undefined);
  tell({ kind: 'ready', port: server.port });
}

void main();
