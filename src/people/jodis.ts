/** Jodis: what the rules say, on a group as it stands; whoever is concerned is told by a signal. */
import type { Model } from 'mongoose';
import type { Clock } from '../clock';
import { normalise } from '../content/normalise';
import type { PlacedOrder } from '../conversation';
import type { GroupDocument, Jodi, Member } from '../database/models/group';
import type { ParticipantDocument } from '../database/models/participant';
import {
  answer,
  confirm,
  end,
  endAll,
  seek,
  tell,
  type Free,
  type Jodis,
  type Outcome,
  type Told,
} from './jodi-rules';
import type { Signals } from './signals';

export interface JodisParts {
  groups: Model<GroupDocument>;
  participants: Model<ParticipantDocument>;
  signals: Signals;
  clock: Clock;
}

type Known = Pick<ParticipantDocument, '_id' | 'status' | 'profile'>;

export class JodiService {
  readonly #parts: JodisParts;

  constructor(parts: JodisParts) {
    this.#parts = parts;
  }

  /** He looks for a partner: whom he names, or anyone who is looking too. */
  async seek({ id, participantId, at, order: { group, whom } }: PlacedOrder<'seek jodi'>): Promise<void> {
    await this.#change(group, participantId, (all, members) =>
      seek(all, {
        order: id,
        by: participantId,
        at,
        ...(whom !== undefined && { whom: named(whom, members, all.free) ?? 'nobody' }),
      }),
    );
  }

  /** His answer to somebody who asked him. */
  async answer({
    participantId,
    at,
    order: { group, jodi, isYes },
  }: PlacedOrder<'answer jodi'>): Promise<void> {
    await this.#change(group, participantId, (all) => answer(all, jodi, participantId, isYes, at));
  }

  /** Tells the other one: done, or not yet. */
  async tell({
    id,
    participantId,
    at,
    order: { group, jodi, isDone },
  }: PlacedOrder<'tell jodi'>): Promise<void> {
    const found = await this.#parts.groups.findById(group).lean<GroupDocument>();
    await this.#tell(tell(found?.jodis ?? [], jodi, participantId, isDone, id, at));
  }

  /** He has heard that his jodi began: should it be over meanwhile, he is told. */
  async confirm({ id, participantId, order: { group, jodi } }: PlacedOrder<'confirm jodi'>): Promise<void> {
    const found = await this.#parts.groups.findById(group).lean<GroupDocument>();
    await this.#tell(confirm(found?.jodis ?? [], jodi, participantId, id));
  }

  /** He leaves it; also when he is no member any more. */
  async end({ participantId, order: { group, jodi } }: PlacedOrder<'end jodi'>): Promise<void> {
    await this.#end(group, (jodis) => end(jodis, jodi, participantId));
  }

  /** Everything of his in the groups he is in: he is being erased. */
  async endAll(participantId: string): Promise<void> {
    const his = await this.#parts.groups
      .find({ 'members.participantId': participantId })
      .lean<GroupDocument[]>();
    for (const { _id } of his) await this.#end(_id, (jodis) => endAll(jodis, participantId));
  }

  async #end(code: string, rule: (jodis: Jodi[]) => Outcome): Promise<void> {
    for (;;) {
      const group = await this.#parts.groups.findById(code).lean<GroupDocument>();
      if (!group?.jodis) return;
      const outcome = rule(group.jodis);
      // Before it is taken out: cut off in between, it is found and told again.
      await this.#tell(outcome.told);
      if (await this.#write(group, outcome.jodis)) return;
    }
  }

  /** On condition that nobody changed the group meanwhile; only a member's order counts. */
  async #change(code: string, who: string, rule: (all: Jodis, members: Member[]) => Outcome): Promise<void> {
    for (;;) {
      const group = await this.#parts.groups.findById(code).lean<GroupDocument>();
      if (!group || !isMember(group, who)) return;
      const free = await this.#free(group.members);
      // What somebody sought before he left the group is over.
      const jodis = (group.jodis ?? []).filter(({ by, since }) => since ?? isMember(group, by));
      const outcome = rule({ group: code, jodis, free }, group.members);
      if (!(await this.#write(group, outcome.jodis))) continue;
      return this.#tell(outcome.told);
    }
  }

  /** Members who have joined and not stopped. */
  async #free(members: Member[]): Promise<Free[]> {
    const found = await this.#parts.participants
      .find({ _id: { $in: members.map(({ participantId }) => participantId) } })
      .select({ status: 1, profile: 1 })
      .lean<Known[]>();
    return found
      .filter(({ status, profile }) => status === 'active' && profile.joinedAt !== undefined)
      .map(({ _id, profile }) => ({ id: _id, name: profile.name ?? '' }));
  }

  /** @returns false when somebody else changed the group first */
  async #write(group: GroupDocument, jodis: Jodi[]): Promise<boolean> {
    if (isSame(jodis, group.jodis ?? [])) return true;
    const { matchedCount } = await this.#parts.groups.updateOne(
      { _id: group._id, revision: group.revision },
      { $set: { jodis }, $inc: { revision: 1 } },
    );
    return matchedCount > 0;
  }

  async #tell(told: Told[]): Promise<void> {
    const { signals, clock } = this.#parts;
    for (const { to, id, event, data } of told)
      await signals.send({ ids: [to], data }, { id, event, due: clock.now() });
  }
}

function isSame(one: Jodi[], other: Jodi[]): boolean {
  return one.length === other.length && one.every((jodi, index) => jodi === other[index]);
}

function isMember({ members }: GroupDocument, who: string): boolean {
  return members.some(({ participantId }) => participantId === who);
}

/** Whom he means: a member's number, or the only one with that name or first name. */
function named(text: string, members: Member[], free: Free[]): Free | undefined {
  const typed = normalise(text);
  const byId = (id: string | undefined) => free.find((one) => one.id === id);
  if (/^\d+$/.test(typed)) return byId(members.find(({ number }) => number === Number(typed))?.participantId);
  const names = (name: string) => [normalise(name), normalise(name).split(' ')[0]];
  const meant = free.filter(({ name }) => names(name).includes(typed));
  return meant.length === 1 ? meant[0] : undefined;
}
