/** What waits before the clock starts: participants who wrote an hour ago, and a message or a due lesson for each. */
import type { Connection } from 'mongoose';
import { loadContent } from '../../src/content';
import { createCore, newcomer, type Participant } from '../../src/conversation';
import { createIndexes } from '../../src/database/connect';
import { outboxModel } from '../../src/database/models/outbox';
import { participantModel, type ParticipantDocument } from '../../src/database/models/participant';
import { createDeliveryIndexes } from '../../src/delivery';
import { sortEffects } from '../../src/delivery/rows';
import { CONTENT_DIR } from '../../src/paths';
import { JOINING } from './ours';
import { documentOf, phoneOf } from './web-server';

const BATCH = 1_000;
const HOUR_MS = 3_600_000;
const MESSAGE = { id: 'bench', channel: 'whatsapp', medium: 'whatsapp' } as const;

/** Joined an hour ago and waits for his weekly lesson. */
function waitsForLesson(at: Date): Participant {
  const core = createCore(loadContent(CONTENT_DIR));
  const talk = [...JOINING.slice(0, -1), '2'];
  return talk.reduce<Participant>(
    (participant, text) => core.hear(participant, { kind: 'text', text }, MESSAGE, at).participant,
    newcomer('bench', at),
  );
}

/** Makes so many participants, each with a lesson that is due (`lesson`) or with a message that waits. */
export async function fill(connection: Connection, count: number, what: 'outbox' | 'lesson'): Promise<void> {
  await createIndexes(connection);
  await createDeliveryIndexes(connection);
  const now = new Date();
  const one = waitsForLesson(new Date(now.getTime() - HOUR_MS));
  for (let from = 0; from < count; from += BATCH) {
    const documents = Array.from({ length: Math.min(BATCH, count - from) }, (_, at) => {
      const document = documentOf(one, from + at);
      return what === 'lesson' ? withLessonDue(document, now) : withoutTimers(document);
    });
    await participantModel(connection).collection.insertMany(documents as never, { ordered: false });
    if (what === 'outbox')
      await outboxModel(connection).collection.insertMany(rowsFor(documents, from, now) as never, {
        ordered: false,
      });
  }
}

function withLessonDue(document: ParticipantDocument, now: Date): ParticipantDocument {
  const { conversation } = document;
  const timers = conversation.timers.map((timer) => ({ ...timer, due: now }));
  if (timers.length === 0) throw new Error('Nobody waits for a lesson in this bench.');
  return { ...document, conversation: { ...conversation, timers }, nextDue: now };
}

function withoutTimers({ nextDue: _nextDue, ...document }: ParticipantDocument): ParticipantDocument {
  return { ...document, conversation: { ...document.conversation, timers: [] } };
}

function rowsFor(documents: ParticipantDocument[], from: number, at: Date) {
  const batch = documents.map(({ _id }, index) => ({
    participantId: _id,
    address: { channel: 'whatsapp' as const, address: phoneOf(from + index) },
    language: 'en' as const,
    effects: [
      {
        type: 'say' as const,
        purpose: 'lesson' as const,
        parts: [{ key: 'onboarding.name' }],
        id: `${_id}:1:0`,
        at,
      },
    ],
  }));
  return sortEffects(batch, new Map()).rows;
}
