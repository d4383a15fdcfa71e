/** `group …`: groups as the operator sees to them. What a mentor does himself he does in his chat. */
import { randomUUID } from 'node:crypto';
import type { Connection } from 'mongoose';
import { groupNameFrom } from '../../flows/mentor/naming';
import { phoneFrom } from '../../flows/phone';
import { auditKeys, createAudit, type Audit, type Audited } from '../audit';
import type { Environment } from '../config';
import { createIndexes } from '../database/connect';
import { groupModel, type GroupDocument } from '../database/models/group';
import { participantModel, type ParticipantDocument } from '../database/models/participant';
import { askServerTime } from '../delivery';
import { Groups, Handover, Signals, whoHas } from '../people';
import { withDatabase } from './with-database';

export type GroupOrder =
  | { do: 'list'; state?: string | undefined }
  | { do: 'show'; code: string }
  | { do: 'create'; name: string; mentor: string }
  | { do: 'move'; code: string; number: number; to: string }
  | { do: 'handover'; code: string; to: string };

/** What was asked can't be done; the message says why. */
class Hindered extends Error {}

/** Carries it out on the configured database. @returns the exit code. @throws ConfigError, DatabaseError */
export function group(order: GroupOrder, env: Environment, print: (line: string) => void): Promise<number> {
  return withDatabase(env, async (connection, { dataKeys, dataDir }) => {
    await createIndexes(connection);
    const office = new Office(
      connection,
      await askServerTime(connection)(),
      createAudit(connection, auditKeys(dataKeys, dataDir)),
    );
    try {
      for (const line of await office.carryOut(order)) print(line);
      return 0;
    } catch (error) {
      if (!(error instanceof Hindered)) throw error;
      print(error.message);
      return 1;
    }
  });
}

class Office {
  readonly #groups;
  readonly #participants;
  readonly #service: Groups;
  readonly #handover: Handover;

  constructor(
    connection: Connection,
    private readonly at: Date,
    private readonly audit: Pick<Audit, 'record'>,
  ) {
    this.#groups = groupModel(connection);
    this.#participants = participantModel(connection);
    const parts = {
      groups: this.#groups,
      participants: this.#participants,
      signals: new Signals(this.#participants),
      clock: { now: () => at },
    };
    this.#service = new Groups(parts);
    this.#handover = new Handover(parts);
  }

  async carryOut(order: GroupOrder): Promise<string[]> {
    switch (order.do) {
      case 'list':
        return this.#list(order.state);
      case 'show':
        return this.#show(await this.#find(order.code));
      case 'create':
        return this.#create(order.name, order.mentor);
      case 'move':
        return this.#move(await this.#find(order.code), order.number, await this.#find(order.to));
      case 'handover':
        return this.#offer(await this.#find(order.code), order.to);
    }
  }

  async #list(state: string | undefined): Promise<string[]> {
    const found = await this.#groups
      .find(state === undefined ? {} : { state })
      .sort({ _id: 1 })
      .lean<GroupDocument[]>();
    const mentors = await this.#people(found.map(({ mentorId }) => mentorId));
    const lines = found.map(({ _id, name, mentorId, members, district, state: where }) =>
      [
        _id,
        name,
        mentors.get(mentorId)?.profile.name ?? 'NO MENTOR',
        `${members.length} men`,
        district ?? where ?? '',
      ]
        .join('  ')
        .trim(),
    );
    return lines.length > 0 ? lines : ['There is no group yet.'];
  }

  async #show(one: GroupDocument): Promise<string[]> {
    const people = await this.#people([
      one.mentorId,
      ...one.members.map(({ participantId }) => participantId),
    ]);
    const men = one.members
      .toSorted((first, second) => first.number - second.number)
      .map(({ number, participantId }) => {
        const he = people.get(participantId);
        return `${String(number).padStart(2)}  ${he?.profile.name ?? ''}  ${he?.status ?? 'gone'}`;
      });
    const mentor = people.get(one.mentorId)?.profile.name ?? 'none: hand it over ("group handover")';
    const waits =
      one.offer && one.offer.answered === undefined
        ? ['Offered to another mentor, who has not answered yet.']
        : [];
    return [`${one._id}  ${one.name}`, `Mentor: ${mentor}`, ...waits, ...men];
  }

  async #create(name: string, phone: string): Promise<string[]> {
    const fit = groupNameFrom(name);
    if (fit === undefined) throw new Hindered('A name has 3 to 40 letters, in one line.');
    const mentor = await this.#at(phone);
    if (!mentor.roles?.mentor)
      throw new Hindered(
        'That person is no mentor yet. Invite him ("people add --role mentor"); he takes the role in his chat.',
      );
    const id = randomUUID();
    await this.#note('group.made', mentor._id);
    await this.#service.create({
      id,
      participantId: mentor._id,
      at: this.at,
      order: { do: 'create group', name: fit },
    });
    const made = await this.#groups.findOne({ mentorId: mentor._id, madeBy: id }).lean<GroupDocument>();
    return [`Made: ${made?._id ?? ''}. Its mentor is told.`];
  }

  async #move(from: GroupDocument, number: number, to: GroupDocument): Promise<string[]> {
    const member = from.members.find((one) => one.number === number);
    if (!member)
      throw new Hindered(`Nobody in ${from._id} has the number ${number} ("group show ${from._id}").`);
    await this.#note('group.member-moved', `${from._id} ${to._id} ${member.participantId}`);
    const id = randomUUID();
    const result = await this.#service.place(member.participantId, to._id, id);
    if (result === 'full') throw new Hindered(`${to._id} is full.`);
    return ['Moved. He is told; his progress stays.'];
  }

  async #offer(one: GroupDocument, phone: string): Promise<string[]> {
    const mentor = await this.#at(phone);
    await this.#note('group.offered', `${one._id} ${mentor._id}`);
    const result = await this.#handover.propose(one._id, {
      id: randomUUID(),
      from: one.mentorId,
      phone: mentor.identities[0]?.address.replace(/^.*\//, '') ?? '',
      at: this.at,
    });
    if (result === 'no-mentor')
      throw new Hindered('That person is no mentor, or is the one who has the group.');
    return ['Offered. The group is his when he takes it in his chat.'];
  }

  async #find(code: string): Promise<GroupDocument> {
    const found = await this.#service.withCode(code.toUpperCase());
    if (!found) throw new Hindered(`There is no group ${code} ("group list").`);
    return found;
  }

  async #at(text: string): Promise<ParticipantDocument> {
    const phone = phoneFrom(text);
    if (phone === undefined)
      throw new Hindered('Write the phone number with country code, like +919800000001.');
    const he = await whoHas(this.#participants, phone);
    if (!he) throw new Hindered('Nobody who takes part has that number.');
    return he;
  }

  async #people(ids: string[]): Promise<Map<string, ParticipantDocument>> {
    const found = await this.#participants.find({ _id: { $in: ids } }).lean<ParticipantDocument[]>();
    return new Map(found.map((one) => [one._id, one]));
  }

  #note(did: Audited, what: string): Promise<void> {
    return this.audit.record({ at: this.at, who: 'operator', did, what });
  }
}
