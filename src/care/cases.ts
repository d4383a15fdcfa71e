/**
 * Cases: opened with his yes, taken and closed by the officers of their tier and place, taken back by whoever asked.
 * Each order is checked here again, whatever the conversation let pass; every look is in the audit trail.
 */
import type { Model, QueryFilter } from 'mongoose';
import type { Audit, Audited } from '../audit';
import type { Clock } from '../clock';
import type { Content } from '../content/model';
import type { CaseRequest, JournalType, PlacedOrder } from '../conversation';
import { insertNew } from '../database/duplicate';
import type { CaseDocument } from '../database/models/case';
import type { ParticipantDocument } from '../database/models/participant';
import { currentAddress, keyedHash, type Entry, type Signals } from '../people';
import type { Vault } from '../vault';
import { sealContact } from './contact';
import { closedBy, posts, takenBy } from './routing';

/** Of a keyed hash: 96 bits, short enough to be noted with an officer's list. */
const ID_LENGTH = 16;

export interface CasesParts {
  cases: Model<CaseDocument>;
  participants: Model<ParticipantDocument>;
  signals: Signals;
  journal: { write(entries: Entry[]): Promise<void> };
  audit: Pick<Audit, 'record'>;
  vault: Vault;
  content: Pick<Content, 'hubs' | 'responseTimes'>;
  clock: Clock;
  /** Keys the hashes that stand for whoever asked. */
  secret: string;
}

/** Stands for whoever asked: the same for the same person, and no way back. */
export function askerOf(participantId: string, secret: string): string {
  return keyedHash(`asker ${participantId}`, secret);
}

/** A journal entry about a case: nobody's, and of its place only the state is kept. */
export function caseEntry(
  type: JournalType,
  { _id, topic, kind, state, channel }: CaseDocument,
  at: Date,
  data: Record<string, string> = {},
): Entry {
  const id = `${_id}:${[type, ...Object.values(data)].join(':')}`;
  const about = { channel, state };
  return { _id: id, participantId: '', anonymous: true, at, type, data: { topic, kind, ...data }, about };
}

export class Cases {
  readonly #parts: CasesParts;

  constructor(parts: CasesParts) {
    this.#parts = parts;
  }

