/** Server-sent events to the open pages: every message on every phone, how the person in view stands, the clock, the content. */
import type { Response } from 'express';
import type { PhoneEvent, Simulator } from '../../channels/simulator/simulator';
import { shown, summaries } from './people';
import type { ContentNews, SimulatorWorld } from './world';

/** How often the clock is told, which also keeps proxies from closing a quiet stream. */
const CLOCK_EVERY_MS = 15_000;

interface Stream {
  as: string;
  response: Response;
  /** A state is on its way already: another message needs no second one. */
  stateAsked: boolean;
}

export class Streams {
  readonly #open = new Set<Stream>();

  constructor(
    private readonly simulator: Simulator,
    private readonly world: SimulatorWorld,
    private readonly content?: ContentNews,
  ) {
    simulator.subscribe((event) => this.#pass(event));
    content?.subscribe(() => {
      for (const stream of this.#open) write(stream, 'content', { faults: content.faults(), isFresh: true });
    });
  }

  /**
   * Opens a stream for the phone in view. Its first event `phone` holds all there is to show, so that a page
   * which reconnects misses nothing. @throws what `describe` throws, before anything is written.
   */
  async open(as: string, response: Response): Promise<void> {
    const person = await this.#describe(as);
    const people = await summaries(this.simulator, this.world);
    if (response.closed) return;
    response.set({
      'Content-Type': 'text/event-stream',
      'Cache-Control': 'no-cache, no-transform',
      'X-Accel-Buffering': 'no',
    });
    response.flushHeaders();
    const stream: Stream = { as, response, stateAsked: false };
    const messages = this.simulator.history(as).map(shown);
    write(stream, 'phone', { as, messages, people, person, now: this.world.clock.now() });
    if (this.content) write(stream, 'content', { faults: this.content.faults(), isFresh: false });
    this.#open.add(stream);
    const timer = setInterval(() => write(stream, 'clock', { now: this.world.clock.now() }), CLOCK_EVERY_MS);
    timer.unref();
    response.on('close', () => {
      clearInterval(timer);
      this.#open.delete(stream);
    });
  }

  /** Tells every open page the time and how its person stands. */
  async refresh(): Promise<void> {
    for (const stream of this.#open) write(stream, 'clock', { now: this.world.clock.now() });
    await Promise.all([...this.#open].map((stream) => this.#tellState(stream)));
  }

  #pass(event: PhoneEvent): void {
    for (const stream of this.#open) {
      if (event.type === 'status') write(stream, 'status', event);
      else write(stream, 'message', { address: event.address, message: shown(event.message) });
      if (event.address === stream.as && !stream.stateAsked) {
        stream.stateAsked = true;
        setImmediate(() => void this.#tellState(stream));
      }
    }
  }

  async #tellState(stream: Stream): Promise<void> {
    stream.stateAsked = false;
    try {
      write(stream, 'state', { as: stream.as, person: await this.#describe(stream.as) });
    } catch {
      // The database is away. The page comes back by itself, and gets a whole `phone` when it can be read again.
      stream.response.end();
    }
  }

  async #describe(address: string) {
    return (await this.world.describe({ channel: 'simulator', address })) ?? null;
  }
}

function write({ response }: Stream, event: string, data: unknown): void {
  if (!response.writableEnded) response.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
}
