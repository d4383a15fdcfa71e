/**
 * A provider in a test's hands. It keeps its own log of what it took, which is what invariants are judged by,
 * and plays a script of faults: what `next` returns for a message decides what happens to it.
 */
import type {
  Capabilities,
  Channel,
  ChannelId,
  OutboundMessage,
  SendResult,
} from '../../src/channels/channel';
import type { Clock } from '../../src/clock';

export type Play =
  | SendResult
  | 'accept'
  /** Takes it and gives no answer that anybody could use. */
  | 'accept-unanswered'
  /** Does not take it and gives no answer either. */
  | 'drop-unanswered'
  /** Takes it and never answers. */
  | 'accept-hang'
  | 'throw';

export interface Accepted {
  providerId: string;
  message: OutboundMessage;
  at: Date;
}

export class FakeChannel implements Channel {
  /** What the provider really took, in order. */
  readonly accepted: Accepted[] = [];
  /** All that it was asked to take. */
  readonly asked: OutboundMessage[] = [];
  /** What happens to the message; `accept` by default. May wait. */
  next: (message: OutboundMessage, tries: number) => Play | Promise<Play> = () => 'accept';
  /** What it says when asked whether it took a message; from its log by default. */
  answer: ((id: string) => { providerId: string } | 'absent' | undefined) | undefined;
  /** The id that it gives to what it takes; a new one each time by default. */
  takenAs: (() => string) | undefined;
  /** Messages being handled at this moment, and at most. */
  busy = 0;
  mostBusy = 0;
  readonly find: NonNullable<Channel['find']>;

  constructor(
    readonly id: ChannelId,
    readonly sender: string,
    private readonly clock: Clock,
    private readonly able: Partial<Capabilities> = {},
  ) {
    this.find = ({ id: outboxId }) => {
      if (this.answer) return Promise.resolve(this.answer(outboxId));
      const taken = this.accepted.find(({ message }) => message.id === outboxId);
      return Promise.resolve(taken ? { providerId: taken.providerId } : 'absent');
    };
  }

  capabilities(): Capabilities {
    const medium = this.id === 'sms' ? 'sms' : 'whatsapp';
    return {
      medium,
      canReply: true,
      canTap: 0,
      canSendMedia: medium === 'whatsapp',
      isPrivate: true,
      textLimit: 1_600,
      ...this.able,
    };
  }

  async send(message: OutboundMessage): Promise<SendResult> {
    this.asked.push(message);
    this.busy++;
    this.mostBusy = Math.max(this.mostBusy, this.busy);
    try {
      const tries = this.asked.filter(({ id }) => id === message.id).length;
      const play = await this.next(message, tries);
      switch (play) {
        case 'accept':
          return { outcome: 'accepted', providerId: this.#take(message), segments: 1 };
        case 'accept-unanswered':
          this.#take(message);
          return { outcome: 'unknown', reason: 'Timed out.' };
        case 'drop-unanswered':
          return { outcome: 'unknown', reason: 'Timed out.' };
        case 'accept-hang':
          this.#take(message);
          return await new Promise<never>(() => undefined);
        case 'throw':
          throw new Error('A bug in the channel.');
        default:
          return play.outcome === 'accepted' ? { ...play, providerId: this.#take(message) } : play;
      }
    } finally {
      this.busy--;
    }
  }

  /** Ids of what it took, in order. */
  get ids(): string[] {
    return this.accepted.map(({ message }) => message.id);
  }

  #take(message: OutboundMessage): string {
    const providerId = this.takenAs?.() ?? `${this.sender}-${this.accepted.length + 1}`;
    this.accepted.push({ providerId, message, at: this.clock.now() });
    return providerId;
  }
}
