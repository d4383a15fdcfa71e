/** A Saathi and his group's meeting: told once, told of a change, reminded, and never after it has begun. */
import {
  newcomer,
  type MeetingNews,
  type Participant,
  type SignalTimer,
  type Stepped,
} from '../../src/conversation';
import { core } from './world';

const NOW = new Date('2026-11-24T11:00:00+05:30');
const HOUR = 3_600_000;
const AT = new Date('2026-11-29T17:00:00+05:30');

const blank = newcomer('p', NOW);
const saathi: Participant = {
  ...blank,
  status: 'active',
  profile: {
    zone: 'Asia/Kolkata',
    language: 'en',
    name: 'Asif',
    group: 'KTR47',
    joinedAt: NOW,
    lessonDay: 7,
    lessonHour: 18,
  },
  conversation: { ...blank.conversation, state: 'talk.home' },
};
const news = (changes: Partial<MeetingNews> = {}): MeetingNews => ({
  meeting: 'x',
  group: 'KTR47',
  at: AT,
  place: 'School',
  mentor: 'Arjun',
  ...changes,
});

let signals = 0;
/** The signal comes to him at this moment. */
function comes(
  participant: Participant,
  event: 'MEETING' | 'MEETING_REMINDER' | 'MEETING_OFF',
  data = news(),
  at = NOW,
): Stepped {
  const timer = { id: `s${++signals}`, event, data, due: at, expiresAt: data.at } as SignalTimer;
  const { conversation } = participant;
  return core.fireDue({ ...participant, conversation: { ...conversation, timers: [timer] } }, at)!;
}

function says(participant: Participant, text: string, at: Date): Stepped {
  const message = { id: `m${text}`, channel: 'whatsapp', medium: 'whatsapp' } as const;
  return core.hear(participant, { kind: 'text', text }, message, at);
}

const said = ({ effects }: Stepped) => effects.find((effect) => effect.type === 'say');
const firstKey = (stepped: Stepped) => said(stepped)?.parts[0]?.key;
const later = (hours: number) => new Date(NOW.getTime() + hours * HOUR);

test('he is told, answers, and is counted', () => {
  const told = comes(saathi, 'MEETING');
  expect([firstKey(told), told.participant.conversation.state]).toEqual(['meeting.called', 'errand.meeting']);
  const coming = says(told.participant, "I'll come", later(1));
  expect(coming.participant.meeting).toEqual({ id: 'x', at: AT, place: 'School', answer: 'yes' });
  expect(coming.participant.conversation.state).toBe('talk.home');
  expect(coming.effects).toContainEqual(
    expect.objectContaining({ entry: 'meeting.answered', data: { group: 'KTR47', answer: 'yes' } }),
  );
});

test('whoever has been told hears of the change once; whoever has not hears only of the new one', () => {
  const { participant } = comes(saathi, 'MEETING');
  const moved = comes(participant, 'MEETING', news({ place: 'Temple' }), later(5));
  expect(firstKey(moved)).toBe('meeting.moved');
  expect(moved.participant.meeting).toEqual({ id: 'x', at: AT, place: 'Temple' });
  expect(said(comes(moved.participant, 'MEETING', news({ place: 'Temple' }), later(6)))).toBeUndefined();
  expect(firstKey(comes(saathi, 'MEETING', news({ place: 'Temple' })))).toBe('meeting.called');
});

test('a cancelled one is told to those who know of it, and its question is gone', () => {
  const { participant } = comes(saathi, 'MEETING');
  const off = comes(participant, 'MEETING_OFF', news(), later(2));
  expect([firstKey(off), off.participant.meeting]).toEqual(['meeting.off', undefined]);
  expect(off.participant.conversation.state).toBe('talk.home');
  expect(said(comes(saathi, 'MEETING_OFF'))).toBeUndefined();
});

test('a reminder asks whoever has not said, tells whoever comes, and leaves whoever does not in peace', () => {
  const { participant } = comes(saathi, 'MEETING');
  const asked = comes(participant, 'MEETING_REMINDER', news(), later(48));
  expect(asked.participant.conversation.state).toBe('errand.meeting');
  const yes = says(participant, '1', later(1)).participant;
  const told = comes(yes, 'MEETING_REMINDER', news(), later(48));
  expect([told.participant.conversation.state, said(told)?.options]).toEqual(['talk.home', undefined]);
  const no = says(participant, 'nahi', later(1)).participant;
  expect(said(comes(no, 'MEETING_REMINDER', news(), later(48)))).toBeUndefined();
});

test('he may change his mind, but not once it has begun', () => {
  const { participant } = comes(saathi, 'MEETING');
  const no = says(participant, '2', later(1)).participant;
  const again = says(no, 'meeting', later(20));
  expect(again.participant.conversation.state).toBe('errand.meeting');
  expect(says(again.participant, 'yes', later(20)).participant.meeting?.answer).toBe('yes');
  const late = says(again.participant, 'yes', new Date(AT.getTime() + HOUR));
  expect([firstKey(late), late.participant.meeting?.answer]).toEqual(['meeting.over', 'no']);
});

test('nothing is said, and nothing waits to be sent, once the meeting has begun', () => {
  const told = comes(saathi, 'MEETING', news({ at: later(30) }));
  expect(said(told)?.expiresAt).toEqual(later(30));
  expect(said(comes(saathi, 'MEETING_REMINDER', news(), AT))).toBeUndefined();
});

test('of a group that he has left he hears nothing', () => {
  const gone = { ...saathi, profile: { ...saathi.profile, group: 'BCD23' } };
  expect(said(comes(gone, 'MEETING'))).toBeUndefined();
  expect(said(comes(gone, 'MEETING_REMINDER'))).toBeUndefined();
});
