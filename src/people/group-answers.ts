/** What a group said to the questions of its lessons: counts alone, and none that could point at one of them. Pure. */
import type { GroupAnswers, LessonProgress } from '../conversation';

/** Fewer answers than this are not shown: one could tell who gave which (design.md, invariant 4). */
const FEWEST = 5;
/** A month's lessons. */
const WEEKS = 4;

/**
 * @param lessons of each member, the oldest first
 * @returns the week that most of them have come to (0 before the first), and how the lessons of the four weeks up to
 *   it were answered
 */
export function groupAnswers(lessons: LessonProgress[][]): { week: number; answers: GroupAnswers[] } {
  const reached = new Map<number, number>();
  for (const his of lessons) {
    const week = his.at(-1)?.week;
    if (week !== undefined) reached.set(week, (reached.get(week) ?? 0) + 1);
  }
  const [week = 0] =
    [...reached].toSorted(([week, count], [other, others]) => others - count || other - week)[0] ?? [];
  const recent = Array.from({ length: WEEKS }, (_, back) => week - WEEKS + 1 + back).filter((one) => one > 0);
  const answers = recent.flatMap((one): GroupAnswers[] => {
    const given = lessons.flatMap((his) => {
      const answer = his.find((lesson) => lesson.week === one)?.answer;
      return answer === undefined ? [] : [Number(answer)];
    });
    if (given.length < FEWEST) return [];
    const counts = Array.from(
      { length: Math.max(...given) + 1 },
      (_, option) => given.filter((answer) => answer === option).length,
    );
    return [{ week: one, counts }];
  });
  return { week, answers };
}
