/** One message from `sending` to its outcome. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Channel, OutboundMessage, SendResult } from '../channels/channel';
import type { OutboxRow } from '../database/models/outbox';
import { attend, type AftermathParts } from './aftermath';
import type { Random } from './back-off';
import { Batcher } from './batcher';
import { writeNext, type OutboxWrite } from './claims';
import { settle, type Next, type Settled } from './outcome';
import type { LinkPort, MediaUrlPort, ObservePort, RenderPort, TemplatePort } from './ports';
import { applyReceipts } from './receipts';
import { isDuplicate } from '../database/duplicate';

export interface DespatchParts extends AftermathParts {
  random: Random;
  render: RenderPort;
  mediaUrl: MediaUrlPort;
  linkTo: LinkPort;
  template: TemplatePort;
  observe: ObservePort;
  maxAttempts: number;
  /** A send that has not answered by then counts as unknown. */
  sendTimeoutMs: number;
}

export interface Held {
  row: OutboxRow;
  token: string;
  outside: boolean;
  probe: boolean;
}

/** Tries of a write of an outcome while the database is away: about six seconds in all. */
const WRITE_TRIES = 6;

interface Written {
  write: OutboxWrite;
  held: Held;
  next: Next;
}

export class Despatch {
  readonly #parts: DespatchParts;
  readonly #written: Batcher<Written>;

  constructor(parts: DespatchParts) {
    this.#parts = parts;
    this.#written = new Batcher((batch) => this.#write(batch));
  }

  /** Renders, sends, writes down what came of it and does what follows. Rejects only if the database does. */
  async send(held: Held, channel: Channel, needsTemplate: boolean): Promise<void> {
    const { row, probe } = held;
    const { clock, random, pacing, alert, observe, log, maxAttempts } = this.#parts;
    const message = this.#compose(held, channel, needsTemplate);
    if (message === undefined) {
      const reason = 'He cannot answer there, and it has no text that stands alone.';
      await this.record(
        held,
        { next: { state: 'cancelled', error: { kind: 'render', reason } }, actions: [] },
        { reason },
      );
      return;
    }
    if (message instanceof Error) {
      const reason = 'It could not be put into words.';
      log.error(
        { error: message, row: log.hashed(row._id), purpose: row.purpose },
        'A message could not be rendered',
      );
      await this.record(
        held,
        {
          next: { state: 'dead', error: { kind: 'render', reason } },
          actions: [{ do: 'alert', about: 'dead' }],
        },
        { reason },
      );
      return;
    }
    const result = await this.#try(channel, message);
    observe({ sender: channel.sender, channel: channel.id, outcome: result.outcome });
    if (result.outcome !== 'accepted')
      log.info(
        {
          row: log.hashed(row._id),
          channel: channel.id,
          outcome: result.outcome,
          code: result.code,
          reason: result.reason,
        },
        'Not accepted',
      );
    const cause = result.outcome === 'accepted' ? { reason: 'accepted' } : result;
    await this.record(held, settle(row, result, clock.now(), random, { maxAttempts }), { ...cause, probe });
    if (probe && works(result) && (await pacing.close(channel.sender)))
      alert({ about: 'sender-up', sender: channel.sender, reason: 'A probe got through: sending again.' });
  }

