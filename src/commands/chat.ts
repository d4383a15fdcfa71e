/** `chat`: a conversation in the terminal, on the real product with a pretend phone. */
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { formatAddress, parseAddress } from '../channels/simulator/address';
import type { PhoneEvent, Simulator } from '../channels/simulator/simulator';
import { MovableClock } from '../clock';
import { loadConfig } from '../config';
import { silentLog } from '../log';
import { assemble, type Product } from '../main';
import type { World } from '../world';
import { bringCompany, type ChatRole } from './chat-company';
import { parseLine, type ChatLine } from './chat-line';
import { showMessage, showState } from './chat-output';

export interface ChatOptions {
  channel: 'whatsapp' | 'sms';
  /** `+919800000001` */
  as: string;
  /** The moment at which the pretend clock stands; the present one, running, where it is not given. */
  clock?: Date;
  json: boolean;
  /** By what role he is there; with any but a Saathi's, a mentor and his group are there too. */
  role: ChatRole;
  /** Folder of the embedded database; a temporary one where it is not given. */
  data?: string;
}

export interface Terminal {
  input: Readable;
  output: Writable;
  errors: Writable;
  /** A person sits there: show a prompt and hints. */
  isInteractive: boolean;
}

/** Reads a line an inbound message until the input ends; resolves with the exit code. */
export async function chat(options: ChatOptions, terminal: Terminal): Promise<number> {
  const clock = new MovableClock(options.clock ?? new Date(), { ticking: options.clock === undefined });
  const config = { ...loadConfig({ SIMULATOR: 'on', LOG_LEVEL: 'silent' }), warnings: [] };
  const product = await assemble(config, { log: silentLog, clock, dataDir: options.data ?? 'temporary' });
  try {
    return await converse(product, options, terminal, clock.now());
  } finally {
    await product.stop();
  }
}

async function converse(
  { simulator, world, connection, content }: Product,
  options: ChatOptions,
  { input, output, errors, isInteractive }: Terminal,
  at: Date,
): Promise<number> {
  if (!simulator) throw new Error('The terminal chat needs the simulator.');
  const session = new Session(options, simulator, world, output);
  const others = await bringCompany(connection, { role: options.role, as: session.address, content, at });
  if (isInteractive) {
    errors.write('Write to the bot, as "namaste". /help shows what else you can do here.\n');
    if (others.length > 0)
      errors.write(`Here too (/as to write as one of them):\n  ${others.join('\n  ')}\n`);
  }
  const lines = createInterface({
    input,
    output: isInteractive ? output : undefined,
    prompt: '› ',
    terminal: isInteractive,
  });
  if (isInteractive) lines.prompt();
  let failures = 0;
  for await (const line of lines) {
    try {
      await session.take(parseLine(line));
    } catch (error) {
      failures += 1;
      errors.write(`${error instanceof Error ? error.message : String(error)}\n`);
    }
    if (session.isOver) break;
    if (isInteractive) lines.prompt();
  }
  lines.close();
  return failures > 0 && !isInteractive ? 1 : 0;
}

const HELP = `/wait 7d      let time pass (s, m, h, d, w)
/tap 2        tap the second option
/voice        send a voice note (also /image /sticker /location /call)
/as +9198…    write as somebody else (/as sms +9198… by SMS)
/state        where the conversation stands
/quit         end
`;

class Session {
  isOver = false;
  #address: string;

  constructor(
    private readonly options: ChatOptions,
    private readonly simulator: Simulator,
    private readonly world: World,
    private readonly output: Writable,
  ) {
    this.#address = this.#addressOf(options.as);
    simulator.subscribe((event) => this.#show(event));
  }

  /** Where the one who writes now is reached. */
  get address(): string {
    return this.#address;
  }

  async take(line: ChatLine): Promise<void> {
    switch (line.type) {
      case 'nothing':
        return;
      case 'quit':
        this.isOver = true;
        return;
      case 'help':
        this.output.write(HELP);
        return;
      case 'as':
        this.#address = this.#addressOf(line.phone, line.channel);
        return;
      case 'wait':
        return this.world.advance(line.milliseconds);
      case 'state': {
        const view = await this.world.describe({ channel: 'simulator', address: this.#address });
        this.output.write(showState(view, this.options.json));
        return;
      }
      case 'tap':
        return this.#send({ kind: 'tap', optionId: this.#optionAt(line.number) });
      case 'send':
        return this.#send(
          line.kind === 'text' ? { kind: 'text', text: line.text } : { kind: line.kind, seconds: 12 },
        );
    }
  }

  async #send(input: Parameters<Simulator['outgoing']>[1]): Promise<void> {
    await this.world.receive(this.simulator.outgoing(this.#address, input));
    await this.world.settle();
  }

  #optionAt(number: number): string {
    const latest = this.simulator
      .history(this.#address)
      .findLast(({ direction }) => direction === 'received');
    const option = latest?.options[number - 1];
    if (!option) throw new Error(`There is no option ${number} to tap in the last message.`);
    return option.id;
  }

  #addressOf(phone: string, medium = this.options.channel): string {
    const address = formatAddress({ medium, phone });
    if (!parseAddress(address))
      throw new Error(`${phone} is not a phone number with country code, like +919800000001.`);
    return address;
  }

  #show(event: PhoneEvent): void {
    if (event.type !== 'message' || event.message.direction !== 'received') return;
    const isMine = event.address === this.#address;
    this.output.write(showMessage(event.address, event.message, this.options.json, isMine));
  }
}
