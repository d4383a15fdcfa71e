import type { Socket } from 'node:net';
import type { Context } from './context';
import { dispatch } from './commands/dispatch';
import { LONGEST_MESSAGE, parseMessage, replyMessage } from './wire';

/** Serves one client: requests are answered one after the other, in the order in which they came. */
export class Connection {
  private parts: Buffer[] = [];
  private length = 0;
  private readonly waiting: Buffer[] = [];
  private busy = false;

  constructor(
    private readonly context: Context,
    private readonly socket: Socket,
  ) {
    socket.setNoDelay(true);
    socket.on('data', (chunk) => this.take(chunk));
    // A client that goes away is no event: what it had been promised is kept, what it had not is forgotten.
    socket.on('error', () => socket.destroy());
  }

  private take(chunk: Buffer): void {
    this.parts.push(chunk);
    this.length += chunk.length;
    while (this.length >= 16) {
      let [first = Buffer.alloc(0)] = this.parts;
      if (first.length < 4) this.parts = [(first = Buffer.concat(this.parts))];
      const size = first.readInt32LE(0);
      if (size < 16 || size > LONGEST_MESSAGE) return void this.socket.destroy();
      if (this.length < size) break;
      const all = this.parts.length === 1 ? first : Buffer.concat(this.parts);
      this.waiting.push(all.subarray(0, size));
      this.parts = all.length === size ? [] : [all.subarray(size)];
      this.length -= size;
    }
    if (!this.busy) void this.serve();
  }

  private async serve(): Promise<void> {
    this.busy = true;
    for (let message = this.waiting.shift(); message !== undefined; message = this.waiting.shift()) {
      try {
        const request = parseMessage(message);
        const reply = await dispatch(this.context, request);
        if (request.answers && !this.socket.destroyed) this.socket.write(replyMessage(request, reply));
      } catch {
        // What is no message of the protocol cannot be answered in it.
        this.socket.destroy();
        return;
      }
    }
    this.busy = false;
  }
}
