/** A mentor with five men, another with two, and coordinators: what broadcasts are tried on. */
import { broadcastModel } from '../../src/database/models/broadcast';
import { groupModel } from '../../src/database/models/group';
import { participantModel, type ParticipantDocument } from '../../src/database/models/participant';
import { newcomer, type Language, type Roles } from '../../src/conversation';
import type { House, Town } from '../people/town';

export const DAY = 86_400_000;

interface Someone {
  state?: string;
  district?: string;
  group?: string;
  language?: Language;
  roles?: Roles;
}

function someone(id: string, number: number, at: Date, given: Someone = {}): ParticipantDocument {
  const { roles, ...profile } = given;
  const { id: _id, ...fresh } = newcomer(id, at);
  const address = `+9198000000${String(number).padStart(2, '0')}`;
  const key = `whatsapp ${address}`;
  return {
    ...fresh,
    _id: id,
    status: 'active',
    profile: {
      ...fresh.profile,
      name: `Name ${id}`,
      language: 'en',
      state: 'UP',
      district: 'UP-sitapur',
      joinedAt: new Date(at.getTime() - 30 * DAY),
      lessonDay: 7,
      lessonHour: 18,
      ...profile,
    },
    conversation: { ...fresh.conversation, state: 'talk.home' },
    lastHeardAt: new Date(at.getTime() - 3_600_000),
    identities: [{ key, channel: 'whatsapp', address, since: at }],
    current: key,
    recent: [],
    effects: [],
    ...(roles && { roles }),
  };
}

/** A mentor with five men in KTR47 (of two of whom one wrote long ago), another mentor with two, two coordinators. */
export async function settle(town: Town, house: House): Promise<void> {
  const at = town.clock.now();
  const since = at;
  const all = [
    someone('mentor', 1, at, { roles: { mentor: { since } } }),
    someone('other', 2, at, { roles: { mentor: { since } } }),
    someone('state', 3, at, { roles: { coordinator: { level: 'state', place: 'UP', since } } }),
    someone('district', 4, at, {
      state: 'WB',
      district: 'WB-kolkata',
      roles: { coordinator: { level: 'district', place: 'WB-kolkata', since } },
    }),
    ...['a', 'b', 'c', 'd', 'e'].map((id, index) => someone(id, 10 + index, at, { group: 'KTR47' })),
    ...['x', 'y'].map((id, index) =>
      someone(id, 20 + index, at, { group: 'ZZZ99', state: 'WB', district: 'WB-kolkata', language: 'bn' }),
    ),
  ];
  await participantModel(house.connection).insertMany(all);
  const group = { createdAt: at, revision: 0, members: [] };
  await groupModel(house.connection).insertMany([
    {
      ...group,
      _id: 'KTR47',
      name: 'Sitapur Saathis',
      mentorId: 'mentor',
      state: 'UP',
      district: 'UP-sitapur',
      madeBy: '1',
    },
    {
      ...group,
      _id: 'ZZZ99',
      name: 'Others',
      mentorId: 'other',
      state: 'WB',
      district: 'WB-kolkata',
      madeBy: '2',
    },
  ]);
}

/** Ticks until nothing is left to do at this moment, and delivers. */
export async function runOn(town: Town, house: House): Promise<void> {
  for (;;) {
    const happened = await house.tick();
    await house.people.relaying.idle();
    await house.delivery.deliverDue();
    const due = { dueAt: { $lte: town.clock.now() } };
    if (happened === 0 && !(await broadcastModel(house.connection).exists(due))) break;
  }
  town.clock.advance(1_000);
}
