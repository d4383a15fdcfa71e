/** The product's own step: understanding, statechart, effects; the document through BSON before and after. */
import { BSON } from 'bson';
import { loadContent } from '../../src/content';
import { createCore, newcomer, type Conversation, type Participant } from '../../src/conversation';
import { CONTENT_DIR } from '../../src/paths';
import { ANSWERS } from './quiz';

const AT = new Date('2026-01-04T10:00:00+05:30');
const MESSAGE = { id: 'bench', channel: 'whatsapp', medium: 'whatsapp' } as const;
/** Says yes to the first lesson with its last word. */
export const JOINING = [
  'namaste',
  'english',
  '1',
  '25',
  'Ramesh',
  'up',
  'Sitapur',
  'skip',
  'sunday',
  '3',
  '1',
];

/** Somebody who has joined and stands before the first lesson's question, in stored form. */
export function standsBeforeQuestion(core: Conversation, id = 'bench'): Participant {
  return JOINING.reduce<Participant>(
    (participant, text) => core.hear(participant, { kind: 'text', text }, MESSAGE, AT).participant,
    newcomer(id, AT),
  );
}

/** @returns a function that takes one message of the quiz, and the stored size of snapshot and timers in bytes */
export function ourQuiz(): { takeMessage: (index: number) => void; storedBytes: number } {
  const core = createCore(loadContent(CONTENT_DIR));
  const before = BSON.serialize(standsBeforeQuestion(core));
  let stored = before;
  const { conversation } = BSON.deserialize(before) as Participant;
  return {
    storedBytes: BSON.calculateObjectSize(conversation),
    takeMessage(index) {
      const place = index % ANSWERS.length;
      if (place === 0) stored = before;
      const participant = BSON.deserialize(stored) as Participant;
      const text = ANSWERS[place] ?? '';
      const stepped = core.hear(participant, { kind: 'text', text }, MESSAGE, AT);
      if (stepped.effects.length === 0) throw new Error('The bench left the quiz.');
      stored = BSON.serialize(stepped.participant);
    },
  };
}