  /** Opens the case that he asked for. Who asks again before anybody has called changes what he asked for. */
  async open({ id, participantId, order: { request } }: PlacedOrder<'open case'>): Promise<void> {
    const { cases, participants, content, clock } = this.#parts;
    const he = await participants.findById(participantId).lean<ParticipantDocument>();
    const [first] = posts(request, content.hubs);
    if (!he || !first) return;
    const asker = askerOf(participantId, this.#parts.secret);
    const _id = keyedHash(`case ${id}`, this.#parts.secret).slice(0, ID_LENGTH);
    if (request.kind === 'call')
      await this.#drop({ asker, kind: 'call', status: 'open', _id: { $ne: _id } }, 'replaced');
    const at = clock.now();
    const { kind, topic, state, district, urgency, reach, time } = request;
    const document: CaseDocument = {
      _id,
      asker,
      kind,
      topic,
      state,
      ...(district !== undefined && { district }),
      urgency,
      reach,
      ...(time && { time }),
      ...(reach !== 'none' && {
        contact: sealContact(
          { name: he.profile.name ?? '', number: this.#numberOf(request, he, id), consent: request.consent },
          _id,
          this.#parts.vault,
        ),
        key: this.#parts.vault.keyId,
      }),
      channel: request.consent.channel,
      ...first,
      status: 'open',
      openedAt: at,
      dueAt: takenBy(at, first.tier, urgency, content.responseTimes),
      untold: true,
    };
    await insertNew(cases.collection as never, [document]);
    await this.#note('case.opened', document, 'system');
  }

  /** Whatever he asked for is gone; an officer who has it is told not to call. */
  async withdraw({ id, participantId }: PlacedOrder<'withdraw cases'>): Promise<void> {
    const { cases, signals, clock } = this.#parts;
    const asker = askerOf(participantId, this.#parts.secret);
    const taken = await cases.find({ asker, status: 'acknowledged' }).lean<CaseDocument[]>();
    for (const { _id, officer } of taken)
      await signals.send(
        { ids: officer === undefined ? [] : [officer], data: { case: _id } },
        { id: `${id}:${_id}`, event: 'CASE_WITHDRAWN', due: clock.now() },
      );
    await this.#drop({ asker }, 'withdrawn');
  }

  /** It is his who is first; each who tried is told. */
  async take({ id, participantId, order }: PlacedOrder<'take case'>): Promise<void> {
    const { cases, content, signals, clock } = this.#parts;
    const found = await this.#seenBy(participantId, order.case);
    const at = clock.now();
    const { matchedCount } = found
      ? await cases.updateOne(
          { _id: found._id, status: 'open', tier: found.tier, place: found.place },
          {
            $set: {
              status: 'acknowledged',
              officer: participantId,
              acknowledgedAt: at,
              dueAt: closedBy(at, found.urgency, content.responseTimes),
            },
            $unset: { untold: 1 },
          },
        )
      : { matchedCount: 0 };
    const mine = matchedCount > 0 || found?.officer === participantId;
    // Carried out again it changes nothing, and is not on record twice.
    if (found && matchedCount > 0) await this.#audited('case.acknowledged', found, participantId);
    if (found && mine) await this.#count('case.acknowledged', found, { tier: found.tier });
    await signals.send(
      { ids: [participantId], data: { case: order.case, mine } },
      { id: `${id}:taken`, event: 'CASE_TAKEN', due: at },
    );
  }

  /** Only by the officer who has it. Of whom it was about nothing stays. */
  async close({ participantId, order }: PlacedOrder<'close case'>): Promise<void> {
    const { cases, clock } = this.#parts;
    const found = await this.#seenBy(participantId, order.case);
    if (found?.officer !== participantId || found.status !== 'acknowledged') return;
    await this.#note('case.closed', found, participantId, { outcome: order.outcome });
    await cases.updateOne(
      { _id: found._id, status: 'acknowledged', officer: participantId },
      {
        $set: { status: 'closed', closedAt: clock.now(), outcome: order.outcome },
        $unset: { contact: 1, key: 1, asker: 1, dueAt: 1, untold: 1 },
      },
    );
  }

  /** What an officer is being shown, on record. */
  async seen({ participantId, at, order }: PlacedOrder<'see cases'>): Promise<void> {
    for (const what of order.cases)
      await this.#parts.audit.record({
        at,
        who: `officer:${participantId}`,
        did: 'case.looked-at',
        what: order.contact ? `${what} contact` : what,
      });
  }

  /** The case, where this person is an officer of its tier and place now. */
  async #seenBy(participantId: string, id: string): Promise<CaseDocument | undefined> {
    const { cases, participants } = this.#parts;
    const [he, found] = await Promise.all([
      participants.findById(participantId).select({ roles: 1 }).lean<Pick<ParticipantDocument, 'roles'>>(),
      cases.findById(id).lean<CaseDocument>(),
    ]);
    const role = he?.roles?.officer;
    return found && role?.tier === found.tier && role.place === found.place ? found : undefined;
  }

  /** These cases go without a trace but for their count. */
  async #drop(which: QueryFilter<CaseDocument>, outcome: 'replaced' | 'withdrawn'): Promise<void> {
    const { cases } = this.#parts;
    for (const one of await cases.find(which).lean<CaseDocument[]>()) {
      await this.#note('case.closed', one, 'system', { outcome });
      await cases.deleteOne({ _id: one._id });
    }
  }

  async #note(
    type: JournalType & Audited,
    one: CaseDocument,
    by: string,
    data: Record<string, string> = {},
  ): Promise<void> {
    await this.#audited(type, one, by);
    await this.#count(type, one, data);
  }

  async #audited(did: Audited, { _id: what }: CaseDocument, by: string): Promise<void> {
    const who = by === 'system' ? by : `officer:${by}`;
    await this.#parts.audit.record({ at: this.#parts.clock.now(), who, did, what });
  }

  async #count(type: JournalType, one: CaseDocument, data: Record<string, string>): Promise<void> {
    await this.#parts.journal.write([caseEntry(type, one, this.#parts.clock.now(), data)]);
  }

  /** The number that he gave, or the one that he writes from. */
  #numberOf({ reach, number }: CaseRequest, he: ParticipantDocument, orderId: string): string {
    if (reach === 'other-phone' && number !== undefined) return this.#parts.vault.open(number, orderId);
    return reach === 'this-phone' ? (/\+\d+/.exec(currentAddress(he).address)?.[0] ?? '') : '';
  }
}
