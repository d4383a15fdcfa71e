/** A way to the database that is cut at a chosen request: as if the process had died at that very step. */
import { createServer, connect, type Server, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';

export class CutOff {
  readonly #sockets = new Set<Socket>();
  #left: number | undefined;
  #requests = 0;
  #server: Server | undefined;
  #cut = false;

  constructor(private readonly target: string) {}

  /** Listens. @returns a connection string that leads through it. */
  async open(): Promise<string> {
    const { hostname, port, search } = new URL(this.target);
    const server = createServer((client) => {
      if (this.#cut) return void client.destroy();
      const database = connect(Number(port), hostname);
      for (const socket of [client, database]) {
        this.#sockets.add(socket);
        socket.on('error', () => socket.destroy()).on('close', () => this.#sockets.delete(socket));
      }
      client.on('data', (chunk) => this.#pass(chunk, database));
      database.pipe(client);
      client.on('close', () => database.destroy());
    }).listen(0, '127.0.0.1');
    this.#server = server;
    await new Promise((resolve) => server.once('listening', resolve));
    return `mongodb://127.0.0.1:${(server.address() as AddressInfo).port}/${search}`;
  }

  /** From now on so many requests get through; the next one gets in or not, but its answer never comes back. */
  after(requests: number): void {
    this.#left = requests;
    this.#requests = 0;
  }

  get cut(): boolean {
    return this.#cut;
  }

  /** The driver sends a request in one piece here, and waits for its answer before the next on the same socket. */
  #pass(chunk: Buffer, database: Socket): void {
    if (this.#cut) return;
    // The driver's own questions after the server's health are not the product's steps.
    const isMonitoring = /isMaster|hello|ping/i.test(chunk.toString('latin1'));
    if (this.#left === undefined || isMonitoring || this.#requests++ < this.#left) {
      database.write(chunk);
      return;
    }
    this.#cut = true;
    database.write(chunk, () => {
      for (const socket of this.#sockets) socket.destroy();
    });
  }

  async close(): Promise<void> {
    this.#cut = true;
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((resolve) => this.#server?.close(resolve));
  }
}
