import fc from 'fast-check';
import type { Model } from 'mongoose';
import { newcomer } from '../../src/conversation';
import { openDatabase, type Database } from '../../src/database/connect';
import { participantModel, type ParticipantDocument } from '../../src/database/models/participant';
import { loadContent } from '../../src/content';
import { CONTENT_DIR } from '../../src/paths';
import { audienceFilter, audienceSchema, type Audience } from '../../src/programme/audience';

const { states } = loadContent(CONTENT_DIR);
const NOW = new Date('2026-06-01T12:00:00+05:30');
const DAY = 24 * 3_600_000;
const ago = (days: number) => new Date(NOW.getTime() - days * DAY);
const pick = <T>(list: readonly T[], index: number): T => list[index % list.length]!;

/** Sixty people who differ in everything that is asked for. */
function people(): ParticipantDocument[] {
  return Array.from({ length: 60 }, (_, n) => {
    const { id, profile, ...rest } = newcomer(`p${String(n).padStart(2, '0')}`, ago(200));
    const state = pick(states, n);
    return {
      ...rest,
      _id: id,
      status: pick(['active', 'active', 'active', 'stopped', 'joining'] as const, n),
      profile: {
        ...profile,
        language: pick(['hi', 'bn', 'or', 'en'] as const, n),
        state: state.id,
        district: pick(state.districts, n).id,
        ...(n % 3 !== 0 && { group: pick(['SITA12', 'RAM34'], n) }),
        ...(n % 11 !== 0 && { joinedAt: ago(190) }),
      },
      lessons: n % 4 === 0 ? [] : [{ week: 1, offeredAt: ago(100), ...(n % 2 && { completedAt: ago(99) }) }],
      pledges: n % 5 ? [] : [{ id: 'x', kind: 'x', version: '1', language: 'hi', at: ago(50) }],
      lastHeardAt: ago((n * 7) % 60),
      identities: [
        { key: `whatsapp +9198000000${n}`, channel: 'whatsapp', address: `+9198000000${n}`, since: NOW },
      ],
      current: `whatsapp +9198000000${n}`,
      recent: [],
      effects: [],
    };
  });
}

/** The same question, asked of one person in plain words. */
function belongs(one: ParticipantDocument, audience: Audience): boolean {
  const { profile, lessons, pledges, lastHeardAt } = one;
  const network = states.find(({ id }) => id === profile.state)?.network;
  const among = (list: readonly string[] | undefined, value: string | undefined) =>
    !list || (value !== undefined && list.includes(value));
  const has = lessons.some(
    (lesson) => lesson.week === audience.lesson?.week && lesson.completedAt !== undefined,
  );
  return (
    one.status === 'active' &&
    profile.joinedAt !== undefined &&
    among(audience.states, profile.state) &&
    among(audience.networks, network) &&
    among(audience.districts, profile.district) &&
    among(audience.groups, profile.group) &&
    among(audience.languages, profile.language) &&
    (!audience.lesson || has === audience.lesson.completed) &&
    (audience.pledged === undefined || pledges.length > 0 === audience.pledged) &&
    (audience.quietForDays === undefined || lastHeardAt! < ago(audience.quietForDays)) &&
    !(audience.except?.groups ?? []).includes(profile.group ?? '') &&
    !(audience.except?.participants ?? []).includes(one._id)
  );
}

const some = (...values: string[]) => fc.subarray(values, { minLength: 1 });
const optional = { requiredKeys: [] };
const audiences = fc.record(
  {
    states: some('UP', 'WB', 'OD', 'nowhere'),
    districts: some('UP-sitapur', pick(states[0]!.districts, 7).id),
    networks: some('FEM', 'MASVAW', 'MAE'),
    groups: some('SITA12', 'RAM34'),
    languages: some('hi', 'bn', 'or', 'en'),
    lesson: fc.record({ week: fc.integer({ min: 1, max: 2 }), completed: fc.boolean() }),
    pledged: fc.boolean(),
    quietForDays: fc.integer({ min: 1, max: 60 }),
    except: fc.record({ groups: some('SITA12', 'RAM34'), participants: some('p01', 'p02', 'p07') }, optional),
  },
  optional,
) as fc.Arbitrary<Audience>;

let database: Database;
let participants: Model<ParticipantDocument>;
const everyone = people();

beforeAll(async () => {
  database = await openDatabase({ dataDir: 'temporary', inProcess: true });
  participants = participantModel(database.connection);
  await participants.insertMany(everyone);
});
afterAll(() => database.stop());

async function found(audience: Audience): Promise<string[]> {
  const all: string[] = [];
  for (;;) {
    const page = await participants
      .find(audienceFilter(audience, states, NOW, all.at(-1)))
      .sort({ _id: 1 })
      .limit(7)
      .lean<ParticipantDocument[]>();
    all.push(...page.map(({ _id }) => _id));
    if (page.length < 7) return all;
  }
}

it('finds page by page exactly those who are meant, whatever is asked for', async () => {
  await fc.assert(
    fc.asyncProperty(audiences, async (audience) => {
      const meant = everyone.filter((one) => belongs(one, audience)).map(({ _id }) => _id);
      expect(await found(audience)).toEqual(meant);
    }),
    { seed: 20_260_104, numRuns: 60 },
  );
});

it('wants to be told when everybody is meant', async () => {
  expect(audienceSchema.safeParse({}).error?.issues[0]?.message).toContain('say everybody: true');
  expect(audienceSchema.safeParse({ everybody: true, pledged: false }).success).toBe(false);
  expect(audienceSchema.safeParse({ except: { groups: ['SITA12'] } }).success).toBe(false);
  const everybody = audienceSchema.parse({ everybody: true });
  expect(await found(everybody)).toEqual(
    everyone.filter((one) => belongs(one, everybody)).map(({ _id }) => _id),
  );
});

it('refuses operators and conditions that it does not know', () => {
  expect(audienceSchema.safeParse({ states: { $ne: '' } }).success).toBe(false);
  expect(audienceSchema.safeParse({ pledged: true, $where: '1' }).success).toBe(false);
});