  /** Writes down what became of a row that is held here, together with what others write at this moment. */
  async record(
    held: Held,
    { next, actions }: Settled,
    cause: { code?: string | undefined; reason: string; probe?: boolean },
  ): Promise<void> {
    const { clock } = this.#parts;
    await this.#written.add({ write: writeNext(held.row, held.token, next, clock.now()), held, next });
    await attend(held.row, actions, cause, this.#parts);
  }

  #compose(
    { row, outside }: Held,
    channel: Channel,
    needsTemplate: boolean,
  ): OutboundMessage | Error | undefined {
    const { render, mediaUrl, linkTo, template, clock } = this.#parts;
    try {
      if (row.address === undefined || !row.say) return new Error('Its address or its words are gone.');
      const capabilities = channel.capabilities(row.address);
      const media = row.say.picture && mediaUrl(row.say.picture, row.participantId);
      const link = row.say.link && linkTo(row.say.link, row.participantId);
      const rendered = render(row.say, row.language, capabilities, link ?? media?.url);
      if (!rendered) return undefined;
      const approved = outside && needsTemplate ? template(row.say, row.language, row.purpose) : undefined;
      if (outside && needsTemplate && !approved) return new Error('Its template is no longer there.');
      return {
        id: row._id,
        to: row.address,
        text: rendered.text,
        options: rendered.options,
        ...(media && capabilities.canSendMedia && { media }),
        ...(approved && { template: approved }),
        ...(row.expiresAt && { validForSeconds: validFor(row.expiresAt, clock.now()) }),
      };
    } catch (error) {
      return error instanceof Error ? error : new Error(String(error));
    }
  }

  /** A channel never throws and never hangs; should one do so all the same, nobody knows what was taken. */
  async #try(channel: Channel, message: OutboundMessage): Promise<SendResult> {
    const { sendTimeoutMs, log } = this.#parts;
    const over = new AbortController();
    const late = pause(sendTimeoutMs, undefined, { ref: false, signal: over.signal }).then(
      (): SendResult => ({ outcome: 'unknown', reason: 'The channel did not answer in time.' }),
      (): SendResult => ({ outcome: 'unknown', reason: 'The wait was called off.' }),
    );
    try {
      return await Promise.race([channel.send(message), late]);
    } catch (error) {
      log.error({ error, channel: channel.id }, 'A channel threw, which it must not');
      return { outcome: 'unknown', reason: 'The channel failed unexpectedly.' };
    } finally {
      over.abort();
    }
  }

  async #write(batch: Written[]): Promise<void> {
    const { outbox } = this.#parts;
    for (let attempt = 1; ; attempt++) {
      try {
        const { matchedCount } = await outbox.bulkWrite(
          batch.map(({ write }) => write),
          { ordered: false },
        );
        if (matchedCount < batch.length) await this.#overtaken(batch);
        return;
      } catch (error) {
        if (isDuplicate(error)) return this.#overtaken(batch);
        if (attempt >= WRITE_TRIES) throw error;
        await pause(100 * 2 ** attempt);
      }
    }
  }

  /**
   * A receipt was faster than the answer, or the lease ran out while we were away. What the provider took it
   * took all the same: that is evidence like a receipt, and counts like one, whoever holds the row now.
   */
  async #overtaken(batch: Written[]): Promise<void> {
    const { outbox, clock } = this.#parts;
    const accepted = batch.flatMap(({ held: { row, token }, next }) =>
      next.state === 'sent' ? [{ row, token, next }] : [],
    );
    if (accepted.length === 0) return;
    const at = clock.now();
    await applyReceipts(
      accepted.map(({ row, next: { providerId } }) => ({
        outboxId: row._id,
        providerId,
        status: 'queued',
        at,
      })),
      this.#parts,
    );
    await outbox.bulkWrite(
      accepted.map(({ row, token, next: { providerId, segments } }) => ({
        updateOne: {
          filter: { _id: row._id, providerId, leaseToken: token },
          update: { $set: { ...(segments !== undefined && { segments }) }, $unset: { leaseToken: 1 } },
        },
      })),
      { ordered: false },
    );
  }
}

/** Whoever refuses a message for its own sake, or takes it, works. */
function works(result: SendResult): boolean {
  return result.outcome === 'accepted' || (result.outcome === 'failed' && result.kind !== 'sender');
}

/** Twilio takes 1 to 36,000 seconds. */
function validFor(expiresAt: Date, now: Date): number {
  return Math.min(36_000, Math.max(1, Math.floor((expiresAt.getTime() - now.getTime()) / 1_000)));
}
