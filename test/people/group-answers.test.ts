/** A group's answers are counts, and few of them are none. */
import type { LessonProgress } from '../../src/conversation';
import { groupAnswers } from '../../src/people';
import { attendanceChange } from '../../src/programme/attendance';

const lesson = (week: number, answer?: string): LessonProgress => ({
  week,
  offeredAt: new Date(0),
  ...(answer !== undefined && { answer }),
});
const given = (...answers: string[]) => answers.map((answer) => [lesson(1, answer)]);

test('from five answers up they are shown, by option', () => {
  expect(groupAnswers(given('0', '0', '2', '0', '2'))).toEqual({
    week: 1,
    answers: [{ week: 1, counts: [3, 0, 2] }],
  });
  expect(groupAnswers(given('0', '0', '2', '0')).answers).toEqual([]);
});

test('the week is the one that most have come to, and only four weeks are looked at', () => {
  const long = Array.from({ length: 6 }, () => Array.from({ length: 7 }, (_, week) => lesson(week + 1, '1')));
  const { week, answers } = groupAnswers([...long, [lesson(1, '0')]]);
  expect([week, answers.map((one) => one.week)]).toEqual([7, [4, 5, 6, 7]]);
  expect(groupAnswers([])).toEqual({ week: 0, answers: [] });
});

test('a correction strikes off and adds; said again it changes nothing', () => {
  const note = (order: string, ...present: string[]) => ({ order, at: new Date(0), present, guests: 0 });
  const notes = [note('a', 'p1', 'p2'), note('b', 'p2', 'p3'), note('c', 'p3', 'p2')];
  expect(attendanceChange(notes, 'a')).toEqual({ came: ['p1', 'p2'], struck: [] });
  expect(attendanceChange(notes, 'b')).toEqual({ came: ['p3'], struck: ['p1'] });
  expect(attendanceChange(notes, 'c')).toEqual({ came: [], struck: [] });
  expect(attendanceChange(notes, 'd')).toBeUndefined();
});
