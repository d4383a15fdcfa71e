/** The page on a port of its own, for Chromium. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fakeApp, type FakeWorld } from './fake-world';

export interface Served {
  /** `http://127.0.0.1:<port>` */
  url: string;
  close(): Promise<void>;
}

/** @param certificate the PNG that stands at `/certificates/…`. */
export async function serve(world: FakeWorld, certificate?: Buffer): Promise<Served> {
  const server = createServer(fakeApp(world, certificate)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
