/**
 * A turn: read the participant, step, write once, on condition that nobody else stepped in between. An inbound
 * message is acknowledged only after that write (design, section 3).
 */
import { performance } from 'node:perf_hooks';
import { isDuplicate } from '../database/duplicate';
import type { Model } from 'mongoose';
import { identityKey, type InboundMessage, type Medium } from '../channels/channel';
import type { Clock } from '../clock';
import {
  LANGUAGES,
  newcomer,
  type Conversation,
  type MessageContext,
  type Participant,
  type StoredEffect,
  type Stepped,
  type View,
} from '../conversation';
import type { ParticipantDocument } from '../database/models/participant';
import { afterStep, toParticipant, updateFor, type Received } from './document';
import type { Relaying } from './relaying';
import { Serial } from './serial';

export interface TurnParts {
  participants: Model<ParticipantDocument>;
  conversation: Conversation;
  clock: Clock;
  /** Makes a new participant's id. */
  makeId: () => string;
  zone: string;
  /** What he holds in his hand at this address. */
  mediumOf: (message: Pick<InboundMessage, 'from'>) => Medium;
  /** What somebody with a role sees of others; undefined without one. */
  viewOf: (document: ParticipantDocument) => Promise<View | undefined>;
  /** Was this message handled for somebody who has been erased since? */
  isBuried: (messageId: string) => Promise<boolean>;
  relaying: Relaying;
  /** Makes unreadable, before it is written, what nobody else may read. */
  seal: (effect: StoredEffect) => StoredEffect;
  /** Told when a step threw; the participant gets an apology and keeps his old state. */
  onFault: (error: unknown) => void;
  /** Told how long a step or the write after it took. */
  took?: (part: 'step' | 'write', milliseconds: number) => void;
}

/** Lost races in a row before the message is given back to the provider to try again. */
const MOST_RACES = 20;

export class Turns {
  readonly #parts: TurnParts;
  readonly #serial = new Serial();

  constructor(parts: TurnParts) {
    this.#parts = parts;
  }

  /**
   * Takes an inbound message. Resolves once it is committed (or was committed before: a duplicate).
   * @throws when the database does not take it: the webhook then answers 503 and the provider repeats it
   */
  receive(message: InboundMessage): Promise<void> {
    const key = identityKey(message.from);
    return this.#serial.run(key, async () => {
      for (let race = 0; race < MOST_RACES; race += 1) {
        if (await this.#tryReceive(key, message)) return;
      }
      throw new Error(`A message could not be committed in ${MOST_RACES} tries.`);
    });
  }

  async #tryReceive(key: string, message: InboundMessage): Promise<boolean> {
    const { participants, isBuried, clock, makeId, zone } = this.#parts;
    const document =
      (await participants.findOne({ 'identities.key': key }).lean<ParticipantDocument>()) ?? undefined;
    if (document?.recent.includes(message.id)) return true;
    const received: Received = { id: message.id, from: message.from, userId: message.userId };
    const at = clock.now();
    if (document) {
      const view = await this.#parts.viewOf(document);
      return this.#commit(document, this.#hear(toParticipant(document), message, at, view), received);
    }
    if (await isBuried(message.id)) return true;
    const stepped = this.#hear(newcomer(makeId(), at, zone), message, at);
    return this.#insert(stepped, received);
  }

  /**
   * Lets everything happen that is due for a participant, in order, in one write.
   * @returns false when somebody else stepped first; what is still due then is theirs or the next tick's
   */
  async fireDue(document: ParticipantDocument): Promise<boolean> {
    const { conversation, clock } = this.#parts;
    const at = clock.now();
    const view = await this.#parts.viewOf(document);
    let participant = toParticipant(document);
    const effects: Stepped['effects'] = [];
    for (;;) {
      try {
        const fired = this.#timed('step', () => conversation.fireDue(participant, at, view));
        if (!fired) break;
        participant = fired.participant;
        effects.push(...fired.effects);
      } catch (error) {
        this.#parts.onFault(error);
        participant = withDuePutOff(participant, at);
      }
    }
    return this.#commit(document, { participant, effects });
  }

  /** Runs it and tells how long it took, until its promise settles if it gives one. */
  #timed<T>(part: 'step' | 'write', work: () => T): T {
    const { took } = this.#parts;
    if (!took) return work();
    const since = performance.now();
    const over = () => took(part, performance.now() - since);
    let result: T;
    try {
      result = work();
    } catch (error) {
      over();
      throw error;
    }
    if (result instanceof Promise) result.then(over, over);
    else over();
    return result;
  }

  #hear(participant: Participant, message: InboundMessage, at: Date, view?: View): Stepped {
    const context: MessageContext = {
      id: message.id,
      channel: message.from.channel,
      medium: this.#parts.mediumOf(message),
      ...(!/^\D*\+\d/.test(message.from.address) && { hasNoNumber: true as const }),
    };
    try {
      const { conversation } = this.#parts;
      const heard = this.#timed('step', () => conversation.hear(participant, message, context, at, view));
      const stepped = { ...heard, effects: heard.effects.map((effect) => this.#parts.seal(effect)) };
      // The provider has answered him already (Twilio Advanced Opt-Out): keep the change, say nothing twice.
      return message.answered
        ? { ...stepped, effects: stepped.effects.filter(({ type }) => type !== 'say') }
        : stepped;
    } catch (error) {
      this.#parts.onFault(error);
      return apology(participant, at);
    }
  }

  async #insert(stepped: Stepped, received: Received): Promise<boolean> {
    const { participants, relaying } = this.#parts;
    const { id, createdAt } = stepped.participant;
    const document: ParticipantDocument = { _id: id, createdAt, ...afterStep(undefined, stepped, received) };
    try {
      await this.#timed('write', () => participants.create([document]));
    } catch (error) {
      // Two first messages at once: the other one made him, this one steps after it.
      if (isDuplicate(error)) return false;
      throw error;
    }
    relaying.add(document);
    return true;
  }

  async #commit(before: ParticipantDocument, stepped: Stepped, received?: Received): Promise<boolean> {
    const { participants, relaying } = this.#parts;
    const write = afterStep(before, stepped, received);
    const { matchedCount } = await this.#timed('write', async () =>
      participants.updateOne({ _id: before._id, sequence: before.sequence }, updateFor(write)),
    );
    if (matchedCount === 0) return false;
    relaying.add({ _id: before._id, ...write });
    return true;
  }
}

/** A guard or an assignment threw: his old state stays, he gets an apology, the message is not handled twice. */
function apology(participant: Participant, at: Date): Stepped {
  const sequence = participant.sequence + 1;
  const key = 'trouble.apology';
  return {
    participant: { ...participant, sequence, lastHeardAt: at },
    effects:
      participant.status === 'stopped'
        ? []
        : [
            {
              type: 'say',
              purpose: 'reply',
              parts: participant.profile.language
                ? [{ key }]
                : LANGUAGES.map((language) => ({ key, language })),
              id: `${participant.id}:${sequence}:0`,
              at,
            },
          ],
  };
}

const DAY_MS = 24 * 3_600_000;

/**
 * A timer whose step throws would throw at every tick: what is due is tried again in a day, since his next lesson
 * hangs on it.
 */
function withDuePutOff(participant: Participant, at: Date): Participant {
  const { conversation, sequence } = participant;
  const due = new Date(at.getTime() + DAY_MS);
  const timers = conversation.timers
    .map((timer) => (timer.due <= at ? { ...timer, due } : timer))
    .sort((one, other) => one.due.getTime() - other.due.getTime());
  return { ...participant, sequence: sequence + 1, conversation: { ...conversation, timers } };
}
