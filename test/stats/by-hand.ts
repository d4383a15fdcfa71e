/** The small history that is counted by hand (by-hand.yaml), written into a database. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Connection } from 'mongoose';
import { parse } from 'yaml';
import { groupModel } from '../../src/database/models/group';
import { journalModel, type About, type JournalRow } from '../../src/database/models/journal';
import { outboxModel, type OutboxRow } from '../../src/database/models/outbox';
import { networks, Rollup, type PeriodKind } from '../../src/stats';

export interface Expected {
  area: string;
  facet?: string;
  by: PeriodKind;
  period: string;
  figures?: Record<string, number | '<5'>;
  ratios?: Record<string, number>;
  kinds?: Record<string, Record<string, number>>;
  lesson?: number;
  dropOff?: Record<string, number>;
}

interface ByHand {
  people: Record<string, About>;
  history: { at: string; who: string[]; type: JournalRow['type']; data?: JournalRow['data'] }[];
  messages: { who: string[]; medium: OutboxRow['medium']; state: OutboxRow['state']; segments?: number }[];
  expect: Expected[];
}

export const BY_HAND = parse(readFileSync(join(__dirname, 'by-hand.yaml'), 'utf8')) as ByHand;
/** When the last of it has happened. */
export const AFTERWARDS = new Date('2026-01-25T12:00:00+05:30');

/** Writes people's history and messages, and the group that six of them are in. Works the figures out. */
export async function tellByHand(connection: Connection): Promise<void> {
  const { people, history, messages } = BY_HAND;
  await groupModel(connection).create([
    {
      _id: 'SIT2',
      name: 'Sitapur',
      mentorId: 'meena',
      partner: 'Sahayog',
      state: 'UP',
      district: 'UP-sitapur',
      createdAt: new Date('2026-01-01T10:00:00+05:30'),
      members: [],
      revision: 0,
      madeBy: 'by hand',
    },
  ]);
  await journalModel(connection).insertMany(
    history.flatMap(({ at, who, type, data }, line) =>
      who.map((participantId) => ({
        _id: `${participantId}:${line}:0`,
        participantId,
        at: new Date(`${at}:00+05:30`),
        type,
        about: people[participantId],
        ...(data && { data }),
      })),
    ),
  );
  const at = new Date('2026-01-13T18:00:00+05:30');
  await outboxModel(connection).insertMany(
    messages.flatMap(({ who, medium, state, segments }, line) =>
      who.map((participantId) => ({
        _id: `${participantId}:message:${line}`,
        participantId,
        channel: medium,
        medium,
        purpose: 'lesson' as const,
        priority: 3,
        sequence: line,
        index: 0,
        state,
        dueAt: at,
        createdAt: at,
        attempts: 1,
        ...(segments && { segments }),
        about: people[participantId],
        times: timesOf(state, at),
      })),
    ),
  );
  const networkOf = networks([
    { id: 'UP', network: 'MASVAW' },
    { id: 'WB', network: 'FEM' },
  ]);
  await new Rollup({ connection, now: () => AFTERWARDS, zone: 'Asia/Kolkata', networkOf }).rebuild();
}

function timesOf(state: OutboxRow['state'], at: Date): OutboxRow['times'] {
  if (state === 'failed') return { failed: at };
  return { sent: at, delivered: at, ...(state === 'read' && { read: at }) };
}
